"""Each kind of page on paper: sheets counted from the PDF, none of them empty."""

from __future__ import annotations

import re
import zlib
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect
from waiting import opened

CONDITION: Final = "conditions/achilles-tendinopathy/"
MOST_SHEETS: Final = {
    "": 3,
    CONDITION: 2,
    "signs/first-step-heel-pain/": 2,
    "exercises/heel-drop/": 4,
    "regions/knee/": 2,
    "programmes/walk-run-return/": 5,
    "references/beyer-2015/": 1,
    "get-help/": 7,
    "conditions/": 5,
    "about/": 2,
    "programme/#1;plank:::3::30:24": 1,
    "find/": 4,
}
CHROME: Final = (
    ".md-header, .md-footer, .md-sidebar, .md-top, .md-skip, .md-content__button, .sg-crumbs,"
    " .sg-filter, .sg-embed, .sg-adding"
)


def texts_of(pdf: bytes) -> list[int]:
    """How many pieces of text each sheet shows."""
    objects = dict(re.findall(rb"(?m)^(\d+) 0 obj\s(.*?)endobj", pdf, re.DOTALL))
    sheets = [o for o in objects.values() if re.search(rb"/Type /Page\b", o)]
    found = []
    for sheet in sheets:
        content = re.search(rb"/Contents (\d+) 0 R", sheet)
        assert content
        head, stream = objects[content[1]].split(b"stream", 1)
        drawn = stream.removeprefix(b"\r").removeprefix(b"\n")
        if b"/FlateDecode" in head:
            drawn = zlib.decompressobj().decompress(drawn)
        found.append(len(re.findall(rb"\bBT\b", drawn)))
    return found


def on_paper(page: Page, url: str) -> None:
    opened(page, url)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # As a browser's own command does.


@pytest.mark.parametrize("url", MOST_SHEETS)
def test_pages_print_without_an_empty_sheet(phone: Page, url: str) -> None:
    on_paper(phone, url)
    for paper in ("A4", "Letter"):
        texts = texts_of(phone.pdf(format=paper))
        assert 0 < len(texts) <= MOST_SHEETS[url] + (paper == "Letter"), paper
        assert min(texts) > 0, paper


def test_an_empty_sheet_would_be_seen(phone: Page) -> None:
    phone.goto("about/")
    phone.evaluate("document.body.style.height = '400vh'")
    phone.add_style_tag(content="@media print { body { height: 2000mm !important } }")
    assert texts_of(phone.pdf(format="A4"))[-1] == 0


@pytest.mark.parametrize("url", [CONDITION, "exercises/heel-drop/", "get-help/", "regions/knee/"])
def test_paper_has_no_controls_and_no_split_card(phone: Page, url: str) -> None:
    on_paper(phone, url)
    for element in phone.locator(CHROME).all():
        expect(element).to_be_hidden()
    split = phone.evaluate(
        """[...document.querySelectorAll('.sg-exercise, .sg-card, .sg-light__row, tr, .sg-note')]
            .filter((card) => getComputedStyle(card).breakInside !== 'avoid').length"""
    )
    assert split == 0


def test_a_planner_is_printed_with_dates_alone(phone: Page) -> None:
    on_paper(phone, "programmes/walk-run-return/")
    heading = phone.get_by_role("heading", name="Put it into your week")
    expect(heading).to_be_hidden()
    expect(phone.get_by_text("Choose your days.")).to_be_hidden()
    on_paper(phone, "programmes/walk-run-return/#days=135&start=2027-03-01")
    expect(heading).to_be_visible()
    expect(phone.locator(".sg-plan-list > li").first).to_be_visible()


def after(element: Locator) -> str:
    """What stands behind an element, put there by the style sheet."""
    text: str = element.evaluate("(element) => getComputedStyle(element, '::after').content")
    return text


def test_paper_shows_addresses(phone: Page) -> None:
    on_paper(phone, CONDITION)
    expect(phone.locator(".sg-paper")).to_have_text(f"strideguide.example/{CONDITION}")
    source = phone.locator(".sg-sources li[data-paper]").first
    shown = source.evaluate("(element) => getComputedStyle(element, '::after').content")
    assert "doi.org/10." in shown
    onward = phone.locator("#read-more a").first
    assert " (" in after(onward) and "strideguide.example/topics/" in after(onward)
    flag = phone.locator(".sg-care li a").first
    assert after(flag) == "none"
    assert flag.evaluate("(link) => getComputedStyle(link).textDecorationLine") == "none"
    phone.emulate_media(media="screen")
    expect(phone.locator(".sg-paper")).to_be_hidden()
    assert after(onward) == "none"
