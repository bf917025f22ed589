"""Measures every card in a browser at the common widths and writes generator/embeds/heights.json.

Run it with `make heights` after a change of cards' words or style.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from playwright.sync_api import sync_playwright

from generator.check import load_and_check
from generator.embeds.cards import embeds
from generator.embeds.clinic_pages import SELF_TEST_CARD, clinic_pages
from generator.embeds.heights import MEASURED, WIDTHS
from generator.library.site import Site
from generator.routes import file_uri

HEIGHT = "() => Math.ceil(document.body.getBoundingClientRect().height)"


def main() -> None:
    """Measure and write."""
    checked = load_and_check(Path("data"), Path("content"))
    country = checked.library.countries["ca"]
    site = Site(checked.library, country, published_state=checked.published_state)
    documents = {output.uri: output.content for output in embeds(site)}
    documents |= {o.uri: o.content for o in clinic_pages(site) if o.uri == file_uri(SELF_TEST_CARD)}
    browser = subprocess.run(["sh", "tools/browser.sh"], capture_output=True, text=True, check=True)
    rows: dict[str, list[int]] = {uri.removesuffix("index.html"): [] for uri in documents}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser.stdout.strip(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page()
        for uri, text in documents.items():
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                page.set_content(text, wait_until="commit")
                rows[uri.removesuffix("index.html")].append(page.evaluate(HEIGHT))
        chromium.close()
    lines = [f"{json.dumps(url)}: {json.dumps(row)}" for url, row in sorted(rows.items())]
    MEASURED.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"Measured {len(rows)} cards at {len(WIDTHS)} widths.")


if __name__ == "__main__":
    main()
