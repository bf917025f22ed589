"""Who is asked to read a change: .github/owners.yaml as CODEOWNERS, and by region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from generator.changes.record_changes import RecordChange
from generator.library import Library
from generator.model.kinds import KIND_OF
from generator.reading import nodes
from generator.reading.composing import compose

OWNERS_FILE: Final = ".github/owners.yaml"
NOTE: Final = "# Written by `make owners` from owners.yaml: change that, not this."


@dataclass(frozen=True, slots=True)
class Owner:
    """A role with the handle of those who have it."""

    role: str
    handle: str


Group = Mapping[str, Owner]


@dataclass(frozen=True, slots=True)
class Owners:
    """Owners of paths, of kinds of record, and of body regions."""

    paths: Group = field(default_factory=dict)
    kinds: Group = field(default_factory=dict)
    regions: Group = field(default_factory=dict)


def read_owners(text: str) -> Owners:
    """The owners that a file declares; what has another form is left out."""
    top, _ = compose(text, OWNERS_FILE)
    groups = {key.text: value for key, value in top.entries} if top else {}
    return Owners(*(_group(groups.get(name)) for name in ("paths", "kinds", "regions")))


def _group(node: nodes.Node | None) -> Group:
    found = {}
    for key, value in node.entries if isinstance(node, nodes.Mapping) else ():
        fields = dict(_texts(value))
        if fields.keys() >= {"role", "handle"}:
            found[key.text] = Owner(fields["role"], fields["handle"])
    return found


def _texts(node: nodes.Node) -> Iterator[tuple[str, str]]:
    for key, value in node.entries if isinstance(node, nodes.Mapping) else ():
        if isinstance(value, nodes.Scalar):
            yield key.text, value.text


def codeowners_text(owners: Owners) -> str:
    """The file that GitHub reads; of two lines that fit, it takes the last."""
    rows = [(path, owner) for path, owner in owners.paths.items()]
    rows += [(f"/data/{KIND_OF[kind].file}", owner) for kind, owner in owners.kinds.items()]
    width = max((len(path) for path, _ in rows), default=0)
    lines = [f"{path:{width}}  {owner.handle}" for path, owner in rows]
    return "\n".join([NOTE, *lines]) + "\n"


def region_readers(
    records: Iterable[RecordChange], library: Library, owners: Owners
) -> Iterator[tuple[Owner, list[str]]]:
    """Who reads for the regions of what changed, with the names of the records."""
    names: dict[str, list[str]] = {}
    for change in records:
        record = library.of_kind(change.kind).get(change.id)
        regions = [change.id] if change.kind == "regions" else getattr(record, "regions", ())
        for region in regions:
            names.setdefault(region, []).append(change.name)
    for region, owner in owners.regions.items():
        if region in names:
            yield owner, names[region]
