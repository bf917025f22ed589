"""Records that note which of their fields are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from generator.model.record import Record
from generator.once import Witnessed

R = TypeVar("R", bound=Record)
Note = Callable[[str], None]


def witness(record: R, note: Note) -> R:
    """The same record; `note` hears of each field that is read. Its id is no news to anybody."""
    kind: Any = type(record)
    made: R = object.__new__(_witness_type(kind))
    object.__setattr__(made, "_record", record)
    object.__setattr__(made, "_note", note)
    return made


def unwitnessed(record: R) -> R:
    """The record itself, without a word to anybody."""
    plain: R = getattr(record, "_record", record)
    return plain


@cache
def _witness_type(type_: type[Any]) -> type[Any]:
    """A type for witnesses of `type_`, each field a property in front of the record's own."""
    body: dict[str, Any] = {"__slots__": ("_note", "_record"), "__doc__": type_.__doc__}
    body |= {"__eq__": _equals, "__hash__": _hashed}
    body |= {field.name: _noting(field.name) for field in fields(type_)}
    body["id"] = property(attrgetter("_record.id"))
    return type(type_.__name__, (Witnessed, type_), body)


def _noting(field: str) -> property:
    read = attrgetter(field)

    def noted(self: Any) -> Any:
        self._note(field)
        return read(self._record)

    return property(noted)


def _equals(self: Any, other: object) -> bool:
    return self._record is getattr(other, "_record", other)


def _hashed(self: Any) -> int:
    """Whoever keeps something under a record may keep anything of it."""
    return id(self.whole())
