"""A slip of the hand: which line should be written another way, and how that is told. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SHOWN: Final = 70


@dataclass(frozen=True, slots=True)
class Slip:
    """The line of this number, counted from 0, as it should be; and what to say about it."""

    line: int
    new: str
    """More than one line where some were lost or joined."""
    holds: str
    cure: str
    column: int = 0
    is_line: bool = True
    """Whether this line is all that has to change."""
    also: tuple[tuple[int, str], ...] = ()
    """Further lines that change with it, by their numbers."""
    added: tuple[int, ...] = ()
    """The lines of the mended text that the file does not have."""


def rewritten(number: int, new: str, holds: str) -> Slip:
    """A slip that is mended by writing its line anew."""
    return Slip(number, new, holds, f"Write `{shown(new)}`.", len(new) - len(new.lstrip()))


def shown(line: str) -> str:
    """A line as a message quotes it."""
    text = line.strip().replace("`", "")
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"


def blanks(count: int) -> str:
    """A number of blanks in words.

    >>> blanks(1), blanks(0)
    ('1 blank', 'no blanks')
    """
    return f"{count or 'no'} blank{'' if count == 1 else 's'}"


def indent(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))
