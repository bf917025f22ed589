"""Flat shapes, what they cover, and the SVG that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from generator.figure.paths import number
from generator.figure.space import Flat


@dataclass(frozen=True, slots=True)
class Shape:
    """A path with the classes that colour it."""

    kind: str
    d: str


@dataclass(frozen=True, slots=True)
class Box:
    """The part of the plane that shapes cover."""

    left: float
    top: float
    right: float
    bottom: float

    def joined(self, other: Box) -> Box:
        """The box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def box_of(shapes: Iterable[Shape], pad: float = 0.0) -> Box:
    """The box of path data; ends of arcs are within a limb's radius of their points."""
    xs: list[float] = []
    ys: list[float] = []
    for shape in shapes:
        for x, y in _corners(shape.d):
            xs.append(x)
            ys.append(y)
    return Box(min(xs) - pad, min(ys) - pad, max(xs) + pad, max(ys) + pad)


def _corners(d: str) -> Iterator[Flat]:
    """The points that a path touches, and around them what its round ends may cover."""
    x, y = 0.0, 0.0
    for letter, numbers in _commands(d):
        if letter == "A":
            radius = numbers[0]
            middle_x, middle_y = (x + numbers[5]) / 2, (y + numbers[6]) / 2
            yield middle_x - radius, middle_y - radius
            yield middle_x + radius, middle_y + radius
        x, y = numbers[-2:]
        yield x, y


def _commands(d: str) -> Iterator[tuple[str, list[float]]]:
    for letter, numbers in _COMMAND.findall(d):
        yield letter, [float(n) for n in numbers.split()]


_COMMAND: Final = re.compile(r"([MLCA])([^MLCAZ]+)")


def squared(box: Box, least: float) -> Box:
    """The square round a box, `least` wide or more."""
    wide, tall = box.right - box.left, box.bottom - box.top
    size = max(wide, tall, least)
    middle = (box.left + box.right) / 2
    lower = box.bottom + max(0.0, (size - tall) * 0.5)
    return Box(middle - size / 2, lower - size, middle + size / 2, lower)


def path_elements(shapes: Iterable[Shape]) -> str:
    """The shapes as SVG, the first one undermost."""
    return "".join(f'<path class="{shape.kind}" d="{shape.d}"/>' for shape in shapes)


def svg(box: Box, content: str, attributes: str) -> str:
    """A picture of this part of the plane; `attributes` begins with a space, or is ""."""
    view = f"{number(box.left)} {number(box.top)} "
    view += f"{number(box.right - box.left)} {number(box.bottom - box.top)}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}"{attributes}>{content}</svg>'
