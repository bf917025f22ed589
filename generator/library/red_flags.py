"""Which red flags hold for a record, in order of danger.

Danger is the tier first, and within a tier the order of signs.yaml, whose header says so. On a
record's page its own red flags lead each tier; its tissue's and then its regions' follow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final

from generator.library.library import Library
from generator.model.context import Care, Region
from generator.model.record import Record
from generator.model.sign import Sign

EVERYWHERE: Final = "whole-body"
"""The region whose red flags the sign finder offers for every part of the body."""


@dataclass(frozen=True, slots=True)
class CareCard:
    """One urgency tier with its signs, the most dangerous first."""

    care: Care
    signs: tuple[Sign, ...]


def flags_felt_in(library: Library, regions: Collection[str]) -> tuple[str, ...]:
    """Ids of the red flags that name one of these regions, in file order."""
    here = [s.id for s in library.signs.values() if not set(regions).isdisjoint(s.regions)]
    return tuple(id_ for id_ in here if library.signs[id_].red_flag)


def inherited_flags(library: Library, record: Record) -> Mapping[str, str]:
    """Id of a red flag -> id of the tissue or region that brings it, the tissue's first.

    What is not in the library brings none: rules ask before all ids are known to be valid.
    """
    tissue = library.tissues.get(getattr(record, "tissue", ""))
    found = dict.fromkeys(_in_file_order(library, tissue.red_flags), tissue.id) if tissue else {}
    regions = (record.id,) if isinstance(record, Region) else getattr(record, "regions", ())
    for flag in flags_felt_in(library, regions):
        named = library.signs[flag].regions
        found.setdefault(flag, next(region for region in regions if region in named))
    return found


def red_flags(library: Library, record: Record) -> tuple[Sign, ...]:
    """Its own and those that it inherits, the most dangerous first."""
    own = _in_file_order(library, getattr(record, "red_flags", ()))
    return _by_tier(library, dict.fromkeys((*own, *inherited_flags(library, record))))


def most_dangerous_first(library: Library, ids: Iterable[str]) -> tuple[Sign, ...]:
    """The signs of these ids by tier, and within a tier in file order."""
    return _by_tier(library, _in_file_order(library, ids))


def care_cards(library: Library, signs: Iterable[Sign]) -> tuple[CareCard, ...]:
    """Red flags by tier, within a tier as given; a tier without signs has no card."""
    flags = sorted((sign for sign in signs if sign.red_flag), key=attrgetter("urgency"))
    return tuple(
        CareCard(library.care[tier], tuple(group))
        for tier, group in groupby(flags, lambda s: s.red_flag.tier if s.red_flag else "")
    )


def _by_tier(library: Library, ids: Iterable[str]) -> tuple[Sign, ...]:
    return tuple(sorted((library.signs[id_] for id_ in ids), key=attrgetter("urgency")))


def _in_file_order(library: Library, ids: Iterable[str]) -> list[str]:
    wanted = set(ids)
    return [id_ for id_ in library.signs if id_ in wanted]
