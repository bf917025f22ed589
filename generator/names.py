"""Every page by its names, for search that forgives a slip and for addresses that lead nowhere."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from generator import routes
from generator.environment import kind_title
from generator.library import Library
from generator.machines.json_text import compact_json
from generator.model.record import Record
from generator.outputs import Output

NOT_LOOKED_FOR: Final = frozenset(("references",))
"""Kinds that nobody looks for by name."""


def names_data(library: Library) -> Output:
    """Names, other names, kind and region of each page, in one small file that scripts load."""
    return Output(routes.NAMES_DATA, partial(_text, library))


def _text(library: Library) -> str:
    looked_for = [
        (kind.name, record)
        for kind, record in library.all_records()
        if kind.has_pages and kind.name not in NOT_LOOKED_FOR
    ]
    body = {
        "kinds": {kind: kind_title(kind) for kind, _ in looked_for},
        "spellings": {
            word: label.name for word, label in library.vocabulary.get("misspellings", {}).items()
        },
        "pages": [_row(library, kind, record) for kind, record in looked_for],
    }
    return compact_json(body)


def _row(library: Library, kind: str, record: Record) -> list[Any]:
    regions: tuple[str, ...] = getattr(record, "regions", ())
    region = library.regions[regions[0]].name if regions else ""
    return [kind, record.id, record.name, region, *record.aliases]
