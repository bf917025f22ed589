"""Which records are new, gone, renamed or changed, and whose signature that undoes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from generator.changes.field_changes import Change, Words, part_changes
from generator.diagnostics import Place
from generator.library import Library
from generator.model.kinds import KINDS, READ_KINDS, Kind
from generator.model.record import Record, Reviewed
from generator.plain import record_grade
from generator.reading.outward import Outward
from generator.review import review_status

State = Literal["added", "removed", "renamed", "changed"]

GRADE_STEP: Final = 0.1
"""From which change of the reading grade on it is told."""


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
    """The reading grade before and after, where it is told."""
    place: Place | None = None


def record_changes(
    before: Library, after: Library, outward: Outward, renamed: Mapping[str, str]
) -> Iterator[RecordChange]:
    """`renamed` is old id -> new id; `outward` says what stands for a record that is gone."""
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
