"""What the service worker leaves alone: other sites of its origin, queries, private answers."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest
from devices import FIRST, KEPT, Origin, publish, settle, write
from playwright.sync_api import Error, Page, expect
from waiting import until

from generator.host.service_worker import no_worker_text
from generator.library.site import Site

OWN: Final = {"get-help/", "", "offline.html", "conditions/shin/"}
"""Pages of ours that are kept after a visit to the last of them."""
FOREIGN: Final = (
    "portal/",
    "portal",
    "constructor",
    "__proto__",
    "get-help",
    "get-help/portal/",
    "conditions/",
    "conditions%2Fshin/",
    "conditions/sh%69n/",
    "about/index.html",
    "assets/",
    "assets/joined/theirs.css",
    "assets/stylesheets/theirs.css",
)
"""Addresses on our origin that no list of ours names."""
PRIVATE: Final = {"Cache-Control": "no-store, private"}


def visit(page: Page, url: str) -> str:
    """What is shown there by the network; a worker that only looks on is one too many."""
    answer = page.goto(url)
    assert answer and not answer.from_service_worker
    return page.locator("body").inner_text()


@pytest.mark.parametrize("headers", [PRIVATE, {}])
def test_pages_of_others_are_not_touched(
    device: Page, origin: Origin, headers: dict[str, str]
) -> None:
    paths = [f"/{path}" for path in FOREIGN]
    origin.foreign.update(paths)
    origin.headers.update(dict.fromkeys(paths, headers))
    settle(device, f"{origin.url}conditions/shin/")
    for path in paths:
        for query in ("", "?n=1"):
            assert visit(device, f"{origin.url}{path[1:]}{query}") == f"Answer to {path}{query}"
    device.goto(f"{origin.url}get-help/")
    assert kept(device) == OWN
    origin.broken.update(dict.fromkeys(paths, 503))
    for path in paths:
        assert "Answer to" not in visit(device, f"{origin.url}{path[1:]}?n=2")
    origin.stop()
    for path in paths:
        with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
            device.goto(f"{origin.url}{path[1:]}?n=2")


def kept(page: Page) -> set[str]:
    """The addresses that the device keeps, but for our own scripts."""
    paths: list[str] = page.evaluate(KEPT)
    return {path[1:] for path in paths if not path.startswith("/assets/")}


def test_a_slow_page_of_others_is_waited_for(device: Page, origin: Origin) -> None:
    """A page of ours that is asked for later is shown from the device meanwhile."""
    origin.foreign.add("/portal/")
    origin.headers["/portal/"] = PRIVATE
    settle(device, f"{origin.url}conditions/shin/")
    visit(device, f"{origin.url}portal/?n=1")
    ours = device.context.new_page()
    origin.quick.clear()
    with device.expect_request("**/portal/?n=2"):
        device.evaluate("setTimeout(() => { location.search = '?n=2'; })")
    ours.goto(f"{origin.url}conditions/shin/")
    expect(ours.get_by_text("Saved")).to_be_visible()
    assert device.url == f"{origin.url}portal/?n=1"
    origin.quick.set()
    expect(device.locator("body")).to_have_text("Answer to /portal/?n=2")


def test_what_others_load_with_a_query_is_theirs(device: Page, origin: Origin) -> None:
    """Even where the path is ours: a query may ask for something else."""
    settle(device, f"{origin.url}conditions/shin/")
    load = "async (url) => (await fetch(url)).text()"
    assert "Rest a week" in device.evaluate(load, "/conditions/shin/")
    origin.foreign.add("/conditions/shin/")
    assert device.evaluate(load, "/conditions/shin/?n=1") == (
        "<title>Portal</title><p>Answer to /conditions/shin/?n=1</p>"
    )
    device.goto(f"{origin.url}conditions/shin/?n=1")
    expect(device.get_by_text("Answer to /conditions/shin/?n=1")).to_be_visible()
    origin.stop()
    with pytest.raises(Error, match="Failed to fetch"):
        device.evaluate(load, "/conditions/shin/?n=2")
    device.goto(f"{origin.url}conditions/shin/?n=2")
    expect(device.get_by_text("Rest a week")).to_be_visible()


@pytest.mark.parametrize("value", ["no-store", "private", "max-age=60, Private", "No-Store"])
def test_our_own_private_answers_are_not_kept(device: Page, origin: Origin, value: str) -> None:
    """Nor is the copy of the time before."""
    settle(device, f"{origin.url}conditions/shin/")
    origin.headers["/conditions/shin/"] = {"Cache-Control": value}
    device.goto(f"{origin.url}conditions/shin/")
    until(
        device,
        """async () => {
            const kept = await (await caches.open("strideguide:/")).keys();
            return kept.every(({ url }) => !url.includes("/conditions/shin/"));
        }""",
    )
    origin.stop()
    device.goto(f"{origin.url}conditions/shin/")
    expect(device.get_by_text("Not on your device")).to_be_visible()


@pytest.mark.parametrize("name", ["shin pain", "ﬁbula é", "it's (2)", "50% #1?", "a+b&c=d;e@f"])
@pytest.mark.parametrize("as_typed", [True, False])
def test_addresses_are_as_browsers_write_them(
    device: Page, origin: Origin, tmp_path: Path, site: Site, name: str, as_typed: bool
) -> None:
    publish(tmp_path, site, {**FIRST, f"topics/{name}/": "Rest two days"})
    typed = quote(name, safe="'()+&=;@") if as_typed else quote(name)
    settle(device, origin.url)
    device.goto(f"{origin.url}topics/{typed}/")
    expect(device.get_by_text("Rest two days")).to_be_visible()
    until(
        device,
        """async () => {
            const kept = await (await caches.open("strideguide:/")).keys();
            return kept.some(({ url }) => url.includes("/topics/"));
        }""",
    )
    origin.stop()
    device.goto(f"{origin.url}topics/{typed}/")
    expect(device.get_by_text("Rest two days")).to_be_visible()


def test_two_sites_of_one_origin(device: Page, origin: Origin, tmp_path: Path, site: Site) -> None:
    """One in a folder of the other: each keeps its own, and goes alone."""
    publish(tmp_path / "knees", site, {**FIRST, "get-help/": "Call 112"}, root="/knees/")
    settle(device, f"{origin.url}get-help/")
    visit(device, f"{origin.url}knees/get-help/")
    until(device, "async () => (await navigator.serviceWorker.getRegistrations()).length === 2")
    settle(device, f"{origin.url}knees/get-help/")
    names = "async () => (await caches.keys()).sort().join()"
    assert device.evaluate(names) == "strideguide:/,strideguide:/knees/"
    before = device.evaluate(KEPT)
    write(tmp_path, {"sw.js": no_worker_text().encode()})
    # From the other site, so that no visit is on its way to the worker that goes.
    device.evaluate(
        "async () => (await navigator.serviceWorker.getRegistration('/')).update().catch(() => {})"
    )
    until(device, "async () => (await caches.keys()).join() === 'strideguide:/knees/'")
    kept = set(device.evaluate(KEPT))  # The other worker may still be adding to its own.
    assert {path for path in before if path.startswith("/knees/")} <= kept
    assert all(path.startswith("/knees/") for path in kept)
    origin.stop()
    device.goto(f"{origin.url}knees/get-help/")
    expect(device.get_by_text("Call 112")).to_be_visible()
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        device.goto(f"{origin.url}get-help/?not-in-the-browsers-own-store")
