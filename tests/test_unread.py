"""What can't be read is not compared: no typo is a dose of 0, or a red flag that is gone."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st
from small import SOUND, change, sound_copy
from test_difference import changes, read_of

from generator.check import load_and_check
from generator.cli import main as cli
from generator.diff.as_markdown import markdown_text
from generator.diff.as_text import json_text, terminal_text
from generator.diff.compare import Difference, difference
from generator.diff.sentences import NOTHING_ELSE
from generator.diff.touched_pages import touched
from generator.diff.unread import AsRead, comparable

DOSE: Final = ("conditions.yaml", "dose: {sets: 3, reps: 12, every_days: 2}")
FLAGS: Final = ("conditions.yaml", "red_flags: [achilles-snap]")
HEEL: Final = ("conditions", "plantar-fasciitis")
ACHILLES: Final = ("conditions", "achilles-tendinopathy")
FOOT: Final = ("regions", "foot")
SNAP: Final = ("signs", "achilles-snap")

TYPOS: Final[dict[str, tuple[str, str, str, tuple[str, str]]]] = {
    "a letter for a digit": (*DOSE, "dose: {sets: 3, reps: 1O, every_days: 2}", HEEL),
    "a dose without braces": (*DOSE, "dose: 3x12", HEEL),
    "a field that does not exist": (*DOSE, "dose: {sets: 3, rep: 12, every_days: 2}", HEEL),
    "an id without brackets": (*FLAGS, "red_flags: achilles-snap", ACHILLES),
    "a misspelt id": (*FLAGS, "red_flags: [achiles-snap]", ACHILLES),
    "a misspelt field": (*FLAGS, "red_flag: [achilles-snap]", ACHILLES),
    "a bracket that is not closed": (*FLAGS, "red_flags: [achilles-snap", ACHILLES),
    "an empty list": ("conditions.yaml", "  regions: [foot]\n  tissue: fascia",
                      "  regions: []\n  tissue: fascia", HEEL),
    "an unknown word": ("conditions.yaml", "typicality: hallmark\n", "typicality: halmark\n", HEEL),
    "an unknown tier": ("signs.yaml", "tier: same-day", "tier: today", SNAP),
    "a red flag of another name": ("signs.yaml", "  red_flag:\n    tier: same-day",
                                   "  red flag:\n    tier: same-day", SNAP),
    "an id in capitals": ("signs.yaml", "achilles-snap:\n", "Achilles-snap:\n", SNAP),
    "an id that is taken": ("signs.yaml", "achilles-snap:\n", "arch-pain:\n", SNAP),
    "an id that is indented": ("signs.yaml", "achilles-snap:\n", " achilles-snap:\n", SNAP),
    "a tab": ("conditions.yaml", "  tissue: fascia\n", "\ttissue: fascia\n", HEEL),
    "a field that is not indented": ("conditions.yaml", "  tissue: fascia\n",
                                     "tissue: fascia\n", HEEL),
    "a tissue that is none": ("tissues.yaml", "red_flags: [night-pain]",
                              "red_flags: {night-pain}", ("tissues", "fascia")),
}  # fmt: skip
"""Name -> (file, before, after, the record that can't be read)."""


def typed(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """The sound folder with the first of these written another way."""
    data = sound_copy(tmp_path)
    text = (data / file).read_text(encoding="utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return data


def compared(before: AsRead, after: AsRead) -> Difference:
    """What differs; every page of both states can be rendered."""
    states = comparable(before, after)
    found = difference(states)
    assert touched(states.before, states.after, found) is not None
    return found


@pytest.mark.parametrize("typo", TYPOS.values(), ids=TYPOS)
def test_a_typo_is_no_change(tmp_path: Path, typo: tuple[str, str, str, tuple[str, str]]) -> None:
    file, old, new, record = typo
    found = compared(read_of(SOUND / "data"), read_of(typed(tmp_path, file, old, new)))
    assert found.is_empty
    assert record in [(one.kind, one.id) for one in found.unread]
    # An id that is taken leaves two records that nobody knows.
    assert len(found.unread) == 1 + (new == "arch-pain:\n")
    for text in (terminal_text(found, None), markdown_text(found, None)):
        assert "can't be read yet" in text
        assert f"data/{file}, line {found.unread[0].finding.place.line}" in text
        assert NOTHING_ELSE in text


@pytest.mark.parametrize("typo", TYPOS.values(), ids=TYPOS)
def test_a_mended_typo_is_no_change(
    tmp_path: Path, typo: tuple[str, str, str, tuple[str, str]]
) -> None:
    file, old, new, record = typo
    found = compared(read_of(typed(tmp_path, file, old, new)), read_of(SOUND / "data"))
    assert found.is_empty
    if "id" not in new or "indented" in new:
        assert (record, True) in [((one.kind, one.id), one.before) for one in found.unread]


def test_what_a_finding_leaves_as_it_was_written_is_told(tmp_path: Path) -> None:
    """A number that is too large, and a list that is too short."""
    data = typed(tmp_path, *DOSE, "dose: {sets: 30, reps: 12, every_days: 2}")
    sign = "    - sign: pain-while-running\n      typicality: sometimes\n      source: general\n"
    text = (data / "conditions.yaml").read_text(encoding="utf-8")
    (data / "conditions.yaml").write_text(text.replace(sign, "", 1), encoding="utf-8")
    assert len(load_and_check(data).diagnostics) >= 2
    found = compared(read_of(SOUND / "data"), read_of(data))
    assert not found.unread
    assert [row[-2:] for row in changes(found)] == [
        ("sign: Pain while running; typicality: sometimes; source: general", ""),
        ("3 sets of 12, every other day", "30 sets of 12, every other day"),
    ]


def test_other_records_are_compared_all_the_same(tmp_path: Path) -> None:
    data = typed(tmp_path, *DOSE, "dose: {sets: 3, reps: 1O, every_days: 2}")
    name = "  name: A numb foot\n"
    change(data / "signs.yaml", f"{name}  regions: [foot, ", f"{name}  regions: [")
    found = compared(read_of(SOUND / "data"), read_of(data))
    assert [(one.kind, one.id) for one in found.unread] == [HEEL]
    lost = {(flag.kind, flag.id, flag.flag) for flag in found.flags}
    # The red flag is gone from the page of the condition, whatever that itself says.
    assert {(*FOOT, "numb-foot"), (*ACHILLES, "numb-foot"), (*HEEL, "numb-foot")} <= lost
    text = markdown_text(found, None)
    assert text.index("Not compared.") < text.index("NO LONGER SHOWS")


def renamed(data: Path, kind: str, id_: str, new: str) -> Path:
    wish = ["rename", kind, id_, new, "--yes", "--data-dir", str(data)]
    wish += ["--content-dir", str(data.parent / "content")]
    assert CliRunner().invoke(cli.cli, wish).exit_code == 0
    return data


def test_what_is_unread_follows_a_rename(tmp_path: Path) -> None:
    """Its ids are those of the state before, and no link or red flag is lost by that."""
    data = renamed(sound_copy(tmp_path), "signs", "numb-foot", "no-feeling")
    change(data / "regions.yaml", "order: 1", "order: one")
    found = compared(read_of(SOUND / "data"), read_of(data))
    assert [(one.kind, one.id) for one in found.unread] == [FOOT]
    told = [r.id for r in found.records if r.state != "changed" or r.changes]
    assert told == ["no-feeling"]
    assert (found.flags, found.links, found.cases) == ((), (), ())


def test_a_new_record_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    with (data / "groups.yaml").open("a", encoding="utf-8") as file:
        file.write("\nbalance:\n  name: Balance\n  sumary: Standing on one leg.\n")
    found = compared(read_of(SOUND / "data"), read_of(data))
    assert found.is_empty
    assert "Balance (exercise group) can't be read yet" in terminal_text(found, None)


def test_a_file_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    (data / "signs.yaml").write_bytes(b"\xff\xfe")
    found = compared(read_of(SOUND / "data"), read_of(data))
    assert found.is_empty
    assert len(found.unread) == len(read_of(SOUND / "data").site.library.signs)
    assert terminal_text(found, None).count("This file must be text in UTF-8") == 1


def test_what_became_of_a_record_is_not_guessed(tmp_path: Path) -> None:
    """Where retired.yaml can't be read, nobody knows whether what is gone has a successor."""
    data = renamed(sound_copy(tmp_path), "exercises", "heel-drop", "heel-lower")
    change(data / "retired.yaml", "heel-drop:\n", "Heel drop:\n")
    found = compared(read_of(SOUND / "data"), read_of(data))
    assert "WITH NO SUCCESSOR" not in terminal_text(found, None)
    assert [one.id for one in found.unread] == ["heel-drop"]


def test_programs_are_told_too(tmp_path: Path) -> None:
    data = typed(tmp_path, *DOSE, "dose: {sets: 3, reps: 1O, every_days: 2}")
    text = json_text(compared(read_of(SOUND / "data"), read_of(data)), None)
    assert '"code": "wrong-type"' in text
    assert '"id": "plantar-fasciitis"' in text


FILES: Final = sorted((SOUND / "data").glob("*.yaml"))
BEFORE: Final = read_of(SOUND / "data")


@given(seed=st.integers(0, 9999))
def test_no_slip_takes_a_red_flag_away(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Wherever a letter is lost: what the report says is gone is gone from a file that is sound."""
    rng = random.Random(seed)
    path = rng.choice(FILES)
    text = path.read_text(encoding="utf-8")
    at = rng.randrange(len(text))
    data = sound_copy(tmp_path_factory.mktemp("slip"))
    (data / path.name).write_text(text[:at] + text[at + 1 :], encoding="utf-8")
    after = read_of(data)
    assume(any(after.findings.values()) or not after.has_words)
    found = difference(comparable(BEFORE, after))
    assert (found.flags, found.cases, found.links) == ((), (), ())
    assert found.records == ()
