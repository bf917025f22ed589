"""Records in the file of another kind: reported once each, or once for a file. Pure."""

from __future__ import annotations

from typing import Final

from generator.diagnostics import Diagnostic
from generator.model.kinds import KINDS, Kind
from generator.model.schema import fields_by_name, required_of
from generator.reading import form_findings as findings
from generator.reading.nodes import Mapping, Node

_FEW: Final = 3
"""Fields that somebody may have misspelt or left out."""


def without_misplaced(kind: Kind, top: Mapping) -> tuple[Mapping, list[Diagnostic]]:
    """The records that are of this kind, and a finding for the others."""
    homes = {key.text: found for key, record in top.entries if (found := homes_of(record, kind))}
    others = [key for key, _ in top.entries if key.text in homes]
    if not others:
        return top, []
    own = tuple(entry for entry in top.entries if entry[0].text not in homes)
    if not own:
        reported = [findings.wrong_file(others[0].place, kind, homes[others[0].text])]
    else:
        reported = [findings.wrong_home(key.place, key.text, homes[key.text]) for key in others]
    return top._replace(entries=own), reported


def homes_of(record: Node, kind: Kind) -> tuple[Kind, ...]:
    """The kinds that a record may be of, if those are plainly other ones."""
    names = {key.text for key, _ in record.entries} if isinstance(record, Mapping) else set()
    if not _unknown(kind, names) or _unknown(kind, names) + _missing(kind, names) <= _FEW:
        return ()
    return tuple(home for home in KINDS if not _unknown(home, names) and _missing(home, names) <= 1)


def _unknown(kind: Kind, names: set[str]) -> int:
    return len(names - fields_by_name(kind.type).keys())


def _missing(kind: Kind, names: set[str]) -> int:
    return sum(field.name not in names for field in required_of(kind.type))
