"""Weighs one page as a phone meets it for the first time: every request, gzipped.

    python tools/weigh.py [SITE_DIR] [PAGE]

Run it with `make weigh`. It ends with 1 where the page is over a limit. The page is read to its
end, so that pictures that wait for the reader are weighed too; requests are counted as it opens.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Page, Request, Response, sync_playwright

MOST_BYTES: Final = 90_000
MOST_BYTES_WITHOUT_PICTURES: Final = 64_000
MOST_REQUESTS: Final = 10
MOST_SHIFT: Final = 0.02
PHONE: Final = {"width": 390, "height": 844}
WATCH_SHIFT: Final = """
window.shift = 0;
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
READ_TO_THE_END: Final = """async () => {
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
        scrollTo(0, y);
        for (const _ of "12") await new Promise(requestAnimationFrame);
    }
}"""
IDLE: Final = "new Promise((done) => requestIdleCallback(() => done()))"


@dataclass(frozen=True, slots=True)
class Part:
    """One answer of the server, and its weight in bytes when gzipped."""

    path: str
    weight: int
    is_picture: bool


def main(site_dir: str = "site", path: str = "conditions/achilles-tendinopathy/") -> int:
    """Weigh, print, and say whether the page keeps to the limits."""
    handler = functools.partial(_Quiet, directory=site_dir)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser = subprocess.run(["sh", "tools/browser.sh"], capture_output=True, text=True, check=True)
    flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.stdout.strip(), args=flags)
        # A service worker would fetch the whole site in the background.
        context = chromium.new_context(viewport=PHONE, service_workers="block")
        parts, at_first, shift = weigh(
            context.new_page(), f"http://127.0.0.1:{server.server_port}/{path}"
        )
        chromium.close()
    server.shutdown()
    for part in sorted(parts, key=lambda part: -part.weight):
        print(f"{part.weight:>8,} {part.path}")
    figures = (
        ("bytes, pictures included", sum(part.weight for part in parts), MOST_BYTES),
        (
            "bytes without pictures",
            sum(part.weight for part in parts if not part.is_picture),
            MOST_BYTES_WITHOUT_PICTURES,
        ),
        ("requests as it opens", at_first, MOST_REQUESTS),
        ("layout shift", shift, MOST_SHIFT),
    )
    for name, found, most in figures:
        print(f"{round(found, 4):>8,} {name}, at most {most:,}{' !' if found > most else ''}")
    return int(any(found > most for _, found, most in figures))


def weigh(page: Page, url: str) -> tuple[list[Part], int, float]:
    """Every answer on the way through the page, how many came before the reader moved, and how
    much the layout shifted.
    """
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.add_init_script(WATCH_SHIFT)
    page.goto(url)
    at_first = len(_answers(page, asked))
    page.evaluate(READ_TO_THE_END)
    answers = _answers(page, asked)
    root = url.split("/", 3)
    parts = [
        Part(
            answer.url.removeprefix("/".join(root[:3])),
            len(gzip.compress(answer.body(), 6)),
            answer.request.resource_type == "image",
        )
        for answer in answers
    ]
    return parts, at_first, page.evaluate("window.shift")


def _answers(page: Page, asked: list[Request]) -> list[Response]:
    """What was answered so far, once nothing is on its way and the page has nothing to do."""
    answers: list[Response] = []
    page.evaluate(IDLE)
    for request in asked:  # It grows as answers make the page ask for more.
        if answer := request.response():
            answer.finished()
            answers.append(answer)
        if request is asked[-1]:
            page.evaluate(IDLE)
    return answers


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
