"""Two states of the library compared: what changed in the advice, and for whom. Pure.

`sentences` puts it into words, `git_state` reads the states.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic
from generator.diff.flag_changes import FlagChange, flag_changes
from generator.diff.link_changes import LinkChange, link_changes
from generator.diff.record_changes import RecordChange, record_changes
from generator.diff.text_changes import TextChange, text_changes
from generator.diff.vignette_changes import CaseChange, case_changes
from generator.library.library import Library
from generator.library.site import Site
from generator.model.record import Reviewed
from generator.reading.published_state import renamed_ids


@dataclass(frozen=True, slots=True)
class State:
    """A site as some folders give it, and why it can't be compared, if it can't.

    A value that can't be read is empty, and a record that can't be read is missing. Compared as if
    that were what they say, a typo would show as a dose of 0 or as a red flag that is gone.
    """

    site: Site
    unread: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """Path -> text of what holds no records: articles, vocabulary, clinics …"""


@dataclass(frozen=True, slots=True)
class States:
    """The state before and after a change, and what only git knows of it."""

    before: State
    after: State
    files: tuple[str, ...] = ()
    """Those that changed and are not compared."""
    committers: tuple[str, ...] = ()
    """Who made the change, as git says."""
    as_signed: Mapping[str, tuple[Reviewed, Library]] = field(default_factory=dict)
    """Kind/id -> a record under its last signature, where that had ceased to hold before."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two states of the library."""

    records: tuple[RecordChange, ...]
    flags: tuple[FlagChange, ...]
    links: tuple[LinkChange, ...]
    cases: tuple[CaseChange, ...]
    unread: tuple[Diagnostic, ...] = ()
    """What keeps the two states from being compared; then there is nothing else."""
    texts: tuple[TextChange, ...] = ()
    files: tuple[str, ...] = ()
    """Further files that changed, and that nothing here compares."""
    committers: tuple[str, ...] = ()
    """Who made the change, as git says."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed in what was compared."""
        return not (self.records or self.flags or self.links or self.cases or self.texts)


def difference(states: States) -> Difference:
    """What changed from one state to the other, in the order of kinds and files."""
    if unread := (*states.after.unread, *states.before.unread):
        return Difference((), (), (), (), unread)
    old, new = states.before.site, states.after.site
    before, after = old.library, new.library
    ids = renamed_ids(old.published_state, new.published_state)
    return Difference(
        tuple(record_changes(before, after, new.published_state, ids, states.as_signed)),
        tuple(flag_changes(before, after, ids)),
        tuple(link_changes(before, after, ids)),
        tuple(case_changes(before, after, ids)),
        texts=tuple(text_changes(states.before.texts, states.after.texts)),
        files=states.files,
        committers=states.committers,
    )


def changed_ids(found: Difference) -> frozenset[str]:
    """Every id that this difference is about."""
    return frozenset(
        [r.id for r in found.records]
        + [r.was for r in found.records if r.was]
        + [f.id for f in found.flags]
        + [link.to for link in found.links]
    )
