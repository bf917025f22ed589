"""Which red flags a page gained or lost, directly or through a region or tissue. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.library.library import Library
from generator.library.red_flags import inherited_flags
from generator.model.kinds import KINDS
from generator.model.record import Record
from generator.model.sign import TIERS, Sign


@dataclass(frozen=True, slots=True)
class FlagChange:
    """A red flag that a page gained or lost, directly or through a region or tissue.

    Another tier is a change of the sign's own record.
    """

    kind: str
    id: str
    name: str
    flag: str
    flag_name: str
    tier: str
    gained: bool


def flag_changes(
    before: Library, after: Library, renamed: Mapping[str, str]
) -> Iterator[FlagChange]:
    """Those of the pages of both states: lost ones first, the most urgent first."""
    old_name = {new: old for old, new in renamed.items()}
    found: list[FlagChange] = []
    for kind in KINDS:
        if not kind.has_pages:
            continue
        for id_, record in after.of_kind(kind.name).items():
            was = before.of_kind(kind.name).get(id_) or before.of_kind(kind.name).get(
                old_name.get(id_, "")
            )
            if was is None or kind.name == "references":
                continue
            old = {renamed.get(i, i): tier for i, tier in _flags_shown(before, was).items()}
            new = _flags_shown(after, record)
            for flag in old.keys() ^ new.keys():
                sign = after.signs.get(flag) or before.signs.get(flag)
                name = sign.name if sign else flag
                tier = new.get(flag) or old[flag]
                gained = flag in new
                found.append(FlagChange(kind.name, id_, record.name, flag, name, tier, gained))

    def order(change: FlagChange) -> tuple[object, ...]:
        tier = TIERS.index(change.tier) if change.tier in TIERS else len(TIERS)
        return (change.gained, tier, change.flag, change.kind, change.name)

    yield from sorted(found, key=order)


def _flags_shown(library: Library, record: Record) -> dict[str, str]:
    """Id -> tier of the red flags that a page is about: for a sign that is the sign alone."""
    if isinstance(record, Sign):
        return {record.id: record.red_flag.tier} if record.red_flag else {}
    ids = {*getattr(record, "red_flags", ()), *inherited_flags(library, record)}
    signs = [sign for id_ in ids if (sign := library.signs.get(id_))]
    return {sign.id: sign.red_flag.tier for sign in signs if sign.red_flag}
