"""A likely typo in a line: what it should say, and how that is reported. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SHOWN: Final = 70


@dataclass(frozen=True, slots=True)
class Typo:
    """The line of this number, counted from 0, as it should be; and what to say about it."""

    line: int
    new: str
    """More than one line where some were lost or joined."""
    message: str
    help: str
    column: int = 0
    is_line: bool = True
    """Whether this line is all that has to change."""
    also: tuple[tuple[int, str], ...] = ()
    """Further lines that change with it, by their numbers."""
    added: tuple[int, ...] = ()
    """The lines of the repaired text that the file does not have."""


def rewritten(number: int, new: str, message: str) -> Typo:
    """A typo that is fixed by writing its line again."""
    return Typo(number, new, message, f"Write `{shown(new)}`.", len(new) - len(new.lstrip()))


def shown(line: str) -> str:
    """A line as a message quotes it."""
    text = line.strip().replace("`", "")
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"


def spaces(count: int) -> str:
    """A number of spaces in words.

    >>> spaces(1), spaces(0)
    ('1 space', 'no spaces')
    """
    return f"{count or 'no'} space{'' if count == 1 else 's'}"


def indent(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))
