"""Library -> a table (CSV) for each kind: what fits a cell, ids joined by spaces."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import Final

from generator import routes
from generator.library.library import Library
from generator.model.kinds import KINDS, Kind
from generator.model.record import Claim, Record
from generator.model.schema import Field, fields_of
from generator.outputs import Output

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def tables(library: Library) -> Iterator[Output]:
    """A table for each kind."""
    for kind in KINDS:
        yield Output(routes.table_uri(kind.name), partial(table_text, library, kind))


def table_text(library: Library, kind: Kind) -> str:
    """One row for each record; lines end as RFC 4180 says."""
    columns = [field for field in fields_of(kind.type) if _fits(field)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["id", *(field.name for field in columns)])
    for record in sorted(library.of_kind(kind.name).values(), key=lambda r: r.id):
        writer.writerow([record.id, *(_cell(record, field) for field in columns)])
    return out.getvalue()


def _fits(field: Field) -> bool:
    shape = field.shape
    of = shape.item.base if shape.base is tuple and shape.item else shape.base
    return of in (str, int, bool, Claim)


def _cell(record: Record, field: Field) -> str:
    value = getattr(record, field.name)
    items = value if isinstance(value, tuple) else (value,)
    texts = [_plain(item) for item in items]
    between = " " if field.shape.item and field.shape.item.ref else " | "
    return safe_cell(between.join(texts))


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.text if isinstance(value, Claim) else str(value)


def safe_cell(text: str) -> str:
    """Text that a spreadsheet does not take for a formula.

    >>> safe_cell("=1+1"), safe_cell("3 sets")
    ("'=1+1", '3 sets')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
