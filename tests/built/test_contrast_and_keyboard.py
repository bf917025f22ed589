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
LEAST_RING_CONTRAST: Final = 3
MOST_TABS_TO_ADD: Final = 25


def article(page: Page) -> Locator:
    """The page's own content."""
    return page.get_by_role("article")


# Contrast: every text that shows, against what lies behind it

PAINT: Final = """
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
    // How bright what lies behind an element is, as it is painted from the page's ground upwards.
    function behindOf(element) {
        const above = [];
        for (let at = element; at; at = at.parentElement) above.unshift(getComputedStyle(at));
        paint("white", 1);
        let opacity = 1, behind = 1;
        for (const style of above) {
            opacity *= Number(style.opacity);
            behind = paint(style.backgroundColor, opacity);
        }
        return {behind, opacity};
    }
    const ratioOf = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
"""
"""What both rules share: brightness of colours as they are painted over each other."""

LOW_CONTRAST: Final = f"""(least) => {{
    {PAINT}
    function contrast(element) {{
        const {{behind, opacity}} = behindOf(element);
        return ratioOf(paint(getComputedStyle(element).color, opacity), behind);
    }}
    const found = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {{
        const text = walker.currentNode.data.trim();
        const element = walker.currentNode.parentElement;
        const options = {{opacityProperty: true, visibilityProperty: true}};
        if (!text || element.closest("script, style, noscript, select")) continue;
        if (!element.checkVisibility(options) || !element.getClientRects().length) continue;
        const ratio = contrast(element);
        const name = `${{element.localName}}.${{element.className}}`;
        const start = text.slice(0, 40);
        if (ratio < least) found.set(name, `${{name}}: ${{ratio.toFixed(2)}} “${{start}}”`);
    }}
    return [...found.values()];
}}"""


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


WEAK_RING: Final = f"""([selector, least]) => {{
    {PAINT}
    const found = new Map();
    for (const element of document.querySelectorAll(selector)) {{
        if (!element.checkVisibility() || !element.getClientRects().length) continue;
        element.focus();
        const style = getComputedStyle(element);
        const isInside = parseFloat(style.outlineOffset) < 0;
        const {{behind}} = behindOf(isInside ? element : element.parentElement);
        const ratio = ratioOf(paint(style.outlineColor, 1), behind);
        const name = `${{element.localName}}.${{element.className}}`;
        if (ratio < least) found.set(name, `${{name}}: ${{ratio.toFixed(2)}}`);
    }}
    return [...found.values()];
}}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_ring_stands_out(new_page: Callable[..., Page], scheme: str) -> None:
    """At least 3 to 1 against what surrounds it, on red blocks and dark ones, too."""
    page = new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    controls = "header :is(a, button), article :is(a[href], button, select, input, summary)"
    troubles = []
    for url in ("", CONDITION, EMERGENCY, "exercises/plank/", routes.GET_HELP, "references/"):
        page.goto(url)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        page.keyboard.press("Tab")
        found = page.evaluate(WEAK_RING, [controls, LEAST_RING_CONTRAST])
        troubles += [f"{url or 'home'}, {scheme}: {what}" for what in found]
    assert_none(troubles)


STOPS_TO_ADD: Final = """() => {
    const stops = "a[href], button, select, input, summary, [tabindex='0']";
    const reached = [...document.querySelectorAll(stops)].filter((element) =>
        element.tabIndex >= 0 && element.checkVisibility({visibilityProperty: true})
        && element.getClientRects().length);
    return reached.findIndex((element) => element.matches("a[data-add]")) + 1;
}"""


def test_the_keyboard_reaches_the_first_add_soon(phone: Page, library: Library) -> None:
    found = []
    for url in (*(f"conditions/{id_}/" for id_ in library.conditions), "exercises/plank/"):
        phone.goto(url)
        expect(phone.locator("a[data-add]:visible").first).to_be_visible()
        count = phone.evaluate(STOPS_TO_ADD)
        if not 0 < count <= MOST_TABS_TO_ADD:
            found.append(f"{url}: {count} stops")
    assert_none(found)


@pytest.mark.parametrize("url", ["", "find/"])
def test_the_body_map_is_one_stop_for_each_region(phone: Page, library: Library, url: str) -> None:
    phone.goto(url)
    stops = ".sg-map :is(a[href], button, [tabindex]):not([tabindex='-1'])"
    expect(phone.locator(stops)).to_have_count(len(library.regions))


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
