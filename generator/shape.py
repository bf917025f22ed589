"""What each record type may hold, read once from its annotations.

The dataclasses in `generator.model` are the one declaration of every field; this module
turns them into `Field`s that the loader, the API and the link walk follow.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from generator.model.fields import Address, AtLeast, Between, Day, Ref, Term, Text, Wording
from generator.model.record import Located, Source

OWN_FIELDS: Final = frozenset({"id", "places"})
"""Attributes that the loader sets itself; no data file holds them."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The type of a value: `base` is str, int, bool, a dataclass, or tuple with `item`."""

    base: type[Any]
    item: Shape | None = None
    choices: tuple[str, ...] = ()
    text: Text | None = None
    ref: Ref | None = None
    term: Term | None = None
    at_least: int = 0
    between: Between | None = None
    is_day: bool = False
    is_address: bool = False

    @property
    def innermost(self) -> Shape:
        """The shape of what lists, and lists of lists, hold in the end."""
        return self.item.innermost if self.item else self

    @property
    def part(self) -> type[Located] | None:
        """The part with fields of its own that it holds, one or a list of them."""
        base = self.innermost.base
        return base if issubclass(base, Located) and base is not Source else None


@dataclass(frozen=True, slots=True)
class Field:
    """A named field of a record or of a part of one."""

    name: str
    shape: Shape
    required: bool
    help: str
    wording: bool = False
    has_parts: bool = False
    """Whether its value is a part, or a list of parts, with fields of their own."""


def fields_of(owner: type[Any]) -> tuple[Field, ...]:
    """The fields that a data file may give to this dataclass, in the order of their declaration."""
    if owner not in _FIELDS:
        _FIELDS[owner] = _read_fields(owner)
    return _FIELDS[owner]


_FIELDS: Final[dict[type[Any], tuple[Field, ...]]] = {}


def _read_fields(owner: type[Any]) -> tuple[Field, ...]:
    hints = typing.get_type_hints(owner, include_extras=True)
    return tuple(
        Field(
            name=field.name,
            shape=_shape(hints[field.name]),
            required=field.default is dataclasses.MISSING
            and field.default_factory is dataclasses.MISSING,
            help=_help(hints[field.name]),
            wording=any(isinstance(mark, Wording) for mark in get_args(hints[field.name])[1:]),
            has_parts=_has_parts(_shape(hints[field.name])),
        )
        for field in dataclasses.fields(owner)
        if field.name not in OWN_FIELDS
    )


Step = tuple[tuple[Located, ...], Field, object]


def walk(value: object) -> list[Step]:
    """Every field inside a record, parts of parts included, in the order of their declaration.

    Gives the owners from the record down to the part that holds the field, then the field
    and its value.
    """
    steps: list[Step] = []
    _walk(value, (), steps)
    return steps


def _walk(value: object, owners: tuple[Located, ...], steps: list[Step]) -> None:
    if not isinstance(value, Located):
        return
    owners = (*owners, value)
    for field in fields_of(type(value)):
        inner = getattr(value, field.name)
        steps.append((owners, field, inner))
        if field.has_parts:
            for part in inner if isinstance(inner, tuple) else (inner,):
                _walk(part, owners, steps)


def about(owner: type[Any]) -> str:
    """What a dataclass of the model is, in its own words, on one line."""
    return inspect.cleandoc(owner.__doc__ or "").split("\n\n")[0].replace("\n", " ")


def _has_parts(shape: Shape) -> bool:
    return issubclass(shape.base, Located) or bool(shape.item and _has_parts(shape.item))


def _help(hint: Any) -> str:
    extras = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((extra for extra in extras if isinstance(extra, str)), "")


def _shape(hint: Any) -> Shape:
    extras: tuple[Any, ...] = ()
    while get_origin(hint) is Annotated:
        hint, *more = get_args(hint)
        extras = (*extras, *more)
    if get_origin(hint) in (types.UnionType, typing.Union):
        inner = next(arg for arg in get_args(hint) if arg is not type(None))
        shape = _shape(inner)
    elif get_origin(hint) is tuple:
        shape = Shape(base=tuple, item=_shape(get_args(hint)[0]))
    elif get_origin(hint) is Literal:
        shape = Shape(base=str, choices=get_args(hint))
    else:
        shape = Shape(base=hint)
    marks: dict[str, Any] = {}
    for extra in reversed(extras):
        match extra:
            case Text():
                marks["text"] = extra
            case Ref():
                marks["ref"] = extra
            case Term():
                marks["term"] = extra
            case AtLeast():
                marks["at_least"] = extra.items
            case Between():
                marks["between"] = extra
            case Day():
                marks["is_day"] = True
            case Address():
                marks["is_address"] = True
    return dataclasses.replace(shape, **marks)
