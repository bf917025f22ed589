"""JSON Schemas and an OpenAPI document for the API, read from the declarations of the records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, get_args

from generator import __version__, routes
from generator.embeds.cards import VIEWS
from generator.exports.api import FLAGGED
from generator.exports.json_text import Json, json_text
from generator.library.review import State
from generator.library.site import Site
from generator.model.dose import Span
from generator.model.kinds import KINDS, Kind
from generator.model.record import Reviewed, Source
from generator.model.schema import Field, Shape, fields_of
from generator.model.sign import Tier
from generator.outputs import Output

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schemas(site: Site) -> Iterator[Output]:
    """A schema for each kind, those of the lists and the index, and the OpenAPI document."""
    for kind in KINDS:
        uri = routes.schema_uri(kind.name)
        yield Output(uri, partial(_document, partial(record_schema, kind)))
    yield Output(routes.schema_uri("list"), partial(_document, _list_schema))
    yield Output(routes.schema_uri("index"), partial(_document, _index_schema))
    yield Output(routes.OPENAPI, lambda: json_text(openapi(site.address)))


def record_schema(kind: Kind) -> Json:
    """What a record's document holds."""
    row: Json = {
        "type": "object",
        "required": ["kind", "id", "name", "field"],
        "properties": {
            "kind": {"enum": [k.name for k in KINDS]},
            "id": {"type": "string"},
            "name": {"type": "string"},
            "field": {"type": "string"},
            "url": {"type": "string"},
            "stage": {"type": "integer", "minimum": 1},
            "facts": {"type": "object"},
        },
        "additionalProperties": False,
    }
    summary = _summary_schema(kind)
    properties = {
        "api_version": {"const": routes.API_VERSION},
        **summary["properties"],
        "fields": _object_schema(kind.type),
        "links_from_here": {"type": "array", "items": row},
        "links_to_here": {"type": "array", "items": row},
    }
    required = ["api_version", *summary["required"], "fields", "links_from_here", "links_to_here"]
    if kind.has_pages:
        properties["addresses"] = _addresses_schema(kind)
        required.append("addresses")
    if issubclass(kind.type, Reviewed):
        properties["review"] = _review_schema()
        required.append("review")
    if kind.name == "exercises":
        properties |= {
            "figure": {"type": "string", "description": "Its movement, as SVG."},
            "figure_card": {"type": "string", "description": "Its still figure, as SVG."},
            "figure_text": {"type": "string", "description": "What the figure shows."},
        }
    if kind.name in FLAGGED:
        properties["red_flags"] = {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["id", "name", "short", "tier", "action", "care"],
                "properties": {
                    "id": {"type": "string"},
                    "name": {"type": "string"},
                    "short": {"type": "string", "description": "Its name within a sentence."},
                    "tier": {"enum": list(get_args(Tier))},
                    "action": {"type": "string", "description": "What to do about it."},
                    "care": {"type": "string", "description": "What to do about its whole tier."},
                },
                "additionalProperties": False,
            },
        }
        required.append("red_flags")
    return {
        "title": kind.singular,
        "description": (kind.type.__doc__ or "").splitlines()[0],
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": False,
    }


def _addresses_schema(kind: Kind) -> Json:
    address: Json = {"type": "string"}
    row: Json = {
        "type": "object",
        "required": ["id", "url"],
        "properties": {"id": {"type": "string"}, "url": address},
        "additionalProperties": False,
    }
    names = ["page", "markdown"]
    names += ["card", "oembed"] if kind.name in VIEWS else []
    names += ["take_away", "feed"] if kind.name == "conditions" else []
    lists = ["sections", "cards"]
    return {
        "type": "object",
        "required": [*names, *lists],
        "properties": {
            **dict.fromkeys(names, address),
            **{name: {"type": "array", "items": row} for name in lists},
        },
        "additionalProperties": False,
    }


def _review_schema() -> Json:
    names = ["state", "by", "registration", "on", "due"]
    return {
        "type": "object",
        "required": ["state"],
        "properties": {
            **{name: {"type": "string"} for name in names},
            "state": {"enum": list(get_args(State))},
        },
        "if": {"properties": {"state": {"const": "draft"}}},
        "else": {"required": names},
        "additionalProperties": False,
    }


