"""Cards for the treatment room, as a browser prints them: one sheet each."""

from __future__ import annotations

import re
from typing import Final

from playwright.sync_api import Browser
from reading import assert_none

from generator.embeds.clinic_pages import takeaway_html
from generator.library.red_flags import red_flags
from generator.library.site import Site

SHEETS: Final = ("A4", "Letter", "A5")


def test_each_card_is_one_sheet(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    found = []
    for id_ in site.library.conditions:
        page.set_content(takeaway_html(site, id_))
        for sheet in SHEETS:
            count = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=sheet)))
            if count != 1:
                found.append(f"{id_} on {sheet}: {count} pages")
    page.close()
    assert_none(found)


def test_what_paper_must_show(browser: Browser, site: Site) -> None:
    """Nothing is folded away, and each red flag, the review and the licence are there."""
    page = browser.new_page()
    page.emulate_media(media="print")
    for id_ in ("sciatica", "bone-stress-injury"):
        page.set_content(takeaway_html(site, id_))
        text = page.locator("body").inner_text()
        for sign in red_flags(site.library, site.library.conditions[id_]):
            assert sign.red_flag and sign.red_flag.short in text
        for needed in ("Not yet clinically reviewed.", "not a diagnosis", "CC BY 4.0", "911"):
            assert needed in text
        assert page.locator(".qr svg").is_visible()
        assert page.locator("details").count() == 0
        assert not page.locator(".screen").is_visible()
    page.close()
