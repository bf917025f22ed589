"""The site on the reader's device: what is kept, what never is, and how it goes away again.

What the worker must leave alone is in test_offline_foreign.py.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from devices import FIRST, KEPT, UPDATE, Origin, publish, settle, write
from playwright.sync_api import Browser, Page, expect
from serving import Files
from waiting import until, wait_until

from generator.host.service_worker import (
    MOST_CORE,
    MOST_UNASKED,
    kept,
    no_worker_text,
    worker_text,
)
from generator.library.site import Site


def test_a_visited_page_shows_and_says_so(device: Page, origin: Origin) -> None:
    settle(device, f"{origin.url}conditions/shin/")
    expect(device.get_by_text("Saved")).to_be_hidden()
    origin.stop()
    device.goto(f"{origin.url}conditions/shin/")
    expect(device.get_by_text("Rest a week")).to_be_visible()
    expect(device.get_by_text(re.compile(r"^Saved \d{4}-\d\d-\d\d$"))).to_be_visible()


def test_the_day_of_a_copy_is_the_readers_own(
    browser: Browser, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The evening of a day in Vancouver is the next day in Greenwich."""
    monkeypatch.setattr(Files, "date_time_string", lambda *_: "Wed, 06 Jan 2027 03:00:00 GMT")
    context = browser.new_context(service_workers="allow", timezone_id="America/Vancouver")
    device = context.new_page()
    settle(device, f"{origin.url}conditions/shin/")
    origin.stop()
    device.goto(f"{origin.url}conditions/shin/")
    expect(device.get_by_text("Saved")).to_have_text("Saved 2027-01-05")
    context.close()


def test_what_was_not_kept_says_so(device: Page, origin: Origin) -> None:
    settle(device, origin.url)
    origin.stop()
    device.goto(f"{origin.url}conditions/shin/")
    expect(device.get_by_text("Not on your device")).to_be_visible()


def test_the_network_comes_first(device: Page, origin: Origin, tmp_path: Path, site: Site) -> None:
    settle(device, origin.url)
    publish(tmp_path, site, {**FIRST, "get-help/": "Call 112"})
    device.goto(f"{origin.url}get-help/")
    expect(device.get_by_text("Call 112")).to_be_visible()
    expect(device.get_by_text("Newer")).to_be_hidden()


def test_no_stale_red_flag_after_an_update_was_seen(
    device: Page, origin: Origin, tmp_path: Path, site: Site
) -> None:
    """Not even where the new page could not be fetched, and the line then went dead."""
    settle(device, f"{origin.url}conditions/shin/")
    publish(tmp_path, site, {**FIRST, "get-help/": "Call 112"}, around="New look")
    origin.broken["/get-help/"] = 500
    device.evaluate(UPDATE)
    until(
        device,
        """async () => {
            const kept = await caches.open("strideguide:/");
            return (await kept.keys()).every(({url}) => !url.includes("get-help"));
        }""",
    )
    origin.stop()
    device.goto(f"{origin.url}get-help/")
    expect(device.get_by_text("Not on your device")).to_be_visible()
    device.goto(f"{origin.url}conditions/shin/")  # It says the same, so it stays.
    expect(device.get_by_text("Rest a week")).to_be_visible()


def test_an_open_page_says_that_a_newer_one_exists(
    device: Page, origin: Origin, tmp_path: Path, site: Site
) -> None:
    settle(device, f"{origin.url}conditions/shin/")
    publish(tmp_path, site, {**FIRST, "conditions/shin/": "Rest two weeks"})
    device.evaluate(UPDATE)
    expect(device.get_by_text("Newer")).to_be_visible()
    device.reload()
    expect(device.get_by_text("Rest two weeks")).to_be_visible()
    expect(device.get_by_text("Newer")).to_be_hidden()
    origin.stop()
    device.goto(origin.url)
    device.goto(f"{origin.url}conditions/shin/")
    expect(device.get_by_text("Rest two weeks")).to_be_visible()


def test_an_update_that_changes_other_pages_is_not_spoken_of(
    device: Page, origin: Origin, tmp_path: Path, site: Site
) -> None:
    settle(device, f"{origin.url}conditions/shin/")
    publish(tmp_path, site, {**FIRST, "get-help/": "Call 112"}, around="New look")
    device.evaluate(
        """() => {
            navigator.serviceWorker.addEventListener("message", () => { window.told = 1; });
        }"""
    )
    device.evaluate(UPDATE)
    until(device, "window.told === 1")
    expect(device.get_by_text("Newer")).to_be_hidden()


def test_the_whole_site_is_kept_when_the_reader_asks(device: Page, origin: Origin) -> None:
    settle(device, origin.url)
    assert "/conditions/shin/" not in device.evaluate(KEPT)
    keep = device.get_by_role("button", name="Keep 1 MB")
    keep.click()
    expect(device.get_by_text("All of it is here.")).to_be_visible()
    assert "/conditions/shin/" in device.evaluate(KEPT)
    origin.stop()
    device.goto(f"{origin.url}conditions/shin/")
    expect(device.get_by_text("Rest a week")).to_be_visible()
    device.goto(origin.url)
    device.get_by_role("button", name="Remove").click()
    expect(keep).to_be_enabled()
    kept_now = device.evaluate(KEPT)
    assert "/conditions/shin/" not in kept_now
    assert "/get-help/" in kept_now


