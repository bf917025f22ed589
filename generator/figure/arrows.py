"""Arrows: the way of the part that moves most, and forces where nothing moves."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import hypot
from typing import Final

from generator.figure.paths import at, curve
from generator.figure.pose import Motion
from generator.figure.shapes import Shape
from generator.figure.skeleton import Skeleton
from generator.figure.space import Camera, Flat, mix

ASIDE: Final[Mapping[str, float]] = {
    "pelvis": 17.0, "seat": 17.0, "head": 16.0, "chest": 18.0, "back": 18.0, "belly": 16.0,
    "knee": 12.0, "thigh": 13.0, "hip": 17.0, "hand": 8.0, "foot": 9.0, "toes": 8.0, "heel": 8.0,
}  # fmt: skip
"""How far an arrow keeps from the middle of the part whose way it shows, in centimetres."""
LEAST_WAY: Final = 5.0
"""A way that is shorter than this in the picture, in centimetres, gets no arrow."""
_TOWARD: Final[Mapping[str, Flat]] = {
    "up": (0.0, -1.0), "down": (0.0, 1.0), "left": (-1.0, 0.0), "right": (1.0, 0.0),
}  # fmt: skip


def way_arrow(solved: Motion, camera: Camera, moment: int) -> list[Shape]:
    """The way of the part that moves most, from a moment to the next, with a head."""
    moves = solved.figure.moves
    if moves == "none":
        return []
    run = [solved.at(moment, i / 6) for i in range(7)]
    point = moves or _mover(run, camera)
    if not point:
        return []
    way = [camera.flat(skeleton.point(point)) for skeleton in run]
    travelled = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(way))
    if travelled < LEAST_WAY:
        return []
    return _arrow(_shifted(way, run, camera, point), travelled)


def push_arrows(solved: Motion, camera: Camera) -> list[Shape]:
    """The forces of the last moment."""
    shapes: list[Shape] = []
    for push in solved.figure.pushes:
        x, y = camera.flat(solved.moments[-1].point(push.at))
        dx, dy = _TOWARD[push.toward]
        first, last = (8, 22) if push.beyond else (-22, -8)
        if solved.figure.zoom:
            first, last = (4, 10) if push.beyond else (-10, -4)
        start, end = (x + dx * first, y + dy * first), (x + dx * last, y + dy * last)
        shapes += _arrow([start, end], abs(last - first) * 0.85)
    return shapes


def _arrow(way: list[Flat], travelled: float) -> list[Shape]:
    """A line with a head, on a halo."""
    end, before = way[-1], way[-2]
    dx, dy = end[0] - before[0], end[1] - before[1]
    size = hypot(dx, dy) or 1.0
    ux, uy = dx / size, dy / size
    long, wide = min(6.5, travelled * 0.45), min(4.6, travelled * 0.35)
    head = [
        (end[0] - ux * long - uy * wide, end[1] - uy * long + ux * wide),
        end,
        (end[0] - ux * long + uy * wide, end[1] - uy * long - ux * wide),
    ]
    tip = "M" + "L".join(at(p) for p in head)
    return [Shape("b", curve(way) + tip), Shape("a", curve(way) + tip)]


def _shifted(way: list[Flat], run: list[Skeleton], camera: Camera, point: str) -> list[Flat]:
    """The way moved aside, away from the trunk, so that it doesn't run through the body."""
    dx, dy = way[-1][0] - way[0][0], way[-1][1] - way[0][1]
    size = hypot(dx, dy) or 1.0
    nx, ny = -dy / size, dx / size
    middle = run[len(run) // 2]
    trunk = camera.flat(middle.at("lumbar"))
    knees = camera.flat(mix(middle.at("right-shank"), middle.at("left-shank"), 0.5))
    half = way[len(way) // 2]
    rest = ((trunk[0] * 2 + knees[0]) / 3, (trunk[1] * 2 + knees[1]) / 3)
    side = 1 if nx * (half[0] - rest[0]) + ny * (half[1] - rest[1]) >= 0 else -1
    aside = ASIDE.get(point.rpartition("-")[2], 8.0) * side
    return [(x + nx * aside, y + ny * aside) for x, y in way]


def _mover(run: list[Skeleton], camera: Camera) -> str:
    candidates = (
        "head", "pelvis", "right-knee", "left-knee", "right-hand", "left-hand", "right-foot",
        "left-foot", "right-heel", "left-heel",
    )  # fmt: skip
    best, most = "", 4.0
    for name in candidates:
        a, b = camera.flat(run[0].point(name)), camera.flat(run[-1].point(name))
        moved = hypot(a[0] - b[0], a[1] - b[1])
        if moved > most + 0.5:
            best, most = name, moved
    return best
