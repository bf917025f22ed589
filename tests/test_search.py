"""Finding a page by lay words and with slips, in search and from an address that leads nowhere."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PHONE
from lending import Lender
from playwright.sync_api import Locator, Page, expect
from reading import assert_none
from serving import Files, from_folder, served
from waiting import until

from generator import routes
from generator.library import Library
from generator.names import NOT_LOOKED_FOR, names_data


def test_names_hold_every_page_that_is_looked_for(library: Library) -> None:
    names = json.loads(names_data(library).content)
    wanted = {
        (kind.name, record.id)
        for kind, record in library.all_records()
        if kind.has_pages and kind.name not in NOT_LOOKED_FOR
    }
    assert {(kind, id_) for kind, id_, *_ in names["pages"]} == wanted
    assert ["regions", "lower-leg", "Lower leg", "", "Shin and calf"] in names["pages"]
    assert names["kinds"]["regions"] == "Parts of the body"


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
        ("iliotibal band", "Iliotibial band syndrome"),
        ("ShinSplints", "Medial tibial stress syndrome"),
    ],
)
def test_a_slip_finds_the_page(phone: Page, box: Locator, typed: str, page: str) -> None:
    box.press_sequentially(typed)
    near = phone.locator(".md-search .sg-nearest")
    expect(near.get_by_role("link").first).to_have_text(page)
    near.get_by_role("link").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(page)


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("ITBS", "Iliotibial band syndrome"),
        ("shin splints", "Medial tibial stress syndrome"),
        ("jumper's knee", "Patellar tendinopathy"),
        ("heel hurts getting out of bed", "Heel pain with the first steps in the morning"),
    ],
)
def test_lay_words_find_the_page(phone: Page, box: Locator, typed: str, page: str) -> None:
    box.press_sequentially(typed)
    first = phone.locator(".md-search-result__link h1").first
    expect(first).to_have_text(page)
    expect(phone.locator(".md-search .sg-nearest")).to_be_hidden()


def test_pages_with_every_word_come_first(phone: Page, box: Locator) -> None:
    box.press_sequentially("sore heel")
    expect(phone.locator(".md-search-result__link h1", has_text="first steps")).to_be_visible()
    lacking = ".md-search-result__item:has(> a .md-search-result__terms)"
    whole = ".md-search-result__item:not(:has(> a .md-search-result__terms))"
    expect(phone.locator(lacking).first).to_be_attached()
    expect(phone.locator(f"{lacking} ~ {whole}")).to_have_count(0)


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
    phone.locator(".md-search-result__link h1", has_text="first steps").click()
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


def test_near_pages_say_kind_and_region_and_go_with_the_slip(phone: Page, box: Locator) -> None:
    near = phone.locator(".md-search .sg-nearest")
    box.press_sequentially("achillies")
    expect(near.locator("li").first).to_contain_text("Conditions › Foot and ankle")
    box.fill("achilles")
    expect(near).to_be_hidden()


def test_each_result_says_its_kind(phone: Page, box: Locator, library: Library) -> None:
    box.press_sequentially("fat pad")
    results = phone.locator(".md-search-result__item > a")
    heel = results.filter(has=phone.get_by_role("heading", name="Heel fat pad syndrome"))
    expect(heel).to_contain_text("Conditions › Foot and ankle")


# An address that leads nowhere


@pytest.fixture(scope="module")
def lost_url(site_dir: Path) -> Iterator[str]:
    """The built site as hosts serve it: what is missing is answered by 404.html."""

    class WithPageForMissing(Files):
        def send_error(self, code: int, *rest: object) -> None:
            page = (site_dir / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

    with served(from_folder(site_dir, WithPageForMissing)) as url:
        yield url


@pytest.fixture
def lost(lender: Lender, lost_url: str) -> Iterator[Page]:
    with lender.lent(viewport=PHONE, base_url=lost_url) as lent:
        yield lent.page
    assert lent.thrown == []


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("conditions/achiles-tendonitis/", "Achilles tendinopathy"),
        ("exercises/calf-rase/", "Calf raise"),
        ("plantar-fasciitis.html", "Plantar fasciitis"),
        ("a/b/IT%20band", "Iliotibial band syndrome"),
    ],
)
def test_a_lost_address_offers_the_nearest_pages(lost: Page, address: str, page: str) -> None:
    lost.goto(address)
    expect(lost.get_by_role("heading", level=1)).to_have_text("This page is not here")
    near = lost.locator(".sg-lost .sg-nearest")
    expect(near.get_by_role("link").first).to_have_text(page)
    near.get_by_role("link").first.click()
    expect(lost.get_by_role("heading", level=1)).to_have_text(page)


@pytest.mark.parametrize(
    "address", ["qqqq/", "%E0%A4%A/", "hasOwnProperty/", "constructor/", "%3Cxqz%3E/"]
)
def test_an_address_like_nothing_offers_no_page(lost: Page, address: str) -> None:
    with lost.expect_response("**/names.json"):
        lost.goto(address)
    lost.wait_for_load_state("networkidle")
    expect(lost.locator(".sg-lost .sg-nearest")).to_be_hidden()


def test_without_scripts_a_lost_address_leads_on(plain: Page, lost_url: str) -> None:
    plain.goto(f"{lost_url}no/such/page/")
    article = plain.get_by_role("article")
    expect(article.get_by_role("link", name="Red flags first")).to_be_visible()
    expect(article.get_by_role("button")).to_be_hidden()
    article.get_by_role("link", name="Where does it hurt?").click()
    expect(plain.get_by_role("heading", name="Where does it hurt?")).to_be_in_viewport()


# The index


def test_search_knows_every_name_of_a_condition(site_dir: Path, library: Library) -> None:
    index = json.loads((site_dir / "search" / "search_index.json").read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    for entry in index["docs"]:
        url = entry["location"].partition("#")[0]
        words[url] = words.get(url, "") + html.unescape(f"{entry['title']} {entry['text']} ")
    troubles = [
        f"{condition.id}: {name}"
        for condition in library.conditions.values()
        for name in (condition.name, *condition.aliases)
        if name not in words.get(routes.page_url("conditions", condition.id), "")
    ]
    assert_none(troubles)


def test_search_is_light_and_knows_every_sign(site_dir: Path, library: Library) -> None:
    packed = (site_dir / "search" / "search_index.json").read_bytes()
    assert len(gzip.compress(packed, 6)) < 150_000
    found = {entry["location"]: entry for entry in json.loads(packed)["docs"]}
    for sign in library.signs.values():
        entry = found[routes.page_url("signs", sign.id)]
        assert html.unescape(entry["title"]) == sign.name
        assert [html.unescape(tag) for tag in entry.get("tags", [])] == list(sign.aliases)
