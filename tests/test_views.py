"""Links are read from both ends. `sound/data` is the library; what matters of it is told here."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import change, sound_checked, sound_copy

from generator.check import load_and_check
from generator.library.library import Library
from generator.library.red_flags import CareCard, most_dangerous_first
from generator.model.kinds import KIND_OF
from generator.model.record import Record
from generator.pages import views


@pytest.fixture(scope="module")
def small() -> Library:
    return sound_checked().library


def ids(records: tuple[Record, ...]) -> list[str]:
    return [record.id for record in records]


def flags(cards: tuple[CareCard, ...]) -> list[str]:
    """Red flags as `tier: id id`."""
    return [f"{card.care.id}: {' '.join(sign.id for sign in card.signs)}" for card in cards]


# Both ways


def test_condition_and_sign(small: Library) -> None:
    """plantar-fasciitis has first-step-heel-pain, arch-pain and pain-while-running."""
    condition = views.condition_view(small, small.conditions["plantar-fasciitis"])
    assert [(row.edge.typicality, row.sign.id) for row in condition.signs] == [
        ("hallmark", "first-step-heel-pain"),
        ("common", "arch-pain"),
        ("sometimes", "pain-while-running"),
    ]
    sign = views.sign_view(small, small.signs["first-step-heel-pain"])
    assert ids(sign.conditions) == ["achilles-tendinopathy", "plantar-fasciitis"]
    assert ids(views.sign_view(small, small.signs["arch-pain"]).conditions) == ["plantar-fasciitis"]


def test_sign_and_the_exercises_of_what_can_be_behind_it(small: Library) -> None:
    sign = views.sign_view(small, small.signs["arch-pain"])
    assert ids(sign.exercises) == ["calf-raise", "calf-stretch", "heel-drop"]


def test_condition_and_exercise(small: Library) -> None:
    condition = views.condition_view(small, small.conditions["achilles-tendinopathy"])
    assert [[row.exercise.id for row in stage.rows] for stage in condition.stages] == [
        ["calf-raise"],
        ["heel-drop", "calf-stretch"],
    ]
    exercise = views.exercise_view(small, small.exercises["heel-drop"])
    assert [(use.condition.id, use.number, use.prescription.strength) for use in exercise.uses] == [
        ("achilles-tendinopathy", 2, "some-trials"),
        ("plantar-fasciitis", 2, "usual-practice"),
    ]


def test_an_exercise_to_avoid_is_no_use_of_it(small: Library) -> None:
    """Stage 2 of plantar-fasciitis leaves calf-stretch out."""
    condition = views.condition_view(small, small.conditions["plantar-fasciitis"])
    assert [row.exercise.id for row in condition.stages[1].avoided] == ["calf-stretch"]
    exercise = views.exercise_view(small, small.exercises["calf-stretch"])
    assert [(use.condition.id, use.number) for use in exercise.uses] == [
        ("achilles-tendinopathy", 2),
        ("plantar-fasciitis", 1),
    ]


def test_easier_and_harder(small: Library) -> None:
    """heel-drop names calf-raise as easier."""
    drop = views.exercise_view(small, small.exercises["heel-drop"])
    rise = views.exercise_view(small, small.exercises["calf-raise"])
    assert (ids(drop.easier), ids(drop.harder)) == (["calf-raise"], [])
    assert (ids(rise.easier), ids(rise.harder)) == ([], ["heel-drop"])


def test_condition_and_programme(small: Library) -> None:
    condition = views.condition_view(small, small.conditions["plantar-fasciitis"])
    assert [stage.programme and stage.programme.id for stage in condition.stages] == [
        None,
        "walk-run-return",
    ]
    programme = views.programme_view(small, small.programmes["walk-run-return"])
    assert ids(programme.conditions) == ["plantar-fasciitis"]
    assert [[row.exercise.id for row in step.rows] for step in programme.steps] == [
        [],
        ["calf-raise"],
    ]
    rise = views.exercise_view(small, small.exercises["calf-raise"])
    assert ids(rise.programmes) == ["walk-run-return"]


def test_causes_by_whether_one_can_change_them(small: Library) -> None:
    condition = views.condition_view(small, small.conditions["plantar-fasciitis"])
    assert [row.cause.id for row in condition.changeable] == ["rapid-training-increase"]
    assert [row.cause.id for row in condition.fixed] == ["age"]
    cause = views.cause_view(small, small.causes["rapid-training-increase"])
    assert [(user.id, edge.note) for user, edge in cause.uses] == [
        ("achilles-tendinopathy", "Hills and fast runs load the tendon most."),
        ("plantar-fasciitis", "A big jump in distance is a common start."),
    ]


def test_treatments_by_verdict(small: Library) -> None:
    """achilles-tendinopathy lists surgery (last resort) before shockwave (unclear)."""
    condition = views.condition_view(small, small.conditions["achilles-tendinopathy"])
    assert [row.treatment.id for row in condition.treatments] == ["shockwave", "surgery"]
    treatment = views.treatment_view(small, small.treatments["shockwave"])
    assert [(user.id, edge.verdict) for user, edge in treatment.uses] == [
        ("achilles-tendinopathy", "unclear"),
        ("plantar-fasciitis", "may-help"),
    ]


def test_region_has_what_is_filed_in_it(small: Library) -> None:
    region = views.region_view(small, small.regions["whole-body"])
    assert (ids(region.conditions), ids(region.signs), ids(region.exercises)) == (
        [],
        ["pain-while-running"],
        [],
    )


def test_reference_and_all_that_rest_on_it(small: Library) -> None:
    reference = views.reference_view(small, small.references["alfredson-1998"])
    assert [(kind.name, ids(records)) for kind, records in reference.users] == [
        ("conditions", ["achilles-tendinopathy"]),
        ("signs", ["achilles-snap"]),
        ("exercises", ["heel-drop"]),
    ]


def test_each_link_can_be_followed_back(small: Library) -> None:
    to_a_kind = [link for link in small.links if link.kind in KIND_OF]
    assert len({link.kind for link in to_a_kind}) > 5
    assert all(link in small.links_to(link.kind, link.id) for link in to_a_kind)


def test_a_mention_is_a_link_to_the_kind_of_its_record(small: Library) -> None:
    """The summary of first-step-heel-pain says [[arch-pain]]."""
    links = small.links_to("signs", "arch-pain")
    assert ("first-step-heel-pain", "mention") in [(link.record.id, link.field) for link in links]


def test_articles(small: Library) -> None:
    """about.md mentions calf-raise and plantar-fasciitis."""
    about = {r.id for _, r in small.all_records() if small.articles_about(r)}
    assert about == {"calf-raise", "plantar-fasciitis"}


# Red flags


def test_red_flags_of_a_condition(small: Library) -> None:
    """From fascia: night-pain; from foot: numb-foot and deformed-limb; from itself: none."""
    condition = views.condition_view(small, small.conditions["plantar-fasciitis"])
    assert flags(condition.cards) == [
        "emergency: deformed-limb",
        "within-days: night-pain numb-foot",
    ]


def test_red_flags_of_its_own(small: Library) -> None:
    """From foot: numb-foot and deformed-limb; from tendon: none; from itself: achilles-snap."""
    condition = views.condition_view(small, small.conditions["achilles-tendinopathy"])
    assert flags(condition.cards) == [
        "emergency: deformed-limb",
        "same-day: achilles-snap",
        "within-days: numb-foot",
    ]


def test_red_flags_of_other_pages(small: Library) -> None:
    inherited = ["emergency: deformed-limb", "within-days: numb-foot"]
    assert flags(views.exercise_view(small, small.exercises["calf-raise"]).cards) == inherited
    assert flags(views.sign_view(small, small.signs["arch-pain"]).cards) == inherited
    assert (
        flags(views.programme_view(small, small.programmes["walk-run-return"]).cards) == inherited
    )
    assert flags(views.region_view(small, small.regions["foot"]).cards) == inherited


def test_a_red_flag_brought_twice_shows_once(small: Library) -> None:
    """pain-while-running is filed in foot and in whole-body; both bring deformed-limb."""
    sign = views.sign_view(small, small.signs["pain-while-running"])
    assert flags(sign.cards) == [
        "emergency: deformed-limb",
        "same-day: achilles-snap",
        "within-days: numb-foot night-pain",
    ]


def test_a_red_flag_does_not_warn_of_itself(small: Library) -> None:
    sign = views.sign_view(small, small.signs["numb-foot"])
    assert flags(sign.cards) == [
        "emergency: deformed-limb",
        "same-day: achilles-snap",
        "within-days: night-pain",
    ]
    assert sign.care and sign.care.id == "within-days"
    assert views.sign_view(small, small.signs["arch-pain"]).care is None


def test_where_a_red_flag_is_watched_for(small: Library) -> None:
    """Its regions, and conditions that name it or whose tissue does."""
    assert ids(views.sign_view(small, small.signs["deformed-limb"]).guards) == [
        "foot",
        "whole-body",
    ]
    assert ids(views.sign_view(small, small.signs["achilles-snap"]).guards) == [
        "achilles-tendinopathy",
        "whole-body",
    ]
    assert ids(views.sign_view(small, small.signs["night-pain"]).guards) == [
        "plantar-fasciitis",
        "whole-body",
    ]


def test_danger_is_the_tier_and_then_the_place_in_the_file(tmp_path: Path) -> None:
    """Never the name; a record's own red flags lead a tier, its tissue's follow, then regions'."""
    data = sound_copy(tmp_path)
    text = (data / "signs.yaml").read_text(encoding="utf-8")
    for id_, name in (("a-last", "A last one"), ("z-own", "Z own")):
        block = text[text.index("numb-foot:") : text.index("night-pain:")]
        text += block.replace("numb-foot:", f"\n{id_}:").replace("A numb foot", name)
    (data / "signs.yaml").write_text(text, encoding="utf-8")
    change(data / "conditions.yaml", "red_flags: []", "red_flags: [z-own]")
    library = load_and_check(data).library
    everything = most_dangerous_first(library, list(library.signs)[::-1])
    assert [sign.id for sign in everything if sign.red_flag] == [
        "deformed-limb", "achilles-snap", "numb-foot", "night-pain", "a-last", "z-own",
    ]  # fmt: skip
    condition = views.condition_view(library, library.conditions["plantar-fasciitis"])
    assert flags(condition.cards) == [
        "emergency: deformed-limb",
        "within-days: z-own night-pain numb-foot a-last",
    ]


