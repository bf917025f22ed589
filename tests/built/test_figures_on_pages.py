"""Figures as readers meet them: played, paused, without motion, in the dark, on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from page_pool import PHONE
from playwright.sync_api import Page, Route, expect
from waiting import until


def test_the_movement_plays_on_request_and_can_be_paused(phone: Page) -> None:
    phone.goto("exercises/squat/")
    assert phone.locator("animate").count() == 0
    phone.get_by_text("Show the movement").click()
    button = phone.get_by_role("button", name="Pause")
    button.wait_for()
    until(
        phone, "() => document.querySelector('.sg-figure__movement .moving .h').getBBox().y > -150"
    )
    button.click()
    assert phone.locator(".sg-figure__movement svg").evaluate("svg => svg.animationsPaused()")
    phone.get_by_role("button", name="Play", exact=True).click()
    assert not phone.locator(".sg-figure__movement svg").evaluate("svg => svg.animationsPaused()")


def test_reduced_motion_shows_the_end_and_nothing_moves(phone: Page) -> None:
    phone.emulate_media(reduced_motion="reduce")
    phone.goto("exercises/squat/")
    phone.get_by_text("Show the movement").click()
    phone.locator(".sg-figure__movement svg").wait_for()
    assert phone.locator(".sg-figure__movement .still").is_visible()
    assert not phone.locator(".sg-figure__movement .moving").is_visible()
    assert phone.locator(".sg-figure__again").count() == 0


def test_opening_it_again_with_reduced_motion_does_nothing(phone: Page) -> None:
    phone.emulate_media(reduced_motion="reduce")
    phone.goto("exercises/calf-raise/")
    summary = phone.get_by_text("Show the movement")
    summary.click()
    figure = phone.locator(".sg-figure__movement > svg")
    figure.wait_for()
    summary.click()
    summary.click()
    expect(figure).to_be_visible()


def test_what_is_no_figure_never_takes_its_place(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport=PHONE)
    page.goto("exercises/calf-raise/")
    failures = [503, 200]
    asked: list[str] = []

    def answer(route: Route) -> None:
        if route.request.resource_type != "fetch":
            route.fallback()
            return
        asked.append(route.request.url)
        if failures:
            route.fulfill(status=failures.pop(0), body="<html><body>Sorry</body></html>")
        else:
            route.fallback()

    page.route("**/calf-raise.svg", answer)
    summary = page.get_by_text("Show the movement")
    picture = page.locator(".sg-figure__movement > img")
    for _ in range(2):
        with page.expect_response(lambda answer: answer.request.resource_type == "fetch"):
            summary.click()
        until(page, "!document.querySelector('.sg-figure__movement').asked")
        expect(picture).to_be_visible()
        summary.click()
    summary.click(click_count=3)
    expect(page.locator(".sg-figure__movement > svg")).to_be_visible()
    expect(picture).to_have_count(0)
    assert len(asked) == 3


def test_a_figure_fits_a_phone(phone: Page) -> None:
    for id_ in ("squat", "glute-bridge", "dynamic-hip-opener", "hamstring-curl"):
        phone.goto(f"exercises/{id_}/")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    ("address", "pictures", "size"),
    [
        # Beside a dose a phone has less room.
        ("conditions/achilles-tendinopathy/", ".sg-stage .sg-exercise", 88),
        ("programmes/hip-and-core-routine/", ".sg-exercise", 88),
        ("exercises/", ".sg-card", 120),
        ("exercises/clamshell/", ".sg-pictures__item", 120),
        ("regions/knee/", ".sg-pictures__item", 120),
        ("signs/arch-pain/", ".sg-pictures__item", 120),
    ],
)
def test_a_card_of_an_exercise_shows_its_figure(
    phone: Page, address: str, pictures: str, size: int
) -> None:
    phone.goto(address)
    rows = phone.locator(pictures)
    drawn = phone.locator(f"{pictures} > img.sg-picture")
    assert drawn.count() == rows.count() > 0
    drawn.first.scroll_into_view_if_needed()
    phone.wait_for_function("one => one.naturalWidth > 0", arg=drawn.first.element_handle())
    box = drawn.first.bounding_box()
    assert box and (round(box["width"]), round(box["height"])) == (size, size)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def _colour(page: Page, selector: str, name: str = "fill") -> str:
    found = page.locator(f".sg-figure__moments {selector}").first
    return str(found.evaluate("(one, name) => getComputedStyle(one)[name]", name))


def test_forced_colours_draw_every_part_in_outline(phone: Page) -> None:
    phone.emulate_media(forced_colors="active")
    phone.goto("exercises/single-leg-squat/")
    paper = _colour(phone, "path.k")
    for part in ("path.t", "path.s", "path.o", "path.k.f", "path.s.f", "path.o.f"):
        assert _colour(phone, part) == paper, part
        assert _colour(phone, part, "stroke") != paper, part
    assert _colour(phone, "path.m") != paper


def test_figures_follow_the_dark_page(phone: Page) -> None:
    phone.goto("exercises/single-leg-squat/")
    light = [_colour(phone, f"path.{part}") for part in "tsm"]
    phone.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    dark = [_colour(phone, f"path.{part}") for part in "tsm"]
    assert all(one != other for one, other in zip(light, dark, strict=True))


def test_print_shows_the_moments_and_outlines_the_muscles(phone: Page) -> None:
    phone.goto("exercises/single-leg-squat/")
    phone.emulate_media(media="print")
    assert phone.locator(".sg-figure__moments svg").first.is_visible()
    assert not phone.locator(".sg-figure__movement").is_visible()
    assert _colour(phone, "path.m", "stroke") == "rgb(255, 255, 255)"


def test_the_floor_is_one_line_through_the_moments(phone: Page) -> None:
    phone.set_viewport_size({"width": 1280, "height": 900})
    for id_ in ("short-foot", "glute-bridge", "squat"):
        phone.goto(f"exercises/{id_}/")
        floors = phone.locator(".sg-figure__moments path.l").all()
        heights = [box["y"] for floor in floors if (box := floor.bounding_box())]
        assert len(heights) > 1
        assert max(heights) - min(heights) < 1.5, id_
