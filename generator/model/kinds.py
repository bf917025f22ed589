"""The kinds of record: each is one file in data/ and one word in addresses and the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from generator.model.condition import Condition
from generator.model.context import (
    Care,
    Cause,
    Country,
    Group,
    PainRule,
    Region,
    Tissue,
    Treatment,
)
from generator.model.exercise import Exercise
from generator.model.figure import Pose
from generator.model.programme import Programme
from generator.model.quality import GlossaryEntry, Policy, Vignette
from generator.model.record import Record
from generator.model.reference import Reference
from generator.model.sign import Sign
from generator.model.vocabulary import LayWords


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is the plural, the file's stem and the folder in addresses; `singular` is one."""

    name: str
    singular: str
    type: type[Record]
    has_pages: bool = True

    @property
    def file(self) -> str:
        """The data file's name."""
        return f"{self.name}.yaml"


KINDS: Final[tuple[Kind, ...]] = (
    Kind("conditions", "condition", Condition),
    Kind("signs", "sign", Sign),
    Kind("exercises", "exercise", Exercise),
    Kind("programmes", "programme", Programme),
    Kind("regions", "region", Region),
    Kind("causes", "cause", Cause),
    Kind("treatments", "treatment", Treatment),
    Kind("references", "reference", Reference),
    Kind("groups", "exercise group", Group, has_pages=False),
    Kind("poses", "pose", Pose, has_pages=False),
    Kind("tissues", "tissue", Tissue, has_pages=False),
    Kind("pain-rules", "pain rule", PainRule, has_pages=False),
    Kind("care", "care tier", Care, has_pages=False),
    Kind("countries", "country", Country, has_pages=False),
    Kind("glossary", "glossary entry", GlossaryEntry, has_pages=False),
    Kind("vignettes", "vignette", Vignette, has_pages=False),
    Kind("lay-words", "lay word", LayWords, has_pages=False),
    Kind("policy", "policy", Policy, has_pages=False),
)

KIND_OF: Final[Mapping[str, Kind]] = {kind.name: kind for kind in KINDS}
_KIND_OF_TYPE: Final[Mapping[type[Record], Kind]] = {kind.type: kind for kind in KINDS}
VOCABULARY_FILE: Final = "vocabulary.yaml"

READ_KINDS: Final[tuple[Kind, ...]] = tuple(
    kind
    for kind in KINDS
    if kind.name == "pain-rules" or (kind.has_pages and kind.name != "references")
)
"""The kinds whose text runners read. References keep their published titles."""

FIXED_KINDS: Final = frozenset({"care", "policy"})
"""Kinds whose records the site counts on one by one."""


def kind_of(record: Record) -> Kind:
    """The kind of a record, whose type may be one that rests on the kind's own."""
    return next(_KIND_OF_TYPE[base] for base in type(record).__mro__ if base in _KIND_OF_TYPE)
