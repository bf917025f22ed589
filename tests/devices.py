"""Small sites on one origin, for tests of what a reader's device keeps."""

from __future__ import annotations

import itertools
import json
import os
import threading
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import Page
from serving import Files, Serving, from_folder
from waiting import until

from generator.host.service_worker import kept, said_digest, worker_text
from generator.library.site import Site

FIRST: Final = {"": "Home", "get-help/": "Call 911", "conditions/shin/": "Rest a week"}
UPDATE: Final = """async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update().catch(() => {});  // It fails where the new worker can't install.
}"""
IS_KEPT: Final = """async () => {
    if (!navigator.serviceWorker.controller) return false;
    const kept = await caches.match(location.pathname, { ignoreSearch: true });
    return Boolean(kept);
}"""
KEPT: Final = """async () => {
    const paths = [];
    for (const name of await caches.keys()) {
        for (const { url } of await (await caches.open(name)).keys()) {
            paths.push(new URL(url).pathname);
        }
    }
    return paths;
}"""
KEEP_WORDS: Final = json.dumps(
    {
        "keep": "Keep {megabytes} MB",
        "drop": "Remove",
        "kept": "All of it is here.",
        "part": "Some of it is here.",
        "wait": "…",
    }
)
_WRITTEN: Final = itertools.count()
_ROOT: Final = Path(__file__).parent.parent


class Origin(Serving):
    """A folder served on this machine until it is stopped, and pages of others beside it.

    `foreign` are paths that answer with their own query; `headers` are sent with a path.
    While `broken` holds a path, its answer is that status; while `slow`, answers wait.
    """

    def __init__(self, folder: Path) -> None:
        self.foreign = foreign = set[str]()
        self.headers = headers = dict[str, dict[str, str]]()
        self.broken = broken = dict[str, int]()
        self.asked = asked = list[str]()
        self.quick = quick = threading.Event()
        quick.set()

        class Handler(Files):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                asked.append(self.path)
                quick.wait()
                if path in broken:
                    self.send_error(broken[path])
                elif path in foreign:
                    text = f"<title>Portal</title><p>Answer to {self.path}</p>".encode()
                    self.send_response(200)
                    self.send_header("Content-Type", "text/html")
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)
                else:
                    super().do_GET()

            def end_headers(self) -> None:
                for name, value in headers.get(urlsplit(self.path).path, {}).items():
                    self.send_header(name, value)
                super().end_headers()

        super().__init__(from_folder(folder, Handler))

    def stop(self) -> None:
        self.quick.set()
        super().stop()


def publish(
    folder: Path, site: Site, pages: dict[str, str], *, around: str = "", root: str = "/"
) -> None:
    """A small site: these pages, with `around` beside what they say, and their worker."""
    contents: dict[str, bytes] = {}
    for url, said in {**pages, "offline.html": "Not on your device"}.items():
        uri = url if url.endswith(".html") else f"{url}index.html"
        html = f"""<!doctype html><html lang="en"><head><title>Page</title>
            <meta name="sg-version" content="{said_digest(said)}"></head><body>
            <div data-worker="{root}sw.js" hidden>
            <p data-note="saved" hidden>Saved <span data-day></span></p>
            <p data-note="newer" hidden>Newer</p></div>
            <p>{around}</p><article>{said}</article>
            <div data-keep-offline data-words='{KEEP_WORDS}' hidden><button></button>
            <p role="status"></p></div>
            <script type="module" src="{root}assets/offline.js"></script></body></html>"""
        contents[uri] = html.encode()
    for script in ("assets/offline.js", "assets/day.js", "assets/dom.js"):
        contents[script] = (_ROOT / "content" / script).read_bytes()
    files = {uri: kept(content) for uri, content in contents.items()}
    contents["sw.js"] = worker_text(site, files).encode()
    write(folder, contents)


def write(folder: Path, contents: dict[str, bytes]) -> None:
    """Write files, each older than a day, and none as old as another: browsers go by that."""
    for uri, content in contents.items():
        path = folder / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written = 1_700_000_000 + 1000 * next(_WRITTEN)
        os.utime(path, (written, written))


def settle(page: Page, url: str) -> None:
    """Open a page and wait until the device holds it."""
    page.goto(url)
    until(page, IS_KEPT)
