"""Words that fields choose from, with the labels that readers see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from generator.model.fields import Name, Sentence
from generator.model.record import Located


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(Located):
    """How a word of a list shows on pages."""

    name: Annotated[Name, "the words that readers see."]
    about: Annotated[Sentence, "one sentence more, where it helps."] = ""


Vocabulary = Mapping[str, Mapping[str, Label]]
"""List name -> word -> label, both in file order."""
