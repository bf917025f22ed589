"""JSON Schemas and an OpenAPI document for the API, read from the declarations of the records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, get_args

from generator import __version__, routes
from generator.embeds.cards import VIEWS
from generator.exports.api import FLAGGED
from generator.exports.field_schemas import FieldSchemas, closed
from generator.exports.json_text import Json, json_text
from generator.library.review import State
from generator.library.site import Site
from generator.model.kinds import KINDS, Kind
from generator.model.record import Reviewed
from generator.model.sign import Tier
from generator.outputs import Output

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_STRING: Final[Json] = {"type": "string"}


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
    row = closed(
        ("kind", "id", "name", "field"),
        {
            "kind": {"enum": [k.name for k in KINDS]},
            **dict.fromkeys(("id", "name", "field", "url"), _STRING),
            "stage": {"type": "integer", "minimum": 1},
            "facts": {"type": "object"},
        },
    )
    summary = _summary_schema(kind)
    properties = {
        "api_version": {"const": routes.API_VERSION},
        **summary["properties"],
        "fields": FieldSchemas().record(kind.type),
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
            "items": closed(
                ("id", "name", "short", "tier", "action", "care"),
                {
                    "id": _STRING,
                    "name": _STRING,
                    "short": {"type": "string", "description": "Its name within a sentence."},
                    "tier": {"enum": list(get_args(Tier))},
                    "action": {"type": "string", "description": "What to do about it."},
                    "care": {"type": "string", "description": "What to do about its whole tier."},
                },
            ),
        }
        required.append("red_flags")
    return {
        "title": kind.singular,
        "description": (kind.type.__doc__ or "").splitlines()[0],
        **closed(required, properties),
    }


def _addresses_schema(kind: Kind) -> Json:
    rows = {"type": "array", "items": closed(("id", "url"), {"id": _STRING, "url": _STRING})}
    names = ["page", "markdown"]
    names += ["card", "oembed"] if kind.name in VIEWS else []
    names += ["take_away", "feed"] if kind.name == "conditions" else []
    lists = ["sections", "cards"]
    properties = dict.fromkeys(names, _STRING) | dict.fromkeys(lists, rows)
    return closed((*names, *lists), properties)


def _review_schema() -> Json:
    names = ["state", "by", "registration", "on", "due"]
    return {
        "type": "object",
        "required": ["state"],
        "properties": {
            **dict.fromkeys(names, _STRING),
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
        "id": _STRING,
        "name": _STRING,
        "aliases": {"type": "array", "items": _STRING},
        "api": _STRING,
        "url": _STRING,
        "regions": {"type": "array", "items": _STRING},
    }
    required = ["kind", "id", "name", "aliases", "api"]
    return closed([*required, "url"] if kind and kind.has_pages else required, properties)


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


def _document(schema: Callable[[], Json]) -> str:
    return json_text({"$schema": DIALECT, **schema()})
