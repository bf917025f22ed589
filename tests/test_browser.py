"""The built site in a browser: narrow screens, the runner's path, filters, search, keys, print."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect
from reading import assert_none

from generator import routes
from generator.library.library import Library
from generator.model.condition import Condition

WIDTHS: Final = (390, 320, 1280)
INDEX_PAGES: Final = tuple(
    routes.index_url(kind)
    for kind in (
        "conditions",
        "signs",
        "exercises",
        "programmes",
        "regions",
        "causes",
        "treatments",
        "references",
    )
)
CONDITION: Final = "conditions/patellofemoral-pain/"
EMERGENCY: Final = "signs/collapse-or-chest-pain/"
LEAST_CONTRAST: Final = 4.5
MOST_PRINTED_PAGES: Final = 10


def article(page: Page) -> Locator:
    """The page's own content."""
    return page.get_by_role("article")


def one_condition_of_each_region(library: Library) -> list[str]:
    """The page of the first condition that is filed in each region."""
    first: dict[str, Condition] = {}
    for condition in library.conditions.values():
        first.setdefault(condition.regions[0], condition)
    return [routes.page_url("conditions", condition.id) for condition in first.values()]


# Narrow screens

STICKING_OUT: Final = """() => {
    const found = [];
    const wide = document.scrollingElement.scrollWidth;
    if (wide > innerWidth) found.push(`scrolls to ${wide} px`);
    for (const element of document.querySelectorAll("article :not(svg *, thead, thead *)")) {
        const {left, right, width} = element.getBoundingClientRect();
        const sticks = width && (right > innerWidth + 1 || left < -1);
        const scrolls = element.scrollWidth > element.clientWidth + 1
            && ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
        if ((sticks || scrolls) && element.checkVisibility()) {
            const what = sticks ? "sticks out" : "scrolls sideways";
            found.push(`<${element.localName} class="${element.className}"> ${what}`);
        }
    }
    return found.slice(0, 3);
}"""


def test_nothing_scrolls_sideways(phone: Page, library: Library) -> None:
    conditions = one_condition_of_each_region(library)
    assert len(conditions) >= 6
    records = ["signs/first-step-heel-pain/", "exercises/heel-drop/", "regions/foot-and-ankle/"]
    others = ["programmes/walk-run-return/", "references/beyer-2015/", EMERGENCY, "about/"]
    made = [routes.GET_HELP, routes.FIND, routes.BUILDER, routes.WORKLIST]
    troubles = []
    for url in ("", *INDEX_PAGES, *conditions, *records, *others, *made):
        phone.goto(url)
        for width in WIDTHS:
            phone.set_viewport_size({"width": width, "height": 844})
            found = phone.evaluate(STICKING_OUT)
            troubles += [f"{url or 'home'} at {width} px: {what}" for what in found]
    assert_none(troubles)


@pytest.mark.parametrize("url", ["fields/", "signs/first-step-heel-pain/"])
def test_a_fact_on_a_card_stays_beside_its_label(phone: Page, url: str) -> None:
    phone.goto(url)
    strays = phone.locator(".sg-compare td > *").evaluate_all(
        """(parts) => parts.filter((part) => {
          const label = part.parentElement.getBoundingClientRect().left + 80;
          return part.getBoundingClientRect().left < label;
        }).map((part) => part.outerHTML)"""
    )
    assert_none(strays)


def test_the_first_screen_answers(phone: Page) -> None:
    """What is it, is it serious, can I run: on a phone, without scrolling."""
    phone.goto(CONDITION)
    for words in ("Can I run?", "Is it serious?"):
        expect(article(phone).get_by_text(words, exact=True)).to_be_in_viewport()
    expect(article(phone).get_by_role("heading", level=1)).to_be_in_viewport()


# The runner's path


