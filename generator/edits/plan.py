"""A plan of changes before any of it is written: what it starts from, and what names a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Place
from generator.edits.text_edits import Edit, FileText, applied
from generator.library.library import Library
from generator.model.kinds import Kind
from generator.model.record import Located, Record
from generator.model.schema import Field, walk
from generator.reading.published_state import PublishedState


class Refused(Exception):
    """A request that can't be met; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class State:
    """What a plan starts from. `texts` holds each file by its shown path, line ends as they are."""

    library: Library
    published_state: PublishedState
    texts: Mapping[str, str]
    data: str
    """The data folder's shown path."""

    def path_of(self, kind: Kind) -> str:
        """The shown path of a kind's file."""
        return f"{self.data}/{kind.file}"

    def record(self, kind: Kind, id_: str) -> Record:
        """The record, or a refusal."""
        record = self.library.of_kind(kind.name).get(id_)
        if record is None:
            raise Refused(f"There is no `{id_}` in {kind.file}.")
        return record


@dataclass
class Plan:
    """New texts by shown path, and what they change, one line for each change."""

    state: State
    lines: list[str] = field(default_factory=list)
    edits: defaultdict[str, list[Edit]] = field(default_factory=lambda: defaultdict(list))
    appended: dict[str, str] = field(default_factory=dict)

    def texts(self) -> dict[str, str]:
        """Every file that changes, as it will be."""
        new = {path: applied(self.state.texts[path], edits) for path, edits in self.edits.items()}
        for path, more in self.appended.items():
            old = new.get(path, self.state.texts.get(path, ""))
            new[path] = old + FileText(old).with_lines(more)
        return new

    def replace(self, path: str, start: int, end: int, new: str) -> None:
        self.edits[path].append(Edit(start, end, new))

    def say(self, place: Place | str, text: str) -> None:
        where = place if isinstance(place, str) else f"{place.path}:{place.line}"
        self.lines.append(f"{where}: {text}")


@dataclass(frozen=True, slots=True)
class Use:
    """A field that names a record: who holds it, and where it is.

    `index` is its position in a list of ids; None for a single id.
    """

    owners: tuple[Located, ...]
    field: Field
    index: int | None
    place: Place

    @property
    def part(self) -> Located:
        """What holds the field."""
        return self.owners[-1]

    @property
    def name(self) -> str:
        """The field with the id of the record that holds it."""
        return f"{getattr(self.owners[0], 'id', '')}: {self.field.name}"


def uses(state: State, kind: Kind, id_: str) -> Iterator[Use]:
    """Every field of every record, clinic and change that names this record."""
    holders: list[Located] = [record for _, record in state.library.all_records()]
    holders += [*state.published_state.clinics.values(), *state.published_state.changes]
    for holder in holders:
        for owners, field_, value in walk(holder):
            shape = field_.shape
            part = owners[-1]
            if shape.ref and shape.ref.kind == kind.name and value == id_:
                yield Use(owners, field_, None, part.where(field_.name))
            elif shape.item and shape.item.ref and shape.item.ref.kind == kind.name:
                assert isinstance(value, tuple)
                for i, item in enumerate(value):
                    if item == id_:
                        yield Use(owners, field_, i, part.where(field_.name, i))
