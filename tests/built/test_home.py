"""The home page and the body map: help within one screen, by finger, by key, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from generator.library.library import Library
from generator.pages.body_map import body_map

ON_A_PHONE = 44
"""The least height and width of a target on a phone, in pixels."""


def part(page: Page, region: str) -> Locator:
    return page.locator(f".sg-body__part[data-region={region}]")


def bottom(locator: Locator) -> float:
    box = locator.bounding_box()
    assert box
    return box["y"] + box["height"]


def test_search_red_flags_and_the_ways_in_are_on_the_first_screen(phone: Page) -> None:
    phone.goto("")
    search = phone.get_by_role("button", name="Search by name or feeling")
    flags, ways = phone.locator(".sg-strip"), phone.locator(".sg-tile")
    expect(ways).to_have_count(4)
    for wanted in (search, flags, *ways.all()):
        expect(wanted).to_be_visible()
        assert bottom(wanted) <= 844
    assert bottom(flags) < bottom(ways.first)


def test_the_whole_map_is_one_tap_away(phone: Page) -> None:
    phone.goto("")
    phone.get_by_role("link", name="Point to where it hurts").click()
    phone.wait_for_url("**/#where")
    for wanted in (phone.locator(".sg-body"), phone.locator(".sg-map__list")):
        expect(wanted).to_be_in_viewport(ratio=1)


def test_each_region_is_a_link_on_the_body_and_in_the_list(phone: Page, library: Library) -> None:
    """The one on the body is for fingers and mice; keys and screen readers have the list."""
    phone.goto("")
    for region in library.regions.values():
        link = phone.locator(".sg-map").get_by_role("link", name=region.name, exact=True)
        expect(link).to_have_attribute("href", f"regions/{region.id}/")
        on_body = part(phone, region.id)
        expect(on_body).to_have_attribute("href", f"regions/{region.id}/")
        expect(on_body).to_have_attribute("tabindex", "-1")


def test_targets_are_large_enough_for_a_finger(phone: Page) -> None:
    phone.goto("")
    for target in (*phone.locator(".sg-body__part").all(), *phone.locator(".sg-map__list a").all()):
        box = target.bounding_box()
        assert box and min(box["width"], box["height"]) >= ON_A_PHONE, target


@pytest.mark.parametrize("side", [0, 1], ids=["front", "back"])
def test_a_tap_on_the_body_opens_the_region_without_scripts(plain: Page, side: int) -> None:
    plain.goto("")
    hit = part(plain, "knee").locator(".sg-body__hit").nth(side)
    hit.scroll_into_view_if_needed()
    box = hit.bounding_box()
    assert box
    plain.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
    expect(plain.get_by_role("heading", level=1)).to_have_text("Knee")


def test_keys_walk_the_regions_from_head_to_foot_once(phone: Page, library: Library) -> None:
    phone.goto("")
    parts = body_map(library.regions.values())
    names = [part.region.name for part in parts]
    phone.locator(".sg-tile a").last.focus()
    walked = []
    for _ in names:
        phone.keyboard.press("Tab")
        walked.append(
            phone.evaluate(
                "(document.activeElement.ariaLabel || document.activeElement.textContent).trim()"
            )
        )
    assert walked == names


FILL = "(element) => getComputedStyle(element).fill"


@pytest.mark.parametrize("start", [".sg-body__part", ".sg-map__list a"])
def test_focus_shows_on_the_body_and_in_the_list(phone: Page, start: str) -> None:
    phone.goto("")
    knee = part(phone, "knee").locator(".sg-body__shape").first
    before = knee.evaluate(FILL)
    phone.keyboard.press("Tab")  # From here on the browser shows where the focus is.
    phone.locator(f"{start}[data-region=knee]").focus()
    assert knee.evaluate(FILL) != before
    assert part(phone, "thigh").locator(".sg-body__shape").first.evaluate(FILL) == before


def test_nothing_is_wider_than_a_narrow_phone(phone: Page) -> None:
    phone.set_viewport_size({"width": 320, "height": 700})
    phone.goto("")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_search_button_opens_search_and_puts_the_cursor_there(phone: Page) -> None:
    phone.goto("")
    button = phone.get_by_role("button", name="Search by name or feeling")
    button.press("Enter")
    box = phone.get_by_role("textbox", name="Search")
    expect(box).to_be_focused()
    phone.keyboard.type("shin splints")
    expect(phone.locator(".md-search-result__link").first).to_contain_text(
        "Medial tibial stress syndrome"
    )


def test_without_scripts_no_button_promises_a_search(plain: Page) -> None:
    plain.goto("")
    expect(plain.locator(".sg-search")).to_be_hidden()
