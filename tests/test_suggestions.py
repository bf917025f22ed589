"""What takes one click, or `--fix`: never what could change a meaning."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from small import ROOT, change, sound_copy

from generator.check import load_and_check
from generator.diagnostics import Diagnostic, did_you_mean
from generator.edits import formatting
from generator.edits.autofix import autofix
from generator.edits.text_edits import read_text
from generator.model.published_state import Fate

OTHER_WORDS: Final = (
    ("ankle-strain", "ankle-sprain"),
    ("hip-pain", "hop-pain"),
    ("nerve-rule", "kneecap-rule"),
    ("foot-and-ankle lower-leg", "foot-and-ankle"),
    ("heat-illness", "heart-illness"),
    ("hip-abduction", "hip-adduction"),
    ("doe-2014", "doe-2015"),
    ("week-1", "week-11"),
    ("rapid-increase", "rapid-training-increase"),
    ("inner-knee-pain", "outer-knee-pain"),
    ("unstable-ankle", "stable-ankle"),
    ("heel-raise", "heel-praise"),
)
"""What somebody wrote, and a known id that says something else."""

SIGNS: Final = re.findall(
    r"^([a-z0-9-]+):", (ROOT / "data/signs.yaml").read_text(encoding="utf-8"), re.MULTILINE
)

CHANGED: Final = {
    "a region dropped": ("regions: [foot]\n  tissue", "regions: [foot whole-body]\n  tissue"),
    "another rule": ("rule: mild-pain-rule\n    short", "rule: nerve-rule\n    short"),
    "a sign before a number": ("reps: 10, hold", "reps: >10, hold"),
    "either of two": ("reps: 10, hold", "reps: 8/10, hold"),
    "a decimal": ("reps: 10, hold", "reps: 1.5, hold"),
    "far too many": ("reps: 10, hold", "reps: 99999999999, hold"),
    "another field": ("  tissue: fascia\n", "  structure: fascia\n"),
    "the order of digits turned": ("few steps.", "few steps, at \u202e05\u202c."),
    "a text in braces": ("note: It eases after a few steps.", "note: {At dawn} it is worst."),
    "another year": (
        "few steps.\n      source: [rathleff-2015]",
        "few steps.\n      source: [rathleff-2016]",
    ),
}
"""What stands in the sound folder, and what only its author can put right."""


@pytest.mark.parametrize("written, known", OTHER_WORDS)
def test_another_word_is_no_misspelling(written: str, known: str) -> None:
    others = {"hip", "heat", "inner", "praise", "raise"}
    assert did_you_mean(written, [known], others) == ""


@given(st.data())
def test_a_suggestion_is_one_slip_away_in_each_word(data: st.DataObject) -> None:
    """Of real ids: no digit changes, no word comes or goes, and the letters are nearly the same."""
    word = data.draw(st.sampled_from(SIGNS))
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789-"))
    written = word[:at] + letter + word[at + data.draw(st.integers(0, 1)) :]
    assume(written not in SIGNS)
    help_text = did_you_mean(written, SIGNS)
    assert help_text in ("", f"Did you mean `{word}`?")
    if help_text:
        count = {c: (written.count(c), word.count(c)) for c in "0123456789"}
        assert all(a == b for a, b in count.values())


@pytest.mark.parametrize("old, new", CHANGED.values(), ids=CHANGED)
def test_only_the_author_can_say(old: str, new: str, tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    path = data / "conditions.yaml"
    text = read_text(path)
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = load_and_check(data).diagnostics
    assert found
    assert (
        list(
            formatting.questions(
                found, {d.place.path: read_text(Path(d.place.path)) for d in found}
            )
        )
        == []
    )
    autofix(data, None, lambda question: True)
    assert new in read_text(path)


@pytest.mark.parametrize(
    "fate, help_text",
    [
        ("renamed", "It is now called `heel-drop`."),
        ("merged", "It was merged, and `heel-drop` is there in its place: look at that."),
        ("retired", "It was retired, and `heel-drop` is there in its place: look at that."),
    ],
)
def test_a_reference_to_an_old_id_suggests_its_successor(
    fate: Fate, help_text: str, tmp_path: Path
) -> None:
    data = sound_copy(tmp_path)
    (data / "retired.yaml").write_text(
        f"heel-lower:\n  kind: exercises\n  fate: {fate}\n  on: 2027-01-31\n  now: heel-drop\n"
        "  why: It has a better name.\n", encoding="utf-8",
    )  # fmt: skip
    path = data / "conditions.yaml"
    before = read_text(path)
    dose = "\n          dose: {sets: 3, reps: 15, per_side: true}\n"
    change(path, f"exercise: heel-drop{dose}", f"exercise: heel-lower{dose}")
    content = data.parent / "content"
    (content / "more.md").write_text("# More\n\nSee [[heel-lower]].\n", encoding="utf-8")
    found: list[Diagnostic] = [
        d for d in load_and_check(data, content).diagnostics if d.code == "unknown-reference"
    ]
    assert [d.help for d in found] == [help_text, help_text]
    autofix(data, content, lambda question: True)
    assert (read_text(path) == before) == (fate == "renamed")
    assert ("[[heel-drop]]" in read_text(content / "more.md")) == (fate == "renamed")
