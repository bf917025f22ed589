"""Limbs brought to a place (inverse kinematics): bones aim, knees and elbows bend, hands rest."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Final

from generator.figure import body
from generator.figure.body import BONES, SHANK, SIGN, THIGH
from generator.figure.skeleton import Skeleton, posed
from generator.figure.space import (
    Quat,
    Vec,
    X,
    Y,
    Z,
    about,
    add,
    back,
    between,
    cross,
    dot,
    frame,
    length,
    scale,
    sub,
    then,
    unit,
)

REACH: Final = 0.2
"""How close to straight a limb may be, so that its knee or elbow keeps a side."""
_REST: Final[Mapping[str, Vec]] = {
    "hip": (1.0, 8.0, 12.5), "chest": (12.0, 12.0, 4.0), "head": (-2.0, 2.0, 9.0),
    "belly": (11.0, 2.0, 4.0), "shoulder": (-9.5, 4.0, 6.0),
}  # fmt: skip
"""Where a hand lies on the trunk, in the bone of that part; z outwards."""


def aimed(skeleton: Skeleton, bone: str, at: Vec) -> Skeleton:
    """The body with a bone turned the shortest way to point at a place."""
    now = scale(skeleton.axis(bone, Y), -1)
    wanted = unit(sub(at, skeleton.joints[bone]), now)
    axis = cross(now, wanted)
    if length(axis) < 1e-9:
        return skeleton
    parent = next(b.parent for b in BONES if b.name == bone)
    world = then(about(unit(axis), between(now, wanted)), skeleton.world[bone])
    turns = {**skeleton.turns, bone: then(back(skeleton.world[parent]), world)}
    return posed(turns, skeleton.root)


def bent(skeleton: Skeleton, side: str, limb: str, end: Vec, turn: Quat | None = None) -> Skeleton:
    """The body with a leg's ankle or an arm's wrist at `end`; the knee or elbow keeps its side.

    `turn` is how the foot or hand then lies in space.
    """
    if limb == "leg":
        upper, lower, first, second, bend = f"{side}-thigh", f"{side}-shank", THIGH, SHANK, 1
    else:
        upper, lower = f"{side}-upper-arm", f"{side}-forearm"
        first, second, bend = body.UPPER_ARM, body.FOREARM, -1
    start = skeleton.joints[upper]
    way = sub(end, start)
    reach = min(max(length(way), abs(first - second) + REACH), first + second - 1e-4)
    ahead = unit(way)
    pole = scale(skeleton.axis(upper, X), bend)
    outward = unit(sub(pole, scale(ahead, dot(pole, ahead))), skeleton.axis(upper, Z))
    along = (first * first - second * second + reach * reach) / (2 * reach)
    height = sqrt(max(0.0, first * first - along * along))
    joint = add(start, add(scale(ahead, along), scale(outward, height)))
    hinge = unit(cross(scale(outward, bend), scale(ahead, -1)))
    turns = dict(skeleton.turns)
    parent = skeleton.world["pelvis" if limb == "leg" else "chest"]
    reached = add(start, scale(ahead, reach))
    for bone, a, b in ((upper, start, joint), (lower, joint, reached)):
        up = unit(sub(a, b))
        world = frame(cross(up, hinge), up, hinge)
        turns[bone] = then(back(parent), world)
        parent = world
    if turn is not None:
        turns[f"{side}-{'sole' if limb == 'leg' else 'palm'}"] = then(back(parent), turn)
    return posed(turns, skeleton.root)


def hand_on(skeleton: Skeleton, side: str, target: str) -> Skeleton:
    """The body with a hand brought to a part of it."""
    z = SIGN[side]
    part = target.rpartition("-")[2]
    if part in ("hip", "chest", "head", "belly"):
        x, y, out = _REST[part]
        bone = {"hip": "pelvis", "belly": "lumbar"}.get(part, part)
        place = skeleton.at(bone, (x, y + (body.HEAD[1] if part == "head" else 0), out * z))
    elif part == "shoulder":
        x, y, out = _REST[part]
        place = add(skeleton.point(target), skeleton.axis("chest", (x, y, out * z)))
    elif part in ("thigh", "knee"):
        upper = f"{target.partition('-')[0]}-thigh"
        offset = (9.0, -26.0, 0.0) if part == "thigh" else (8.5, -38.0, 0.0)
        place = skeleton.at(upper, offset)
    else:
        place = skeleton.point(target)
    return bent(skeleton, side, "arm", place)
