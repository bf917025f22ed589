"""Two states of the library compared: what changed in the advice, and for whom. Pure.

`difference_text` puts it into words, `before` reads the state before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from generator.changes.field_changes import Change, Words, part_changes
from generator.changes.unread import Comparable, Unread
from generator.checks.vignettes import first_red_flag
from generator.diagnostics import Place
from generator.library import Library
from generator.model.condition import Condition
from generator.model.kinds import KIND_OF, KINDS, READ_KINDS, Kind, kind_of
from generator.model.record import Record, Reviewed
from generator.model.sign import TIERS, Sign
from generator.plain import record_grade
from generator.reading.outward import Outward, renamed_ids
from generator.review import review_status

LinkKey = tuple[str, str, str, str, str]
State = Literal["added", "removed", "renamed", "changed"]


GRADE_STEP: Final = 0.1


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that is new, gone, renamed or changed."""

    kind: str
    id: str
    name: str
    state: State
    changes: tuple[Change, ...] = ()
    was: str = ""
    """Its id before, or the id that stands for it now when it is gone."""
    undone: str = ""
    """Whose signature no longer holds."""
    signed: str = ""
    """Who has signed it in this change."""
    grades: tuple[float, float] | None = None
    place: Place | None = None


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


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link between two records that was gained or lost."""

    kind: str
    id: str
    name: str
    field: str
    to_kind: str
    to: str
    to_name: str
    gained: bool


@dataclass(frozen=True, slots=True)
class CaseChange:
    """An invented case that leads elsewhere than before."""

    id: str
    name: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    flag_before: str
    flag_after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two states of the library."""

    records: tuple[RecordChange, ...]
    flags: tuple[FlagChange, ...]
    links: tuple[LinkChange, ...]
    cases: tuple[CaseChange, ...]
    unread: tuple[Unread, ...] = ()
    """Records that all of this says nothing about."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed in what was compared."""
        return not (self.records or self.flags or self.links or self.cases)


def difference(states: Comparable) -> Difference:
    """What changed from one state to the other, in the order of kinds and files."""
    before, after = states.before.library, states.after.library
    ids = renamed_ids(states.before.outward, states.after.outward)
    return Difference(
        tuple(_record_changes(before, after, states.after.outward, ids)),
        tuple(_flag_changes(before, after, ids)),
        tuple(_link_changes(before, after, ids)),
        tuple(_case_changes(before, after, ids)),
        states.unread,
    )


# Records


def _record_changes(
    before: Library, after: Library, outward: Outward, renamed: Mapping[str, str]
) -> Iterator[RecordChange]:
    old_name = {new: old for old, new in renamed.items()}
    for kind in KINDS:
        was, now = before.of_kind(kind.name), after.of_kind(kind.name)
        for id_, record in now.items():
            was_id = id_ if id_ in was else old_name.get(id_, "")
            old = was.get(was_id)
            if old is None:
                yield RecordChange(kind.name, id_, record.name, "added", place=record.where())
            elif old != record:
                yield _changed(kind, old, record, before, after, renamed)
        for id_, old in was.items():
            if id_ not in now and id_ not in renamed:
                gone = outward.retired.get(id_)
                successor = gone.now if gone else ""
                yield RecordChange(kind.name, id_, old.name, "removed", was=successor)


def _changed(
    kind: Kind, old: Record, new: Record, before: Library, after: Library, ids: Mapping[str, str]
) -> RecordChange:
    words = Words(before, after, ids)
    undone = signed = ""
    if isinstance(old, Reviewed) and isinstance(new, Reviewed):
        was = review_status(old, before.house)
        now = review_status(new, after.house)
        if was.state == "signed" and now.state != "signed":
            undone = was.by
        if now.state == "signed" and (now.by, now.on) != (was.by, was.on):
            signed = now.by
    grades = None
    if kind in READ_KINDS:
        pair = (record_grade(old, before), record_grade(new, after))
        if abs(pair[0] - pair[1]) >= GRADE_STEP:
            grades = pair
    return RecordChange(
        kind.name,
        new.id,
        new.name,
        "changed" if old.id == new.id else "renamed",
        tuple(part_changes(old, new, "", False, words)),
        was="" if old.id == new.id else old.id,
        undone=undone,
        signed=signed,
        grades=grades,
        place=new.where(),
    )


# Red flags


def effective_flags(library: Library, record: Record) -> dict[str, str]:
    """Id -> tier of the red flags that a page shows: its own, its regions' and its tissue's."""
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


def _flag_changes(
    before: Library, after: Library, renamed: Mapping[str, str]
) -> Iterator[FlagChange]:
    """Lost ones first, the most urgent first."""
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
            old = {renamed.get(i, i): tier for i, tier in effective_flags(before, was).items()}
            new = effective_flags(after, record)
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


# Links and cases


def _link_changes(
    before: Library, after: Library, renamed: Mapping[str, str]
) -> Iterator[LinkChange]:
    """Links between records that both exist before and after; sources show with their claims."""
    old, new = _links(before, renamed), _links(after, {})
    for key in sorted(old ^ new):
        kind, id_, field, to_kind, to = key
        names = after if key in new else before
        if id_ not in after.of_kind(kind):
            continue
        name = after.of_kind(kind)[id_].name
        target = names.of_kind(to_kind).get(to) or after.of_kind(to_kind).get(to)
        to_name = target.name if target else to
        yield LinkChange(kind, id_, name, field, to_kind, to, to_name, key in new)


def _links(library: Library, renamed: Mapping[str, str]) -> set[LinkKey]:
    found: set[LinkKey] = set()
    for link in library.links:
        kind = link.kind
        if kind not in KIND_OF:
            if link.id not in library.pages:
                continue
            kind = library.pages[link.id][0].name
        if kind == "references":
            continue
        start = renamed.get(link.record.id, link.record.id)
        end = renamed.get(link.id, link.id)
        found.add((kind_of(link.record).name, start, link.field, kind, end))
    return found


def _case_changes(
    before: Library, after: Library, renamed: Mapping[str, str]
) -> Iterator[CaseChange]:
    for id_, case in after.vignettes.items():
        old = before.vignettes.get(id_)
        if old is None:
            continue
        was, now = _led_to(before, old.signs), _led_to(after, case.signs)
        was = {renamed.get(i, i): name for i, name in was.items()}
        flag_before = first_red_flag(before, old.signs)
        flag_before = renamed.get(flag_before, flag_before)
        flag_after = first_red_flag(after, case.signs)
        gained = tuple(name for i, name in now.items() if i not in was)
        lost = tuple(name for i, name in was.items() if i not in now)
        if gained or lost or flag_before != flag_after:
            yield CaseChange(
                id_, case.name, gained, lost,
                _flag_name(before, after, flag_before), _flag_name(before, after, flag_after),
            )  # fmt: skip


def _led_to(library: Library, signs: Iterable[str]) -> dict[str, str]:
    wanted = set(signs)
    return {
        c.id: c.name
        for c in library.conditions.values()
        if any(edge.sign in wanted for edge in c.signs)
    }


def _flag_name(before: Library, after: Library, id_: str) -> str:
    sign = after.signs.get(id_) or before.signs.get(id_)
    return sign.name if sign else id_


def changed_ids(found: Difference) -> frozenset[str]:
    """Every id that this difference is about."""
    return frozenset(
        [r.id for r in found.records]
        + [r.was for r in found.records if r.was]
        + [f.id for f in found.flags]
        + [link.to for link in found.links]
    )
