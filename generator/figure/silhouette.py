"""The body as flat shapes, from the farthest part to the nearest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Final

from generator.figure import body, muscles
from generator.figure.body import BALL, HEEL, RADIUS, SIDES, TOE, TRUNK
from generator.figure.paths import capsule, circle, smooth, spindle
from generator.figure.shapes import Shape
from generator.figure.skeleton import Skeleton
from generator.figure.space import Camera, Flat, X, Y, Z, add, dot, mix, scale, sub

HIDDEN: Final = -0.45
"""A muscle that faces the viewer less than this shrinks to a point, for it can't be seen."""
FORWARD: Final = 14.0
"""A foot that is so much nearer than its hip is drawn over the shorts."""
BEHIND: Final = 8.0
"""A limb that is so much farther away than its other is paler."""


@dataclass(frozen=True, slots=True)
class Order:
    """In which order the parts of the body are drawn, and which are paler."""

    parts: tuple[str, ...]
    far: frozenset[str]
    shorts: Mapping[str, tuple[str, ...]]
    """Whose legs of the shorts are drawn with a leg: each with its own, or both with the nearer."""
    forward: frozenset[str] = frozenset()
    """Legs whose lower half is nearer than the upper, so that it is drawn over the shorts."""
    barefoot: bool = False


def order_of(skeletons: Iterable[Skeleton], camera: Camera, view: str) -> Order:
    """One order for all moments, by how near the parts are on average."""
    bodies = tuple(skeletons)
    keys: dict[str, float] = {"trunk": 0.0, "head": 0.2}
    for side in SIDES:
        keys[f"{side}-leg"] = -0.5 + _mean(
            camera.depth(b.at(f"{side}-shank")) * 0.6
            + camera.depth(b.at(f"{side}-thigh")) * 0.4
            - camera.depth(b.at("pelvis"))
            for b in bodies
        )
        keys[f"{side}-arm"] = 0.5 + _mean(
            camera.depth(b.at(f"{side}-palm")) * 0.4
            + camera.depth(b.at(f"{side}-forearm")) * 0.3
            + camera.depth(b.at(f"{side}-upper-arm")) * 0.3
            - camera.depth(b.at("chest", (0.0, 14.0, 0.0)))
            for b in bodies
        )
    far = {
        f"{side}-{limb}"
        for side, other in (SIDES, SIDES[::-1])
        for limb in ("leg", "arm")
        if view in ("side", "corner") and keys[f"{side}-{limb}"] < keys[f"{other}-{limb}"] - BEHIND
    }
    parts = tuple(sorted(keys, key=lambda part: round(keys[part], 2)))
    legs = [part for part in parts if part.endswith("leg")]
    apart = bool(far.intersection(legs))
    shorts = {leg: (leg.partition("-")[0],) for leg in legs} if apart else {legs[1]: SIDES}
    forward = {
        f"{side}-leg"
        for side in SIDES
        if _mean(camera.depth(sub(b.at(f"{side}-sole"), b.at(f"{side}-thigh"))) for b in bodies)
        > FORWARD
    }
    return Order(parts, frozenset(far), shorts, frozenset(forward))


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def body_shapes(
    skeleton: Skeleton, camera: Camera, working: Iterable[str], works: str, order: Order
) -> list[Shape]:
    """The body from the farthest part to the nearest."""
    marks = muscle_shapes(skeleton, camera, working, works)
    shapes: list[Shape] = []
    waiting: list[Shape] = []
    before: list[Shape] = []
    for part in order.parts:
        far = " f" if part in order.far else ""
        side, _, limb = part.partition("-")
        found = [Shape(mark.kind + far, mark.d) for mark in marks.get(part, ())]
        match limb:
            case "leg":
                thigh, lower = _leg(skeleton, camera, side, far, order)
                shapes += thigh
                before += lower
                sides = order.shorts.get(part, ())
                shorts = "".join(_shorts_leg(skeleton, camera, s) for s in sides)
                if sides and not far:
                    shorts += _outline(skeleton, camera, 0, body.SHORTS_LEVELS)
                if sides:
                    shapes += [Shape("s" + far, shorts), *before, *waiting, *found]
                    before = []
                else:
                    waiting = found
            case "arm":
                shapes += [*_arm(skeleton, camera, side, far), *found]
            case _:
                drawn = _head(skeleton, camera) if part == "head" else _trunk(skeleton, camera)
                shapes += [*drawn, *found]
    return shapes


def muscle_shapes(
    skeleton: Skeleton, camera: Camera, working: Iterable[str], works: str
) -> dict[str, list[Shape]]:
    """The muscles that work, by the part of the body they are drawn with."""
    marks: dict[str, list[Shape]] = {}
    for muscle in working:
        for belly in muscles.placed(muscle, skeleton, works):
            seen = not any(belly.facing) or camera.facing(belly.facing) > HIDDEN
            start = camera.flat(belly.start)
            end = camera.flat(belly.end) if seen else start
            d = spindle(start, end, belly.width if seen else 0.0)
            marks.setdefault(belly.part, []).append(Shape("m", d))
    return marks


