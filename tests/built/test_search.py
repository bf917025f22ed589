"""Finding a page by lay words and with slips, in search and from an address that leads nowhere."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from reading import assert_none
from waiting import until

from generator.library.library import Library
from generator.library.site import Site
from generator.pages.numbers import filled, linked_numbers
from generator.pages.pages import pages
from generator.pages.search_data import NOT_SEARCHED, search_data


@pytest.fixture(scope="module")
def index(site: Site) -> dict[str, Any]:
    return json.loads(search_data(site, list(pages(site))).content)


def test_the_index_holds_every_page_that_is_searched(library: Library, index: Any) -> None:
    wanted = {
        (kind.name, record.id)
        for kind, record in library.all_records()
        if kind.has_pages and kind.name not in NOT_SEARCHED
    }
    assert {(kind, id_) for kind, id_, *_ in index["pages"]} == wanted
    names = {(kind, id_): [name, *aliases] for kind, id_, name, _, _, aliases, *_ in index["pages"]}
    assert names["regions", "lower-leg"] == ["Lower leg", "Shin and calf"]
    assert {"", "get-help/", "find/", "conditions/"} <= {url for url, *_ in index["others"]}
    assert "topics/recovering-after-a-marathon/" in {url for url, *_ in index["others"]}


def test_no_misspelling_is_a_word_of_a_name(library: Library) -> None:
    words = {
        word
        for _, record in library.all_records()
        for name in (record.name, *record.aliases)
        for word in name.casefold().split()
    }
    assert words & set(library.vocabulary["misspellings"]) == set()


# Search


@pytest.fixture
def box(phone: Page) -> Locator:
    phone.goto("")
    phone.get_by_role("button", name="Search by name or feeling").click()
    return phone.get_by_role("textbox", name="Search")


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("achillies", "Achilles tendinopathy"),
        ("planter fasciitis", "Plantar fasciitis"),
        ("piriformus", "Deep gluteal pain"),
        ("iliotibial band", "Iliotibial band syndrome"),
        ("ShinSplints", "Medial tibial stress syndrome"),
        ("ITBS", "Iliotibial band syndrome"),
        ("itb", "Iliotibial band syndrome"),
        ("shin splints", "Medial tibial stress syndrome"),
        ("jumper's knee", "Patellar tendinopathy"),
        ("runner's knee", "Patellofemoral pain"),
        ("plantar fasciitis", "Plantar fasciitis"),
        ("sore knee going downstairs", "Knee pain on stairs"),
        ("heel hurts getting out of bed", "Heel pain with the first steps in the morning"),
        ("calf raise", "Calf raise"),
        ("foam roller", "Foam rolling"),
    ],
)
def test_names_lay_words_and_slips_find_the_page(
    phone: Page, box: Locator, typed: str, page: str
) -> None:
    box.press_sequentially(typed)
    first = phone.locator(".md-search-result__item .md-search-result__link h2").first
    expect(first).to_have_text(page)
    expect(phone.locator(".sg-found li")).to_have_count(0)


@pytest.mark.parametrize(
    "typed", ["in", "me", "and the of", "qqqq", "constructor", "hasOwnProperty"]
)
def test_words_that_say_nothing_find_nothing(phone: Page, box: Locator, typed: str) -> None:
    box.fill("heel")
    expect(phone.locator(".md-search-result__link").first).to_be_visible()
    box.fill(typed)
    expect(phone.locator(".md-search [role=status]")).to_contain_text("No page matches.")
    expect(phone.locator(".md-search-result__link")).to_have_count(0)


def test_a_red_flag_comes_first_with_what_to_do(
    phone: Page, box: Locator, library: Library
) -> None:
    box.press_sequentially("I can't feel when I wipe and I can't pee")
    first = phone.locator(".md-search-result__link").first
    card = phone.locator(".md-search-result li").first
    sign = library.signs["numb-saddle-or-bladder-change"]
    assert sign.red_flag
    expect(first).to_contain_text(f"Emergency: {sign.name}")
    expect(card).to_contain_text(sign.red_flag.action)
    expect(card.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    expect(card.locator(first)).to_have_count(1)
    expect(phone.locator(".md-search [role=status]")).to_contain_text("Red flags first.")
    first.click()
    phone.wait_for_url("**/signs/numb-saddle-or-bladder-change/")


def test_each_number_of_a_red_flag_can_be_called_from_search(
    phone: Page, box: Locator, library: Library, site: Site
) -> None:
    """As from its page, and beside the link to that page."""
    calls = linked_numbers(site.country)
    flags = [sign for sign in library.signs.values() if sign.red_flag and "{" in str(sign.red_flag)]
    assert flags
    for sign in flags:
        assert sign.red_flag
        box.fill(sign.name)
        card = phone.locator(".sg-found li", has_text=sign.name)
        wanted = re.findall(r"<a.*?</a>", filled(sign.red_flag.action, lambda name: calls[name]))
        numbers = card.locator("p a[href^='tel:']")
        expect(numbers).to_have_count(len(wanted))
        assert numbers.evaluate_all("links => links.map((link) => link.outerHTML)") == wanted
        assert numbers.evaluate_all(AT_ITS_MIDDLE) == [True] * len(wanted)
        expect(card.locator("a a")).to_have_count(0)
    size = card.bounding_box()
    assert size
    card.click(position={"x": size["width"] - 24, "y": size["height"] - 8})
    phone.wait_for_url(f"**/signs/{sign.id}/")


AT_ITS_MIDDLE = """links => links.map((link) => {
    link.scrollIntoView({ block: "center" });
    const { left, top, width, height } = link.getClientRects()[0];
    return document.elementFromPoint(left + width / 2, top + height / 2) === link;
})"""


TYPED = """async ([box], sentences) => {
    const shown = (links) => [...box.querySelectorAll(links)].map((link) => link.pathname);
    const query = box.querySelector("[name=query]");
    const found = [];
    for (const text of sentences) {
        query.value = text;
        query.dispatchEvent(new Event("input", { bubbles: true }));
        await scheduler.postTask(() => {});  // The index is loaded: what fits shows at once.
        const link = "a.md-search-result__link";
        found.push([shown(`[data-flags] ${link}`), shown(link)]);
    }
    return found;
}"""


def typed(page: Page, box: Locator, texts: Sequence[str]) -> list[tuple[list[str], list[str]]]:
    """For each text typed into search: the red flags, and all results in their order."""
    box.fill("heel")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    found = page.locator(".md-search").evaluate_all(TYPED, list(texts))
    return [
        ([path.strip("/") for path in flags], [path.strip("/") for path in shown])
        for flags, shown in found
    ]


def test_sentences_of_people_who_know_no_anatomy_find_page_and_red_flag(
    phone: Page, box: Locator, library: Library
) -> None:
    """The right page is among the first three for nine in ten, the right red flag for all."""
    cases = [(case, text) for case in library.vignettes.values() for text in case.search]
    assert len(cases) >= 150
    missed, silent, loud = [], [], []
    results = typed(phone, box, [text for _, text in cases])
    for (case, text), (flags, shown) in zip(cases, results, strict=True):
        wanted = {f"conditions/{id_}" for id_ in case.leads_to}
        wanted |= {f"signs/{id_}" for id_ in case.signs}
        red = next((id_ for id_ in case.signs if library.signs[id_].red_flag), "")
        if red and f"signs/{red}" not in flags:
            silent.append(f"{text}: {flags}")
        if not red and flags:
            loud.append(f"{text}: {flags}")
        if not wanted & {*shown[:3]}:
            missed.append(f"{text}: {shown[:3]}")
    assert_none(silent)
    assert len(missed) <= len(cases) / 10, missed
    assert len(loud) <= len(cases) / 20, loud


def test_each_name_finds_its_page_and_raises_no_alarm_of_another(
    phone: Page, box: Locator, library: Library
) -> None:
    """Also the other names; and every name of a red flag shows it as one.

    "Fallen arches" is of a cause and, in the singular, of a red flag: there both may show.
    """
    names = [
        (f"{kind.name}/{record.id}", name, bool(getattr(record, "red_flag", None)))
        for kind, record in library.all_records()
        if kind.has_pages and kind.name not in NOT_SEARCHED
        for name in (record.name, *record.aliases)
    ]
    results = typed(phone, box, [name for _, name, _ in names])
    lost, silent, loud = [], [], []
    for (page, name, is_red), (flags, shown) in zip(names, results, strict=True):
        if page not in shown[:3]:
            lost.append(f"{name}: {shown[:3]}")
        if is_red and page not in flags:
            silent.append(f"{name}: {flags}")
        if not is_red and {*flags} - {"signs/falling-arch"}:
            loud.append(f"{name}: {flags}")
    assert_none(lost)
    assert_none(silent)
    assert_none(loud)


@pytest.mark.parametrize(
    "text",
    [
        "heel hurts in the morning",
        "shin splints",
        "heart rate zones",
        "cold feet when running",
        "toenail went black",
        "my kid wants to run",
        "how to get fit again",
        "ibuprofen for knee pain",
        "back of my knee hurts",
        "stones in my shoe on the trail",
        "running in hot weather",
    ],
)
def test_an_ordinary_question_raises_no_alarm(phone: Page, box: Locator, text: str) -> None:
    ((flags, shown),) = typed(phone, box, [text])
    assert flags == []
    assert shown or text == "heart rate zones"


def test_what_is_said_not_to_be_there_raises_no_alarm(phone: Page, box: Locator) -> None:
    results = typed(phone, box, ["sore back with a fever", "sore back, no fever", "75 years old"])
    with_fever, without, age = ({*flags} for flags, _ in results)
    assert "signs/back-pain-with-fever-or-weight-loss" in with_fever
    assert without == age == set()


SAY_NOTHING = """async ([module, words]) => {
    const { stemsOf, saysNothing } = await import(module);
    return words.filter((text) => {
        const stems = stemsOf(text);
        return !stems.length || (stems.length === 1 && saysNothing(stems[0]));
    });
}"""


def test_every_lay_word_says_something(phone: Page, base_url: str, library: Library) -> None:
    """`feel it go` is cut to `go`, and would be found in every other question."""
    phone.goto("")
    words = [word for entry in library.lay_words.values() for word in entry.words]
    module = f"{base_url}assets/ranking.js"
    assert_none(phone.evaluate(SAY_NOTHING, [module, words]))


def test_arrows_go_through_the_results_and_escape_leaves(phone: Page, box: Locator) -> None:
    box.press_sequentially("fat pad")
    links = phone.locator(".md-search-result__link")
    expect(links.first).to_be_visible()
    phone.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    phone.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    phone.keyboard.press("Escape")
    expect(box).not_to_be_in_viewport()


def test_what_was_typed_is_never_sent_anywhere(phone: Page, box: Locator) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url + str(request.all_headers())))
    box.press_sequentially("sore heel")
    phone.locator(".md-search-result__link").first.click()
    phone.wait_for_url("**/signs/*/")
    assert asked
    assert not [line for line in asked if re.search(r"sore(\+|%20| )heel|[?&]h=", line)]


MARKED = """[...(CSS.highlights.get("sg-found") ?? [])].map(
    (range) => range.startContainer.data.slice(range.startOffset, range.endOffset))"""


def test_the_page_marks_the_words_that_found_it(phone: Page, box: Locator) -> None:
    box.press_sequentially("sore heel")
    phone.locator(".md-search-result__link h2", has_text="first steps").click()
    phone.wait_for_url("**/signs/first-step-heel-pain/")
    marked = phone.evaluate(MARKED)
    assert {word.lower() for word in marked} == {"sore", "heel"}
    assert marked.count("heel") > 1
    phone.get_by_role("link", name="Plantar fasciitis").first.click()
    phone.wait_for_url("**/conditions/plantar-fasciitis/")
    assert phone.evaluate(MARKED) == []


def test_a_place_on_the_page_itself_is_marked_too(phone: Page) -> None:
    phone.goto("conditions/plantar-fasciitis/")
    phone.keyboard.press("/")
    phone.get_by_role("textbox", name="Search").press_sequentially("plantar fasciitis")
    phone.locator(".md-search-result__link[href$='plantar-fasciitis/']").first.click()
    until(phone, f"{MARKED}.includes('Plantar')")


def test_each_result_says_its_kind(phone: Page, box: Locator, library: Library) -> None:
    box.press_sequentially("fat pad")
    results = phone.locator(".md-search-result__item > a")
    heel = results.filter(has_text="Heel fat pad syndrome")
    expect(heel).to_contain_text("Condition · Foot and ankle")


def test_a_result_quotes_and_marks_the_other_name_that_was_typed(phone: Page, box: Locator) -> None:
    box.press_sequentially("shin splints")
    first = phone.locator(".md-search-result__item > a").first
    expect(first.locator("h2")).to_have_text("Medial tibial stress syndrome")
    expect(first).to_contain_text("Condition · Lower leg · “Shin splints”")
    expect(first.locator("mark")).to_have_text("Shin splints")


def test_search_without_a_result_leads_on(phone: Page, box: Locator) -> None:
    ways = phone.locator(".md-search [data-ways]")
    box.fill("qqqq")
    expect(phone.locator(".md-search [role=status]")).to_contain_text("No page matches.")
    expect(ways.get_by_role("link", name="Get help now")).to_be_visible()
    ways.get_by_role("button", name="shin splints").click()
    expect(box).to_have_value("shin splints")
    expect(phone.locator(".md-search-result__item").first).to_be_visible()
    expect(ways).to_be_hidden()
    expect(phone.locator(".md-search [role=status]")).not_to_contain_text("No page")


# The index


def test_the_index_is_light(site_dir: Path) -> None:
    files = [site_dir / "assets/search.json", site_dir / "assets/ranking.js"]
    assert sum(len(gzip.compress(file.read_bytes(), 6)) for file in files) < 70_000
    assert not list(site_dir.glob("search/*")) + list(site_dir.glob("assets/javascripts/*"))