def test_the_runners_path(phone: Page) -> None:
    """Home, region, sign, condition, exercise, and back to the condition: links alone."""

    def follow(name: str, heading: str) -> None:
        article(phone).get_by_role("link", name=name, exact=True).first.click()
        expect(phone.get_by_role("heading", level=1)).to_have_text(heading)

    phone.goto("")
    follow("Knee", "Knee")
    follow("Pain around or behind the kneecap", "Pain around or behind the kneecap")
    follow("Patellofemoral pain", "Patellofemoral pain")
    plan = article(phone).locator(".sg-plan").get_by_role("link")
    exercise = plan.filter(has_text=re.compile(r"[a-z]")).first.inner_text()
    follow(exercise, exercise)
    follow("Patellofemoral pain", "Patellofemoral pain")
    article(phone).locator(".sg-glance__item--stop a").click()  # "Is it serious?"
    expect(phone.get_by_role("heading", name="Red flags first")).to_be_in_viewport()


def test_red_flags_are_one_tap_from_home(phone: Page) -> None:
    phone.goto("")
    article(phone).get_by_role("link", name=re.compile("Get help now$")).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("When to get help")
    expect(article(phone).get_by_role("heading", level=2).first).to_have_text("Emergency")


def test_a_timed_exercise_keeps_its_seconds_in_the_programme(phone: Page) -> None:
    phone.goto("conditions/achilles-tendinopathy/")
    card = article(phone).locator(".sg-plan .sg-exercise").filter(has_text="Skipping")
    seconds = re.search(r"\d+ seconds", card.inner_text())
    assert seconds
    href = card.get_by_role("link", name="Add to my plan").get_attribute("href")
    phone.goto(f"conditions/achilles-tendinopathy/{href}")
    expect(article(phone).get_by_text("Return to full running")).to_be_visible()
    expect(article(phone)).to_contain_text(seconds[0])


# Filters


@pytest.mark.parametrize(
    ("kind", "label", "key", "value"),
    [
        ("exercises", "Level", "level", "start"),
        ("exercises", "Equipment", "equipment", "loop-band"),
        ("signs", "When it shows", "when", "first-steps"),
        ("conditions", "What is hurt", "tissue", "bone"),
    ],
)
def test_filter_narrows_and_stays(
    phone: Page, library: Library, kind: str, label: str, key: str, value: str
) -> None:
    records = library.of_kind(kind).values()
    fitting = [r.name for r in records if value in words_of(getattr(r, key))]
    assert 0 < len(fitting) < len(records)

    phone.goto(f"{kind}/")
    cards = phone.locator(f"#{kind} .sg-card:visible")
    expect(cards).to_have_count(len(records))
    status = article(phone).get_by_role("status")
    expect(status).to_have_text(f"{len(records)} of {len(records)} {kind}")

    phone.get_by_label(label).select_option(value)
    expect(cards).to_have_count(len(fitting))
    expect(status).to_have_text(f"{len(fitting)} of {len(records)} {kind}")
    assert sorted(cards.locator(".sg-card__name").all_inner_texts()) == sorted(fitting)
    assert phone.url.endswith(f"#{key}={value}")

    phone.reload()
    expect(cards).to_have_count(len(fitting))
    expect(phone.get_by_label(label)).to_have_value(value)

    phone.get_by_label(label).select_option("")
    expect(cards).to_have_count(len(records))
    assert phone.url.endswith(f"/{kind}/")


def words_of(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def test_filters_work_together_and_empty_groups_go(phone: Page, library: Library) -> None:
    phone.goto("exercises/?level=start&equipment=loop-band&region=nonsense")
    fitting = [
        e for e in library.exercises.values() if e.level == "start" and "loop-band" in e.equipment
    ]
    expect(phone.locator("#exercises .sg-card:visible")).to_have_count(len(fitting))
    groups = {library.groups[e.group].name for e in fitting}
    headings = phone.locator("#exercises h2:visible")
    expect(headings).to_have_count(len(groups))
    assert set(headings.all_inner_texts()) == groups


# Search


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("runner's knee", CONDITION),
        ("jumper's knee", "conditions/patellar-tendinopathy/"),
        ("plantar fasciitis", "conditions/plantar-fasciitis/"),
        ("shin splints", "conditions/medial-tibial-stress-syndrome/"),
    ],
)
def test_search_finds_the_condition_first(phone: Page, typed: str, first: str) -> None:
    phone.goto("")
    phone.get_by_text("Search by name or feeling").click()
    phone.get_by_role("textbox", name="Search").press_sequentially(typed)
    expect(phone.locator(".md-search-result__meta")).to_contain_text("Pages that match")
    results = phone.locator(".md-search-result__link")
    expect(results.first).to_be_visible()
    expect(results.first).to_have_attribute("href", re.compile(f"/{first}([?#]|$)"))


