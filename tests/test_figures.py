"""Figures: bodies that hold together in every moment, and pictures that show them."""

from __future__ import annotations

import gzip
import math
import os
import re
import threading
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from conftest import PHONE
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect
from small import change, findings_of, sound_copy
from waiting import until

from generator import routes
from generator.bench import bench_figure, bench_server
from generator.checking import load_and_check
from generator.checks.figures import GROUNDED, SUNK
from generator.figure import body
from generator.figure.draw import LOOPS, card_svg, draw, moving_svg, muscle_map_svg
from generator.figure.pose import Motion, motion
from generator.figure.skeleton import Skeleton, lowest
from generator.figure.space import about, between, halfway, length, sub, then, turned
from generator.figures import figures
from generator.host.watched import WatchedLibrary
from generator.library import Library
from generator.model.fields import Between
from generator.model.figure import (
    ArmAngles,
    Base,
    Figure,
    Frame,
    LegAngles,
    Pose,
    Posture,
    TrunkAngles,
)
from generator.pages import pages
from generator.shape import fields_of
from generator.site import Site

ROOT = Path(__file__).parent.parent

GOLDEN: Final = Path(__file__).parent / "golden/figures"
LIMBS: Final = (
    ("thigh", "shank", body.THIGH),
    ("shank", "sole", body.SHANK),
    ("upper-arm", "forearm", body.UPPER_ARM),
    ("forearm", "palm", body.FOREARM),
)
HALF_PERCENT: Final = body.HEIGHT * 0.005
STRAIGHT: Final = body.THIGH + body.SHANK - 0.01
"""A leg as long as this reaches no farther, and what it should keep is too far away."""
FOLDED: Final = body.THIGH - body.SHANK + 0.3


def bodies(solved: Motion) -> list[Skeleton]:
    """The moments, and what lies between them."""
    between_moments = [
        solved.at(i, t) for i in range(len(solved.moments) - 1) for t in (0.2, 0.5, 0.8)
    ]
    return [*solved.moments, *between_moments]


def test_every_exercise_is_drawn(library: Library) -> None:
    assert sorted(library.motions) == sorted(library.exercises)


def assert_limbs_have_their_lengths(skeleton: Skeleton) -> None:
    for upper, lower, long in LIMBS:
        for side in body.SIDES:
            limb = sub(skeleton.at(f"{side}-{upper}"), skeleton.at(f"{side}-{lower}"))
            assert length(limb) == pytest.approx(long)


def test_limbs_keep_their_lengths(library: Library) -> None:
    for solved in library.motions.values():
        for skeleton in bodies(solved):
            assert_limbs_have_their_lengths(skeleton)


def test_nothing_goes_through_the_floor_between_moments(library: Library) -> None:
    for id_, solved in library.motions.items():
        for skeleton in bodies(solved):
            for point in GROUNDED:
                assert lowest(skeleton, point) >= -SUNK, (id_, point)


def test_what_is_pinned_stays_on_its_ground(library: Library) -> None:
    for id_, solved in library.motions.items():
        pin = solved.contacts[0]
        for moment, skeleton in enumerate(solved.moments):
            height = lowest(skeleton, pin.point) - solved.lifts[moment]
            assert abs(height - pin.ground) < HALF_PERCENT, (id_, moment)


def test_what_is_kept_stays_between_moments(library: Library) -> None:
    for id_, solved in library.motions.items():
        for skeleton in bodies(solved):
            if any(solved.lifts) or any(solved.travels):
                continue
            for contact in solved.contacts[1:]:
                away = length(sub(skeleton.point(contact.point), contact.place))
                assert away < HALF_PERCENT, (id_, contact.point)


def _angles(owner: type) -> st.SearchStrategy[dict[str, int]]:
    """Any angles within the declared ranges."""
    return st.fixed_dictionaries(
        {
            field.name: st.integers(field.shape.between.low, field.shape.between.high)
            for field in fields_of(owner)
            if isinstance(field.shape.between, Between)
        }
    )


