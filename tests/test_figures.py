"""Figures: bodies that hold together in every moment, and pictures that show them."""

from __future__ import annotations

import gzip
import math
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import ROOT, change, findings_of, sound_copy

from generator import routes
from generator.check import load_and_check
from generator.checks.figures import GROUNDED, SUNK
from generator.figure import body
from generator.figure.draw import LOOPS, card_svg, draw, moving_svg, muscle_map_svg
from generator.figure.pose import Motion, motion
from generator.figure.skeleton import Skeleton, lowest
from generator.figure.space import about, between, halfway, length, sub, then, turned
from generator.host.noting import NotingLibrary
from generator.library.library import Library
from generator.library.site import Site
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
from generator.model.schema import fields_of
from generator.pages.figures import figures
from generator.pages.pages import pages

GOLDEN: Final = ROOT / "tests" / "golden/figures"
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
    noting = NotingLibrary(checked.library, checked.entries)
    for output in figures(noting):
        if output.uri.endswith(".svg"):
            id_ = Path(output.uri).stem.removesuffix("-card")
            _, inputs = noting.inputs_of(lambda output=output: output.content)
            assert set(inputs) == {f"record exercises {id_}", "kind poses", "vocabulary"}


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


def test_the_sheet_shows_every_figure(site: Site) -> None:
    sheet = next(output for output in pages(site) if output.uri == "figures.md")
    for id_ in site.library.motions:
        assert f'href="../exercises/{id_}/"' in sheet.content, id_
