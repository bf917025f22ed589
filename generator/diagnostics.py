"""One finding about the data: where it is, what must hold, and how to fix it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import Final, Literal, ParamSpec, TypeVar

Extent = Literal["", "line", "block", "record"]
"""A line; a value with all that is indented under it; a whole record."""


class Severity(StrEnum):
    """An error stops the build; a warning does so only under `--strict`."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file. Lines and columns count from 1, columns in characters."""

    path: str
    line: int = 1
    column: int = 1
    length: int = field(default=1, compare=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Note:
    """A second place that the finding is about, and what it has to do with it."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """A finding. `code` is stable and kebab-case; `explain CODE` prints its documentation."""

    code: str
    place: Place
    message: str
    help: str = ""
    notes: tuple[Note, ...] = ()
    severity: Severity = Severity.ERROR
    rewrite: str = ""
    """The whole line as it is likely meant, where that is known."""
    keeps_value: bool = False
    """Whether a value whose form is wrong says what its author wrote, and is not empty."""
    explains: Extent = ""
    """How much around its place is likely wrong because of it, so that it is reported alone."""


RULES: Final[dict[str, str]] = {}
"""Code of every rule -> its documentation, in the order in which the rules were declared."""

P = ParamSpec("P")
R = TypeVar("R")


def rule(code: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register the decorated function's docstring as the documentation of `code`."""

    def register(function: Callable[P, R]) -> Callable[P, R]:
        assert function.__doc__, f"rule {code} has no documentation"
        assert code not in RULES, f"rule {code} is declared twice"
        RULES[code] = function.__doc__
        return function

    return register


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By place, then code; a finding that two rules reached in the same words stays once."""
    unique = {(d.place, d.code, d.message): d for d in diagnostics}
    return [unique[key] for key in sorted(unique)]


def new_findings(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Those that were not there before, wherever they are within their file."""
    known = Counter(map(_said, before))
    for diagnostic in after:
        if known[_said(diagnostic)]:
            known[_said(diagnostic)] -= 1
        else:
            yield diagnostic


def _said(d: Diagnostic) -> tuple[str, str, str]:
    return (PurePath(d.place.path).name, d.code, d.message)


MEANT: Final = re.compile(r"(?:Did you mean|It is now called) `([^`]+)`[?.]")
"""Help that names the one word that was meant: what `--fix` and suggestions write."""


def meant(diagnostic: Diagnostic) -> str:
    """The word that its author meant; "" where only the author can say."""
    match = MEANT.fullmatch(diagnostic.help)
    return match[1] if match else ""


def did_you_mean(word: str, known: Iterable[str], words: Container[str] = frozenset()) -> str:
    """Help that names the one known word of which this is a plain misspelling, or "".

    A part that is itself a word, of `words` or of another known one, is never a misspelling.

    >>> did_you_mean("calf-rase", ["calf-raise", "plank"])
    'Did you mean `calf-raise`?'
    >>> did_you_mean("ankle-strain", ["ankle-sprain"]), did_you_mean("doe-2014", ["doe-2015"])
    ('', '')
    """
    names = sorted(known)
    plain = _LOOSE.sub("", word.casefold())
    near = [name for name in names if _LOOSE.sub("", name.casefold()) == plain]
    if not near:
        parts = _LOOSE.split(word.casefold())
        others = {part for name in names for part in _LOOSE.split(name)}
        near = [
            name
            for name in names
            if len(own := _LOOSE.split(name)) == len(parts)
            and all(
                a == b or (a not in others and a not in words and _is_misspelt(a, b))
                for a, b in zip(parts, own, strict=True)
            )
        ]
    return f"Did you mean `{near[0]}`?" if len(near) == 1 else ""


_LOOSE: Final = re.compile("[-_ ]")
_VOWELS: Final = frozenset("aeiouy")


def _is_misspelt(written: str, meant: str) -> bool:
    """Whether one typo lies between them: a letter missing or too many, two swapped, a vowel.

    Another consonant makes another word, as in strain and sprain; so does one in a short word.
    """
    if len(meant) < 4 or not (written + meant).isalpha() or not written.startswith(meant[0]):
        return False
    longer, shorter = sorted((written, meant), key=len, reverse=True)
    if longer == f"{shorter}es":
        return True
    if len(longer) - len(shorter) == 1:
        return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    if len(longer) != len(shorter):
        return False
    odd = [i for i in range(len(longer)) if longer[i] != shorter[i]]
    if len(odd) == 1:
        return len(longer) > 5 and {longer[odd[0]], shorter[odd[0]]} <= _VOWELS
    first, last = odd[0], odd[-1]
    return last - first == 1 and longer[first : last + 1] == shorter[first : last + 1][::-1]