@given(
    st.sampled_from(sorted(body.BASES)),
    _angles(LegAngles),
    _angles(LegAngles),
    _angles(ArmAngles),
    _angles(TrunkAngles),
)
def test_any_angles_within_range_make_a_body_that_keeps_its_contacts(
    base: Base,
    right: dict[str, int],
    left: dict[str, int],
    arms: dict[str, int],
    trunk: dict[str, int],
) -> None:
    pose = Pose(id="p", name="P", base=base, posture=Posture())
    frames = (
        Frame(),
        Frame(
            right_leg=LegAngles(**right),
            left_leg=LegAngles(**left),
            arms=ArmAngles(**arms),
            trunk=TrunkAngles(**trunk),
        ),
    )
    figure = Figure(pose="p", pin="right-foot", keep=("left-foot",), frames=frames)
    solved = motion(figure, {"p": pose})
    for skeleton in bodies(solved):
        assert all(math.isfinite(n) for joint in skeleton.joints.values() for n in joint)
        assert abs(lowest(skeleton, "right-foot")) < HALF_PERCENT
        assert_limbs_have_their_lengths(skeleton)
        kept = solved.contacts[1]
        reach = length(sub(skeleton.point("left-hip"), skeleton.point("left-ankle")))
        away = length(sub(skeleton.point("left-foot"), kept.place))
        assert away < HALF_PERCENT or reach > STRAIGHT or reach < FOLDED
    assert "nan" not in card_svg(draw(solved, ["quadriceps"]), "")


@given(st.floats(0, 1), st.integers(-170, 170), st.integers(-170, 170))
def test_halfway_turns_by_its_share(t: float, first: int, second: int) -> None:
    a, b = about((0.0, 0.0, 1.0), first), about((0.0, 0.0, 1.0), second)
    whole = min(abs(second - first), 360 - abs(second - first))
    turn = halfway(a, b, t)
    assert between(turned((1, 0, 0), a), turned((1, 0, 0), turn)) == pytest.approx(
        whole * t, abs=0.5
    )


def test_turns_within_turns_are_applied_from_the_inside() -> None:
    up_then_aside = then(about((0.0, 1.0, 0.0), 90), about((0.0, 0.0, 1.0), 90))
    assert turned((1, 0, 0), up_then_aside) == pytest.approx((0, 1, 0))
    assert turned((0, 1, 0), up_then_aside) == pytest.approx((0, 0, 1))


def test_flexion_brings_the_thigh_forward_and_the_heel_back() -> None:
    pose = Pose(id="p", name="P", base="standing", posture=Posture())
    frames = (Frame(), Frame(right_leg=LegAngles(hip_flexion=90, knee_flexion=90)))
    end = motion(Figure(pose="p", pin="left-foot", frames=frames), {"p": pose}).moments[1]
    hip, knee, ankle = (end.point(f"right-{part}") for part in ("hip", "knee", "ankle"))
    assert knee[0] - hip[0] == pytest.approx(body.THIGH)
    assert knee[1] == pytest.approx(hip[1])
    assert knee[1] - ankle[1] == pytest.approx(body.SHANK)


# Files


@pytest.fixture(scope="module")
def files(library: Library) -> dict[str, str]:
    """Every figure by its address."""
    return {output.uri: output.content for output in figures(library)}


def test_each_exercise_has_its_addresses(library: Library, files: dict[str, str]) -> None:
    for id_ in library.exercises:
        assert {routes.figure_uri(id_), routes.figure_card_uri(id_)} <= set(files)


def test_a_figure_rests_on_its_exercise_the_poses_and_the_words_alone() -> None:
    checked = load_and_check(ROOT / "data")
    watched = WatchedLibrary(checked.library, checked.entries)
    for output in figures(watched):
        if output.uri.endswith(".svg"):
            id_ = Path(output.uri).stem.removesuffix("-card")
            _, asked = watched.questions_of(lambda output=output: output.content)
            own = {question for question in asked if question[1:3] == ("exercises", id_)}
            assert own and set(asked) - own <= {("fields", "poses", ""), ("words",)}


def test_figures_are_small_alone_and_sound(files: dict[str, str]) -> None:
    for uri, text in files.items():
        if not uri.endswith(".svg"):
            continue
        assert len(gzip.compress(text.encode(), mtime=0)) < 12_000, uri
        ET.fromstring(text)
        assert not re.search(r"href|url\(|@import|<script|nan|inf\b", text), uri


def test_the_movement_stops_by_itself_and_minds_reduced_motion(
    library: Library, files: dict[str, str]
) -> None:
    assert LOOPS <= 3
    for uri, text in files.items():
        if uri.endswith(".svg") and "-card" not in uri:
            assert set(re.findall(r'repeatCount="(\w+)"', text)) <= {str(LOOPS)}, uri
            assert ("<animate " in text) == library.motions[Path(uri).stem].moves
            assert "prefers-reduced-motion" in text
            assert '<g class="still">' in text


