"""The one walk over the fields of a record that makes a JSON Schema, in the API's dialect."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.exports.json_text import Json
from generator.model.dose import Span
from generator.model.record import Source
from generator.model.schema import Field, Shape, fields_of


def closed(required: Iterable[str], properties: Json) -> Json:
    """An object that holds these properties and no other ones."""
    return {
        "type": "object",
        "required": [*required],
        "properties": properties,
        "additionalProperties": False,
    }


class FieldSchemas:
    """What the API says. Another dialect overrides what it says in another way."""

    def record(self, type_: type[Any]) -> Json:
        """All fields of a record, or of a part of one."""
        fields = fields_of(type_)
        properties = {field.name: self.field(field, self.value(field.shape)) for field in fields}
        return closed((field.name for field in fields if field.required), properties)

    def field(self, field: Field, value: Json) -> Json:
        return {"description": field.help, **value} if field.help else value

    def value(self, shape: Shape) -> Json:
        between = shape.between
        bounds: Json = {"minimum": between.low, "maximum": between.high} if between else {}
        if shape.base is Source:
            return self.source()
        if shape.base is Span:
            return self.span({"type": "integer"} | bounds)
        if shape.item:
            return self.items(shape, shape.item)
        if shape.base is bool:
            return {"type": "boolean"}
        if shape.base is int:
            return self.number(bounds)
        return self.text(shape) if shape.base is str else self.part(shape.base)

    def source(self) -> Json:
        texts = {"type": "array", "minItems": 1, "items": {"type": "string"}}
        return {"oneOf": [{"const": "general"}, texts]}

    def span(self, whole: Json) -> Json:
        return closed(("min", "max"), {"min": whole, "max": whole})

    def items(self, shape: Shape, item: Shape) -> Json:
        body: Json = {"type": "array", "items": self.value(item)}
        return body | ({"minItems": shape.at_least} if shape.at_least else {})

    def number(self, bounds: Json) -> Json:
        return {"type": "integer"}

    def text(self, shape: Shape) -> Json:
        text: Json = {"enum": ["", *shape.choices]} if shape.choices else {"type": "string"}
        return text | ({"maxLength": shape.text.limit} if shape.text else {})

    def part(self, type_: type[Any]) -> Json:
        return self.record(type_)
