"""Shapes of the picture as SVG path data. The same shape always has the same commands.

That is what lets one path become the next in an animation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, hypot, pi, sin

from generator.figure.space import Flat


def number(value: float) -> str:
    """A coordinate in as few characters as a tenth of a centimetre needs."""
    return short(f"{value:.1f}")


def short(path: str) -> str:
    """Path data whose numbers all have one decimal, without the decimals that say nothing."""
    path = path.replace("-0.0", "0.0")
    for follower in " ALCZ":
        path = path.replace(f".0{follower}", follower)
    return path.removesuffix(".0")


def at(point: Flat) -> str:
    """A point in path data."""
    return short(f"{point[0]:.1f} {point[1]:.1f}")


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
    lx, ly = ux * lean - uy * side, uy * lean + ux * side
    rx, ry = ux * lean + uy * side, uy * lean - ux * side
    (ax, ay), (bx, by), r1, r2 = a, b, first, second
    large, small = ("1", "0") if first >= second else ("0", "1")
    return short(
        f"M{ax + lx * r1:.1f} {ay + ly * r1:.1f}A{r1:.1f} {r1:.1f} 0 {large} 1 "
        f"{ax + rx * r1:.1f} {ay + ry * r1:.1f}L{bx + rx * r2:.1f} {by + ry * r2:.1f}"
        f"A{r2:.1f} {r2:.1f} 0 {small} 1 {bx + lx * r2:.1f} {by + ly * r2:.1f}Z"
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
        parts.append(_bend(p0, p1, p2, p3))
    return short("".join(parts) + "Z")


def _bend(p0: Flat, p1: Flat, p2: Flat, p3: Flat) -> str:
    """The curve from p1 to p2 on the way from p0 to p3."""
    return (
        f"C{p1[0] + (p2[0] - p0[0]) / 6:.1f} {p1[1] + (p2[1] - p0[1]) / 6:.1f} "
        f"{p2[0] - (p3[0] - p1[0]) / 6:.1f} {p2[1] - (p3[1] - p1[1]) / 6:.1f} "
        f"{p2[0]:.1f} {p2[1]:.1f}"
    )


def spindle(a: Flat, b: Flat, width: float) -> str:
    """A muscle's belly from a to b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    apart = hypot(dx, dy) or 1.0
    nx, ny = -dy / apart * width, dx / apart * width

    def along(t: float, side: float) -> str:
        return f"{a[0] + dx * t + nx * side:.1f} {a[1] + dy * t + ny * side:.1f}"

    start, end = along(0, 0), along(1, 0)
    return short(
        f"M{start}C{along(0.12, 1.25)} {along(0.7, 1.25)} {end}"
        f"C{along(0.7, -1.25)} {along(0.12, -1.25)} {start}Z"
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
        parts.append(_bend(p0, p1, p2, p3))
    return short("".join(parts))


def arc_points(centre: Flat, radius: float, start: float, end: float, count: int) -> list[Flat]:
    """Points on an arc, angles in half turns."""
    return [
        (
            centre[0] + radius * cos(pi * (start + (end - start) * i / (count - 1))),
            centre[1] + radius * sin(pi * (start + (end - start) * i / (count - 1))),
        )
        for i in range(count)
    ]