# Conditions that feel alike


def test_lookalikes_show_from_either_side(small: Library) -> None:
    """The pair is declared on achilles-tendinopathy alone."""
    for one, other in [
        ("achilles-tendinopathy", "plantar-fasciitis"),
        ("plantar-fasciitis", "achilles-tendinopathy"),
    ]:
        (pair,) = views.condition_view(small, small.conditions[one]).lookalikes
        assert pair.condition.id == other
        assert pair.tell == "The heel is sore from below, the tendon from behind."


# Order and repetition


def test_by_name_is_alphabetical_and_has_each_once(small: Library) -> None:
    signs = [small.signs[id_] for id_ in ("arch-pain", "numb-foot", "arch-pain", "night-pain")]
    assert ids(views.by_name(signs)) == ["numb-foot", "night-pain", "arch-pain"]


def test_stages_may_read_alike(tmp_path: Path) -> None:
    """An exercise in two stages that are word for word the same is used in both."""
    data = sound_copy(tmp_path)
    text = (data / "conditions.yaml").read_text(encoding="utf-8")
    start = text.index("    - name: Settle it\n      goal: Calm the tendon.")
    end = text.index("    - name: Build strength\n      goal: Make the tendon strong.")
    change(data / "conditions.yaml", text[start:end], text[start:end] * 2)
    checked = load_and_check(data)
    assert checked.diagnostics == ()
    use = views.exercise_view(checked.library, checked.library.exercises["calf-raise"]).uses
    assert [u.number for u in use if u.condition.id == "achilles-tendinopathy"] == [1, 2]


def test_two_stages_may_share_a_programme(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    change(
        data / "conditions.yaml",
        "      move_on_when:\n        - text: The first steps hurt at 3",
        "      programme: walk-run-return\n"
        "      move_on_when:\n        - text: The first steps hurt at 3",
    )
    assert load_and_check(data).diagnostics == ()
