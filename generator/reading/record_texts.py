"""A data file cut at its records: one is read despite another, or kept while it is the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# A pattern that starts with a line end is found many times sooner than one that starts with ^.
_START: Final = re.compile(r"\n(?=[^\s#\-\[\]{}][^\n]*?:(?:\s|$))")
_NOT_PLAIN: Final = re.compile(r"\n(?:[^\sa-z0-9#]|[a-z0-9-]+:[ ]*[^\s#])")
_BEFORE: Final = re.compile(r"(?:[ ]*(?:#[^\n]*)?\n)*")


@dataclass(frozen=True, slots=True)
class RecordText:
    """The text of one record, from its key to the next one; `line` is its first line."""

    key: str
    text: str
    line: int


def record_texts(text: str, first_line: int = 1) -> tuple[RecordText, ...]:
    """The file cut at its unindented keys; what is before the first is in none."""
    starts = [match.start() for match in _START.finditer(f"\n{text}")]
    found: list[RecordText] = []
    line = text.count("\n", 0, starts[0]) + first_line if starts else 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        part = text[start:end]
        found.append(RecordText(part.partition(":")[0], part, line))
        line += part.count("\n")
    return tuple(found)


def plain_records(text: str) -> tuple[RecordText, ...] | None:
    """The records of a file laid out as ours are, or None for any other file.

    Then each text alone reads as it does within the whole. Keys are at the start of a line
    with nothing after them, each once; every other line is indented, empty or a comment.
    """
    if "\t" in text or _NOT_PLAIN.search(f"\n{text}"):
        return None
    found = record_texts(text)
    before = _BEFORE.match(text)
    if not found or not before or text.count("\n", 0, before.end()) + 1 != found[0].line:
        return None
    return found if len({record.key for record in found}) == len(found) else None


def starts_record(line: str) -> bool:
    """Whether a line is the first one of a record."""
    return bool(_START.match(f"\n{line}"))
