"""Places, packed: a record holds hundreds of them, and few are ever asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from functools import lru_cache

from generator.diagnostics import Place
from generator.model.record import Key

Spot = int
"""Line, column and length of a place in one number; files are far too small for more."""


def spot(line: int, column: int, length: int) -> Spot:
    """A place without its file. `length` is below 256."""
    return line << 32 | column << 8 | length


def place_at(path: str, at: Spot) -> Place:
    """The place of a spot."""
    return Place(path, at >> 32, at >> 8 & 0xFFFFFF, at & 0xFF)


Layout = Mapping[Key, int]
"""What has a place, in its order: the number of each key."""


@lru_cache(maxsize=10_000)
def layout_of(keys: tuple[Key, ...]) -> Layout:
    """The layout of these keys; parts of the same shape share one."""
    return {key: number for number, key in enumerate(keys)}


class Places(Mapping[Key, Place]):
    """Where each field of a part is."""

    __slots__ = ("_layout", "_path", "_spots")

    def __init__(self, path: str, layout: Layout, spots: array[Spot]) -> None:
        self._path, self._layout, self._spots = path, layout, spots

    def __getitem__(self, key: Key) -> Place:
        return place_at(self._path, self._spots[self._layout[key]])

    def __contains__(self, key: object) -> bool:
        return key in self._layout

    def __iter__(self) -> Iterator[Key]:
        return iter(self._layout)

    def __len__(self) -> int:
        return len(self._layout)
