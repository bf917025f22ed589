"""Which links between two records were gained or lost. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.library.library import MENTION_FIELD, Library
from generator.model.kinds import kind_of

LinkKey = tuple[str, str, str, str, str]
"""(Kind, id, field, kind of the other, its id)"""


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


def link_changes(
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
        if kind == MENTION_FIELD:
            if link.id not in library.pages:
                continue
            kind = library.pages[link.id][0].name
        if kind == "references":
            continue
        start = renamed.get(link.record.id, link.record.id)
        end = renamed.get(link.id, link.id)
        found.add((kind_of(link.record).name, start, link.field, kind, end))
    return found
