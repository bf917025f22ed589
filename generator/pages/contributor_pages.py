"""Pages for contributors: every field of the data files, and every code that `check` may print."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from generator import routes
from generator.diagnostics import RULES
from generator.exports.editor_schema import limits_of
from generator.library.library import Library
from generator.library.memoize import once_for_each
from generator.library.site import Site
from generator.model.kinds import KINDS, Kind
from generator.model.record import Located, Record, Source
from generator.model.schema import Field, about, fields_of, walk
from generator.outputs import Output
from generator.pages.propose_page import propose_page
from generator.pages.render import render_page

EXAMPLE_LENGTH: Final = 70
"""Characters of the longest example; what is longer is cut, and a list left out."""
MOST_ITEMS: Final = 3
"""Of a list that is an example."""

Examples = Mapping[tuple[str, str], str]
"""(Name of the part's type, field) -> a value from the data."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field as the reference shows it; `part` names the fields that it holds, if any."""

    name: str
    required: bool
    wording: bool
    help: str
    limits: str
    words: tuple[str, ...]
    kind: str
    part: str
    example: str


@dataclass(frozen=True, slots=True)
class PartTable:
    """The fields of a record, or of a part of one."""

    name: str
    about: str
    rows: tuple[FieldRow, ...]


def contributor_pages(site: Site) -> Iterator[Output]:
    """The form for proposals, the field reference and the list of findings."""
    yield propose_page(site)
    yield Output(routes.source_uri(routes.FIELDS), partial(_fields, site))
    yield Output(routes.source_uri(routes.CODES), partial(_codes, site))


def _fields(site: Site) -> str:
    tables = [(kind, _tables(kind, site.library)) for kind in KINDS]
    return render_page(site, "fields.md.jinja", routes.FIELDS, kinds=tables)


def _codes(site: Site) -> str:
    rules = {code: inspect.cleandoc(text).split("\n\n") for code, text in sorted(RULES.items())}
    return render_page(site, "codes.md.jinja", routes.CODES, rules=rules)


def _tables(kind: Kind, library: Library) -> tuple[PartTable, ...]:
    """The kind's own fields, then those of its parts in order of their first use."""
    examples = _examples(kind, library)
    types: dict[str, type] = {kind.type.__name__: kind.type}
    tables: list[PartTable] = []
    while len(tables) < len(types):
        type_ = list(types.values())[len(tables)]
        rows = []
        for field in fields_of(type_):
            if part := field.shape.part:
                types.setdefault(part.__name__, part)
            rows.append(_row(type_, field, library, examples, part.__name__ if part else ""))
        tables.append(PartTable(type_.__name__, about(type_), tuple(rows)))
    return tuple(tables)


def _row(type_: type, field: Field, library: Library, examples: Examples, part: str) -> FieldRow:
    inner = field.shape.innermost
    words = inner.choices
    if inner.term:
        words = tuple(library.vocabulary.get(inner.term.vocabulary, {}))
    return FieldRow(
        name=field.name,
        required=field.required,
        wording=field.wording,
        help=field.help,
        limits="; ".join(limits_of(field.shape)),
        words=words,
        kind="references" if inner.base is Source else inner.ref.kind if inner.ref else "",
        part=part,
        example=examples.get((type_.__name__, field.name), ""),
    )


def _examples(kind: Kind, library: Library) -> Examples:
    found: dict[tuple[str, str], str] = {}
    for record in library.of_kind(kind.name).values():
        found = {**_examples_in(record), **found}
    return found


@once_for_each
def _examples_in(record: Record) -> Examples:
    found: dict[tuple[str, str], str] = {}
    for owners, field, value in walk(record):
        key = (type(owners[-1]).__name__, field.name)
        if key not in found and (text := _example(value)):
            found[key] = text
    return found


def _example(value: object) -> str:
    match value:
        case None | "" | ():
            return ""
        case Source():
            return "general" if value.is_general else f"[{', '.join(value.references)}]"
        case Located():
            return ""
        case bool():
            return str(value).lower()
        case tuple():
            texts = [_example(item) for item in value[:MOST_ITEMS]]
            more = ", …" if len(value) > MOST_ITEMS else ""
            short = all(texts) and sum(map(len, texts)) <= EXAMPLE_LENGTH
            return f"[{', '.join(texts)}{more}]" if short else ""
    text = " ".join(str(value).split())
    return text if len(text) <= EXAMPLE_LENGTH else f"{text[: EXAMPLE_LENGTH - 1].rstrip()}…"