# Without scripts


@pytest.mark.parametrize(
    "url", ["", CONDITION, "conditions/", "signs/", "exercises/", "regions/", "find/"]
)
def test_pages_are_complete_without_scripts(plain: Page, library: Library, url: str) -> None:
    plain.goto(url)
    hidden = [
        heading.text_content()
        for heading in article(plain).locator("h1, h2, h3").all()
        if not heading.is_visible()
    ]
    assert hidden == []
    kind = url.rstrip("/")
    if f"{kind}/" in INDEX_PAGES:
        expect(plain.locator("article .sg-card:visible")).to_have_count(len(library.of_kind(kind)))
    for form in plain.locator("[data-filter]").all():
        expect(form).to_be_hidden()


def test_details_open_without_scripts(plain: Page) -> None:
    plain.goto("exercises/plank/")
    flags = plain.locator(".sg-details--flags")
    flags.locator("summary").first.click()
    expect(flags.get_by_role("link").first).to_be_visible()


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
def test_texts_stand_out(lend: Callable[..., Page], scheme: str) -> None:
    """In both schemes, with every part of the page opened."""
    page = lend(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
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


# Privacy and paper


def test_nothing_is_stored_but_the_themes_own(phone: Page) -> None:
    """The theme keeps its colour scheme in the browser; nobody keeps anything else."""
    phone.goto("exercises/?level=start")
    phone.goto(CONDITION)
    phone.goto("")
    phone.get_by_text("Search by name or feeling").click()
    phone.get_by_role("textbox", name="Search").press_sequentially("heel")
    expect(phone.locator(".md-search-result__link").first).to_be_visible()
    local = phone.evaluate("Object.keys(localStorage)")
    session = phone.evaluate("Object.keys(sessionStorage)")
    assert {key.rpartition(".")[2] for key in local} <= {"__palette"}
    assert session == []
    assert phone.evaluate("document.cookie") == ""
    assert phone.context.cookies() == []


def test_the_chosen_scheme_is_kept(phone: Page) -> None:
    phone.goto("")
    body = phone.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    phone.locator("label[title='Switch to dark']").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    phone.goto(CONDITION)
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize("url", [CONDITION, "exercises/plank/"])
def test_print_keeps_red_flags_and_review_and_drops_the_rest(phone: Page, url: str) -> None:
    phone.goto(url)
    phone.emulate_media(media="print")
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")  # As a browser's own command does.
    section = phone.locator("#red-flags + *")
    expect(section.get_by_role("link").first).to_be_visible()
    expect(phone.locator(".sg-review")).to_be_visible()
    for gone in ("header.md-header", "footer.md-footer", ".md-sidebar--primary", ".sg-crumbs"):
        for element in phone.locator(gone).all():
            expect(element).to_be_hidden()


def test_print_keeps_red_flags_without_scripts(plain: Page) -> None:
    """The theme's script opens closed details for the printer; without it they must show too."""
    plain.goto("exercises/plank/")
    plain.emulate_media(media="print")
    expect(plain.locator("#red-flags + *").get_by_role("link").first).to_be_visible()


def test_a_condition_prints_on_few_pages(phone: Page) -> None:
    phone.goto(CONDITION)
    pages = len(re.findall(rb"/Type /Page\b", phone.pdf(format="A4")))
    assert 0 < pages < MOST_PRINTED_PAGES
