"""The built site in a browser: narrow screens, the runner's path, filters, search, keys, print."""

from __future__ import annotations

import re
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
MOST_PRINTED_PAGES: Final = 2


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
    exercise = article(phone).locator(".sg-move__name a").first.inner_text()
    follow(exercise, exercise)
    follow("Patellofemoral pain", "Patellofemoral pain")
    article(phone).get_by_text("All warning signs").click()
    expect(phone.locator("#red-flags .sg-care__head").first).to_be_in_viewport()


def test_red_flags_are_one_tap_from_home(phone: Page) -> None:
    phone.goto("")
    article(phone).get_by_role("link", name=re.compile("Get help now$")).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("When to get help")
    expect(article(phone).get_by_role("heading", level=2).first).to_have_text("Emergency")


def test_a_timed_exercise_keeps_its_seconds_in_the_programme(phone: Page) -> None:
    phone.goto("conditions/achilles-tendinopathy/")
    phone.goto("conditions/achilles-tendinopathy/#stage-3")
    card = article(phone).locator("#stage-3 .sg-exercise").filter(has_text="Skipping")
    seconds = re.search(r"\d+ seconds", card.inner_text())
    assert seconds
    href = card.get_by_role("link", name="Add to my plan").get_attribute("href")
    phone.goto(f"conditions/achilles-tendinopathy/{href}")
    expect(phone.locator(".sg-item")).to_contain_text("Return to full running")
    expect(phone.locator(".sg-item")).to_contain_text(seconds[0])


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


# Without scripts


@pytest.mark.parametrize(
    "url", ["", CONDITION, "conditions/", "signs/", "exercises/", "regions/", "find/"]
)
def test_pages_are_complete_without_scripts(plain: Page, library: Library, url: str) -> None:
    plain.goto(url)
    hidden = [
        heading.text_content()
        for heading in article(plain).locator("h1, h2, h3:not(details:not([open]) > div *)").all()
        if not heading.is_visible()
    ]
    assert hidden == []
    kind = url.rstrip("/")
    if f"{kind}/" in INDEX_PAGES:
        expect(
            plain.locator("article").locator(".sg-card:visible, .sg-list__item:visible")
        ).to_have_count(len(library.of_kind(kind)))
    for form in plain.locator("[data-filter]").all():
        expect(form).to_be_hidden()


def test_details_open_without_scripts(plain: Page) -> None:
    plain.goto("exercises/plank/")
    flags = plain.locator(".sg-urgent details")
    flags.locator("summary").first.click()
    expect(flags.get_by_role("link").first).to_be_visible()


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
    section = phone.locator("div#red-flags, #red-flags + *")
    expect(section.get_by_role("link").first).to_be_visible()
    expect(phone.locator(".sg-review")).to_be_visible()
    for gone in ("header.md-header", "footer.md-footer", ".md-sidebar--primary", ".sg-crumbs"):
        for element in phone.locator(gone).all():
            expect(element).to_be_hidden()


def test_print_keeps_red_flags_without_scripts(plain: Page) -> None:
    """The theme's script opens closed details for the printer; without it they must show too."""
    plain.goto("exercises/plank/")
    plain.emulate_media(media="print")
    expect(plain.locator("div#red-flags").get_by_role("link").first).to_be_visible()


def test_a_condition_prints_on_few_pages(phone: Page) -> None:
    phone.goto(CONDITION)
    pages = len(re.findall(rb"/Type /Page\b", phone.pdf(format="A4")))
    assert 0 < pages <= MOST_PRINTED_PAGES
