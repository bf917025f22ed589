"""Nodes -> records: each value by its declared shape, and every finding at its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small import change, findings_of, sound_checked, sound_copy

from generator.check import load_and_check
from generator.diagnostics import Diagnostic
from generator.model.dose import Span
from generator.model.exercise import Exercise
from generator.model.record import Source

# Values


def exercise(tmp_path: Path, dose: str) -> tuple[Exercise, list[Diagnostic]]:
    """The exercise `heel-drop` with this dose, and what is wrong with it."""
    data = sound_copy(tmp_path)
    old = "{sets: 3, reps: 15, per_side: true, times_per_day: 2, weeks: 12}\n  dose_source"
    change(data / "exercises.yaml", old, f"{dose}\n  dose_source")
    checked = load_and_check(data)
    return checked.library.exercises["heel-drop"], list(checked.diagnostics)


@pytest.mark.parametrize(
    "written, low, high",
    [
        ("12", 12, 12),
        ("10-15", 10, 15),
        ("10–15", 10, 15),
        ("7-7", 7, 7),
        ("'12'", 12, 12),
        ("012", 12, 12),
    ],
)
def test_span(written: str, low: int, high: int, tmp_path: Path) -> None:
    record, found = exercise(tmp_path, f"{{reps: {written}}}")
    assert (record.dose.reps, found) == (Span(low, high), [])


@pytest.mark.parametrize("span, shown", [(Span(3, 3), "3"), (Span(3, 5), "3-5")])
def test_span_as_text(span: Span, shown: str) -> None:
    assert str(span) == shown


@pytest.mark.parametrize(
    "written, message, help_text",
    [
        (
            "10 reps",
            "a whole number or a range such as 10-15, and this is `10 reps`.",
            "Write only the number: `10`.",
        ),
        (
            "a dozen",
            "a whole number or a range such as 10-15, and this is `a dozen`.",
            "Write the number in digits, without a unit.",
        ),
        (
            "ten",
            "a whole number or a range such as 10-15, and this is `ten`.",
            "Write `10`.",
        ),
        (
            "about 10",
            "a whole number or a range such as 10-15, and this is `about 10`.",
            "Write the number alone: `10`.",
        ),
        (
            "10..15",
            "a whole number or a range such as 10-15, and this is `10..15`.",
            "Write `10-15`.",
        ),
        ("15-10", "a range from low to high, and this is `15-10`.", "Write `10-15`."),
        ("0", "between 1 and 100, and this is `0`.", "Check the number and its unit."),
        ("90-101", "between 1 and 100, and this is `90-101`.", "Check the number and its unit."),
        (
            "1:30",
            "a whole number or a range such as 10-15, and this is `1:30`.",
            "Write the number in digits, without a unit.",
        ),
        (
            "-5",
            "a whole number or a range such as 10-15, and this is `-5`.",
            "Write the number in digits, without a unit.",
        ),
        (
            "2.5",
            "a whole number or a range such as 10-15, and this is `2.5`.",
            "Round it to a whole number, or write a range.",
        ),
    ],
)
def test_wrong_span(written: str, message: str, help_text: str, tmp_path: Path) -> None:
    _, found = exercise(tmp_path, f"{{reps: {written}}}")
    assert [(d.code, d.message, d.help) for d in found] == [
        ("wrong-type", f"`reps` must be {message}", help_text)
    ]


@pytest.mark.parametrize("written, value", [("true", True), ("false", False)])
def test_bool(written: str, value: bool, tmp_path: Path) -> None:
    record, found = exercise(tmp_path, f"{{reps: 10, per_side: {written}}}")
    assert (record.dose.per_side, found) == (value, [])


@pytest.mark.parametrize("written", ["yes", "no", "on", "True", "1", '"true"', "y"])
def test_wrong_bool(written: str, tmp_path: Path) -> None:
    record, found = exercise(tmp_path, f"{{reps: 10, per_side: {written}}}")
    assert [d.code for d in found] == ["wrong-type"]
    assert "must be true or false" in found[0].message
    assert record.dose.per_side is False


@pytest.mark.parametrize("dose", ["3 x 10", "[3, 10]", "", "null"])
def test_a_dose_that_is_no_dose_is_reported_once(dose: str, tmp_path: Path) -> None:
    _, found = exercise(tmp_path, dose)
    assert len(found) == 1


@pytest.mark.parametrize(
    "written, references, codes",
    [
        ("general", (), []),
        ("[alfredson-1998]", ("alfredson-1998",), []),
        ("[alfredson-1998, rathleff-2015]", ("alfredson-1998", "rathleff-2015"), []),
        ("[]", (), ["empty-list"]),
        ("alfredson-1998", (), ["wrong-type"]),
        ("General", (), ["wrong-type"]),
        ("", (), ["empty-text"]),
        ("{general: true}", (), ["wrong-type"]),
        ("[general]", ("general",), ["unknown-reference"]),
        ("[[alfredson-1998]]", (), ["wrong-type"]),
    ],
)
def test_source(
    written: str, references: tuple[str, ...], codes: list[str], tmp_path: Path
) -> None:
    data = sound_copy(tmp_path)
    change(data / "exercises.yaml", "dose_source: [alfredson-1998]", f"dose_source: {written}")
    checked = load_and_check(data)
    assert [d.code for d in checked.diagnostics] == codes
    source = checked.library.exercises["heel-drop"].dose_source
    assert (source.references, source.is_general) == (references, not references)


def test_general_source_has_its_place() -> None:
    source = sound_checked().library.exercises["calf-raise"].dose_source
    assert isinstance(source, Source)
    assert (source.where().line, source.where().column) == (14, 16)


@pytest.mark.parametrize(
    "written, good",
    [
        ("2027-01-31", True),
        ("2027-02-29", False),
        ("2027-1-31", False),
        ("31-01-2027", False),
        ("20270131", False),
        ("2027-W05-1", False),
        ("January 2027", False),
    ],
)
def test_day(written: str, good: bool, tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    review = f"{{state: signed, by: A, registration: B, digest: C, on: {written}}}"
    path = data / "treatments.yaml"
    path.write_text(path.read_text().replace("{state: draft}", review, 1))
    found = [(d.code, d.severity.value) for d in load_and_check(data).diagnostics]
    assert (("wrong-type", "error") not in found) == good


def test_aliases_are_names(tmp_path: Path) -> None:
    library = sound_checked().library
    assert library.exercises["calf-raise"].aliases == ("Heel raise",)
    assert library.exercises["heel-drop"].aliases == ()
    assert str(library.exercises["calf-raise"].where("aliases", 0)).endswith("exercises.yaml:3:13")
    data = sound_copy(tmp_path)
    change(data / "exercises.yaml", "[Heel raise]", f"[{'x' * 71}, heel DROP]")
    assert findings_of(data) == [
        ("exercises.yaml", 3, "text-too-long"),
        ("exercises.yaml", 26, "duplicate-name"),
    ]


def test_where_falls_back_to_the_nearest_known_place() -> None:
    record = sound_checked().library.exercises["calf-raise"]
    lines = [
        record.where().line,
        record.where("steps", 1).line,
        record.where("steps", 99).line,
        record.where("nothing").line,
    ]
    assert lines == [1, 12, 11, 1]


@pytest.mark.parametrize(
    "text, code",
    [
        ("5 < 6 and 6 > 5", ""),
        ("a <3 b", ""),
        ("R&D; so", "raw-html"),
        ("cats & dogs", ""),
        ("<b>bold</b>", "raw-html"),
        ("<br/>", "raw-html"),
        ("a</p>", "raw-html"),
        ("<!-- note -->", "raw-html"),
        ("&nbsp;", "raw-html"),
        ("&#x3c;script&#x3e;", "raw-html"),
        ("<script", "raw-html"),
        ("https://example.org", "link-in-text"),
        ("HTTP://EXAMPLE.ORG", "link-in-text"),
        ("see www.example.org", "link-in-text"),
        ("javascript:alert(1)", "link-in-text"),
        ("data:text/html,x", "link-in-text"),
        ("the data: all of it", ""),
        ("mind the www", ""),
    ],
)
def test_text_is_plain(text: str, code: str, tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    change(data / "groups.yaml", "Ease for tight spots.", f'"{text}"')
    assert [found for _, _, found in findings_of(data)] == ([code] if code else [])


# Places of findings


@pytest.mark.parametrize(
    "file, old, new, expected",
    [
        ("signs.yaml", "kind: stiffness", "kind: stifness", "29:9 unknown-value"),
        ("signs.yaml", "  kind: stiffness\n", "", "26:1 missing-field"),
        ("signs.yaml", "kind: stiffness", "kind: [pain]", "29:9 wrong-type"),
        ("signs.yaml", "kind: stiffness", "kind:", "29:3 empty-text"),
        ("signs.yaml", "kind: stiffness", "knd: stiffness", "29:3 unknown-field"),
        ("tissues.yaml", "[night-pain]", "[night-pain, x]", "4:27 unknown-reference"),
        ("groups.yaml", "Ease for tight spots.", "See [[calf-rase]].", "7:12 unknown-reference"),
    ],
)
def test_place_of_a_finding(file: str, old: str, new: str, expected: str, tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    change(data / file, old, new)
    found = load_and_check(data).diagnostics
    places = [f"{d.place.line}:{d.place.column} {d.code}" for d in found]
    assert expected in places


@pytest.mark.parametrize(
    "bad_id", ["Ñandú", "---x", "a--b", "-a", "a-", "a b", "é", "腱", "x" * 61]
)
def test_bad_id_has_help(bad_id: str, tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    path = data / "glossary.yaml"
    path.write_text(f"{path.read_text()}\n{bad_id}:\n  name: x\n", encoding="utf-8")
    (finding,) = load_and_check(data).diagnostics
    assert finding.code == "bad-id"
    assert finding.help
    if suggested := re.search(r"`(.+)`", finding.help):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", suggested[1])
        assert suggested[1] != bad_id


def test_long_id_says_how_long_it_may_be(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    path = data / "glossary.yaml"
    path.write_text(f"{path.read_text()}\n{'x' * 61}:\n  name: x\n", encoding="utf-8")
    (finding,) = load_and_check(data).diagnostics
    assert "60" in finding.message + finding.help


@pytest.mark.parametrize("lines", ["|\n    Two\n    lines\n", ">+\n    Two lines\n\n\n"])
def test_a_name_is_one_line_however_it_was_typed(lines: str, tmp_path: Path) -> None:
    """It stands in headings, feeds and tables, which a line end would cut in two."""
    data = sound_copy(tmp_path)
    change(data / "tissues.yaml", "name: Fascia\n", f"name: {lines}")
    checked = load_and_check(data)
    assert checked.diagnostics == ()
    assert checked.library.tissues["fascia"].name == "Two lines"
