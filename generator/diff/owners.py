"""Who is asked to read a change: .github/owners.yaml as CODEOWNERS, and by region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from generator.diff.compare import Difference
from generator.library.library import Library
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


def readers(found: Difference, library: Library, owners: Owners) -> Mapping[Owner, list[str]]:
    """Who reads what changed, with the names of records and the paths of texts.

    A record is read for each of its regions, and where it has none, for its kind.
    """
    names: dict[Owner, list[str]] = {}
    for change in found.records:
        record = library.of_kind(change.kind).get(change.id)
        regions = [change.id] if change.kind == "regions" else getattr(record, "regions", ())
        by_region = [owners.regions[region] for region in regions if region in owners.regions]
        by_kind = [owners.kinds[change.kind]] if change.kind in owners.kinds else []
        for owner in by_region or by_kind:
            names.setdefault(owner, []).append(change.name)
    for text in found.texts:
        paths = [p for p in owners.paths if p == "*" or f"/{text.path}".startswith(p)]
        if paths:
            names.setdefault(owners.paths[paths[-1]], []).append(text.path)
    ranked = [*owners.regions.values(), *owners.kinds.values(), *owners.paths.values()]
    return {owner: names[owner] for owner in ranked if owner in names}
