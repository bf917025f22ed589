"""Markers inside `Annotated[...]` that say what a field may hold.

The loader reads fields by them, so a field's shape, limits and help text are declared
once, beside its name. A plain string among the markers is the field's help text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at most `limit` characters; `markup` allows `**bold**`, `[[links]]`, paragraphs."""

    limit: int
    markup: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """The id of a record of this kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of this list in vocabulary.yaml."""

    vocabulary: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The list has at least this many items."""

    items: int


@dataclass(frozen=True, slots=True)
class Between:
    """A whole number within these bounds, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Wording:
    """A signature covers only those words of this field that turn meaning, such as numbers."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date, as in 2027-01-31."""


@dataclass(frozen=True, slots=True)
class Address:
    """The https address of a page elsewhere."""


@dataclass(frozen=True, slots=True)
class Form:
    """A text of one form, such as a number in a catalogue; `wanted` says which, in words."""

    pattern: str
    wanted: str


Name = Annotated[str, Text(limit=70)]
Short = Annotated[str, Text(limit=40)]
Phrase = Annotated[str, Text(limit=120)]
Sentence = Annotated[str, Text(limit=320, markup=True)]
Prose = Annotated[str, Text(limit=1200, markup=True)]
