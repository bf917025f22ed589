"""Words that fields choose from, with the labels that readers see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from generator.model.fields import AtLeast, Name, Phrase, Ref, Sentence
from generator.model.record import Located, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(Located):
    """How a word of a list shows on pages."""

    name: Annotated[Name, "the words that readers see."]
    about: Annotated[Sentence, "one sentence more, where it helps."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayWords(Record):
    """What people type for a part of the body, a feeling or a moment, so that search finds it."""

    words: Annotated[tuple[Phrase, ...], AtLeast(1), "words and short phrases that mean it."]
    regions: Annotated[
        tuple[Annotated[str, Ref("regions")], ...],
        "where a part of the body is; search puts pages of other regions later.",
    ] = ()
    part_of: Annotated[
        tuple[Annotated[str, Ref("lay-words")], ...],
        "larger parts: who types this one may mean what a page says of those.",
    ] = ()


Vocabulary = Mapping[str, Mapping[str, Label]]
"""List name -> word -> label, both in file order."""
