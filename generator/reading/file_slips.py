"""Slips that a whole file shows, before it is cut at its records. Pure.

They are put right on lines of their own, so no line moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.reading.slip import Slip, blanks, indent

_SIGNS: Final = r"[\"'“”‘’`*_]*"
_ID_LINE: Final = re.compile(
    rf"(?:[-+*•] +|#+ +)?{_SIGNS}([a-z0-9]+(?:-[a-z0-9]+)*){_SIGNS}\s*[:\uff1a;,.=]*\s*{_SIGNS}\s*"
)
_SOUND_ID_LINE: Final = re.compile(r"([\"']?)[a-z0-9-]+\1:[ \t]*")
_LOOSE_FIELD: Final = re.compile(r"(?P<sign>(?:[+*•] *)?)(?P<text>(?P<key>[a-z_]+):.*)")
_FENCE: Final = re.compile(r"\s*(?:`{3,}|~{3,})\s*\w*\s*")
_DOCUMENT: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_MARK: Final = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: |$)")
_IS_MARKED: Final = re.compile(rf"^{_MARK.pattern}", re.MULTILINE)


def loose_fields(text: str, fields: frozenset[str]) -> Iterator[Slip]:
    """Fields of a record that stand at the start of a line, where only ids may."""
    for number, line in enumerate(text.split("\n")):
        match = _LOOSE_FIELD.fullmatch(line)
        if match and match["key"] in fields:
            holds = f"`{match['key']}` must be indented: it is a field of the record above."
            sign = match["sign"].strip()
            cure = f"Put 2 blanks at the start of the line, and no `{sign}`."
            if not sign:
                cure = "Add 2 blanks at the start of the line."
            yield Slip(number, f"  {match['text']}", holds, cure)


def indented_ids(text: str, fields: frozenset[str]) -> Iterator[Slip]:
    """Ids of records that stand after blanks: an empty line above, the name below."""
    lines = text.split("\n")
    for number in range(1, len(lines) - 1):
        match = re.fullmatch(r" {1,3}([a-z0-9-]+): *", lines[number])
        if match and match[1] not in fields and re.match(r" {2,4}name:", lines[number + 1]):
            holds = f"`{match[1]}` must stand at the start of its line: it is the id of a record."
            cure = f"Delete {blanks(indent(lines[number]))} at the start of the line."
            yield Slip(number, lines[number].strip(), holds, cure, indent(lines[number]))


def odd_ids(text: str, fields: frozenset[str]) -> Iterator[Slip]:
    """Ids of records, the name below, that do not stand alone with a plain colon."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1]):
        match = _ID_LINE.fullmatch(line)
        is_odd = match and not _SOUND_ID_LINE.fullmatch(line) and match[1] not in fields
        if match and is_odd and re.match(r" {1,4}name:", lines[number + 1]):
            holds = f"`{match[1]}` must stand alone on its line, with a colon: it is a record's id."
            yield Slip(number, f"{match[1]}:", holds, f"Type the line anew: `{match[1]}:`.")


def fences(text: str, fields: frozenset[str]) -> Iterator[Slip]:
    """The fences of Markdown, which came along when something was pasted; told in pairs."""
    opened = False
    for number, line in enumerate(text.split("\n")):
        if _FENCE.fullmatch(line):
            opened = not opened
            cure = "Delete this line, and the one like it that follows." if opened else ""
            holds = "A data file must hold records alone, and ``` is a sign of Markdown."
            yield Slip(number, "", holds, cure)


def one_document(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without the lines `---` and `...` that end it for YAML, and where they stand."""
    if not _DOCUMENT.search(text):
        return text, ()
    lines = text.split("\n")
    has_begun = False
    ends: list[int] = []
    for number, line in enumerate(lines):
        if has_begun and _DOCUMENT.fullmatch(line):
            ends.append(number)
            lines[number] = ""
        has_begun = has_begun or bool(line.strip() and not line.startswith("#"))
    return "\n".join(lines), tuple(ends)


def one_side(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with one side of each merge conflict, and the lines where they begin.

    Of the lines that mark a conflict some may be gone: then the side whose two ends are known
    is left out.
    """
    if not _IS_MARKED.search(text):
        return text, ()
    lines = text.split("\n")
    marks = [
        (number, mark[1][0]) for number, line in enumerate(lines) if (mark := _MARK.match(line))
    ]
    begun: list[int] = []
    last = ""
    for at, (number, sign) in enumerate(marks):
        following = marks[at + 1] if at + 1 < len(marks) else (number, "")
        begun += [number] if _RANK.get(sign, 0) <= _RANK.get(last, 9) else []
        is_left_out = (
            (sign == "=" and following[1] == ">")
            or sign == "|"
            or (sign == "<" and following[1] == "=" and _sign(marks, at + 2) != ">")
        )
        end = following[0] if is_left_out else number
        lines[number : end + 1] = [""] * (end + 1 - number)
        last = sign
    return "\n".join(lines), tuple(begun)


_RANK: Final = {"<": 0, "|": 1, "=": 2, ">": 3}


def _sign(marks: list[tuple[int, str]], at: int) -> str:
    return marks[at][1] if at < len(marks) else ""
