"""Which red flags a page gained or lost, by itself or through a region or tissue. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.library import Library
from generator.model.condition import Condition
from generator.model.kinds import KINDS, kind_of
from generator.model.record import Record
from generator.model.sign import TIERS, Sign


@dataclass(frozen=True, slots=True)
class FlagChange:
    """A red flag that a page gained or lost, by itself or through a region or tissue.

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
    """Id -> tier of the red flags that a page shows: its own, its regions' and its tissue's.

    Ids may dangle here: a state is compared whatever its checks say.
    """
    ids: list[str] = list(getattr(record, "red_flags", ()))
    if kind_of(record).name in ("conditions", "exercises", "programmes", "regions"):
        for region_id in getattr(record, "regions", ()):
            region = library.regions.get(region_id)
            ids += region.red_flags if region else ()
    if isinstance(record, Condition):
        tissue = library.tissues.get(record.tissue)
        ids += tissue.red_flags if tissue else ()
    signs = [library.signs.get(id_) for id_ in dict.fromkeys(ids)]
    flags: dict[str, str] = {s.id: s.red_flag.tier for s in signs if s and s.red_flag}
    if isinstance(record, Sign) and record.red_flag:
        flags[record.id] = record.red_flag.tier
    return flags
