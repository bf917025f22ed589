"""Numbers to call: filled in from the country, and a link that dials each, wherever one is read."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect
from reading import assert_none, read_page

from generator.library.library import Library
from generator.library.site import Site
from generator.model.context import Call
from generator.pages.numbers import (
    PLACEHOLDERS,
    linked_numbers,
    numbers_of,
    plain_numbers,
    tel_link,
)
from generator.pages.pages import get_help_page

MAY_BE_BARE: Final = "//script | //style | //*[contains(@class, 'sg-sources')]"
"""What nobody reads, and titles of sources."""


def test_words_and_links_of_a_country(site: Site) -> None:
    calls = (
        Call(before="ask <us> on", number="1-800 55", after="(at night) or"),
        Call(number="12"),
    )
    country = replace(site.country, advice=calls)
    text = "Call {emergency}, or {advice}. {emergancy} stays."
    assert plain_numbers(text, country) == (
        "Call 911, or ask <us> on 1-800 55 (at night) or 12. {emergancy} stays."
    )
    assert linked_numbers(country)["advice"] == (
        'ask &lt;us&gt; on <a href="tel:180055">1-800 55</a> (at night) or 12'
    )


@pytest.mark.parametrize(
    ("number", "href"),
    [("9-8-8", "tel:988"), ("+1 (613) 555-0100", "tel:+16135550100"), ("116 123", "tel:116123")],
)
def test_a_number_is_dialled_by_its_digits(number: str, href: str) -> None:
    assert tel_link(number) == f'<a href="{href}">{number}</a>'


@pytest.mark.parametrize("words", ["", "555 0100, extension 2", "javascript:1", "24"])
def test_what_is_more_than_a_number_stays_words(words: str) -> None:
    assert "<a" not in tel_link(words)


def test_every_country_says_whom_to_call(library: Library) -> None:
    for country in library.countries.values():
        assert country.emergency[0].number and country.crisis[0].number
        for name in PLACEHOLDERS:
            assert "{" not in plain_numbers(f"{{{name}}}", country)


def test_every_number_that_is_read_can_be_dialled(site_dir: Path, site: Site) -> None:
    numbers = "|".join(map(re.escape, numbers_of(site.country)))
    number = re.compile(rf"(?<![\w./:-])(?<!=.)(?:{numbers})(?![\w/-]|\.\d)")
    found, dialled = [], set()
    for path in sorted(site_dir.rglob("*.html")):
        page = read_page(site_dir, path)
        if page.url.startswith(("references/", "fields/")):
            continue  # Titles, and examples for those who write data files.
        links = [a.get("href", "") for a in page.root.iter("a")]
        dialled |= {page.url.split("/")[0] for href in links if href.startswith("tel:")}
        for element in page.root.xpath(f"{MAY_BE_BARE} | //*[starts-with(@href, 'tel:')]"):
            element.drop_tree()
        bare = (text for text in page.root.itertext() if number.search(text))
        found += [f"{page.url}: {text.strip()}" for text in bare]
    assert_none(found)
    assert {"get-help", "conditions", "signs", "embed", "cards", "offline.html"} <= dialled


def test_texts_of_other_files_have_the_numbers(site_dir: Path) -> None:
    found = []
    for path in [*site_dir.rglob("*.html"), *site_dir.rglob("*.md"), *site_dir.rglob("*.json")]:
        name = path.relative_to(site_dir).as_posix()
        if name.startswith(("api/", "schema", "fields", "findings")):
            continue  # The data as it is, and help for those who write it.
        text = path.read_text(encoding="utf-8")
        found += [f"{name}: {one}" for one in PLACEHOLDERS if f"{{{one}}}" in text]
    assert_none(found)


def test_the_most_dangerous_are_on_the_first_screen(phone: Page) -> None:
    phone.goto("get-help/")
    for words in ("Collapse, fainting or chest pain on a run", "Sudden shortness of breath"):
        box = phone.get_by_role("link", name=words).bounding_box()
        assert box and box["y"] + box["height"] <= 844
    expect(phone.locator(".sg-care__do").first.get_by_role("link")).to_have_attribute(
        "href", "tel:911"
    )


def test_the_adults_that_it_is_written_for(site: Site) -> None:
    assert "Written for adults" in get_help_page(site).content
