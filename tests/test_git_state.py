"""What can't be read is not compared: no typo is a dose of 0, or a red flag that is gone."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from small import SOUND, sound_copy
from test_difference import changes, read_of

from generator.check import load_and_check
from generator.diff.as_markdown import markdown_text
from generator.diff.as_text import json_text, terminal_text
from generator.diff.compare import Difference, States, difference

DOSE: Final = ("conditions.yaml", "dose: {sets: 3, reps: 12, every_days: 2}")
FLAGS: Final = ("conditions.yaml", "red_flags: [achilles-snap]")

TYPOS: Final[dict[str, tuple[str, str, str]]] = {
    "a letter for a digit": (*DOSE, "dose: {sets: 3, reps: 1O, every_days: 2}"),
    "a dose without braces": (*DOSE, "dose: 3x12"),
    "a field that does not exist": (*DOSE, "dose: {sets: 3, rep: 12, every_days: 2}"),
    "an id without brackets": (*FLAGS, "red_flags: achilles-snap"),
    "a misspelt id": (*FLAGS, "red_flags: [achiles-snap]"),
    "a misspelt field": (*FLAGS, "red_flag: [achilles-snap]"),
    "a bracket that is not closed": (*FLAGS, "red_flags: [achilles-snap"),
    "an empty list": ("conditions.yaml", "  regions: [foot]\n  tissue: fascia",
                      "  regions: []\n  tissue: fascia"),
    "an unknown word": ("conditions.yaml", "typicality: hallmark\n", "typicality: halmark\n"),
    "an unknown tier": ("signs.yaml", "tier: same-day", "tier: today"),
    "a red flag of another name": ("signs.yaml", "  red_flag:\n    tier: same-day",
                                   "  red flag:\n    tier: same-day"),
    "an id in capitals": ("signs.yaml", "achilles-snap:\n", "Achilles-snap:\n"),
    "an id that is taken": ("signs.yaml", "achilles-snap:\n", "arch-pain:\n"),
    "an id that is indented": ("signs.yaml", "achilles-snap:\n", " achilles-snap:\n"),
    "a tab": ("conditions.yaml", "  tissue: fascia\n", "\ttissue: fascia\n"),
    "a field that is not indented": ("conditions.yaml", "  tissue: fascia\n",
                                     "tissue: fascia\n"),
    "a tissue that is none": ("tissues.yaml", "red_flags: [night-pain]",
                              "red_flags: {night-pain}"),
}  # fmt: skip
"""Name -> (file, before, after)."""


def typed(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """The sound folder with the first of these written another way."""
    data = sound_copy(tmp_path)
    text = (data / file).read_text(encoding="utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return data


def assert_not_compared(found: Difference, file: str) -> None:
    """The whole report is one sentence, and the findings to fix first."""
    assert found.is_empty
    for written in (terminal_text(found, None), markdown_text(found, None)):
        text = written.replace("\\", "")
        assert "The two states can't be compared until these files load:" in text
        assert f"{file}, line {found.unread[0].place.line}: " in text
        assert "changed" not in text and "NO LONGER" not in text


@pytest.mark.parametrize("typo", TYPOS.values(), ids=TYPOS)
def test_a_typo_is_no_change(tmp_path: Path, typo: tuple[str, str, str]) -> None:
    """Nor is its correction."""
    sound, broken = read_of(SOUND / "data"), read_of(typed(tmp_path, *typo))
    for states in (States(sound, broken), States(broken, sound)):
        assert_not_compared(difference(states), f"data/{typo[0]}")


def test_what_a_finding_leaves_as_it_was_written_is_reported(tmp_path: Path) -> None:
    """A number that is too large, and a list that is too short."""
    data = typed(tmp_path, *DOSE, "dose: {sets: 30, reps: 12, every_days: 2}")
    sign = "    - sign: pain-while-running\n      typicality: sometimes\n      source: general\n"
    text = (data / "conditions.yaml").read_text(encoding="utf-8")
    (data / "conditions.yaml").write_text(text.replace(sign, "", 1), encoding="utf-8")
    assert len(load_and_check(data).diagnostics) >= 2
    found = difference(States(read_of(SOUND / "data"), read_of(data)))
    assert not found.unread
    assert [row[-2:] for row in changes(found)] == [
        ("sign: Pain while running; typicality: sometimes; source: general", ""),
        ("3 sets of 12, every other day", "30 sets of 12, every other day"),
    ]


def test_a_file_that_cannot_be_read_is_reported_once(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    (data / "signs.yaml").write_bytes(b"\xff\xfe")
    found = difference(States(read_of(SOUND / "data"), read_of(data)))
    assert_not_compared(found, "data/signs.yaml")
    assert [d.code for d in found.unread] == ["not-utf8"]


def test_what_became_of_a_record_is_not_guessed(tmp_path: Path) -> None:
    """Where retired.yaml can't be read, nobody knows whether what is gone has a successor."""
    data = sound_copy(tmp_path)
    (data / "retired.yaml").write_text("heel-drop:\n  kind: exercises\n  fait: renamed\n")
    found = difference(States(read_of(SOUND / "data"), read_of(data)))
    assert_not_compared(found, "data/retired.yaml")


def test_programs_are_reported_too(tmp_path: Path) -> None:
    data = typed(tmp_path, *DOSE, "dose: {sets: 3, reps: 1O, every_days: 2}")
    text = json_text(difference(States(read_of(SOUND / "data"), read_of(data))), None)
    assert '"code": "wrong-type"' in text
    assert '"place": "data/conditions.yaml:' in text


FILES: Final = sorted((SOUND / "data").glob("*.yaml"))
BEFORE: Final = read_of(SOUND / "data")


@given(seed=st.integers(0, 9999))
def test_no_slip_takes_a_red_flag_away(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Wherever a letter is lost: where that is a finding about the form, nothing is compared."""
    rng = random.Random(seed)
    path = rng.choice(FILES)
    text = path.read_text(encoding="utf-8")
    at = rng.randrange(len(text))
    data = sound_copy(tmp_path_factory.mktemp("slip"))
    (data / path.name).write_text(text[:at] + text[at + 1 :], encoding="utf-8")
    after = read_of(data)
    assume(after.unread)
    found = difference(States(BEFORE, after))
    assert (found.flags, found.cases, found.links) == ((), (), ())
    assert found.records == ()
