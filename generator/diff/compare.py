"""Two states of the library compared: what changed in the advice, and for whom. Pure.

`difference_text` puts it into words, `before` reads the state before.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.diff.flag_changes import FlagChange, flag_changes
from generator.diff.link_changes import LinkChange, link_changes
from generator.diff.record_changes import RecordChange, record_changes
from generator.diff.text_changes import TextChange, text_changes
from generator.diff.unread import Comparable, Unread
from generator.diff.vignette_changes import CaseChange, case_changes
from generator.reading.outward import renamed_ids


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two states of the library."""

    records: tuple[RecordChange, ...]
    flags: tuple[FlagChange, ...]
    links: tuple[LinkChange, ...]
    cases: tuple[CaseChange, ...]
    unread: tuple[Unread, ...] = ()
    """Records that all of this says nothing about."""
    texts: tuple[TextChange, ...] = ()
    files: tuple[str, ...] = ()
    """Further files that changed, and that nothing here compares."""
    committers: tuple[str, ...] = ()
    """Who made the change, as git says."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed in what was compared."""
        return not (self.records or self.flags or self.links or self.cases or self.texts)


def difference(states: Comparable) -> Difference:
    """What changed from one state to the other, in the order of kinds and files."""
    before, after = states.before.library, states.after.library
    ids = renamed_ids(states.before.outward, states.after.outward)
    return Difference(
        tuple(record_changes(before, after, states.after.outward, ids, states.as_signed)),
        tuple(flag_changes(before, after, ids)),
        tuple(link_changes(before, after, ids)),
        tuple(case_changes(before, after, ids)),
        states.unread,
        tuple(text_changes(states.texts_before, states.texts_after)),
        states.files,
        states.committers,
    )


def changed_ids(found: Difference) -> frozenset[str]:
    """Every id that this difference is about."""
    return frozenset(
        [r.id for r in found.records]
        + [r.was for r in found.records if r.was]
        + [f.id for f in found.flags]
        + [link.to for link in found.links]
    )
