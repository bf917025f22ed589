"""A data file cut at its records, so that a record whose text has not changed is not read again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# A pattern that starts with a line end is found many times sooner than one that starts with ^.
_KEY: Final = re.compile(r"\n[a-z0-9][a-z0-9-]*:[ ]*(?:#[^\n]*)?$", re.MULTILINE)
_BEFORE: Final = re.compile(r"(?:[ ]*(?:#[^\n]*)?\n)*")
_NOT_PLAIN: Final = re.compile(r"\n(?:[^\sa-z0-9#]|[a-z0-9-]+:[ ]*[^\s#])")


@dataclass(frozen=True, slots=True)
class Chunk:
    """The text of one record, from its key to the next one; `line` is its first line."""

    key: str
    text: str
    line: int


def chunks(text: str) -> tuple[Chunk, ...] | None:
    """The records of a file laid out as ours are, or None for any other file.

    Then each chunk alone reads as it does within the whole. Keys stand at the start of a line
    with nothing after them, each once; every other line is indented, empty or a comment.
    """
    lines = f"\n{text}"
    if "\t" in text or _NOT_PLAIN.search(lines):
        return None
    before = _BEFORE.match(text)
    starts = [match.start() for match in _KEY.finditer(lines)]
    if not starts or not before or before.end() != starts[0]:
        return None
    found: list[Chunk] = []
    line = text.count("\n", 0, starts[0]) + 1
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        part = text[start:end]
        found.append(Chunk(part[: part.index(":")], part, line))
        line += part.count("\n")
    return tuple(found) if len({chunk.key for chunk in found}) == len(found) else None
