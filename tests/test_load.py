"""YAML -> nodes -> records: raw words survive, places are exact, and one error hides no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from small import change, findings_of, sound_checked, sound_copy, within

from generator.checking import load_and_check
from generator.diagnostics import Diagnostic, Place
from generator.model.dose import Span
from generator.model.exercise import Exercise
from generator.model.record import Source
from generator.reading.composing import compose
from generator.reading.nodes import Mapping, Node, Scalar, Sequence


def scalars(text: str) -> dict[str, str]:
    """Key -> text of a flat file."""
    top, found = compose(text, "a.yaml")
    assert top and not found
    return {key.text: value.text for key, value in top.entries if isinstance(value, Scalar)}


def codes(text: str) -> list[str]:
    return [f"{d.place.line}:{d.place.column} {d.code}" for d in compose(text, "a.yaml")[1]]


# Nodes


@pytest.mark.parametrize(
    "word",
    ["no", "yes", "on", "off", "true", "null", "~", "1:30", "0x10", "010", "1e3", "1_000", ".5",
     "2027-01-31", "10-15", "=", "<<", "٣"],
)  # fmt: skip
def test_words_stay_as_they_were_written(word: str) -> None:
    assert scalars(f"a: {word}\n") == {"a": word}


@pytest.mark.parametrize(
    "written, text, quoted",
    [
        ("three", "three", False),
        ('"3"', "3", True),
        ("'3'", "3", True),
        ("3", "3", False),
        ('"a: b # c"', "a: b # c", True),
        ("a:b#c", "a:b#c", False),
        ("a # c", "a", False),
        ("", "", False),
        ('""', "", True),
        ("|\n  one\n  two\n", "one\ntwo\n", False),
        (">-\n  one\n  two\n\n  three\n", "one two\nthree", False),
    ],
)
def test_scalar(written: str, text: str, quoted: bool) -> None:
    top, found = compose(f"a: {written}\n", "a.yaml")
    assert top and not found
    value = top.get("a")
    assert isinstance(value, Scalar)
    assert (value.text, value.quoted) == (text, quoted)


def test_get() -> None:
    top, _ = compose("a: 1\n", "a.yaml")
    assert top and isinstance(top.get("a"), Scalar) and top.get("b") is None


def test_places() -> None:
    text = "# One.\nplank:\n  name: Plank\n  steps:\n    - Lie down.\n    - {text: Ünï, n: 3}\n"
    top, found = compose(text, "a.yaml")
    assert top and not found
    assert [f"{place.line}:{place.column}+{place.length}" for place in _places(top)] == [
        "2:1+1",  # the file's records
        "2:1+5",  # plank
        "3:3+1",  # its fields
        "3:3+4",  # name
        "3:9+5",  # Plank
        "4:3+5",  # steps
        "5:5+1",  # the list
        "5:7+9",  # Lie down.
        "6:7+1",  # the fields in braces
        "6:8+4",  # text
        "6:14+3",  # Ünï: columns count characters
        "6:19+1",  # n
        "6:22+1",  # 3
    ]


def _places(node: Node) -> list[Place]:
    places = [node.place]
    if isinstance(node, Mapping):
        for key, value in node.entries:
            places += [key.place, *_places(value)]
    elif isinstance(node, Sequence):
        places += [place for item in node.items for place in _places(item)]
    return places


def test_a_repeated_key_keeps_its_first_value() -> None:
    top, found = compose("a: 1\nb: 2\na: 3\n", "a.yaml")
    assert top and [(k.text, v.text) for k, v in top.entries if isinstance(v, Scalar)] == [
        ("a", "1"),
        ("b", "2"),
    ]
    assert [(d.code, str(d.place), str(d.notes[0].place)) for d in found] == [
        ("duplicate-key", "a.yaml:3:1", "a.yaml:1:1")
    ]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a: &x b\n", ["1:4 yaml-trick"]),
        ("a: &x b\nc: *x\n", ["1:4 yaml-trick", "2:4 yaml-trick"]),
        ("a: &x {b: c}\nd:\n  <<: *x\n", ["1:4 yaml-trick", "3:7 yaml-trick"]),
        ("a: !!int 3\n", ["1:4 yaml-trick"]),
        ("a: !env HOME\n", ["1:4 yaml-trick"]),
        ("a: ! b\n", ["1:4 yaml-trick"]),
        ("a: b &c *d !e\n", []),
        ("a: '&x'\n", []),
    ],
)
def test_tricks(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


# One broken record


BROKEN: Final = """\
first:
  name: First
broken:
  name: A: B
second:
  name: Second
