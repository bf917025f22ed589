"""The site on the reader's device: what is kept, what never is, and how it goes away again."""

from __future__ import annotations

import itertools
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from serving import Files, Serving, from_folder
from waiting import opened, until

from generator.host.service_worker import kept, no_worker_text, said_digest, worker_text
from generator.library.site import Site

WRITTEN: Final = itertools.count()
ROOT: Final = Path(__file__).parent.parent
IS_TIDY: Final = """async () => {
    for (const name of await caches.keys()) {
        const keys = await (await caches.open(name)).keys();
        if (keys.some(({url}) => url.includes("/tidied?kept="))) return true;
    }
    return false;
}"""
UPDATE: Final = """async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update().catch(() => {});  // It fails where the new worker can't install.
}"""


class Host(Serving):
    """A folder served on this machine, until it is stopped; `broken` addresses answer 500."""

    def __init__(self, folder: Path) -> None:
        self.broken = broken = set[str]()

        class Handler(Files):
            def do_GET(self) -> None:
                if self.path in broken:
                    self.send_error(500)
                else:
                    super().do_GET()

        super().__init__(from_folder(folder, Handler))


KEEP_WORDS: Final = json.dumps(
    {"keep": "Keep {megabytes} MB", "drop": "Remove", "kept": "All of it is here.", "wait": "…"}
)


def publish(folder: Path, site: Site, pages: dict[str, str], *, around: str = "") -> None:
    """A small site: these pages, with `around` beside what they say, and their worker."""
    contents: dict[str, bytes] = {}
    for url, said in {**pages, "offline.html": "Not on your device"}.items():
        uri = url if url.endswith(".html") else f"{url}index.html"
        html = f"""<!doctype html><html lang="en"><head><title>{said}</title>
            <meta name="sg-version" content="{said_digest(said)}"></head><body>
            <div data-worker="/sw.js" hidden>
            <p data-note="saved" hidden>Saved <span data-day></span></p>
            <p data-note="newer" hidden>Newer</p></div>
            <p>{around}</p><article>{said}</article>
            <div data-keep-offline data-words='{KEEP_WORDS}' hidden><button></button>
            <p role="status"></p></div>
            <script type="module" src="/assets/offline.js"></script></body></html>"""
        contents[uri] = html.encode()
    for script in ("assets/offline.js", "assets/day.js", "assets/dom.js"):
        contents[script] = (ROOT / "content" / script).read_bytes()
    contents["sw.js"] = worker_text(
        site, {uri: kept(content) for uri, content in contents.items()}
    ).encode()
    write(folder, contents)


def write(folder: Path, contents: dict[str, bytes]) -> None:
    """Write files, each older than a day, and none as old as another: browsers go by that."""
    for uri, content in contents.items():
        path = folder / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written = 1_700_000_000 + 1000 * next(WRITTEN)
        os.utime(path, (written, written))


@pytest.fixture
def device(browser: Browser) -> Iterator[Page]:
    """A browser that lets workers in."""
    context = browser.new_context(service_workers="allow")
    yield context.new_page()
    context.close()


@pytest.fixture
def host(tmp_path: Path, site: Site) -> Iterator[Host]:
    publish(tmp_path, site, FIRST)
    host = Host(tmp_path)
    yield host
    host.stop()


FIRST: Final = {"": "Home", "get-help/": "Call 911", "conditions/shin/": "Rest a week"}


def settle(page: Page, url: str) -> None:
    """Open a page and wait until the device holds it, and what is kept without being asked."""
    page.goto(url)
    until(page, IS_TIDY)


def test_a_visited_page_shows_and_says_so(device: Page, host: Host) -> None:
    settle(device, f"{host.url}conditions/shin/")
    expect(device.get_by_text("Saved")).to_be_hidden()
    host.stop()
    device.goto(f"{host.url}conditions/shin/")
    expect(device.get_by_text("Rest a week")).to_be_visible()
    expect(device.get_by_text(re.compile(r"^Saved \d{4}-\d\d-\d\d$"))).to_be_visible()


