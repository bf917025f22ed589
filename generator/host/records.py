"""Sound records of an earlier run, kept so that only what was edited since is read again.

A record is kept as JSON: its values in the order of their declaration, and its places. It
counts for this very text, read by this very programme.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from generator.digests import digest_of
from generator.host.code import programme_digest
from generator.host.store import Store
from generator.model.dose import Span
from generator.model.kinds import Kind
from generator.model.record import Located, Record
from generator.reading.chunks import Chunk
from generator.reading.load import Entry, LastRead
from generator.reading.places import Layout, Places, Shift, layout_of
from generator.shape import Shape, fields_of

CACHE: Final = Path(".cache/strideguide")
STORE: Final = "records.sqlite"


class KeptRead(LastRead):
    """What was last read, by this process or by an earlier one."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    def recall(self, kind: Kind, chunk: Chunk, shown: str) -> Entry | None:
        """The record of this text, if it was kept."""
        row = self._store.get(_name(chunk, shown), _key(kind, chunk))
        if row is None:
            return None
        shift = Shift()
        try:
            digest, line, *packed = json.loads(row)
            record = unpacked(kind.type, packed, chunk.key, shown, shift)
        except (LookupError, TypeError, ValueError):
            return None
        shift.lines = chunk.line - line
        return Entry(record, digest, chunk.text, line, shift)

    def keep(self, kind: Kind, chunk: Chunk, shown: str, entry: Entry) -> None:
        """Keep it for the next process."""
        row = json.dumps([entry.digest, entry.line, *packed(entry.record)])
        self._store.put(_name(chunk, shown), _key(kind, chunk), row.encode())

    def finish(self) -> None:
        """Leave all that waits to the next process."""
        self._store.flush()


def kept_beside(settings: Path) -> LastRead:
    """What was read before in the project of this mkdocs.yml; nothing where there is none."""
    if not settings.is_file():
        return LastRead()
    return KeptRead(Store(settings.parent / CACHE / STORE))


def _name(chunk: Chunk, shown: str) -> str:
    return f"{shown} {chunk.key}"


def _key(kind: Kind, chunk: Chunk) -> str:
    return digest_of(programme_digest(), kind.name, chunk.text)


_PLAIN: Final = (str, int)


def packed(record: Record) -> list[Any]:
    """The layouts of a record's parts (the keys of their places), and its values."""
    pack = _Packer()
    values = pack.value(record)
    return [[list(layout) for layout in pack.layouts], values]


class _Packer:
    def __init__(self) -> None:
        self.layouts: list[Layout] = []
        self._numbers: dict[int, int] = {}
        """Of each layout, by its identity: to compare two takes longer."""

    def value(self, value: Any) -> Any:
        if isinstance(value, Located) and isinstance(value.places, Places):
            packed = [self.number_of(value.places.layout), value.places.spots]
            for field in fields_of(type(value)):
                inner = getattr(value, field.name)
                packed.append(inner if isinstance(inner, _PLAIN) else self.value(inner))
            return packed
        if isinstance(value, tuple):
            return [one if isinstance(one, _PLAIN) else self.value(one) for one in value]
        if isinstance(value, Span):
            return [value.low, value.high]
        if value is None or isinstance(value, _PLAIN):
            return value
        raise TypeError(f"no field may hold {value!r}")

    def number_of(self, layout: Layout) -> int:
        number = self._numbers.get(id(layout))
        if number is None:
            number = self._numbers[id(layout)] = len(self.layouts)
            self.layouts.append(layout)
        return number


def unpacked(type_: type[Any], packed: list[Any], id_: str, path: str, shift: Shift) -> Any:
    """The record again, as it was read from `path`."""
    layouts, values = packed
    unpack = _Unpacker([layout_of(tuple(map(tuple, keys))) for keys in layouts], path, shift)
    return unpack.part(type_, values, id=id_)


class _Unpacker:
    def __init__(self, layouts: list[Layout], path: str, shift: Shift) -> None:
        self._layouts, self._path, self._shift = layouts, path, shift

    def part(self, type_: type[Any], packed: list[Any], **known: Any) -> Any:
        layout, spots, *values = packed
        for field, value in zip(fields_of(type_), values, strict=True):
            known[field.name] = self.value(field.shape, value) if isinstance(value, list) else value
        places = Places(self._path, self._layouts[layout], spots, self._shift)
        return type_(places=places, **known)

    def value(self, shape: Shape, packed: list[Any]) -> Any:
        if item := shape.item:
            return tuple(
                [self.value(item, one) if isinstance(one, list) else one for one in packed]
            )
        if shape.base is Span:
            return Span(*packed)
        return self.part(shape.base, packed)