def test_a_path_keeps_its_commands_through_the_movement(files: dict[str, str]) -> None:
    """Only so can a browser turn one shape into the next."""
    for uri, text in files.items():
        for times, values in re.findall(r'keyTimes="([^"]+)" values="([^"]+)"', text):
            assert times.count(";") == values.count(";")
            assert (times[:2], times[-2:]) == ("0;", ";1")
            commands = {re.sub(r"[^A-Z]", "", path) for path in values.split(";")}
            assert len(commands) == 1, (uri, commands)


def test_names_cannot_become_markup(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    change(data / "exercises.yaml", "name: Heel drop", 'name: "Heel & toe"')
    assert findings_of(data) == []


@pytest.mark.parametrize(
    "id_",
    [
        "squat", "glute-bridge", "plank", "split-squat", "calf-raise", "clamshell",
        "single-leg-deadlift", "nerve-slider", "short-foot", "copenhagen-plank",
    ],
)  # fmt: skip
def test_figure_is_as_it_was(id_: str, library: Library) -> None:
    made = card_svg(draw(library.motions[id_], library.exercises[id_].muscles), "") + "\n"
    kept = GOLDEN / f"{id_}.svg"
    if os.environ.get("UPDATE_GOLDENS"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(made, encoding="utf-8")
    assert made == kept.read_text(encoding="utf-8")


def test_the_same_figure_twice_is_the_same_text(site: Site) -> None:
    solved = site.library.motions["squat"]
    drawn = draw(solved, ("quadriceps",))
    assert moving_svg(drawn, "") == moving_svg(draw(solved, ("quadriceps",)), "")


def test_a_map_draws_muscles_over_the_clothes(library: Library) -> None:
    kinds = re.findall(r'<path class="([^"]+)"', muscle_map_svg(["gluteus-medius"], "", "back"))
    assert "m" in kinds
    assert kinds.index("m") == len(kinds) - kinds.count("m")


# The sheet and the bench


def test_the_sheet_shows_every_figure(site: Site) -> None:
    sheet = next(output for output in pages(site) if output.uri == "figures.md")
    for id_ in site.library.motions:
        assert f'href="../exercises/{id_}/"' in sheet.content, id_


def test_the_bench_follows_the_data_and_shows_their_findings(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    id_ = next(iter(load_and_check(data).library.motions))
    before = bench_figure(data, id_)
    assert "this figure is sound" in before
    change(data / "exercises.yaml", "knee_flexion: 95", "knee_flexion: 60")
    after = bench_figure(data, id_)
    assert after != before
    change(data / "exercises.yaml", "knee_flexion: 60", "knee_flexion: 600")
    assert "`knee_flexion` must be between" in bench_figure(data, id_)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a pose bench, and the exercises that it shows."""
    data = sound_copy(tmp_path)
    id_ = next(iter(load_and_check(data).library.motions))
    server = bench_server(data, id_, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", data / "exercises.yaml"
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_bench_page_redraws_on_save_and_shows_what_is_wrong(
    bench: tuple[str, Path], browser: Browser
) -> None:
    address, exercises = bench
    page = browser.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(address)
    expect(page.locator("main")).to_contain_text("this figure is sound")
    drawn = page.locator("main ol svg").last.inner_html()
    change(exercises, "knee_flexion: 95", "knee_flexion: 60")
    page.wait_for_function(
        "before => document.querySelector('main ol li:last-child svg')?.innerHTML !== before",
        arg=drawn,
    )
    change(exercises, "knee_flexion: 60", "knee_flexion: 600")
    expect(page.locator("main pre")).to_contain_text("`knee_flexion` must be between")
    change(exercises, "knee_flexion: 600", "knee_flexion: {")
    expect(page.locator("main pre")).to_contain_text("The brace `{` must close.")
    page.reload()
    expect(page.locator("main pre")).to_contain_text("The brace `{` must close.")
    change(exercises, "knee_flexion: {", "knee_flexion: 95")
    expect(page.locator("main")).to_contain_text("this figure is sound")
    assert troubles == []
    page.close()


@pytest.mark.parametrize(
    "text", ["", "- a\n- b\n", "\0", "calf: [", "? {}\n", "calf-stretch: {figure: {frames: 3}}\n"]
)
def test_the_bench_shows_a_message_for_any_file(bench: tuple[str, Path], text: str) -> None:
    address, exercises = bench
    exercises.write_text(text, encoding="utf-8")
    for path in ("", "figure"):
        with urllib.request.urlopen(address + path) as answer:
            shown = answer.read().decode()
        assert "error[" in shown
        assert "Traceback" not in shown


# In a browser


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


def test_what_is_no_figure_never_takes_its_place(lend: Callable[..., Page]) -> None:
    page = lend(viewport=PHONE)
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
