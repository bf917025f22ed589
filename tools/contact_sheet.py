"""Photographs each kind of page into docs/pages/, for contributors to see what the site looks like.

    python tools/contact_sheet.py [SITE_DIR]

Run it with `make pictures` after a change of how pages look. There is one sheet for each width
and colour scheme.
"""

from __future__ import annotations

import base64
import functools
import http.server
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

PAGES: Final = (
    "",
    "find/",
    "conditions/achilles-tendinopathy/",
    "signs/first-step-heel-pain/",
    "regions/knee/",
    "exercises/calf-raise/",
    "programmes/walk-run-return/",
    "get-help/",
    "conditions/",
    "exercises/",
    "references/beyer-2015/",
    "for-clinics/",
)
SCREENS: Final = {390: 2.0, 1280: 1.0}
"""Width in CSS pixels -> how many times as high as wide the picture of a page is."""
COLUMN: Final = {390: 260, 1280: 480}
"""Width in CSS pixels -> width of a page on the sheet."""
FOLDER: Final = Path("docs/pages")
SEEN: Final = """() => Promise.all([...document.images].map((image) => {
    image.loading = "eager";
    return image.decode().catch(() => null);
}))"""
DRAW: Final = """async ([pictures, column, ratio]) => {
    const columns = 4;
    const gap = 16;
    const canvas = document.createElement("canvas");
    const height = Math.round(column * ratio);
    canvas.width = columns * (column + gap) + gap;
    canvas.height = Math.ceil(pictures.length / columns) * (height + gap) + gap;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#8a949a";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    for (const [at, source] of pictures.entries()) {
        const picture = new Image();
        picture.src = source;
        await picture.decode();
        const x = gap + (at % columns) * (column + gap);
        pen.drawImage(picture, x, gap + Math.floor(at / columns) * (height + gap), column, height);
    }
    return canvas.toDataURL("image/webp", 0.5).split(",")[1];
}"""


def main(site_dir: str = "site") -> None:
    """Photograph and write."""
    handler = functools.partial(_Quiet, directory=site_dir)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_port}/"
    found = subprocess.run(["sh", "tools/browser.sh"], capture_output=True, text=True, check=True)
    flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found.stdout.strip(), args=flags)
        for width in SCREENS:
            for scheme in ("light", "dark"):
                sheet = FOLDER / f"{width}-{scheme}.webp"
                sheet.write_bytes(_sheet(chromium, root, width, scheme))
                print(f"{sheet}: {sheet.stat().st_size / 1000:.0f} kB")
        chromium.close()
    server.shutdown()


def _sheet(chromium: Browser, root: str, width: int, scheme: str) -> bytes:
    size = {"width": width, "height": round(width * SCREENS[width])}
    context = chromium.new_context(
        viewport=size,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        service_workers="block",
    )
    page = context.new_page()
    pictures = [_photograph(page, root + path) for path in PAGES]
    page.goto("about:blank")
    drawn: str = page.evaluate(DRAW, [pictures, COLUMN[width], SCREENS[width]])
    context.close()
    return base64.b64decode(drawn)


def _photograph(page: Page, address: str) -> str:
    page.goto(address, wait_until="load")
    page.evaluate(SEEN)
    return "data:image/png;base64," + base64.b64encode(page.screenshot()).decode()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


if __name__ == "__main__":
    main(*sys.argv[1:])
