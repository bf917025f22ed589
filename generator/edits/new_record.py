"""`strideguide new`: a record to be filled in, each field explained. Nothing in it is a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.checks.unfinished import TO_BE_WRITTEN
from generator.edits.text_edits import yaml_text
from generator.exports.editor_schema import limits_of
from generator.model.dose import Amount
from generator.model.kinds import Kind
from generator.model.record import Review, Source
from generator.model.schema import Field, Shape, fields_of, required_of
from generator.reading.values import TO_BE_CHOSEN


@dataclass(frozen=True, slots=True)
class Template:
    """Writes one record. Words are to be written, and all else is to be chosen."""

    sources: tuple[str, ...]
    """Ids of the references that the record is to rest on."""

    def text(self, kind: Kind, id_: str, name: str) -> str:
        """The record with a comment above each field."""
        lines = [f"{id_}:"]
        for f in sorted(fields_of(kind.type), key=lambda f: f.name == "review"):
            lines.append(f"  # {_explained(f)}")
            if f.name == "name":
                lines.append(f"  name: {yaml_text(name)}")
            elif f.required:
                lines += self.field(f, "  ")
            else:
                lines.append(f"  # {f.name}:")
        return "\n".join(lines) + "\n"

    def field(self, f: Field, indent: str) -> list[str]:
        """The lines of a field."""
        shape = f.shape
        if shape.base is tuple and shape.item:
            return self.items(f, shape, shape.item, indent)
        if shape.part and shape.base is not Review:
            if issubclass(shape.base, Amount):
                return [f"{indent}{f.name}: {{sets: {TO_BE_CHOSEN}, reps: {TO_BE_CHOSEN}}}"]
            inner = self.part(shape.base, f"{indent}  ")
            return [f"{indent}{f.name}:", *inner] if inner else [f"{indent}{f.name}: {{}}"]
        return [f"{indent}{f.name}: {self.scalar(f, shape)}"]

    def items(self, f: Field, shape: Shape, item: Shape, indent: str) -> list[str]:
        """The lines of a list: as many items as there must be."""
        if shape.at_least == 0:
            return [f"{indent}{f.name}: []"]
        if not item.part:
            values = [self.scalar(f, item)] * shape.at_least
            return [f"{indent}{f.name}:", *(f"{indent}  - {value}" for value in values)]
        first, *rest = self.part(item.base, f"{indent}    ")
        one = [f"{indent}  - {first.strip()}", *rest]
        return [f"{indent}{f.name}:", *one * shape.at_least]

    def part(self, type_: type[Any], indent: str) -> list[str]:
        """The fields that a part must have, or its first one where it may leave out any."""
        fields = required_of(type_) or fields_of(type_)[:1]
        return [line for f in fields for line in self.field(f, indent)]

    def scalar(self, f: Field, shape: Shape) -> str:
        """A single value as YAML."""
        if shape.base is Source and self.sources:
            return f"[{', '.join(self.sources)}]"
        if shape.base is Review:
            return "{state: draft}"
        if shape.base is not str or not shape.text or shape.is_address or shape.form:
            return TO_BE_CHOSEN
        about = f.help.rstrip(".").split(";")[0].replace(":", ",")
        text = f"{TO_BE_WRITTEN}: {about}"
        limit = shape.text.limit
        return yaml_text(text if len(text) <= limit else text[: limit - 1].rstrip(" ,") + "…")


def _explained(f: Field) -> str:
    limits = "; ".join(limits_of(f.shape))
    words = ", ".join((f.shape.item or f.shape).choices)
    help_text = f"{f.help[:1].upper()}{f.help[1:]}".rstrip(".")
    parts = [
        help_text,
        "" if f.required else "May be left out",
        limits[:1].upper() + limits[1:],
        words,
    ]
    return " ".join(f"{part}." for part in parts if part)
