"""Whole journeys: by keyboard alone, and each kind of page without scripts."""

from __future__ import annotations

import re
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

MOST_STOPS: Final = 250
LINK_BY_PAGE: Final = {
    "": "Get help now",
    "conditions/": "Achilles tendinopathy",
    "signs/": "Heel pain with the first steps in the morning",
    "exercises/": "Heel drop",
    "regions/": "Knee",
    "programmes/": "Walk-run return in six steps",
    "causes/": "Age",
    "treatments/": "Surgery",
    "references/": "",
    "conditions/achilles-tendinopathy/": "Calf raise",
    "signs/first-step-heel-pain/": "Plantar fasciitis",
    "exercises/heel-drop/": "Achilles tendinopathy",
    "regions/knee/": "Patellofemoral pain",
    "programmes/walk-run-return/": "Calf strain",
    "causes/age/": "",
    "treatments/surgery/": "",
    "references/beyer-2015/": "Achilles tendinopathy",
    "get-help/": "Collapse, fainting or chest pain",
    "find/": "Achilles tendinopathy",
    "programme/#1;heel-drop:achilles-tendinopathy:2:3:15::": "",
    "worklist/": "Achilles tendinopathy",
    "figures/": "",
    "for-clinics/": "",
    "about/": "",
    "offline.html": "When to get help",
}
"""A page of each kind -> words of a link that it must show without scripts."""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"No tab stop: {target}")


def test_finder_to_printed_programme_by_keyboard_alone(phone: Page) -> None:
    phone.goto("find/")
    tab_to(phone, phone.locator("#sg-finder").get_by_text("Knee", exact=True).first)
    phone.keyboard.press("Enter")
    tab_to(phone, phone.get_by_role("button", name="None of these"))
    phone.keyboard.press("Enter")
    tab_to(phone, phone.get_by_label("Knee pain on stairs"))
    phone.keyboard.press("Space")
    expect(phone.get_by_role("status")).to_contain_text("Signs you picked: 1.")
    tab_to(phone, phone.locator(".sg-finder__results").get_by_role("link").first)
    phone.keyboard.press("Enter")
    expect(phone.locator(".sg-today")).to_be_visible()
    tab_to(phone, phone.get_by_role("link", name="Add stage 1 to my plan").first)
    phone.keyboard.press("Enter")
    expect(phone.locator(":focus")).to_have_attribute("href", re.compile(r"programme/#1;"))
    phone.keyboard.press("Enter")
    expect(phone.locator(".sg-item").first).to_be_visible()
    phone.evaluate(
        "window.print = () => { window.printed = dispatchEvent(new Event('beforeprint')); }"
    )
    tab_to(phone, phone.locator("#share > summary"))
    phone.keyboard.press("Enter")
    tab_to(phone, phone.get_by_role("button", name="Print"))
    phone.keyboard.press("Enter")
    expect(phone.locator(".sg-sheet table")).to_have_count(1)
    assert phone.evaluate("window.printed")


@pytest.mark.parametrize("url", LINK_BY_PAGE)
def test_each_kind_of_page_works_without_scripts(plain: Page, url: str) -> None:
    plain.goto(url)
    article = plain.get_by_role("article")
    expect(article.get_by_role("heading", level=1)).to_be_visible()
    if words := LINK_BY_PAGE[url]:
        expect(article.get_by_role("link", name=words).first).to_be_visible()
    for closed in plain.locator(".sg-offline, .md-search, [data-filter]").all():
        expect(closed).to_be_hidden()
    wide = plain.locator("body").bounding_box()
    assert wide and wide["width"] <= 390
