"""Draws content/assets/icons/any.svg as PNG files, which phones ask for. Run it after a change."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

FOLDER: Final = Path("content/assets/icons")
SIZES: Final = (180, 192, 512)


def main() -> None:
    """Draw and write."""
    drawing = (FOLDER / "any.svg").read_text(encoding="utf-8")
    browser = subprocess.run(["sh", "tools/browser.sh"], capture_output=True, text=True, check=True)
    flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.stdout.strip(), args=flags)
        for size in SIZES:
            page = chromium.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{drawing}")
            (FOLDER / f"{size}.png").write_bytes(page.screenshot())
        chromium.close()


if __name__ == "__main__":
    main()
