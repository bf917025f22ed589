"""Sound records of an earlier run, kept so that only what was edited since is read again.

A record is kept as JSON: its values in the order of their declaration, and its places. It
counts for this very text, read by this very programme.
"""

from __future__ import annotations

import json
import sys
from array import array
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from generator.cores import PAYS, both
from generator.digests import digest_of
from generator.host.code import programme_digest
from generator.host.store import Store
from generator.model.dose import Span
from generator.model.kinds import Kind
from generator.model.record import Located, Record
from generator.reading.chunks import Chunk
from generator.reading.load import Entry, LastRead, read_chunks
from generator.reading.places import Layout, Places, Shift, layout_from
from generator.shape import Shape, fields_of

CACHE: Final = Path(".cache/strideguide")
STORE: Final = "records.sqlite"
_OWN_SHARE: Final = 0.48
"""Of what two processes read: who reads less here has the time to take over the rest."""


class KeptRead(LastRead):
    """What was last read, by this process or by an earlier one."""

    def __init__(self, store: Store, *, both_cores: bool = False) -> None:
        super().__init__()
        self._store = store
        self._both_cores = both_cores

    def recall(self, kind: Kind, chunk: Chunk, shown: str) -> Entry | None:
        """The record of this text, if it was kept."""
        row = self._store.get(_name(chunk, shown), _key(kind, chunk))
        return _entry(row or b"", kind, chunk, shown)

    def read(self, kind: Kind, parts: Sequence[Chunk], shown: str) -> Iterator[Entry | None]:
        """Read and keep them; where they are many, a copy of this process reads the last ones."""
        if not self._both_cores or sum(len(part.text) for part in parts) < PAYS:
            yield from self._read(kind, parts, shown)
            return
        share = int(len(parts) * _OWN_SHARE)
        own, others = parts[:share], parts[share:]
        entries, rows = both(
            lambda: list(self._read(kind, own, shown)),
            lambda: [_row(entry) for entry in read_chunks(kind, others, shown)],
        )
        yield from entries
        if not all(entries):
            return
        for part, row in zip(others, rows, strict=False):
            self._keep(kind, part, shown, row)
            yield _entry(row, kind, part, shown)

    def _read(self, kind: Kind, parts: Sequence[Chunk], shown: str) -> Iterator[Entry | None]:
        for part, entry in zip(parts, read_chunks(kind, parts, shown), strict=False):
            self._keep(kind, part, shown, _row(entry))
            yield entry

    def _keep(self, kind: Kind, chunk: Chunk, shown: str, row: bytes) -> None:
        if row:
            self._store.put(_name(chunk, shown), _key(kind, chunk), row)

    def finish(self) -> None:
        """Leave all that waits to the next process."""
        self._store.flush()


def kept_beside(settings: Path, *, both_cores: bool = False) -> LastRead:
    """What was read before in the project of this mkdocs.yml; nothing where there is none."""
    if not settings.is_file():
        return LastRead()
    return KeptRead(Store(settings.parent / CACHE / STORE), both_cores=both_cores)


def _row(entry: Entry | None) -> bytes:
    """A record as it is kept; nothing for one that is not sound."""
    if entry is None:
        return b""
    return json.dumps([entry.digest, entry.line, *packed(entry.record)]).encode()


def _entry(row: bytes, kind: Kind, chunk: Chunk, shown: str) -> Entry | None:
    """The record of a row; None for a row that holds none."""
    shift = Shift()
    try:
        digest, line, *packed = json.loads(row)
        record = unpacked(kind.type, packed, chunk.key, shown, shift)
    except (LookupError, TypeError, ValueError):
        return None
    shift.lines = chunk.line - line
    return Entry(record, digest, chunk.text, line, shift)


def _name(chunk: Chunk, shown: str) -> str:
    return f"{shown} {chunk.key}"


def _key(kind: Kind, chunk: Chunk) -> str:
    return digest_of(programme_digest(), sys.byteorder, kind.name, chunk.text)


_PLAIN: Final = (str, int, bool)


def packed(record: Record) -> list[Any]:
    """The layouts of a record's parts (the keys of their places), and its values."""
    layouts: dict[str, int] = {}
    values = _packed(record, layouts)
    return [list(layouts), values]


def _packed(value: Any, layouts: dict[str, int]) -> Any:
    if isinstance(value, Located) and isinstance(value.places, Places):
        layout = layouts.setdefault(value.places.layout.text, len(layouts))
        packed = [layout, b2a_base64(value.places.spots, newline=False).decode()]
        for field in fields_of(type(value)):
            inner = getattr(value, field.name)
            packed.append(inner if isinstance(inner, _PLAIN) else _packed(inner, layouts))
        return packed
    if isinstance(value, tuple):
        return [one if isinstance(one, _PLAIN) else _packed(one, layouts) for one in value]
    if isinstance(value, Span):
        return [value.low, value.high]
    if value is None or isinstance(value, _PLAIN):
        return value
    raise TypeError(f"no field may hold {value!r}")


def unpacked(type_: type[Any], packed: list[Any], id_: str, path: str, shift: Shift) -> Any:
    """The record again, as it was read from `path`."""
    layouts, values = packed
    return _part(type_, _Origin([*map(layout_from, layouts)], path, shift), values, id=id_)


class _Origin(NamedTuple):
    """What the places of a record's parts have in common."""

    layouts: list[Layout]
    path: str
    shift: Shift


_Unpack = Callable[[_Origin, list[Any]], Any]


def _part(type_: Any, origin: _Origin, packed: list[Any], **known: Any) -> Any:
    layout, spots, *values = packed
    for (name, unpack), value in zip(_unpackers(type_), values, strict=True):
        known[name] = unpack(origin, value) if isinstance(value, list) else value
    packed_spots = array("Q", a2b_base64(spots))
    places = Places(origin.path, origin.layouts[layout], packed_spots, origin.shift)
    return type_(places=places, **known)


@cache
def _unpackers(type_: type[Any]) -> tuple[tuple[str, _Unpack], ...]:
    """The fields of a type in their order, each with what makes its value of a list."""
    return tuple((field.name, _unpacking(field.shape)) for field in fields_of(type_))


def _unpacking(shape: Shape) -> _Unpack:
    if item := shape.item:
        if item.base in _PLAIN:
            return lambda _, packed: tuple(packed)
        one = _unpacking(item)
        return lambda origin, packed: tuple([one(origin, value) for value in packed])
    if shape.base is Span:
        return lambda _, packed: Span(*packed)
    return partial(_part, shape.base)
