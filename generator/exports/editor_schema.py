"""JSON Schemas of the data files, by which editors complete, explain and underline.

Read from the same declarations as the loader (`generator.model.schema`), so the two can't drift. A
schema sees one file; `BEYOND_SCHEMAS` says what only `strideguide check` can see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from generator import routes
from generator.exports.field_schemas import FieldSchemas
from generator.exports.json_text import Json, json_text
from generator.library.library import Library
from generator.model.dose import Span
from generator.model.kinds import KINDS, VOCABULARY_FILE
from generator.model.published_state import Change, Clinic, Retired
from generator.model.record import ID, MAX_ID_LENGTH, RESERVED_ID
from generator.model.schema import Field, Shape, about, fields_of
from generator.model.vocabulary import Label, Vocabulary
from generator.outputs import Output
from generator.reading.published_state import CHANGES_FILE, CLINICS_DIR, RETIRED_FILE
from generator.reading.values import ADDRESS, HTML, LARGEST, WEB_ADDRESS

DIALECT: Final = "http://json-schema.org/draft-07/schema#"
FOLDER: Final = "schema"
IDS: Final = "ids"
ID_PATTERN: Final = f"^(?!(?:{RESERVED_ID.pattern})$){ID.pattern}$"
_ID_FORM: Final[Json] = {"pattern": ID_PATTERN, "maxLength": MAX_ID_LENGTH}
RANGE_PATTERN: Final = r"^\d{1,6}[-–]\d{1,6}$"

BEYOND_SCHEMAS: Final[Mapping[str, str]] = {
    "duplicate-key": "editors find a repeated key by themselves",
    "text-after-hash": "comments are no part of what a schema sees",
    "curly-quotes": "text may begin and end with any sign",
    "merge-conflict": "editors mark these lines themselves",
    "yaml-trick": "anchors, aliases and tags are valid YAML",
    "key-is-not-a-word": "a key of several parts is valid YAML",
    "unknown-reference": "ids stand in other files; an editor offers those it knows",
    "wrong-type": "the bounds of a range, its order, and days that no calendar has",
    "link-in-text": "an address that is written in capital letters",
}
"""Findings about the form of a file that a schema can't make -> why.

Beyond these, no schema sees what records say to each other: every rule of `generator.checks`.
"""


def editor_schemas(library: Library) -> Iterator[tuple[str, str]]:
    """(File name, text) of each schema, `ids.json` last."""
    for name, text in _schemas(library):
        yield name, text()


def published_schemas(library: Library) -> Iterator[Output]:
    """The same schemas at the site's address, for editors without a checkout."""
    for name, text in _schemas(library):
        yield Output(routes.editor_schema_uri(name), text)


def _schemas(library: Library) -> Iterator[tuple[str, Callable[[], str]]]:
    def schema_of(make: Callable[..., Json], type_: type[Any]) -> str:
        return json_text(make(type_, library.vocabulary))

    for kind in KINDS:
        yield f"{kind.name}.json", partial(schema_of, _records_schema, kind.type)
    for file, type_ in ((CHANGES_FILE, Change), (RETIRED_FILE, Retired)):
        name = file.removesuffix(".yaml")
        yield f"{name}.json", partial(schema_of, _records_schema, type_)
    yield f"{CLINICS_DIR}.json", partial(schema_of, _file_schema, Clinic)
    yield f"{VOCABULARY_FILE.removesuffix('.yaml')}.json", lambda: json_text(_vocabulary_schema())
    yield f"{IDS}.json", lambda: json_text(_ids_schema(library))


def first_line(path_in_data: str) -> str:
    """The line at the top of a data file by which editors find its schema.

    >>> first_line("signs.yaml")
    '# yaml-language-server: $schema=../schema/signs.json'
    >>> first_line("clinics/ottawa-health.yaml")
    '# yaml-language-server: $schema=../../schema/clinics.json'
    """
    *folders, file = path_in_data.split("/")
    name = folders[0] if folders else file.removesuffix(".yaml")
    return f"# yaml-language-server: $schema={'../' * (len(folders) + 1)}{FOLDER}/{name}.json"


def _records_schema(type_: type[Any], vocabulary: Vocabulary) -> Json:
    """A file that holds records by id."""
    return {
        "$schema": DIALECT,
        "type": "object",
        "propertyNames": _ID_FORM,
        "additionalProperties": {"$ref": f"#/definitions/{type_.__name__}"},
        "definitions": _definitions(type_, vocabulary),
    }


def _file_schema(type_: type[Any], vocabulary: Vocabulary) -> Json:
    """A file that is one record."""
    return {
        "$schema": DIALECT,
        "$ref": f"#/definitions/{type_.__name__}",
        "definitions": _definitions(type_, vocabulary),
    }


def _vocabulary_schema() -> Json:
    words = {
        "type": "object",
        "propertyNames": _ID_FORM,
        "additionalProperties": {"$ref": f"#/definitions/{Label.__name__}"},
    }
    return {
        "$schema": DIALECT,
        "type": "object",
        "additionalProperties": words,
        "definitions": _definitions(Label, {}),
    }


