"""What a function finds in a record is found once: several rules ask, and again after each save."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

R = TypeVar("R")
T = TypeVar("T")
P = ParamSpec("P")

MOST: Final = 30_000
"""How many answers each function keeps."""


_ALL: Final[list[dict[tuple[Any, ...], tuple[Any, Any]]]] = []


def forget_all() -> None:
    """Let every answer go, where nobody will ask again."""
    for kept in _ALL:
        kept.clear()


WHOLE: Final = ""
"""Noted in the place of a field's name by whoever reads all of a record."""


class Witnessed:
    """A record that notes what is read of it. Whoever remembers an answer asks it for all."""

    __slots__ = ()
    _note: Callable[[str], None]
    _record: Any

    def whole(self) -> Any:
        """The record itself; counts as having read everything."""
        self._note(WHOLE)
        return self._record


def once_for_each(function: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]:
    """Remember what a pure function gives for a record, and for further values.

    A record counts as itself, whatever it says: to compare two would take longer than to ask.
    An answer must hold no place, because records move when lines come or go above them.
    """
    kept: dict[tuple[Any, ...], tuple[R, T]] = {}
    _ALL.append(kept)

    def remembered(record: R, /, *args: P.args, **kwargs: P.kwargs) -> T:
        asked: Any = record.whole() if isinstance(record, Witnessed) else record
        key = (id(asked), *args)
        known = kept.get(key)
        if known is None or known[0] is not asked:
            if len(kept) >= MOST:
                kept.clear()
            known = kept[key] = (asked, function(asked, *args, **kwargs))
        return known[1]

    return remembered