def test_the_day_of_a_copy_is_the_readers_own(
    browser: Browser, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The evening of a day in Vancouver is the next day in Greenwich."""
    monkeypatch.setattr(Files, "date_time_string", lambda *_: "Wed, 06 Jan 2027 03:00:00 GMT")
    context = browser.new_context(service_workers="allow", timezone_id="America/Vancouver")
    device = context.new_page()
    settle(device, f"{host.url}conditions/shin/")
    host.stop()
    device.goto(f"{host.url}conditions/shin/")
    expect(device.get_by_text("Saved")).to_have_text("Saved 2027-01-05")
    context.close()


def test_what_was_not_kept_says_so(device: Page, host: Host) -> None:
    settle(device, host.url)
    host.stop()
    device.goto(f"{host.url}conditions/shin/")
    expect(device.get_by_text("Not on your device")).to_be_visible()


def test_the_network_comes_first(device: Page, host: Host, tmp_path: Path, site: Site) -> None:
    settle(device, host.url)
    publish(tmp_path, site, {**FIRST, "get-help/": "Call 112"})
    device.goto(f"{host.url}get-help/")
    expect(device.get_by_text("Call 112")).to_be_visible()
    expect(device.get_by_text("Newer")).to_be_hidden()


def test_no_stale_red_flag_after_an_update_was_seen(
    device: Page, host: Host, tmp_path: Path, site: Site
) -> None:
    """Not even where the new page could not be fetched, and the line then went dead."""
    settle(device, f"{host.url}conditions/shin/")
    publish(tmp_path, site, {**FIRST, "get-help/": "Call 112"}, around="New look")
    host.broken.add("/get-help/")
    device.evaluate(UPDATE)
    until(
        device,
        """async () => {
            const kept = await caches.open("strideguide:/");
            return (await kept.keys()).every(({url}) => !url.includes("get-help"));
        }""",
    )
    host.stop()
    device.goto(f"{host.url}get-help/")
    expect(device.get_by_text("Not on your device")).to_be_visible()
    device.goto(f"{host.url}conditions/shin/")  # It says the same, so it stays.
    expect(device.get_by_text("Rest a week")).to_be_visible()


def test_an_open_page_says_that_a_newer_one_exists(
    device: Page, host: Host, tmp_path: Path, site: Site
) -> None:
    settle(device, f"{host.url}conditions/shin/")
    publish(tmp_path, site, {**FIRST, "conditions/shin/": "Rest two weeks"})
    device.evaluate(UPDATE)
    expect(device.get_by_text("Newer")).to_be_visible()
    device.reload()
    expect(device.get_by_text("Rest two weeks")).to_be_visible()
    expect(device.get_by_text("Newer")).to_be_hidden()
    host.stop()
    device.goto(host.url)
    device.goto(f"{host.url}conditions/shin/")
    expect(device.get_by_text("Rest two weeks")).to_be_visible()


def test_an_update_that_changes_other_pages_is_not_spoken_of(
    device: Page, host: Host, tmp_path: Path, site: Site
) -> None:
    settle(device, f"{host.url}conditions/shin/")
    publish(tmp_path, site, {**FIRST, "get-help/": "Call 112"}, around="New look")
    device.evaluate(
        """() => {
            navigator.serviceWorker.addEventListener("message", () => { window.told = 1; });
        }"""
    )
    device.evaluate(UPDATE)
    until(device, "window.told === 1")
    expect(device.get_by_text("Newer")).to_be_hidden()


KEPT: Final = """async () => {
    const kept = await (await caches.open("strideguide:/")).keys();
    return kept.map(({url}) => new URL(url).pathname);
}"""


def test_the_whole_site_is_kept_when_the_reader_asks(device: Page, host: Host) -> None:
    settle(device, host.url)
    assert "/conditions/shin/" not in device.evaluate(KEPT)
    keep = device.get_by_role("button", name="Keep 1 MB")
    keep.click()
    expect(device.get_by_text("All of it is here.")).to_be_visible()
    assert "/conditions/shin/" in device.evaluate(KEPT)
    host.stop()
    device.goto(f"{host.url}conditions/shin/")
    expect(device.get_by_text("Rest a week")).to_be_visible()
    device.goto(host.url)
    device.get_by_role("button", name="Remove").click()
    expect(keep).to_be_enabled()
    kept_now = device.evaluate(KEPT)
    assert "/conditions/shin/" not in kept_now
    assert "/get-help/" in kept_now


def test_what_the_reader_asked_for_stays_whole_after_an_update(
    device: Page, host: Host, tmp_path: Path, site: Site
) -> None:
    settle(device, host.url)
    device.get_by_role("button", name="Keep 1 MB").click()
    expect(device.get_by_text("All of it is here.")).to_be_visible()
    publish(
        tmp_path, site, {**FIRST, "conditions/shin/": "Rest two weeks", "conditions/toe/": "New"}
    )
    device.evaluate(UPDATE)
    device.goto(host.url)
    until(device, f"({KEPT})().then((kept) => kept.includes('/conditions/toe/'))")
    host.stop()
    device.goto(f"{host.url}conditions/shin/")
    expect(device.get_by_text("Rest two weeks")).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/portal/", "/portal", "/portal/page.html", "/signs/portal/", "/api/x"]
)
def test_a_page_of_another_application_is_never_touched(
    device: Page, site: Site, tmp_path: Path, path: str
) -> None:
    """On the same origin, beside our site at its root: visited, then slow, failing and offline."""
    publish(tmp_path, site, FIRST)
    answers: list[int] = []

    class Portal(Files):
        def do_GET(self) -> None:
            address, _, query = self.path.partition("?")
            if address != path:
                return super().do_GET()
            answers.append(503 if query == "n=3" else 200)
            body = f"<!doctype html><title>P</title><p>Account {query}".encode()
            self.send_response(answers[-1])
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store, private")
            self.end_headers()
            self.wfile.write(body)

    host = Serving(from_folder(tmp_path, Portal))
    settle(device, host.url)
    origin = host.url.rstrip("/")
    for query in ("n=1", "n=2", "n=3"):
        device.goto(f"{origin}{path}?{query}")
        expect(device.get_by_text(f"Account {query}")).to_be_visible()
    assert answers == [200, 200, 503]
    device.goto(host.url)
    assert path not in device.evaluate(KEPT)
    host.stop()
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        device.goto(f"{origin}{path}?n=2")


def test_what_the_host_forbids_to_keep_is_not_kept(
    device: Page, site: Site, tmp_path: Path
) -> None:
    publish(tmp_path, site, FIRST)

    class Private(Files):
        def end_headers(self) -> None:
            if self.path.startswith("/conditions/"):
                self.send_header("Cache-Control", "private")
            super().end_headers()

    host = Serving(from_folder(tmp_path, Private))
    settle(device, host.url)
    device.goto(f"{host.url}conditions/shin/")
    device.goto(host.url)
    assert "/get-help/" in device.evaluate(KEPT)
    assert "/conditions/shin/" not in device.evaluate(KEPT)
    host.stop()


def test_switched_off_it_goes_and_takes_all_along(device: Page, host: Host, tmp_path: Path) -> None:
    settle(device, host.url)
    write(tmp_path, {"sw.js": no_worker_text().encode()})
    device.evaluate(UPDATE)
    until(
        device,
        """async () => !(await caches.keys()).length
            && !(await navigator.serviceWorker.getRegistrations()).length""",
    )
    host.stop()
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        device.goto(f"{host.url}conditions/shin/?not-in-the-browsers-own-store")


# The worker of a site


def files_of(worker: str) -> dict[str, str]:
    found = re.search(r"^const FILES = (.*);$", worker, re.MULTILINE)
    assert found
    files: dict[str, str] = json.loads(found[1])
    return files


def test_little_is_kept_without_asking(site_dir: Path, site: Site) -> None:
    worker = (site_dir / "sw.js").read_text(encoding="utf-8")
    found = re.search(r"^const CORE = (.*);$", worker, re.MULTILINE)
    assert found
    core = json.loads(found[1])
    assert {"", "get-help/", "offline.html", "assets/search.json"} <= set(core)
    assert {f"signs/{s.id}/" for s in site.library.signs.values() if s.red_flag} <= set(core)
    paths = [site_dir / uri for uri in core]
    sizes = [(p / "index.html" if p.is_dir() else p).stat().st_size for p in paths]
    assert sum(sizes) <= 3_000_000


def test_the_whole_site_can_be_kept_and_nothing_of_other_sites(site_dir: Path) -> None:
    files = files_of((site_dir / "sw.js").read_text(encoding="utf-8"))
    assert {"", "get-help/", "conditions/achilles-tendinopathy/", "offline.html"} <= files.keys()
    assert "assets/search.json" in files
    assert not [uri for uri in files if re.match(r"embed|api|oembed|for/|feeds|cards|404", uri)]
    for uri in files:
        path = site_dir / uri
        assert (path / "index.html" if path.is_dir() else path).is_file(), uri


def test_the_manifest_names_icons_that_are_there(site_dir: Path) -> None:
    manifest = json.loads((site_dir / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["name"] == "StrideGuide"
    for icon in manifest["icons"]:
        assert (site_dir / icon["src"]).is_file()
    assert "Sitemap: https://" in (site_dir / "robots.txt").read_text(encoding="utf-8")


SHIFTS: Final = """
    window.shift = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""
LITTLE_SHIFT: Final = 0.02
"""Of a note that comes: as much as nobody loses the line that they read by."""
TELL_OF_A_NEWER_PAGE: Final = """navigator.serviceWorker.dispatchEvent(
    new MessageEvent("message", { data: { version: "another" } }))"""
AFTER_A_FRAME: Final = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("url", ["conditions/plantar-fasciitis/", "programme/"])
def test_a_note_that_comes_moves_nothing(lend: Callable[..., Page], url: str, width: int) -> None:
    page = lend(viewport={"width": width, "height": 844})
    page.add_init_script(SHIFTS)
    opened(page, url)
    page.evaluate(f"window.shift = 0; {TELL_OF_A_NEWER_PAGE}")
    note = page.get_by_text("This page has changed since it was opened.")
    expect(note).to_be_in_viewport(ratio=1)
    page.evaluate(AFTER_A_FRAME)
    assert page.evaluate("window.shift") < LITTLE_SHIFT
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    box, last = note.bounding_box(), page.locator(".md-footer a").last.bounding_box()
    assert box and last and last["y"] + last["height"] <= box["y"]
    page.get_by_role("link", name="Show the new one").click()
    expect(note).to_be_hidden()


def test_a_note_covers_no_button(phone: Page) -> None:
    phone.goto("find/#where=foot-and-ankle")
    button = phone.get_by_role("button", name="None of these")
    expect(button).to_be_in_viewport()
    phone.evaluate(TELL_OF_A_NEWER_PAGE)
    note = phone.get_by_text("This page has changed since it was opened.")
    expect(note).to_be_visible()
    pressed, above = button.bounding_box(), note.bounding_box()
    assert pressed and above and pressed["y"] + pressed["height"] <= above["y"]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_note_of_a_copy_is_there_from_the_start(lend: Callable[..., Page], width: int) -> None:
    page = lend(viewport={"width": width, "height": 844})
    page.add_init_script(SHIFTS)

    def mark(route: Route) -> None:
        answer = route.fetch()
        html = answer.text().replace("<html ", '<html data-saved="2027-01-05T10:00:00.000Z" ', 1)
        route.fulfill(response=answer, body=html)

    page.route("**/plantar-fasciitis/", mark)
    page.goto("conditions/plantar-fasciitis/")
    expect(page.get_by_text("this is the copy kept on your device. 2027-01-05")).to_be_visible()
    page.evaluate(AFTER_A_FRAME)
    assert page.evaluate("window.shift") < LITTLE_SHIFT


def test_a_second_visit_after_the_server_is_gone(device: Page, site_dir: Path) -> None:
    """The built site, kept on request: pages, figures and search, none of which was visited."""
    host = Host(site_dir)
    settle(device, host.url)
    device.get_by_role("button", name="Keep this site for offline use").click()
    expect(device.get_by_text("The whole site is on this device.")).to_be_visible()
    host.stop()
    troubles: list[str] = []
    device.on("pageerror", lambda error: troubles.append(str(error)))
    device.goto(f"{host.url}conditions/achilles-tendinopathy/")
    expect(device.get_by_role("heading", level=1)).to_have_text("Achilles tendinopathy")
    expect(device.get_by_text("this is the copy kept on your device")).to_be_visible()
    picture = device.locator(".sg-moves img").first
    picture.scroll_into_view_if_needed()
    until(device, "document.querySelector('.sg-moves img').naturalWidth > 0")
    line = "getComputedStyle(document.querySelector('.sg-stages')).borderLeftWidth"
    assert device.evaluate(line) == "3px"  # The page's own style sheet is there.
    device.goto(f"{host.url}find/?where=knee")
    expect(device.locator("#sg-finder h2").first).to_be_visible()
    device.goto(f"{host.url}get-help/")
    expect(device.get_by_role("heading", level=1)).to_have_text("When to get help")
    assert troubles == []