def _ids_schema(library: Library) -> Json:
    """What editors offer where an id must stand. An id that is newer than this file is fine."""
    return {
        "$schema": DIALECT,
        "definitions": {
            kind.name: {
                "type": "string",
                "anyOf": [{"enum": sorted(library.of_kind(kind.name))}, _ID_FORM],
            }
            for kind in KINDS
        },
    }


def _definitions(type_: type[Any], vocabulary: Vocabulary) -> Json:
    """Every part that a record is made of, by its name, and every list of words it chooses from."""
    found: Json = {}
    _collect(type_, found)
    used = sorted(_terms(found))
    for name in used:
        words = vocabulary.get(name, {})
        found[f"words-{name}"] = {
            "enum": list(words),
            "enumDescriptions": [
                f"{label.name}. {label.about}".strip() for label in words.values()
            ],
        }
    return found


def _collect(type_: type[Any], found: Json) -> None:
    if type_.__name__ in found:
        return
    found[type_.__name__] = {"description": about(type_), **_EditorFields().record(type_)}
    for field in fields_of(type_):
        if part := field.shape.part:
            _collect(part, found)


def limits_of(shape: Shape) -> Iterator[str]:
    """What may stand there, in words."""
    if shape.text:
        yield f"at most {shape.text.limit} characters"
        if shape.text.markup:
            yield "may hold **bold** and [[ids]]"
    if shape.between:
        yield f"from {shape.between.low} to {shape.between.high}"
    if shape.base is Span:
        yield "a whole number or a range such as 10-15"
    if shape.at_least:
        yield f"at least {shape.at_least}"
    if shape.item:
        yield from limits_of(shape.item)


class _EditorFields(FieldSchemas):
    """What editors need: limits in words, messages, and each part and list by its name."""

    def field(self, field: Field, value: Json) -> Json:
        """With its help text, as a sentence."""
        help_text = field.help[:1].upper() + field.help[1:]
        limits = "; ".join(limits_of(field.shape))
        parts = (help_text.rstrip("."), limits[:1].upper() + limits[1:])
        description = " ".join(part if part.endswith("…") else f"{part}." for part in parts if part)
        default = {} if field.default == "" else {"default": field.default}
        return {"description": description, **default, **value}

    def source(self) -> Json:
        references = {"$ref": f"{IDS}.json#/definitions/references"}
        return {
            "anyOf": [
                {"const": "general"},
                {"type": "array", "minItems": 1, "items": references},
            ],
            "errorMessage": "Write general, or a list of reference ids in [ ].",
        }

    def span(self, whole: Json) -> Json:
        return {
            "anyOf": [whole, {"type": "string", "pattern": RANGE_PATTERN}],
            "errorMessage": "Write a whole number, or a range such as 10-15, without a unit.",
        }

    def items(self, shape: Shape, item: Shape) -> Json:
        unique = {"uniqueItems": True} if item.ref or item.term else {}
        at_least = {"minItems": shape.at_least} if shape.at_least else {}
        return {"type": "array", "items": self.value(item), **unique, **at_least}

    def number(self, bounds: Json) -> Json:
        return {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST} | bounds

    def text(self, shape: Shape) -> Json:
        if shape.choices:
            return {"enum": list(shape.choices)}
        if shape.term:
            return {"$ref": f"#/definitions/words-{shape.term.vocabulary}"}
        if shape.ref:
            return {"$ref": f"{IDS}.json#/definitions/{shape.ref.kind}"}
        if shape.is_day:
            return {
                "type": "string",
                "pattern": r"^\d{4}-\d{2}-\d{2}$",
                "errorMessage": "Write the year, month and day, as in 2027-01-31.",
            }
        body: Json = {"type": "string", "minLength": 1}
        if shape.text:
            body["maxLength"] = shape.text.limit
            if shape.form:
                body["pattern"] = f"^(?:{shape.form.pattern})$"
                body["patternErrorMessage"] = f"Write {shape.form.wanted}."
            elif shape.is_address:
                body["pattern"] = f"^{WEB_ADDRESS.pattern.replace('a-z0-9', 'a-zA-Z0-9')}$"
                body["patternErrorMessage"] = "Write an https address in full."
            else:
                body["pattern"] = rf"^(?![\s\S]*(?:{HTML.pattern}|{ADDRESS.pattern}))[\s\S]*\S"
                body["patternErrorMessage"] = (
                    "Write plain text: no HTML, no address, not only spaces."
                )
        return body

    def part(self, type_: type[Any]) -> Json:
        return {"$ref": f"#/definitions/{type_.__name__}"}


def _terms(part: Any) -> Iterable[str]:
    """Every list of words that these definitions refer to."""
    prefix = "#/definitions/words-"
    if isinstance(part, dict):
        if str(part.get("$ref", "")).startswith(prefix):
            return {part["$ref"].removeprefix(prefix)}
        return {name for inner in part.values() for name in _terms(inner)}
    if isinstance(part, list):
        return {name for inner in part for name in _terms(inner)}
    return set()
