"""Every text stands out, and the keyboard reaches everything, on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect
from reading import assert_none

from generator import routes
from generator.library.library import Library

CONDITION: Final = "conditions/patellofemoral-pain/"
EMERGENCY: Final = "signs/collapse-or-chest-pain/"
LEAST_CONTRAST: Final = 4.5


def article(page: Page) -> Locator:
    """The page's own content."""
    return page.get_by_role("article")


# Contrast: every text that shows, against what lies behind it

LOW_CONTRAST: Final = """(least) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d", {willReadFrequently: true});
    function paint(color, alpha) {
        context.globalAlpha = alpha;
        context.fillStyle = color;
        context.fillRect(0, 0, 1, 1);
        const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
        return [r, g, b].map((value) => {
            const part = value / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        }).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
    }
    function contrast(element) {
        const above = [];
        for (let at = element; at; at = at.parentElement) above.unshift(getComputedStyle(at));
        paint("white", 1);
        let opacity = 1, behind = 1;
        for (const style of above) {
            opacity *= Number(style.opacity);
            behind = paint(style.backgroundColor, opacity);
        }
        const text = paint(above.at(-1).color, opacity);
        return (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05);
    }
    const found = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.data.trim();
        const element = walker.currentNode.parentElement;
        const options = {opacityProperty: true, visibilityProperty: true};
        if (!text || element.closest("script, style, noscript, select")) continue;
        if (!element.checkVisibility(options) || !element.getClientRects().length) continue;
        const ratio = contrast(element);
        const name = `${element.localName}.${element.className}`;
        if (ratio < least) found.set(name, `${name}: ${ratio.toFixed(2)} “${text.slice(0, 40)}”`);
    }
    return [...found.values()];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out(new_page: Callable[..., Page], scheme: str) -> None:
    """In both schemes, with every part of the page opened."""
    page = new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    expected = {"light": "default", "dark": "slate"}[scheme]
    troubles = []
    pages = ("", CONDITION, EMERGENCY, "exercises/plank/", "exercises/", "conditions/")
    others = ("programmes/walk-run-return/", "references/beyer-2015/")
    for url in (*pages, *others, routes.GET_HELP, routes.FIND, routes.BUILDER):
        page.goto(url)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", expected)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        found = page.evaluate(LOW_CONTRAST, LEAST_CONTRAST)
        troubles += [f"{url or 'home'}, {scheme}: {what}" for what in found]
    assert_none(troubles)


def test_the_contrast_rule_sees_low_contrast(phone: Page) -> None:
    phone.goto("about/")
    phone.evaluate("document.querySelector('article h1').style.color = '#ccc'")
    found = phone.evaluate(LOW_CONTRAST, LEAST_CONTRAST)
    assert [what.partition(".")[0] for what in found] == ["h1"]


# Keyboard


@pytest.mark.parametrize("url", ["", CONDITION])
def test_the_first_tab_reaches_the_skip_link(phone: Page, url: str) -> None:
    phone.goto(url)
    phone.keyboard.press("Tab")
    focused = phone.locator(":focus")
    expect(focused).to_have_text("Skip to content")
    expect(focused).to_be_in_viewport()


def test_skipping_leads_to_the_top_of_the_content(phone: Page) -> None:
    """Nothing of the content is skipped: not its heading, nor the answer."""
    phone.goto(CONDITION)
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(article(phone).get_by_role("heading", level=1)).to_be_in_viewport()


WITHOUT_OUTLINE: Final = """(selector) => [...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility() && element.getClientRects().length)
    .filter((element) => {
        element.focus();
        const style = getComputedStyle(element);
        return document.activeElement !== element
            || style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2;
    })
    .map((element) => element.outerHTML.slice(0, 90))
"""


@pytest.mark.parametrize("url", ["", CONDITION, "exercises/"])
def test_focus_shows_on_everything_that_can_be_pressed(phone: Page, url: str) -> None:
    phone.set_viewport_size({"width": 1280, "height": 900})
    phone.goto(url)
    phone.keyboard.press("Tab")  # From here on the browser shows where the focus is.
    controls = "article :is(a[href], button, select, summary), header a[href], footer a[href]"
    assert_none(phone.evaluate(WITHOUT_OUTLINE, controls))


def test_focus_stays_where_it_can_be_seen(phone: Page) -> None:
    """The navigation, which is a closed drawer on a phone, takes no focus out of sight."""
    phone.goto(CONDITION)
    for _ in range(12):
        phone.keyboard.press("Tab")
        expect(phone.locator(":focus")).to_be_in_viewport()


def test_a_glossary_word_opens_its_meaning(phone: Page, library: Library) -> None:
    phone.goto("conditions/achilles-tendinopathy/")
    word = article(phone).locator("button.sg-term").first
    meaning = phone.locator(f"#{word.get_attribute('popovertarget')}")
    expect(meaning).to_be_hidden()
    word.press("Enter")
    expect(meaning).to_be_visible()
    entry = library.glossary_forms[word.inner_text().casefold()]
    expect(meaning).to_contain_text(entry.meaning)
    phone.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