def openapi(address: str) -> Json:
    """The whole API: one path for each sort of document. It is read only, and asks for no key."""
    paths: Json = {
        f"/{routes.api_index_uri()}": _path("index", "getIndex", _ref("index")),
    }
    for kind in KINDS:
        name = kind.name.title().replace("-", "")
        paths[f"/{routes.api_kind_uri(kind.name)}"] = _path(
            f"list of {kind.name}", f"list{name}", _ref("list")
        )
        item = routes.api_record_uri(kind.name, "{id}")
        paths[f"/{item}"] = _path(f"one {kind.singular}", f"get{name}", _ref(kind.name)) | {
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            ]
        }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "StrideGuide",
            "version": f"{routes.API_VERSION}.{__version__}",
            "license": {
                "name": "CC BY 4.0",
                "url": "https://creativecommons.org/licenses/by/4.0/",
            },
        },
        "servers": [{"url": (address or "/").rstrip("/") or "/"}],
        "security": [],
        "jsonSchemaDialect": DIALECT,
        "paths": paths,
        "components": {
            "schemas": {
                "index": _index_schema(),
                "list": _list_schema(),
                **{kind.name: record_schema(kind) for kind in KINDS},
            }
        },
    }


def _path(summary: str, operation: str, schema: Json) -> Json:
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "responses": {
                "200": {
                    "description": summary,
                    "content": {"application/json": {"schema": schema}},
                },
                "404": {"description": "There is no such document."},
            },
        }
    }


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _summary_schema(kind: Kind | None) -> Json:
    properties: Json = {
        "kind": {"const": kind.name} if kind else {"enum": [k.name for k in KINDS]},
        "id": {"type": "string"},
        "name": {"type": "string"},
        "aliases": {"type": "array", "items": {"type": "string"}},
        "api": {"type": "string"},
        "url": {"type": "string"},
        "regions": {"type": "array", "items": {"type": "string"}},
    }
    required = ["kind", "id", "name", "aliases", "api"]
    return {
        "type": "object",
        "required": [*required, "url"] if kind and kind.has_pages else required,
        "properties": properties,
        "additionalProperties": False,
    }


def _list_schema() -> Json:
    return {
        "type": "object",
        "required": ["api_version", "kind", "records"],
        "properties": {
            "api_version": {"const": routes.API_VERSION},
            "kind": {"enum": [k.name for k in KINDS]},
            "records": {"type": "array", "items": _summary_schema(None)},
        },
    }


def _index_schema() -> Json:
    return {
        "type": "object",
        "required": ["api_version", "kinds", "records", "articles", "vocabulary"],
        "properties": {
            "api_version": {"const": routes.API_VERSION},
            "kinds": {"type": "array", "items": {"type": "object"}},
            "records": {"type": "array", "items": _summary_schema(None)},
            "articles": {"type": "array", "items": {"type": "object"}},
            "vocabulary": {"type": "object"},
        },
    }


def _object_schema(type_: type[Any]) -> Json:
    fields = fields_of(type_)
    return {
        "type": "object",
        "required": [field.name for field in fields if field.required],
        "properties": {field.name: _field_schema(field) for field in fields},
        "additionalProperties": False,
    }


def _field_schema(field: Field) -> Json:
    schema = _value_schema(field.shape)
    return {"description": field.help, **schema} if field.help else schema


def _value_schema(shape: Shape) -> Json:
    if shape.base is Source:
        return {
            "oneOf": [
                {"const": "general"},
                {"type": "array", "minItems": 1, "items": {"type": "string"}},
            ]
        }
    if shape.base is Span:
        bounds: Json = {"type": "integer"}
        if shape.between:
            bounds |= {"minimum": shape.between.low, "maximum": shape.between.high}
        return {
            "type": "object",
            "required": ["min", "max"],
            "properties": {"min": bounds, "max": bounds},
            "additionalProperties": False,
        }
    if shape.base is tuple:
        assert shape.item is not None
        body: Json = {"type": "array", "items": _value_schema(shape.item)}
        return body | ({"minItems": shape.at_least} if shape.at_least else {})
    if shape.base is bool:
        return {"type": "boolean"}
    if shape.base is int:
        return {"type": "integer"}
    if shape.base is str:
        text: Json = {"enum": ["", *shape.choices]} if shape.choices else {"type": "string"}
        return text | ({"maxLength": shape.text.limit} if shape.text else {})
    return _object_schema(shape.base)


def _document(schema: Callable[[], Json]) -> str:
    return json_text({"$schema": DIALECT, **schema()})
