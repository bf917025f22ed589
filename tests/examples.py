"""Records as somebody may have filled them in, one of each kind, with ids of the real data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from generator.checks.unfinished import TO_BE_WRITTEN
from generator.edits.text_edits import yaml_text
from generator.library.library import Library
from generator.model.condition import Prescription
from generator.model.dose import Amount, Dose, Span
from generator.model.kinds import Kind
from generator.model.record import Review, Source
from generator.model.schema import Field, Shape, fields_of

EXERCISES_IN_A_STAGE: Final = 2
"""So that two stages have the exercises that a plan must have at least."""


@dataclass
class Template:
    """Writes one record, with the fields that it must have. Its ids are those of the library."""

    library: Library
    sources: tuple[str, ...]
    """Ids of the references that the record is to rest on."""
    turns: dict[str, Iterator[int]] = field(default_factory=dict)

    def text(self, kind: Kind, id_: str, name: str) -> str:
        """The record."""
        lines = [f"{id_}:"]
        for f in sorted(fields_of(kind.type), key=lambda f: f.name == "review"):
            if f.name == "name":
                lines.append(f"  name: {yaml_text(name)}")
            elif f.required:
                lines += self.field(f, "  ")
        return "\n".join(lines) + "\n"

    def field(self, f: Field, indent: str) -> list[str]:
        """The lines of a field with a value that the loader takes."""
        shape = f.shape
        if shape.base is tuple and shape.item:
            return self.items(f, shape, shape.item, indent)
        if shape.part and shape.base is not Review:
            if issubclass(shape.base, Amount):
                return [f"{indent}{f.name}: {{sets: 3, reps: 10}}"]
            inner = self.part(shape.base, f"{indent}  ")
            return [f"{indent}{f.name}:", *inner] if inner else [f"{indent}{f.name}: {{}}"]
        return [f"{indent}{f.name}: {self.scalar(f, shape)}"]

    def items(self, f: Field, shape: Shape, item: Shape, indent: str) -> list[str]:
        """The lines of a list: as many items as there must be."""
        least = shape.at_least
        if least == 0:
            return [f"{indent}{f.name}: []"]
        if item.base is Prescription:
            least = max(least, EXERCISES_IN_A_STAGE)
        if not item.part:
            if item.text and item.text.markup:
                return [f"{indent}{f.name}:", *[f"{indent}  - {self.scalar(f, item)}"] * least]
            shown = dict.fromkeys(self.scalar(f, item) for _ in range(least))
            return [f"{indent}{f.name}: [{', '.join(shown)}]"]
        lines = [f"{indent}{f.name}:"]
        for _ in range(least):
            part = self.part(item.base, f"{indent}    ")
            # An item says something, even where it may leave out any field.
            first, *rest = part or self.field(fields_of(item.base)[0], f"{indent}    ")
            lines += [f"{indent}  - {first.strip()}", *rest]
        return lines

    def part(self, type_: type[Any], indent: str) -> list[str]:
        """The fields that a part must have."""
        if type_ is Prescription:
            return self.prescription(indent)
        return [line for f in fields_of(type_) if f.required for line in self.field(f, indent)]

    def prescription(self, indent: str) -> list[str]:
        """An exercise at its own usual dose, which is sure to be in its range."""
        exercise = self.library.exercises[self.id_of("exercises")]
        return [
            f"{indent}exercise: {exercise.id}",
            f"{indent}dose: {_flow(exercise.dose)}",
            f"{indent}source: general",
            f"{indent}strength: {list(self.library.vocabulary['strengths'])[-1]}",
        ]

    def scalar(self, f: Field, shape: Shape) -> str:
        """A single value as YAML."""
        if shape.base is Source:
            return f"[{', '.join(self.sources)}]" if self.sources else "general"
        if shape.base is Review:
            return "{state: draft}"
        if shape.base is bool:
            return "false"
        if shape.base in (int, Span):
            return str(shape.between.low if shape.between else 1)
        if shape.ref:
            return self.id_of("red flags" if f.name.startswith("red_flag") else shape.ref.kind)
        if shape.term:
            return next(iter(self.library.vocabulary[shape.term.vocabulary]))
        if shape.choices:
            return yaml_text(shape.choices[-1])
        about = f.help.rstrip(".").split(";")[0].replace(":", ",")
        text = f"{TO_BE_WRITTEN}: {about}"
        limit = shape.text.limit if shape.text else len(text)
        return yaml_text(text if len(text) <= limit else text[: limit - 1].rstrip(" ,") + "…")

    def id_of(self, kind: str) -> str:
        """The next id of this kind: in turn, so that lists hold different ones."""
        if kind == "red flags":
            ids = [s.id for s in self.library.signs.values() if s.red_flag]
        elif kind == "signs":
            ids = [s.id for s in self.library.signs.values() if not s.red_flag]
        elif kind == "exercises":
            ids = [e.id for e in self.library.exercises.values() if e.dose.sets and e.dose.reps]
        else:
            ids = list(self.library.of_kind(kind))
        turn = next(self.turns.setdefault(kind, count()))
        return ids[turn % len(ids)]


def _flow(dose: Dose) -> str:
    values = ((name, getattr(dose, name)) for name in ("sets", "reps", "per_side"))
    return f"{{{', '.join(f'{name}: {str(value).lower()}' for name, value in values if value)}}}"
