"""What each record type may hold, read once from its annotations.

The dataclasses in `generator.model` are the one declaration of every field; this module
turns them into `Field`s that the loader, the API and the link walk follow.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from generator.model.fields import Address, AtLeast, Between, Day, Form, Ref, Term, Text, Wording
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
    form: Form | None = None

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
    default: str | int = ""
    """What it counts as where it is left out, if that is a word or a number."""


def fields_of(owner: type[Any]) -> tuple[Field, ...]:
    """The fields that a data file may give to this dataclass, in the order of their declaration."""
    if owner not in _FIELDS:
        _FIELDS[owner] = _read_fields(owner)
    return _FIELDS[owner]


def fields_by_name(owner: type[Any]) -> Mapping[str, Field]:
    """The same by their names."""
    if owner not in _BY_NAME:
        _BY_NAME[owner] = {field.name: field for field in fields_of(owner)}
    return _BY_NAME[owner]


def required_of(owner: type[Any]) -> tuple[Field, ...]:
    """Those that must be there."""
    if owner not in _REQUIRED:
        _REQUIRED[owner] = tuple(field for field in fields_of(owner) if field.required)
    return _REQUIRED[owner]


_REQUIRED: Final[dict[type[Any], tuple[Field, ...]]] = {}
_BY_NAME: Final[dict[type[Any], Mapping[str, Field]]] = {}
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
            default=field.default if isinstance(field.default, str | int) else "",
        )
        for field in dataclasses.fields(owner)
        if field.name not in OWN_FIELDS
    )


Step = tuple[tuple[Located, ...], Field, object]
Wanted = Callable[[Field], bool]


def every_field(field: Field) -> bool:
    """All that there is."""
    return True


def has_prose(field: Field) -> bool:
    """Whether it holds sentences that readers see, one or a list of them."""
    shape = field.shape.item or field.shape
    return bool(shape.text and shape.text.markup)


def holds(*types: type[Located]) -> Wanted:
    """Fields whose value is such a part. Call it once for each purpose: plans are kept by it."""

    def is_one(field: Field) -> bool:
        return issubclass(field.shape.base, types)

    return is_one


def walk(value: object, wanted: Wanted = every_field) -> list[Step]:
    """The wanted fields inside a record, parts of parts included, in the order of declaration.

    Gives the owners from the record down to the part that holds the field, then the field
    and its value.
    """
    steps: list[Step] = []
    if isinstance(value, Located):
        _walk(value, (), _plan(type(value), wanted), steps)
    return steps


_Plan = tuple[tuple[Field, str, bool, "_Plan"], ...]
"""Fields with their names, whether each is wanted, and the plan for the parts that it holds."""


def _walk(value: Located, owners: tuple[Located, ...], plan: _Plan, steps: list[Step]) -> None:
    owners = (*owners, value)
    for field, name, is_wanted, inside in plan:
        inner = getattr(value, name)
        if is_wanted:
            steps.append((owners, field, inner))
        if inside and inner is not None:
            for part in inner if isinstance(inner, tuple) else (inner,):
                _walk(part, owners, inside, steps)


def _plan(owner: type[Any], wanted: Wanted) -> _Plan:
    """The fields that are wanted or that lead to such."""
    if (owner, wanted) not in _PLANS:
        steps: list[tuple[Field, str, bool, _Plan]] = []
        for field in fields_of(owner):
            part = field.shape.innermost.base
            inside = _plan(part, wanted) if issubclass(part, Located) else ()
            if (is_wanted := wanted(field)) or inside:
                steps.append((field, field.name, is_wanted, inside))
        _PLANS[owner, wanted] = tuple(steps)
    return _PLANS[owner, wanted]


_PLANS: Final[dict[tuple[type[Any], Wanted], _Plan]] = {}


def about(owner: type[Any]) -> str:
    """What a dataclass of the model is, in its own words, on one line."""
    return inspect.cleandoc(owner.__doc__ or "").split("\n\n")[0].replace("\n", " ")


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
            case Form():
                marks["form"] = extra
    return dataclasses.replace(shape, **marks)
