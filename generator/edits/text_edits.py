"""Changes of a file's text that leave every other byte as it was: comments, spaces, line ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from generator.diagnostics import Place

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
BYTE_ORDER_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace what is from `start` to `end` in the file's text by `new`."""

    start: int
    end: int
    new: str
    why: str = ""


@dataclass(frozen=True)
class FileText:
    """A file's text with its own line ends, addressed by the lines and columns of places."""

    text: str

    @cached_property
    def starts(self) -> list[int]:
        """Where each line starts; one more than there are line ends."""
        first = len(BYTE_ORDER_MARK) if self.text.startswith(BYTE_ORDER_MARK) else 0
        return [first, *(match.end() for match in _LINE_END.finditer(self.text))]

    @property
    def newline(self) -> str:
        """The line end that the file uses."""
        match = _LINE_END.search(self.text)
        return match[0] if match else "\n"

    def at(self, place: Place) -> int:
        """The position of a place."""
        return self.starts[place.line - 1] + place.column - 1

    def line(self, number: int) -> str:
        """A line with its end; lines count from 1."""
        return self.text[self.starts[number - 1] : self.end_of(number)]

    def end_of(self, number: int) -> int:
        """Where a line ends, its line end included."""
        return self.starts[number] if number < len(self.starts) else len(self.text)

    def line_at(self, position: int) -> int:
        """The number of the line in which a position is."""
        return max(1, bisect_right(self.starts, position))

    @property
    def line_count(self) -> int:
        """How many lines there are; a line end at the end of the file begins none."""
        return len(self.starts) - (self.starts[-1] == len(self.text))

    def with_lines(self, text: str) -> str:
        """A text of ours in the file's own line ends."""
        return text.replace("\n", self.newline)


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after these edits. Of two that overlap the first one wins."""
    parts: list[str] = []
    at = 0
    for edit in sorted(set(edits)):
        if edit.start < at:
            continue
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def read_text(path: Path) -> str:
    """A file's text with its line ends as they are."""
    return path.read_bytes().decode("utf-8")


def write_texts(texts: Mapping[Path, str]) -> list[Path]:
    """Write those that differ from what is on disk; "" removes nothing, it empties."""
    written = []
    for path, text in texts.items():
        raw = text.encode("utf-8")
        if not path.exists() or path.read_bytes() != raw:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
            written.append(path)
    return written


def yaml_text(text: str) -> str:
    """A short text as YAML, in quotes where it needs them.

    >>> yaml_text("Sore heel"), yaml_text("Heel: sore")
    ('Sore heel', '"Heel: sore"')
    """
    plain = r"[^\W\d_][\w ,.'’()/–-]*[\w.)]"
    words = {"true", "false", "yes", "no", "on", "off", "null"}
    if re.fullmatch(plain, text) and text.casefold() not in words:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
