"""Library -> the JSON API, version 1: every field of every record, and its links both ways."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from generator import routes
from generator.exports.api_links import addresses_json, review_json
from generator.exports.json_text import Json, json_text
from generator.library.library import MENTION_FIELD, Library, Link
from generator.library.red_flags import red_flags
from generator.library.site import Site
from generator.model.condition import Condition, Stage
from generator.model.dose import Span
from generator.model.exercise import Exercise
from generator.model.kinds import KINDS, Kind, kind_of
from generator.model.record import Located, Record, Reviewed, Source
from generator.model.schema import fields_of
from generator.outputs import Output
from generator.pages import views
from generator.pages.numbers import plain_numbers

FLAGGED: Final = ("conditions", "exercises", "programmes", "regions")
"""The kinds whose documents list the red flags that their pages show."""


def api(site: Site) -> Iterator[Output]:
    """The index, a list for each kind, and a document for each record.

    /api/v1/index.json          kinds, and every record's kind, id, names and address
    /api/v1/<kind>.json         the records of a kind, without their fields
    /api/v1/<kind>/<id>.json    one record: its fields, and its links both ways
    """
    library = site.library
    yield _output(routes.api_index_uri(), partial(_index_json, library))
    for kind in KINDS:
        yield _output(routes.api_kind_uri(kind.name), partial(_kind_json, library, kind))
        for id_ in library.of_kind(kind.name):
            uri = routes.api_record_uri(kind.name, id_)
            yield _output(uri, partial(_by_id_json, site, kind, id_))


def _by_id_json(site: Site, kind: Kind, id_: str) -> Json:
    return record_json(site, kind, site.library.of_kind(kind.name)[id_])


def _kind_json(library: Library, kind: Kind) -> Json:
    rows = [_summary_json(kind, record) for record in library.of_kind(kind.name).values()]
    rows.sort(key=lambda row: str(row["id"]))
    return {"api_version": routes.API_VERSION, "kind": kind.name, "records": rows}


def record_json(site: Site, kind: Kind, record: Record) -> Json:
    """One record. `links_from_here` and `links_to_here` hold the same sort of rows."""
    library = site.library
    body: Json = {
        "api_version": routes.API_VERSION,
        **_summary_json(kind, record),
        "fields": _value_json(record),
        "links_from_here": _unique(
            _link_json(library, link, outward=True) for link in library.links_from(record)
        ),
        "links_to_here": _unique(
            _link_json(library, link, outward=False)
            for link in library.links_to(kind.name, record.id)
        ),
    }
    if kind.has_pages:
        body["addresses"] = addresses_json(site, kind, record)
    if isinstance(record, Reviewed):
        body["review"] = review_json(site, record)
    if isinstance(record, Exercise) and record.id in library.motions:
        body["figure"] = site.address + routes.figure_uri(record.id)
        body["figure_card"] = site.address + routes.figure_card_uri(record.id)
        body["figure_text"] = library.figure_words[record.id]
    if kind.name in FLAGGED:
        body["red_flags"] = [
            {
                "id": sign.id,
                "name": sign.name,
                "short": sign.red_flag.short,
                "tier": sign.red_flag.tier,
                "action": plain_numbers(sign.red_flag.action, site.country),
                "care": plain_numbers(library.care[sign.red_flag.tier].action, site.country),
            }
            for sign in red_flags(library, record)
            if sign.red_flag
        ]
    return body


def _index_json(library: Library) -> Json:
    rows = [_summary_json(kind, record) for kind, record in library.all_records()]
    rows.sort(key=lambda row: (str(row["kind"]), str(row["id"])))
    vocabulary = {
        name: [{"id": word, "name": label.name} for word, label in words.items()]
        for name, words in library.vocabulary.items()
    }
    return {
        "api_version": routes.API_VERSION,
        "kinds": [
            {"kind": kind.name, "api": routes.api_kind_uri(kind.name), "has_pages": kind.has_pages}
            for kind in KINDS
        ],
        "records": rows,
        "articles": [{"name": a.title, "url": a.url} for a in library.articles],
        "vocabulary": vocabulary,
    }


def _summary_json(kind: Kind, record: Record) -> Json:
    row: Json = {
        "kind": kind.name,
        "id": record.id,
        "name": record.name,
        "aliases": list(record.aliases),
        "api": routes.api_record_uri(kind.name, record.id),
    }
    if kind.has_pages:
        row["url"] = routes.page_url(kind.name, record.id)
    if regions := getattr(record, "regions", None):
        row["regions"] = list(regions)
    return row


def _link_json(library: Library, link: Link, *, outward: bool) -> Json:
    """The other end of a link, the field that makes it, and the facts that stand on it."""
    other = link.record
    if outward:
        is_mention = link.kind == MENTION_FIELD
        other = library.pages[link.id][1] if is_mention else library.of_kind(link.kind)[link.id]
    kind = kind_of(other)
    row: Json = {"kind": kind.name, "id": other.id, "name": other.name, "field": link.field}
    if kind.has_pages:
        row["url"] = routes.page_url(kind.name, other.id)
    if len(link.owners) > 1 and not isinstance(link.part, Source):
        row["facts"] = _value_json(link.part)
        if isinstance(record := link.record, Condition) and isinstance(link.owners[1], Stage):
            row["stage"] = views.position(record.stages, link.owners[1])
    return row


def _unique(rows: Iterator[Json]) -> list[Json]:
    by_text = {json.dumps(row, sort_keys=True): row for row in rows}
    return sorted(by_text.values(), key=lambda row: (row["kind"], row["id"], row["field"]))


def _value_json(value: object) -> Any:
    match value:
        case Source():
            return "general" if value.is_general else list(value.references)
        case Span():
            return {"min": value.low, "max": value.high}
        case Located():
            fields = ((f.name, getattr(value, f.name)) for f in fields_of(type(value)))
            return {name: _value_json(inner) for name, inner in fields if inner is not None}
        case tuple():
            return [_value_json(item) for item in value]
    return value


def _output(uri: str, body: Callable[[], Json]) -> Output:
    return Output(uri, lambda: json_text(body()))
