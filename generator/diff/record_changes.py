"""Which records are new, gone, renamed or changed, and what became of their signatures. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from generator.diagnostics import Place
from generator.diff.field_changes import Change, Words, part_changes
from generator.library.library import Library
from generator.library.readability import record_grade
from generator.library.review import review_status, signed_content
from generator.model.kinds import KIND_OF, KINDS, READ_KINDS
from generator.model.record import Record, Reviewed
from generator.reading.published_state import PublishedState

AsSigned = Mapping[str, tuple[Reviewed, Library]]
State = Literal["added", "removed", "renamed", "changed"]

GRADE_STEP: Final = 0.1
"""From which change of the reading grade on it is reported."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature before or after a change, and whether it covers the record as it is then."""

    by: str
    registration: str
    on: str
    holds: bool

    def __str__(self) -> str:
        return f"{self.by} ({self.registration}) on {self.on}"


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that is new, gone, renamed or changed, or whose page shows another text."""

    kind: str
    id: str
    name: str
    state: State
    changes: tuple[Change, ...] = ()
    was: str = ""
    """Its id before, or the id that replaces it when it is gone."""
    signed_before: Signature | None = None
    signed_after: Signature | None = None
    signature_changed: bool = False
    """Whether its signature came, went or is another one."""
    shared: tuple[str, ...] = ()
    """What its page shows of others and is not as it was signed: pain rules, care, red flags."""
    since: tuple[Change, ...] | None = None
    """What changed since the last signature, where that had ceased to hold before."""
    grades: tuple[float, float] | None = None
    """The reading grade before and after, where it changed."""
    place: Place | None = None

    @property
    def undone(self) -> str:
        """Whose signature no longer holds."""
        before, after = self.signed_before, self.signed_after
        return before.by if before and before.holds and not (after and after.holds) else ""


def record_changes(
    before: Library,
    after: Library,
    published_state: PublishedState,
    renamed: Mapping[str, str],
    as_signed: AsSigned,
) -> Iterator[RecordChange]:
    """`renamed` is old id -> new id; `published_state` says what replaces a record that is gone."""
    old_name = {new: old for old, new in renamed.items()}
    words = Words(before, after, renamed)
    for kind in KINDS:
        was, now = before.of_kind(kind.name), after.of_kind(kind.name)
        for id_, record in now.items():
            old = was.get(id_) or was.get(old_name.get(id_, ""))
            change = _change(kind.name, old, record, before, after, words)
            if change and (earlier := as_signed.get(f"{kind.name}/{id_}")):
                change = replace(
                    change,
                    since=tuple(part_changes(earlier[0], record, "", False, words)),
                    shared=tuple(_shared_changes(*earlier, record, after, words)),
                )
            if change:
                yield change
        for id_, old in was.items():
            if id_ not in now and id_ not in renamed:
                gone = published_state.retired.get(id_)
                signed = _signature(old, before)
                yield RecordChange(
                    kind.name, id_, old.name, "removed",
                    was=gone.now if gone else "",
                    signed_before=signed,
                    signature_changed=signed is not None,
                )  # fmt: skip


def _change(
    kind: str, old: Record | None, new: Record, before: Library, after: Library, words: Words
) -> RecordChange | None:
    """What became of a record; None where its page says what it said."""
    signed_before, signed_after = _signature(old, before), _signature(new, after)
    if old is None:
        return RecordChange(
            kind, new.id, new.name, "added",
            signed_after=signed_after,
            signature_changed=signed_after is not None,
            place=new.where(),
        )  # fmt: skip
    signature_changed = bool(signed_before or signed_after) and _review(old) != _review(new)
    shared: tuple[str, ...] = ()
    if signed_before:
        shared = tuple(_shared_changes(old, before, new, after, words))
    if old == new and signed_before == signed_after:
        return None
    grades = None
    if KIND_OF[kind] in READ_KINDS:
        pair = (record_grade(old, before), record_grade(new, after))
        if abs(pair[0] - pair[1]) >= GRADE_STEP:
            grades = pair
    return RecordChange(
        kind,
        new.id,
        new.name,
        "changed" if old.id == new.id else "renamed",
        tuple(part_changes(old, new, "", False, words)),
        was="" if old.id == new.id else old.id,
        signed_before=signed_before,
        signed_after=signed_after,
        signature_changed=signature_changed,
        shared=shared,
        grades=grades,
        place=new.where(),
    )


def _review(record: Record) -> object:
    return record.review if isinstance(record, Reviewed) else None


def _signature(record: Record | None, library: Library) -> Signature | None:
    if not isinstance(record, Reviewed) or record.review.state != "signed":
        return None
    review = record.review
    holds = review_status(record, library).state == "signed"
    return Signature(review.by, review.registration, review.on, holds)


def _shared_changes(
    old: Record, before: Library, new: Record, after: Library, words: Words
) -> Iterator[str]:
    """The names of what the record's page shows of others, where that is not as it was."""
    assert isinstance(old, Reviewed) and isinstance(new, Reviewed)
    was, now = signed_content(old, before), signed_content(new, after)
    addresses = {address: address.partition("/") for address in (*was, *now) if address}
    known = {(kind, words.id(id_)): was[a] for a, (kind, _, id_) in addresses.items() if a in was}
    for address, (kind, _, id_) in addresses.items():
        if words.id(id_) == id_ and known.get((kind, id_)) != now.get(address):
            yield f"{words.name(kind, id_)} ({KIND_OF[kind].singular})"
