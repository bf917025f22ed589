"""My plan and the walk-run planner, as a runner uses them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, Route, expect
from waiting import until

from generator.library.site import Site
from generator.model.published_state import Retired
from generator.pages.programme_data import builder_data
from generator.reading.published_state import PublishedState

PLAN = (
    "programme/#1;calf-raise:achilles-tendinopathy:1:3:15::135"
    ";single-leg-balance:ankle-sprain:1:3::30:24;plank:::3::30:"
)


def names(page: Page) -> list[str]:
    expect(page.locator(".sg-item").first).to_be_visible()
    return page.locator(".sg-item h3").all_inner_texts()


def change(page: Page, name: str) -> None:
    """Open what changes an exercise of the plan."""
    page.get_by_label(f"Change: {name}").click()


def test_an_exercise_joins_with_this_conditions_dose(phone: Page) -> None:
    phone.goto("conditions/achilles-tendinopathy/")
    phone.get_by_role("link", name="Add Calf raise to my plan").click()
    phone.get_by_role("link", name="Add stage 1 to my plan").click()
    expect(phone.locator(".sg-today").get_by_text("In my plan (2).")).to_be_visible()
    phone.get_by_role("link", name="Open it").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("My plan")
    assert len(names(phone)) == 2
    expect(phone.locator(".sg-item").first).to_contain_text("Achilles tendinopathy")
    expect(phone.locator(".sg-item .sg-dose").first).to_have_text(re.compile(r"\d+ sets of \d+"))


def test_what_another_tab_added_is_known(phone: Page, base_url: str) -> None:
    phone.goto("exercises/plank/")
    expect(phone.get_by_role("link", name="Add to my plan")).to_be_visible()
    tab = phone.context.new_page()
    tab.goto(f"{base_url}exercises/plank/")
    tab.get_by_role("link", name="Add to my plan").click()
    expect(phone.get_by_text("In my plan (1).")).to_be_visible()
    expect(phone.get_by_role("link", name="Add to my plan")).to_be_hidden()


def test_the_whole_plan_lives_in_the_address(phone: Page, new_page: Callable[..., Page]) -> None:
    phone.goto(PLAN)
    assert names(phone) == ["Calf raise", "Single-leg balance", "Plank"]
    change(phone, "Calf raise")
    phone.get_by_role("button", name="Down: Calf raise").click()
    change(phone, "Plank")
    phone.get_by_role("button", name="Remove: Plank").click()
    change(phone, "Single-leg balance")
    phone.get_by_label("Sunday").first.check()
    address = phone.url
    other = new_page()
    other.goto(address)
    assert names(other) == ["Single-leg balance", "Calf raise"]
    change(other, "Single-leg balance")
    expect(other.get_by_label("Sunday").first).to_be_checked()


def test_a_link_within_the_page_leaves_the_plan_alone(phone: Page) -> None:
    phone.goto(PLAN)
    assert len(names(phone)) == 3
    address = phone.url
    skip = phone.locator("a.md-skip")
    skip.focus()
    skip.press("Enter")
    until(phone, f"location.href === '{address}'")
    assert len(names(phone)) == 3
    phone.goto("about:blank")
    phone.goto("programme/#top")
    assert len(names(phone)) == 3
    assert phone.url == address


SHARED = "programme/#1;clamshell:::2:12::;side-plank:::2::20:"


def test_a_shared_link_leaves_the_readers_own_plan_alone(phone: Page) -> None:
    phone.goto(PLAN)
    mine = names(phone)
    phone.goto("about:blank")
    phone.goto(SHARED)
    assert names(phone) == ["Clamshell", "Side plank"]
    expect(phone.get_by_text("This plan came with the link")).to_be_visible()
    phone.reload()
    assert names(phone) == ["Clamshell", "Side plank"]
    phone.get_by_role("button", name="Back to mine").press("Enter")
    assert names(phone) == mine
    expect(phone.locator(".sg-item h3").first).to_be_focused()
    assert phone.url.endswith(PLAN)
    phone.goto(SHARED)
    phone.get_by_role("button", name="Keep it in place of mine").press("Enter")
    expect(phone.get_by_text("This plan came with the link")).to_have_count(0)
    phone.goto("programme/")
    assert names(phone) == ["Clamshell", "Side plank"]


@pytest.fixture
def after_changes(phone: Page) -> Page:
    """A phone that is told of a rename and of a merged condition."""

    def told(route: Route) -> None:
        body = route.fetch().json()
        assert body["moved"] == {}
        body["moved"] = {"oyster": "clamshell", "old-heel": "achilles-tendinopathy"}
        route.fulfill(json=body)

    phone.route("**/assets/programme.json", told)
    return phone


def test_an_exercise_that_is_gone_is_reported_and_the_rest_stays(after_changes: Page) -> None:
    after_changes.goto("programme/#1;clamshell:::2:12::;bygone-a:::1:5::;side-plank:::2::20:")
    assert names(after_changes) == ["Clamshell", "Side plank"]
    told = after_changes.get_by_text(
        "1 exercise of the plan that you opened is no longer in the library"
    )
    expect(told).to_be_in_viewport()
    change(after_changes, "Clamshell")
    after_changes.get_by_role("button", name="Remove: Clamshell").click()
    expect(told).to_have_count(0)
    after_changes.goto("programme/#1;bygone-a:::1:5::;bygone-b:::1:5::")
    expect(after_changes.get_by_text("2 exercises of the plan")).to_be_visible()
    assert names(after_changes) == ["Side plank"]


def test_a_plan_follows_what_was_renamed(after_changes: Page) -> None:
    after_changes.goto("programme/#1;oyster:old-heel:1:2:12::;plank:bygone:3:2::20:")
    assert names(after_changes) == ["Clamshell", "Plank"]
    expect(after_changes.locator(".sg-item").first).to_contain_text("Achilles tendinopathy")
    assert after_changes.url.endswith("#1;clamshell:achilles-tendinopathy:1:2:12::;plank:::2::20:")
    expect(after_changes.get_by_text("no longer in the library")).to_have_count(0)


def test_the_page_knows_what_was_renamed_or_merged_and_follows_nothing_else(site: Site) -> None:
    gone = {
        id_: Retired(id=id_, kind=kind, fate=fate, on="2027-01-31", now="plank", why="It went.")
        for id_, kind, fate in (
            ("renamed-one", "exercises", "renamed"),
            ("merged-one", "conditions", "merged"),
            ("retired-one", "exercises", "retired"),
            ("a-sign", "signs", "renamed"),
        )
    }
    after = replace(site, published_state=PublishedState(retired=gone))
    moved = json.loads(builder_data(after).content)["moved"]
    assert moved == {"renamed-one": "plank", "merged-one": "plank"}


def test_a_shared_plan_that_is_changed_is_kept(phone: Page) -> None:
    phone.goto(PLAN)
    assert len(names(phone)) == 3
    phone.goto(SHARED)
    expect(phone.get_by_role("button", name="Back to mine")).to_be_visible()
    change(phone, "Clamshell")
    phone.get_by_role("button", name="Remove: Clamshell").click()
    expect(phone.get_by_role("button", name="Back to mine")).to_have_count(0)
    phone.goto("programme/")
    assert names(phone) == ["Side plank"]


def test_going_back_shows_the_plan_as_another_page_has_left_it(phone: Page, base_url: str) -> None:
    phone.goto(PLAN)
    assert len(names(phone)) == 3
    tab = phone.context.new_page()
    tab.goto(f"{base_url}exercises/clamshell/")
    tab.get_by_role("link", name="Add to my plan").click()
    expect(phone.locator(".sg-item")).to_have_count(4)
    phone.goto("exercises/side-plank/")
    phone.get_by_role("link", name="Add to my plan").click()
    phone.go_back()
    expect(phone.locator(".sg-item")).to_have_count(5)
    expect(phone.get_by_role("button", name="Back to mine")).to_have_count(0)


def test_a_dose_stays_within_the_exercises_range(phone: Page) -> None:
    phone.goto(PLAN)
    change(phone, "Calf raise")
    sets = phone.get_by_label(re.compile(r"^Sets \("))
    most = int(sets.first.get_attribute("max") or 0)
    sets.first.fill("99")
    sets.first.press("Tab")
    expect(phone.get_by_label(re.compile(r"^Sets \(")).first).to_have_value(str(most))


def test_choices_leave_the_keyboard_where_it_is(phone: Page) -> None:
    phone.goto(PLAN)
    fold = phone.locator(".sg-item details").first
    fold.locator("summary").press("Enter")
    sets = phone.get_by_label(re.compile(r"^Sets \(")).first
    sets.fill("2")
    sets.press("Tab")
    expect(phone.get_by_label(re.compile(r"^Repetitions \(")).first).to_be_focused()
    expect(phone.locator(".sg-item .sg-dose").first).to_contain_text("2 sets of 15")
    sunday = phone.get_by_label("Sunday").first
    sunday.press("Space")
    expect(sunday).to_be_focused()
    expect(sunday).to_be_checked()
    phone.get_by_role("button", name="Down: Calf raise").press("Enter")
    expect(phone.get_by_role("heading", name="Calf raise")).to_be_focused()
    expect(fold).not_to_have_attribute("open", "")
    moved = phone.locator(".sg-item").nth(1).locator("details").first
    expect(moved).to_have_attribute("open", "")
    phone.get_by_label("Change: Plank").press("Enter")
    phone.get_by_role("button", name="Remove: Plank").press("Enter")
    expect(phone.get_by_role("heading", name="Calf raise")).to_be_focused()
    phone.locator("#share > summary").press("Enter")
    phone.once("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="Clear everything").press("Enter")
    back = phone.get_by_role("button", name="Bring it back")
    expect(back).to_be_focused()
    back.press("Enter")
    assert names(phone) == ["Single-leg balance", "Calf raise"]
    expect(phone.get_by_role("heading", name="Single-leg balance")).to_be_focused()


def test_what_is_said_of_a_press_is_in_sight(phone: Page) -> None:
    phone.goto(PLAN)
    phone.locator("#share > summary").click()
    phone.get_by_role("button", name="Copy the link").click()
    expect(phone.get_by_text(re.compile("The link is copied|Copy the address"))).to_be_in_viewport()


@pytest.mark.parametrize("width", [195, 320, 1280])
def test_cards_fill_the_page_and_days_stand_apart(
    new_page: Callable[..., Page], width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(PLAN)
    assert len(names(page)) == 3
    card, flags = page.locator(".sg-item").first, page.locator(".sg-details--flags")
    widths = [one.evaluate("one => one.offsetWidth") for one in (card, flags)]
    assert abs(widths[0] - widths[1]) <= 2
    change(page, "Calf raise")
    for box in page.locator(".sg-item").first.locator(".sg-days label").all():
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_a_number_that_was_typed_lets_the_next_press_through(phone: Page) -> None:
    phone.goto(PLAN)
    change(phone, "Calf raise")
    phone.get_by_label(re.compile(r"^Sets \(")).first.fill("2")
    phone.get_by_role("button", name="Start today’s session").click()
    expect(phone.get_by_role("dialog")).to_be_visible()


def test_nothing_is_asked_that_has_one_answer(phone: Page) -> None:
    phone.goto("programme/#1;plantar-fascia-stretch:plantar-fasciitis:1:1:10:10:")
    expect(phone.locator(".sg-item .sg-dose")).to_contain_text("1 set of 10, hold each")
    expect(phone.locator(".sg-item")).to_contain_text("3 times a day")
    expect(phone.locator(".sg-item input[type=number]")).to_have_count(0)


def test_exercises_that_cannot_be_read_are_spoken_of(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.route("**/assets/programme.json", lambda route: route.fulfill(status=503, body="Sorry"))
    page.goto(PLAN)
    expect(page.get_by_role("alert")).to_contain_text("Check your connection")
    expect(page.get_by_text("Scripts are off")).to_be_hidden()


@pytest.mark.parametrize(
    "fragment",
    ["#1;<img src=x onerror=alert(1)>", "#1;nope:nope:1", "#9;plank", "#1;constructor:::3", "#%00"],
)
def test_nonsense_in_the_address_does_no_harm(phone: Page, fragment: str) -> None:
    phone.goto(f"programme/{fragment}")
    expect(phone.get_by_text("Nothing here yet.")).to_be_visible()
    assert phone.locator("#sg-programme img").count() == 0


def test_it_prints_on_two_pages_with_ticks_and_a_code(phone: Page) -> None:
    phone.goto(PLAN)
    phone.locator("#share > summary").click()
    phone.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    phone.get_by_role("button", name="Print").click()
    sheet = phone.locator(".sg-sheet")
    expect(sheet.locator("svg[role=img]")).to_have_count(1)
    expect(sheet.locator(".sg-box")).to_have_count(3 + 2 * 2 + 7)
    expect(sheet).to_contain_text("Not yet clinically reviewed")
    drawn = sheet.locator("tbody th img.sg-picture")
    expect(drawn).to_have_count(3)
    assert drawn.evaluate_all("all => all.every(one => one.complete && one.naturalWidth > 0)")
    tiers = sheet.locator(".sg-sheet__flags").all_inner_texts()
    assert ["Call 911" in text for text in tiers] == [True, False, False]
    assert ["811" in text for text in tiers] == [False, True, False]
    assert "pain that does not settle" in tiers[2] and "Book a physiotherapist" in tiers[2]
    pdf = phone.pdf(format="A4")
    assert 1 <= len(re.findall(rb"/Type /Page\b", pdf)) <= 2


def test_each_exercise_shows_its_figure_in_the_list_and_in_the_session(phone: Page) -> None:
    phone.goto(PLAN)
    items = phone.locator(".sg-item > img.sg-picture")
    expect(items).to_have_count(3)
    for image, id_ in zip(items.all(), ("calf-raise", "single-leg-balance", "plank"), strict=True):
        box = image.bounding_box()
        assert box and (round(box["width"]), round(box["height"])) == (88, 88)
        assert (image.get_attribute("src") or "").endswith(f"assets/figures/{id_}-card.svg")
        assert image.get_attribute("alt")
    phone.get_by_role("button", name="Start today’s session").click()
    shown = phone.get_by_role("dialog").locator("img.sg-picture")
    phone.wait_for_function("one => one.naturalWidth > 0", arg=shown.element_handle())
