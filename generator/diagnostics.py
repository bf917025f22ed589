"""One finding about the data: where it is, what must hold, and the likely cure."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import Final, ParamSpec, TypeVar


class Severity(StrEnum):
    """An error stops the build; a warning does so only under `--strict`."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file. Lines and columns count from 1, columns in characters."""

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
    cure: str = ""
    notes: tuple[Note, ...] = ()
    severity: Severity = Severity.ERROR
    rewrite: str = ""
    """The whole line as it is likely meant, where that is known."""
    value_stands: bool = False
    """Whether a value whose form is wrong says what its author wrote, and is not blank."""


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
    """Those that were not there before, wherever they stand within their file."""
    known = Counter(map(_said, before))
    for diagnostic in after:
        if known[_said(diagnostic)]:
            known[_said(diagnostic)] -= 1
        else:
            yield diagnostic


def _said(d: Diagnostic) -> tuple[str, str, str]:
    return (PurePath(d.place.path).name, d.code, d.message)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A cure that names the nearest known word, or "" when none is near.

    >>> did_you_mean("calf-rase", ["calf-raise", "plank"])
    'Did you mean `calf-raise`?'
    """
    names = sorted(known)
    near = [name for name in names if name == word.casefold().replace(" ", "-")]
    near = near or difflib.get_close_matches(word, names, n=1, cutoff=0.65)
    return f"Did you mean `{near[0]}`?" if near else ""
