"""Places, packed: a record holds hundreds of them, and few are ever asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from generator.diagnostics import Place
from generator.model.record import Key

Spot = int
"""Line, column and length of a place in one number; files are far too small for more."""


def spot(line: int, column: int, length: int) -> Spot:
    """A place without its file. `length` is below 256."""
    return line << 32 | column << 8 | length


def place_at(path: str, at: Spot, lines: int = 0) -> Place:
    """The place of a spot that has moved by some lines."""
    return Place(path, (at >> 32) + lines, at >> 8 & 0xFFFFFF, at & 0xFF)


Layout = Mapping[Key, int]
"""The keys of what has a place, in their order, each with its number."""


@lru_cache(maxsize=10_000)
def layout_of(keys: tuple[Key, ...]) -> Layout:
    """Parts of the same shape share this."""
    return {key: number for number, key in enumerate(keys)}


class Shift:
    """By how many lines a record has moved since it was read."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        self.lines = 0


class Places(Mapping[Key, Place]):
    """Places that move with their record when lines come or go above it."""

    __slots__ = ("_path", "_shift", "_spots", "layout")

    def __init__(self, path: str, layout: Layout, spots: Iterable[Spot], shift: Shift) -> None:
        self._path, self.layout, self._shift = path, layout, shift
        self._spots = array("Q", spots)

    @property
    def spots(self) -> list[Spot]:
        """The spot of each, as it was read."""
        return self._spots.tolist()

    def __getitem__(self, key: Key) -> Place:
        return place_at(self._path, self._spots[self.layout[key]], self._shift.lines)

    def __contains__(self, key: object) -> bool:
        return key in self.layout

    def __iter__(self) -> Iterator[Key]:
        return iter(self.layout)

    def __len__(self) -> int:
        return len(self.layout)
