"""What a function finds in a record is found once: several rules ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

R = TypeVar("R")
T = TypeVar("T")
P = ParamSpec("P")

MOST: Final = 30_000
"""How many answers each function keeps."""


def once_for_each(function: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]:
    """Remember what a pure function gives for a record, and for further values.

    A record counts as itself, whatever it says: to compare two would take longer than to ask.
    """
    kept: dict[tuple[Any, ...], tuple[R, T]] = {}

    def remembered(record: R, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (id(record), args, tuple(sorted(kwargs.items())))
        known = kept.get(key)
        if known is None or known[0] is not record:
            if len(kept) >= MOST:
                kept.clear()
            known = kept[key] = (record, function(record, *args, **kwargs))
        return known[1]

    return remembered
