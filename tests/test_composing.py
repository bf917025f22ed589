"""YAML -> nodes: raw words survive, places are exact, and one broken record hides no other."""

from __future__ import annotations

from typing import Final

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from small import within

from generator.diagnostics import Place
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
        ("a: &x b\nc: *x\n", ["1:4 yaml-trick"]),
        ("a: &x {b: c}\nd:\n  <<: *x\n", ["1:4 yaml-trick"]),
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
