"""Places, packed: a record holds hundreds of them, and few are ever asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What has a place, in its order: the number of each key. Parts of the same shape share one."""

    numbers: Mapping[Key, int]
    text: str
    """As it is kept; `layout_from` reads it."""


@lru_cache(maxsize=10_000)
def layout_of(keys: tuple[Key, ...]) -> Layout:
    """The layout of these keys.

    >>> layout_of(((), ("name",), ("aliases",), ("aliases", 0))).text
    ' name aliases aliases.0'
    """
    text = " ".join(".".join(map(str, key)) for key in keys)
    return Layout({key: number for number, key in enumerate(keys)}, text)


@lru_cache(maxsize=10_000)
def layout_from(text: str) -> Layout:
    """The layout of which this is the text."""
    return layout_of(tuple(_key(word) for word in text.split(" ")))


def _key(word: str) -> Key:
    if not word:
        return ()
    name, _, item = word.partition(".")
    return (name, int(item)) if item else (name,)


class Shift:
    """By how many lines a record has moved since it was read."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        self.lines = 0


class Places(Mapping[Key, Place]):
    """Places that move with their record when lines come or go above it."""

    __slots__ = ("_path", "_shift", "layout", "spots")

    def __init__(self, path: str, layout: Layout, spots: array[Spot], shift: Shift) -> None:
        self._path, self.layout, self.spots, self._shift = path, layout, spots, shift

    def __getitem__(self, key: Key) -> Place:
        return place_at(self._path, self.spots[self.layout.numbers[key]], self._shift.lines)

    def __contains__(self, key: object) -> bool:
        return key in self.layout.numbers

    def __iter__(self) -> Iterator[Key]:
        return iter(self.layout.numbers)

    def __len__(self) -> int:
        return len(self.layout.numbers)
