"""Shapes of the picture as SVG path data. The same shape always has the same commands.

That is what lets one path become the next in an animation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, hypot, pi, sin

from generator.figure.space import Flat


def number(value: float) -> str:
    """A coordinate in as few characters as a tenth of a centimetre needs."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def at(point: Flat) -> str:
    """A point in path data."""
    return f"{number(point[0])} {number(point[1])}"


def capsule(a: Flat, b: Flat, first: float, second: float) -> str:
    """A tapered limb from a to b with round ends."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    apart = hypot(dx, dy)
    least = abs(first - second) + 0.3
    if apart < least:
        ux, uy = (dx / apart, dy / apart) if apart > 1e-6 else (0.0, 1.0)
        b = (a[0] + ux * least, a[1] + uy * least)
        apart = least
    else:
        ux, uy = dx / apart, dy / apart
    lean = (first - second) / apart
    side = max(0.0, 1 - lean * lean) ** 0.5
    left = (ux * lean - uy * side, uy * lean + ux * side)
    right = (ux * lean + uy * side, uy * lean - ux * side)

    def edge(centre: Flat, way: Flat, radius: float) -> str:
        return at((centre[0] + way[0] * radius, centre[1] + way[1] * radius))

    large, small = ("1", "0") if first >= second else ("0", "1")
    r1, r2 = number(first), number(second)
    return (
        f"M{edge(a, left, first)}A{r1} {r1} 0 {large} 1 {edge(a, right, first)}"
        f"L{edge(b, right, second)}A{r2} {r2} 0 {small} 1 {edge(b, left, second)}Z"
    )


def circle(centre: Flat, radius: float) -> str:
    """A circle."""
    r = number(radius)
    left, right = at((centre[0] - radius, centre[1])), at((centre[0] + radius, centre[1]))
    return f"M{left}A{r} {r} 0 1 1 {right}A{r} {r} 0 1 1 {left}Z"


def smooth(points: Sequence[Flat]) -> str:
    """A closed curve through all points."""
    n = len(points)
    parts = [f"M{at(points[0])}"]
    for i in range(n):
        p0, p1, p2, p3 = (points[(i + k - 1) % n] for k in range(4))
        c1 = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        c2 = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        parts.append(f"C{at(c1)} {at(c2)} {at(p2)}")
    return "".join(parts) + "Z"


def spindle(a: Flat, b: Flat, width: float) -> str:
    """A muscle's belly from a to b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    apart = hypot(dx, dy) or 1.0
    nx, ny = -dy / apart * width, dx / apart * width

    def along(t: float, side: float) -> Flat:
        return (a[0] + dx * t + nx * side, a[1] + dy * t + ny * side)

    return (
        f"M{at(a)}C{at(along(0.12, 1.25))} {at(along(0.7, 1.25))} {at(b)}"
        f"C{at(along(0.7, -1.25))} {at(along(0.12, -1.25))} {at(a)}Z"
    )


def hull(points: Iterable[Flat]) -> str:
    """The convex outline of points."""
    ordered = sorted(set(points))

    def half(run: Iterable[Flat]) -> list[Flat]:
        chain: list[Flat] = []
        for p in run:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], p) <= 1e-9:
                chain.pop()
            chain.append(p)
        return chain[:-1]

    outline = half(ordered) + half(reversed(ordered))
    return "M" + "L".join(at(p) for p in outline) + "Z"


def _turn(a: Flat, b: Flat, c: Flat) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def line(points: Sequence[Flat]) -> str:
    """An open line through points."""
    return "M" + "L".join(at(p) for p in points)


def curve(points: Sequence[Flat]) -> str:
    """An open curve through points."""
    parts = [f"M{at(points[0])}"]
    for i in range(len(points) - 1):
        p0 = points[max(0, i - 1)]
        p1, p2 = points[i], points[i + 1]
        p3 = points[min(len(points) - 1, i + 2)]
        c1 = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        c2 = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        parts.append(f"C{at(c1)} {at(c2)} {at(p2)}")
    return "".join(parts)


def arc_points(centre: Flat, radius: float, start: float, end: float, count: int) -> list[Flat]:
    """Points on an arc, angles in half turns."""
    return [
        (
            centre[0] + radius * cos(pi * (start + (end - start) * i / (count - 1))),
            centre[1] + radius * sin(pi * (start + (end - start) * i / (count - 1))),
        )
        for i in range(count)
    ]
