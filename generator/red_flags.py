"""Which red flags hold for a record: its own, and those that its regions and its tissue bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from generator.library import Library
from generator.model.context import Care, Region, Tissue
from generator.model.record import Record
from generator.model.sign import Sign


@dataclass(frozen=True, slots=True)
class CareCard:
    """One urgency tier with its signs, by name."""

    care: Care
    signs: tuple[Sign, ...]


def inherited_flags(library: Library, record: Record) -> Mapping[str, str]:
    """Id of a red flag -> id of the region or tissue that brings it.

    What is not in the library brings none: rules ask before anybody knows that all ids are sound.
    """
    sources: list[Region | Tissue | None] = [
        library.regions.get(id_) for id_ in getattr(record, "regions", ())
    ]
    if tissue := getattr(record, "tissue", ""):
        sources.append(library.tissues.get(tissue))
    return {flag: source.id for source in sources if source for flag in source.red_flags}


def red_flags(library: Library, record: Record) -> tuple[Sign, ...]:
    """Its own and those that it inherits, the most urgent first, then by name."""
    own: tuple[str, ...] = getattr(record, "red_flags", ())
    return urgent_first(library, {*own, *inherited_flags(library, record)})


def urgent_first(library: Library, ids: Iterable[str]) -> tuple[Sign, ...]:
    """The signs of these ids, the most urgent first, then by name."""
    return tuple(sorted((library.signs[id_] for id_ in ids), key=_urgency))


def care_cards(library: Library, signs: Iterable[Sign]) -> tuple[CareCard, ...]:
    """Red flags by tier, most urgent first; a tier without signs has no card."""
    flags = sorted((sign for sign in signs if sign.red_flag), key=_urgency)
    return tuple(
        CareCard(library.care[tier], tuple(group))
        for tier, group in groupby(flags, lambda s: s.red_flag.tier if s.red_flag else "")
    )


def _urgency(sign: Sign) -> tuple[int, str]:
    return (sign.urgency, sign.name)