"""


def test_the_records_round_a_broken_one_are_read() -> None:
    top, found = compose(BROKEN, "a.yaml")
    assert top and [key.text for key, _ in top.entries] == ["first", "second"]
    assert [(d.code, str(d.place)) for d in found] == [("yaml-syntax", "a.yaml:4:10")]


def test_a_broken_record_does_not_hide_a_repeated_one() -> None:
    assert codes(BROKEN + "first:\n  name: Again\n") == ["4:10 yaml-syntax", "7:1 duplicate-key"]
    top, _ = compose(BROKEN + "first:\n  name: Again\n", "a.yaml")
    assert top and [key.text for key, _ in top.entries] == ["first", "second"]


def test_a_broken_record_does_not_hide_a_second_broken_one() -> None:
    assert codes(BROKEN + "third:\n  - a\n  b: c\n") == ["4:10 yaml-syntax", "9:3 yaml-syntax"]


@pytest.mark.parametrize("value", ['"A', "'A", "[A", "{A: B", "[A, 'B", "A: B", "@A", "\tA\n\tB"])
def test_a_syntax_error_lies_within_its_record(value: str) -> None:
    (finding,) = compose(BROKEN.replace("A: B", value), "a.yaml")[1]
    assert finding.code == "yaml-syntax"
    assert finding.place.line in (4, 4 + value.count("\n"))


@pytest.mark.parametrize(
    "text",
    [
        " first:\n   name: First\nsecond:\n  name: Second\n",
        "hello\nsecond:\n  name: Second\n",
        "- a\nsecond:\n  name: Second\n",
        "]\nsecond:\n  name: Second\n",
        "first:x\nsecond:\n  name: Second\n",
        "second:\n  name: Second\n...\n  name: Third\n",
        "---\nsecond:\n  name: Second\n- a\n",
    ],
)
def test_no_syntax_error_is_lost(text: str) -> None:
    """A syntax error between records is told, although each record alone is sound."""
    assert "yaml-syntax" in " ".join(codes(text))


def test_a_control_character_hides_no_other_record() -> None:
    top, found = compose("first:\n  name: A\x07B\nsecond:\n  name: C\n", "a.yaml")
    assert [(d.code, str(d.place)) for d in found] == [("bad-character", "a.yaml:2:10")]
    assert top and "second" in [key.text for key, _ in top.entries]


def test_deep_nesting_hides_no_other_record() -> None:
    top, found = compose(f"first: {'[' * 99}{']' * 99}\nsecond:\n  name: C\n", "a.yaml")
    assert [d.code for d in found] == ["nested-too-deep"]
    assert top and "second" in [key.text for key, _ in top.entries]


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
    "written, message, cure",
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
def test_wrong_span(written: str, message: str, cure: str, tmp_path: Path) -> None:
    _, found = exercise(tmp_path, f"{{reps: {written}}}")
    assert [(d.code, d.message, d.cure) for d in found] == [
        ("wrong-type", f"`reps` must be {message}", cure)
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
def test_a_dose_that_is_no_dose_is_told_once(dose: str, tmp_path: Path) -> None:
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
        ("regions.yaml", "[numb-foot, deformed-limb]", "[numb-foot, x]", "5:26 unknown-reference"),
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
def test_bad_id_has_a_cure(bad_id: str, tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    path = data / "glossary.yaml"
    path.write_text(f"{path.read_text()}\n{bad_id}:\n  name: x\n", encoding="utf-8")
    (finding,) = load_and_check(data).diagnostics
    assert finding.code == "bad-id"
    assert finding.cure
    if suggested := re.search(r"`(.+)`", finding.cure):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", suggested[1])
        assert suggested[1] != bad_id


def test_long_id_says_how_long_it_may_be(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    path = data / "glossary.yaml"
    path.write_text(f"{path.read_text()}\n{'x' * 61}:\n  name: x\n", encoding="utf-8")
    (finding,) = load_and_check(data).diagnostics
    assert "60" in finding.message + finding.cure


@pytest.mark.parametrize("lines", ["|\n    Two\n    lines\n", ">+\n    Two lines\n\n\n"])
def test_a_name_is_one_line_however_it_was_typed(lines: str, tmp_path: Path) -> None:
    """It stands in headings, feeds and tables, which a line end would cut in two."""
    data = sound_copy(tmp_path)
    change(data / "tissues.yaml", "name: Fascia\n", f"name: {lines}")
    checked = load_and_check(data)
    assert checked.diagnostics == ()
    assert checked.library.tissues["fascia"].name == "Two lines"


# Any text at all

YAML_PIECES: Final = st.sampled_from(
    ["a: b\n", "a", ": ", "- ", "\n", "  ", "{", "}", "[", "]", ",", "&a ", "*a", "!t ", "'", '"',
     "|\n", ">-\n", "#", "---\n", "...\n", "? ", "<<: ", "\t", "%YAML 1.1\n", "é", "\r\n", "\x00",
     "\u2028", "\\", "~", "0"]
)  # fmt: skip


@given(st.text())
def test_compose_reads_any_text(text: str) -> None:
    _assert_composes(text)


@given(st.lists(YAML_PIECES, max_size=30).map("".join))
def test_compose_reads_anything_like_yaml(text: str) -> None:
    _assert_composes(text)


@example("|\na: b\n")
@example("a|\na: b\n")
@example("a: {\nb: c\n}}\n")
@given(st.lists(YAML_PIECES, max_size=12).map("".join))
def test_an_error_in_yaml_is_never_sound(text: str) -> None:
    """What the YAML library itself refuses has a finding."""
    try:
        list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        assert compose(text, "a.yaml")[1]


def _assert_composes(text: str) -> None:
    """It gives records or findings, in time, and every place lies within the text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # as files are read
    with within(5):
        top, found = compose(text, "a.yaml")
    assert top is not None or found
    last = text.count("\n") + 1
    for diagnostic in found:
        assert 1 <= diagnostic.place.line <= last
        assert diagnostic.place.column >= 1