def test_what_the_reader_asked_for_stays_whole_after_an_update(
    device: Page, origin: Origin, tmp_path: Path, site: Site
) -> None:
    settle(device, origin.url)
    device.get_by_role("button", name="Keep 1 MB").click()
    expect(device.get_by_text("All of it is here.")).to_be_visible()
    publish(
        tmp_path, site, {**FIRST, "conditions/shin/": "Rest two weeks", "conditions/toe/": "New"}
    )
    device.evaluate(UPDATE)

    def is_kept_by_a_visit() -> bool:
        device.goto(origin.url)
        for _ in range(50):
            if "/conditions/toe/" in device.evaluate(KEPT):
                return True
            device.wait_for_timeout(100)
        return False

    wait_until(device, is_kept_by_a_visit, "No visit brought the new page.")
    origin.stop()
    device.goto(f"{origin.url}conditions/shin/")
    expect(device.get_by_text("Rest two weeks")).to_be_visible()


def test_switched_off_it_goes_and_takes_all_along(
    device: Page, origin: Origin, tmp_path: Path
) -> None:
    settle(device, origin.url)
    write(tmp_path, {"sw.js": no_worker_text().encode()})
    device.evaluate(UPDATE)
    until(
        device,
        """async () => !(await caches.keys()).length
            && !(await navigator.serviceWorker.getRegistrations()).length""",
    )
    origin.stop()
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        device.goto(f"{origin.url}conditions/shin/?not-in-the-browsers-own-store")


# The worker of a site


def files_of(worker: str) -> tuple[dict[str, tuple[str, int]], list[str]]:
    """All that it may keep, with versions and sizes; and what it keeps at once."""
    found = re.search(r"^const FILES = new Map\(Object\.entries\((.*)\)\);$", worker, re.MULTILINE)
    core = re.search(r"^const CORE = new Set\((.*)\);$", worker, re.MULTILINE)
    assert found and core
    return json.loads(found[1]), json.loads(core[1])


def test_where_not_all_fits_getting_help_comes_first(site: Site) -> None:
    sizes = {"signs/achilles-snap/": 1, "get-help/": MOST_CORE - 1, "": 1, "signs/stiff/": 1}
    assert site.library.signs["achilles-snap"].red_flag
    files = {f"{url}index.html": kept(b"x" * size) for url, size in sizes.items()}
    listed, core = files_of(worker_text(site, files))
    assert set(listed) == set(sizes)
    assert core == ["get-help/", "signs/achilles-snap/"]


def test_little_is_kept_without_asking(site_dir: Path, site: Site) -> None:
    files, core = files_of((site_dir / "sw.js").read_text(encoding="utf-8"))
    assert {"", "get-help/", "find/", "programme/", "offline.html", "assets/search.json"} <= set(
        core
    )
    assert {f"signs/{s.id}/" for s in site.library.signs.values() if s.red_flag} <= set(core)
    assert sum(files[address][1] for address in core) <= MOST_CORE < MOST_UNASKED


def test_the_whole_site_can_be_kept_and_nothing_of_other_sites(site_dir: Path) -> None:
    files, _ = files_of((site_dir / "sw.js").read_text(encoding="utf-8"))
    assert {"", "get-help/", "conditions/achilles-tendinopathy/", "offline.html"} <= files.keys()
    assert "assets/search.json" in files
    assert not [uri for uri in files if re.match(r"embed|api|oembed|for/|feeds|cards|404", uri)]
    for uri, (_, size) in files.items():
        path = site_dir / uri
        assert (path / "index.html" if path.is_dir() else path).stat().st_size == size


def test_what_was_visited_longest_ago_goes_first(
    device: Page, origin: Origin, tmp_path: Path, site: Site
) -> None:
    """With what is kept at once, visited pages are never more than 3 MB."""
    pages = {f"topics/{name}/": name * ((MOST_UNASKED - 30_000) // 3) for name in "abcd"}
    publish(tmp_path, site, {**FIRST, **pages})
    for url in pages:
        settle(device, origin.url + url)
    until(device, f"({KEPT})().then((kept) => !kept.includes('/topics/a/'))")
    paths = [path for path in device.evaluate(KEPT) if path.startswith("/topics/")]
    assert sorted(paths) == ["/topics/b/", "/topics/c/", "/topics/d/"]


def test_the_manifest_names_icons_that_are_there(site_dir: Path) -> None:
    manifest = json.loads((site_dir / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["name"] == "StrideGuide"
    for icon in manifest["icons"]:
        assert (site_dir / icon["src"]).is_file()
    assert "Sitemap: https://" in (site_dir / "robots.txt").read_text(encoding="utf-8")


def test_a_second_visit_after_the_server_is_gone(device: Page, site_dir: Path) -> None:
    """The built site, kept on request: pages, figures and search, none of which was visited."""
    origin = Origin(site_dir)
    settle(device, origin.url)
    device.get_by_role("button", name="Keep this site for offline use").click()
    expect(device.get_by_text("The whole site is on this device.")).to_be_visible()
    origin.stop()
    troubles: list[str] = []
    device.on("pageerror", lambda error: troubles.append(str(error)))
    device.goto(f"{origin.url}conditions/achilles-tendinopathy/")
    expect(device.get_by_role("heading", level=1)).to_have_text("Achilles tendinopathy")
    expect(device.get_by_text("this is the copy kept on your device")).to_be_visible()
    picture = device.locator(".sg-moves img").first
    picture.scroll_into_view_if_needed()
    until(device, "document.querySelector('.sg-moves img').naturalWidth > 0")
    line = "getComputedStyle(document.querySelector('.sg-stages')).borderLeftWidth"
    assert device.evaluate(line) == "3px"  # The page's own style sheet is there.
    device.goto(f"{origin.url}find/?where=knee")
    expect(device.locator("#sg-finder h2").first).to_be_visible()
    device.goto(f"{origin.url}get-help/")
    expect(device.get_by_role("heading", level=1)).to_have_text("When to get help")
    assert troubles == []