def _leg(
    b: Skeleton, camera: Camera, side: str, far: str, order: Order
) -> tuple[list[Shape], list[Shape]]:
    """A leg, and what of it is drawn over the shorts."""
    flat = camera.flat
    hip, knee, ankle = b.at(f"{side}-thigh"), b.at(f"{side}-shank"), b.at(f"{side}-sole")
    calf = b.at(f"{side}-shank", (-1.2, -12.0, 0.0))
    thigh = capsule(flat(hip), flat(knee), RADIUS["thigh"], RADIUS["knee"])
    shank = capsule(flat(knee), flat(calf), 5.8, RADIUS["calf"])
    shank += capsule(flat(calf), flat(ankle), RADIUS["calf"], RADIUS["ankle"])
    shoe: list[Shape] = []
    if order.barefoot:
        shank += _foot(b, camera, side, arch=2.9, top=3.7)
    else:
        heel, ball = flat(b.at(f"{side}-sole", HEEL)), flat(b.at(f"{side}-fore", BALL))
        foot = _foot(b, camera, side, arch=4.0, top=4.1)
        shoe = [Shape("o" + far, foot + capsule(heel, ball, 3.1, 2.8))]
    if f"{side}-leg" in order.forward:
        return [Shape("k" + far, thigh)], [Shape("k" + far, shank), *shoe]
    return [Shape("k" + far, thigh + shank), *shoe], []


def _foot(b: Skeleton, camera: Camera, side: str, *, arch: float, top: float) -> str:
    flat = camera.flat
    sole, fore, toe = f"{side}-sole", f"{side}-fore", f"{side}-toe"
    heel, ball, tip = flat(b.at(sole, HEEL)), flat(b.at(fore, BALL)), flat(b.at(toe, TOE))
    mid, ankle = flat(b.at(fore, (0.0, -0.6, 0.0))), flat(b.at(sole, (0.2, -0.6, 0.0)))
    return (
        capsule(ankle, heel, top, 3.1)
        + capsule(ankle, mid, top, arch)
        + capsule(mid, ball, arch, 2.8)
        + capsule(ball, tip, 2.8, 2.2)
    )


def _shorts_leg(b: Skeleton, camera: Camera, side: str) -> str:
    hip = b.at(f"{side}-thigh")
    hem = mix(hip, b.at(f"{side}-shank"), 0.5)
    return capsule(camera.flat(hip), camera.flat(hem), RADIUS["thigh"] + 1.3, 8.4)


def _arm(b: Skeleton, camera: Camera, side: str, far: str) -> list[Shape]:
    flat = camera.flat
    shoulder, elbow = b.at(f"{side}-upper-arm"), b.at(f"{side}-forearm")
    wrist = b.at(f"{side}-palm")
    hand = b.at(f"{side}-palm", (0.0, -body.HAND, 0.0))
    arm = capsule(flat(shoulder), flat(elbow), 5.2, RADIUS["elbow"])
    arm += capsule(flat(elbow), flat(wrist), RADIUS["elbow"], 2.9)
    arm += capsule(flat(wrist), flat(hand), 3.2, 2.6)
    cuff = mix(shoulder, elbow, 0.42)
    sleeve = capsule(flat(shoulder), flat(cuff), RADIUS["shoulder"], 5.8)
    return [Shape("k" + far, arm), Shape("t" + far, sleeve)]


def _trunk(b: Skeleton, camera: Camera) -> list[Shape]:
    shorts = _outline(b, camera, 0, body.SHORTS_LEVELS)
    shirt = _outline(b, camera, 1, len(TRUNK))
    neck = capsule(
        camera.flat(b.at("chest", (-0.4, 22.0, 0.0))),
        camera.flat(b.at("head", (0.4, 8.0, 0.0))),
        RADIUS["neck"] + 0.6,
        RADIUS["neck"],
    )
    return [Shape("k", neck), Shape("s", shorts), Shape("t", shirt)]


def _outline(b: Skeleton, camera: Camera, first: int, last: int) -> str:
    """The trunk's silhouette over some levels, each an ellipse as wide as it looks from here."""
    right, up, _ = camera.axes
    levels = TRUNK[first:last]
    axes = {
        bone: [b.axis(bone, way) for way in (Z, X, Y)] for bone in ("pelvis", "lumbar", "chest")
    }
    middles = [b.at(level.bone, level.at) for level in levels]
    flats = [camera.flat(m) for m in middles]
    one: list[Flat] = []
    other: list[Flat] = []
    for i, level in enumerate(levels):
        before, after = flats[max(0, i - 1)], flats[min(len(levels) - 1, i + 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        apart = hypot(dx, dy) or 1.0
        nx, ny = -dy / apart, dx / apart
        out = add(scale(right, nx), scale(up, -ny))
        aside, ahead, above = axes[level.bone]
        wide, deep = dot(aside, out) * level.wide, dot(ahead, out) * level.deep
        tall = dot(above, out) * 7.0
        half = (wide * wide + deep * deep + tall * tall) ** 0.5
        x, y = flats[i]
        one.append((x + nx * half, y + ny * half))
        other.append((x - nx * half, y - ny * half))
    return smooth([*other, *reversed(one)])


def _head(b: Skeleton, camera: Camera) -> list[Shape]:
    def on(x: float, y: float, z: float = 0.0) -> Flat:
        return camera.flat(b.at("head", add(body.HEAD, (x, y, z))))

    face = circle(on(1.6, -1.6), 9.0) + circle(on(3.4, -6.0), 5.6) + circle(on(10.2, -2.6), 1.5)
    hair = circle(on(-1.0, 1.7), 10.2)
    away = camera.facing(b.axis("head", X)) < -0.4
    across = camera.facing(b.axis("head", Z))
    ear = circle(on(-1.2, -2.4, 8.0 if across > 0 else -8.0), 1.9 if abs(across) > 0.5 else 0.0)
    front = [Shape("k", face), Shape("k", ear)]
    return [*front, Shape("h", hair)] if away else [Shape("h", hair), *front]
