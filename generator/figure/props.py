"""The things in the picture: each is made of a few boxes, rods and loops in space."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from math import radians, tan
from typing import Final

from generator.figure.body import SIGN
from generator.figure.paths import capsule, circle, curve, hull, line
from generator.figure.pose import BOARD_SLOPE, STEP_HEIGHT, Motion
from generator.figure.skeleton import Skeleton, lowest
from generator.figure.space import Camera, Flat, Vec, X, add, mix, scale
from generator.model.figure import Prop

Piece = tuple[str, str]
"""Classes and path data."""


def shapes(motion: Motion, skeleton: Skeleton, camera: Camera) -> tuple[list[Piece], list[Piece]]:
    """What is drawn behind the body, and what before it."""
    behind: list[Piece] = []
    before: list[Piece] = []
    for prop in motion.figure.props:
        if motion.figure.zoom and prop.prop in _SEATS:
            continue
        still = motion.moments[0]
        made = _MAKERS[prop.prop](Scene(prop, motion, still, skeleton, camera))
        hides = prop.prop in _BEFORE or (prop.prop == "wall" and "hand" in (prop.at or ""))
        (before if hides else behind).extend(made)
    return behind, before


_BEFORE: Final = (
    "loop-band", "long-band", "strap", "dumbbell", "barbell", "ball", "skipping-rope", "partner",
    "gym-machine", "anchor",
)  # fmt: skip


_SEATS: Final = ("chair", "bench")
"""Not in the picture where one part of the body is shown alone."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A prop with the body that it belongs to: at the start (`still`) and in this moment."""

    prop: Prop
    motion: Motion
    still: Skeleton
    now: Skeleton
    camera: Camera


Maker = Callable[[Scene], list[Piece]]


def block(camera: Camera, low: Vec, high: Vec) -> str:
    """A box along the axes."""
    corners = product(*zip(low, high, strict=True))
    return hull(_rounded(camera.flat((x, y, z))) for x, y, z in corners)


def _rounded(p: Flat) -> Flat:
    return (round(p[0], 1), round(p[1], 1))


def rod(camera: Camera, a: Vec, b: Vec, radius: float) -> str:
    """A round bar."""
    return capsule(camera.flat(a), camera.flat(b), radius + 0.01, radius)


def _wall(s: Scene) -> list[Piece]:
    point = s.prop.at or "right-hand"
    x, _, z = s.still.point(point)
    if point in ("back", "seat", "pelvis", "head"):
        far = min(s.still.point(p)[0] for p in ("back", "seat")) - 10.6
        return [("p", block(s.camera, (far - 7, 0, -24), (far, 176, 24)))]
    if s.camera.yaw in (90, -90):
        z += 4 if z > 0 else -4
        edge = (z, z + 7) if z > 0 else (z - 7, z)
        return [("p", block(s.camera, (-20, 0, edge[0]), (20, 176, edge[1])))]
    near = x + 4.0 + s.prop.away
    return [("p", block(s.camera, (near, 0, -24), (near + 7, 176, 14)))]


def _legs(camera: Camera, left: float, right: float, z: float, half: float, top: float) -> Piece:
    ends = product((left + 2, right - 2), (z - half + 2, z + half - 2))
    rods = (rod(camera, (x, 0, depth), (x, top - 3, depth), 1.6) for x, depth in ends)
    return ("p", "".join(rods))


def _chair(s: Scene) -> list[Piece]:
    point = s.prop.at or "seat"
    x, _, z = s.still.point(point)
    top = lowest(s.still, point)
    left, right = x - 16 + s.prop.away, x + 22 + s.prop.away
    rest = ("p", block(s.camera, (left - 3, top - 2, z - 17), (left, top + 42, z + 17)))
    seat = ("p", block(s.camera, (left, top - 4, z - 18), (right, top, z + 18)))
    return [rest, _legs(s.camera, left, right, z, 17, top), seat]


def _bench(s: Scene) -> list[Piece]:
    point = s.prop.at or "seat"
    x, _, z = s.still.point(point)
    top = float(s.prop.height or lowest(s.still, point))
    half = (s.prop.length or 38) / 2
    left, right = x - half + s.prop.away, x + half + s.prop.away
    seat = ("p", block(s.camera, (left, top - 6, z - 16), (right, top, z + 16)))
    return [_legs(s.camera, left, right, z, 15, top), seat]


def _step(s: Scene) -> list[Piece]:
    point = s.prop.at or "right-foot"
    x, _, z = s.still.point(point)
    top = float(s.prop.height or STEP_HEIGHT)
    left, right = (x - 3, x + 30) if point.endswith("toes") else (x - 17, x + 20)
    inner, outer = sorted((z - 7 * _side(point), z + 26 * _side(point)))
    low, high = (left + s.prop.away, 0, inner), (right + s.prop.away, top, outer)
    return [("p", block(s.camera, low, high))]


def _side(point: str) -> int:
    return SIGN[point.partition("-")[0]]


def _board(s: Scene) -> list[Piece]:
    _, _, z = s.still.point(s.prop.at or "right-foot")
    heel = lowest(s.still, (s.prop.at or "right-foot").replace("foot", "heel"))
    slope = tan(radians(BOARD_SLOPE))
    high = s.still.point((s.prop.at or "right-foot").replace("foot", "heel"))
    back, top = high[0] - 6, heel + 6 * slope - 0.6
    front = back + top / slope
    corners = [(back, 0, d) for d in (-16, 16)] + [(back, top, d) for d in (-16, 16)]
    corners += [(front, 0, d) for d in (-16, 16)]
    return [("p", hull(_rounded(s.camera.flat((a, b, z + d))) for a, b, d in corners))]


def _mat(s: Scene) -> list[Piece]:
    joints = [j for moment in s.motion.moments for j in moment.joints.values() if j[1] < 60]
    xs, zs = [j[0] for j in joints], [j[2] for j in joints]
    low = (min(xs) - 14, -2.6, min(min(zs) - 8, -24))
    high = (max(xs) + 14, -0.2, max(max(zs) + 8, 24))
    return [("q", block(s.camera, low, high))]


def _cushion(s: Scene) -> list[Piece]:
    x, _, z = s.still.point(s.prop.at or "right-knee")
    top = float(s.prop.height or 5)
    return [("p", rod(s.camera, (x - 11, top / 2, z), (x + 11, top / 2, z), top / 2))]


def _roller(s: Scene) -> list[Piece]:
    point = s.prop.at or "right-calf"
    x, _, z = mix(s.still.point(point), s.now.point(point), 0.5)
    return [("g", rod(s.camera, (x, 7.5, z - 20), (x, 7.5, z + 20), 7.5)),
            ("p", circle(s.camera.flat((x, 7.5, z + 20)), 4.2))]  # fmt: skip


def _ball(s: Scene) -> list[Piece]:
    a = s.now.point(s.prop.at or "right-knee")
    b = s.now.point(s.prop.to) if s.prop.to else a
    return [
        ("g", circle(s.camera.flat(mix(a, b, 0.5)), 4.0 if "heel" in (s.prop.at or "") else 7.5))
    ]


def _loop(s: Scene) -> list[Piece]:
    point = s.prop.at or "right-thigh"
    part = point.partition("-")[2]
    radius = {"thigh": 8.0, "knee": 7.0, "ankle": 4.6, "foot": 5.2, "shin": 5.2}.get(part, 5.0)
    ends = (s.now.point(p) for p in (point, s.prop.to or point.replace("right", "left")))
    a, b = (s.camera.flat((x, max(y, radius), z)) for x, y, z in ends)
    return [("c", capsule(a, b, radius + 0.01, radius))]


def _long_band(s: Scene) -> list[Piece]:
    a = s.now.point(s.prop.at or "right-foot")
    if s.prop.to:
        return [("c", line([s.camera.flat(a), s.camera.flat(s.now.point(s.prop.to))]))]
    start = s.still.point(s.prop.at or "right-foot")
    end = (start[0] + (s.prop.away or 60), float(s.prop.height or 20), start[2])
    return [("c", line([s.camera.flat(a), s.camera.flat(end)]))]


def _towel(s: Scene) -> list[Piece]:
    x, _, z = s.still.point(s.prop.at or "right-toes")
    y = float(s.prop.height)
    if y:
        return [("g", rod(s.camera, (x + 5, y + 2.4, z - 8), (x + 5, y + 2.4, z + 8), 2.4))]
    return [("g", block(s.camera, (x - 10, 0, z - 9), (x + 26, 1.6, z + 9)))]


def _dumbbell(s: Scene) -> list[Piece]:
    hand = s.now.point(s.prop.at or "right-hand")
    side = (s.prop.at or "right-hand").partition("-")[0]
    along = s.now.axis(f"{side}-palm", X)
    a, b = add(hand, scale(along, 7.5)), add(hand, scale(along, -7.5))
    front, rear = add(a, scale(along, 3)), add(b, scale(along, -3))
    bar = rod(s.camera, a, b, 1.5)
    return [("g", bar + rod(s.camera, a, front, 4.6) + rod(s.camera, b, rear, 4.6))]


def _barbell(s: Scene) -> list[Piece]:
    middle = mix(s.now.point("right-hand"), s.now.point("left-hand"), 0.5)
    right, left = add(middle, (0, 0, 44)), add(middle, (0, 0, -44))
    if abs(s.camera.yaw) < 40:
        disc = s.camera.flat(add(middle, (0, 0, 20)))
        return [("g", circle(disc, 13)), ("p", circle(disc, 3.4))]
    plates = "".join(
        rod(s.camera, add(p, (0, 11, 0)), add(p, (0, -11, 0)), 2.4) for p in (right, left)
    )
    return [("g", rod(s.camera, left, right, 1.3) + plates)]


def _backpack(s: Scene) -> list[Piece]:
    top, bottom = s.now.at("chest", (-14, 16, 0)), s.now.at("chest", (-14, -8, 0))
    return [("g", rod(s.camera, top, bottom, 8))]


def _rail(s: Scene) -> list[Piece]:
    x, y, z = s.still.point(s.prop.at or "right-hand")
    post = rod(s.camera, (x + 2, 0, z), (x + 2, y - 3, z), 1.8)
    return [("p", post), ("p", rod(s.camera, (x - 6, y - 3.5, z), (x + 12, y - 3.5, z), 2.4))]


def _anchor(s: Scene) -> list[Piece]:
    x, y, z = s.still.point(s.prop.at or "right-foot")
    if not s.prop.away:
        pad = s.camera.flat((x - 2, y + 8.5, z))
        post = rod(s.camera, (x - 16, 0, z), (x - 16, y + 9, z), 1.8)
        arm = rod(s.camera, (x - 16, y + 8.5, z), (x - 2, y + 8.5, z), 1.8)
        return [("p", post + arm), ("g", circle(pad, 4.8))]
    x += s.prop.away
    top = (s.prop.height or 20) + 30
    return [("p", block(s.camera, (x, 0, z - 4), (x + 7, top, z + 4)))]


def _slider(s: Scene) -> list[Piece]:
    point = s.prop.at or "left-foot"
    x, y, z = s.now.point(point)
    y = max(0.0, lowest(s.now, point) - 1.4)
    return [("g", block(s.camera, (x - 11, y, z - 8), (x + 11, y + 1.6, z + 8)))]


def _rope(s: Scene) -> list[Piece]:
    right, left = s.now.point("right-hand"), s.now.point("left-hand")
    jumped = max(0.0, min(1.0, (s.now.root[1] - s.still.root[1]) / ROPE_JUMP))
    x = mix(right, left, 0.5)[0]
    side, end = 205 + (30 - 205) * jumped, 222 + (1 - 222) * jumped
    middle = (x, end, (right[2] + left[2]) / 2)
    ways = [right, (x, (right[1] + side) / 2, right[2] + 10), (x, side, right[2] - 8), middle,
            (x, side, left[2] + 8), (x, (left[1] + side) / 2, left[2] - 10), left]  # fmt: skip
    return [("c", curve([s.camera.flat(p) for p in ways]))]


ROPE_JUMP: Final = 9.0
"""How far the hips rise while the rope swings from above the head to below the feet."""


def _partner(s: Scene) -> list[Piece]:
    end = s.now.point(s.prop.at or "right-ankle")
    elbow = add(end, (-24, 14, 6))
    shoulder = add(end, (-34, 40, 6))
    arm = rod(s.camera, elbow, add(end, (0, 3, 4)), 3.4) + rod(s.camera, shoulder, elbow, 4.2)
    return [("k f", arm)]


def _machine(s: Scene) -> list[Piece]:
    point = s.prop.at or "right-ankle"
    ankle, knee = s.now.point(point), s.now.point(point.replace("ankle", "knee"))
    side = point.partition("-")[0]
    pad = add(ankle, s.now.axis(f"{side}-shank", (-7.5, 4.0, 0)))
    return [
        ("c", line([s.camera.flat(knee), s.camera.flat(pad)])),
        ("g", circle(s.camera.flat(pad), 4.6)),
    ]


_MAKERS: Final[Mapping[str, Maker]] = {
    "wall": _wall, "chair": _chair, "bench": _bench, "step": _step, "decline-board": _board,
    "mat": _mat, "cushion": _cushion, "foam-roller": _roller, "ball": _ball, "loop-band": _loop,
    "long-band": _long_band, "strap": _loop, "towel": _towel, "dumbbell": _dumbbell,
    "barbell": _barbell, "backpack": _backpack, "rail": _rail, "anchor": _anchor,
    "slider": _slider, "skipping-rope": _rope, "partner": _partner, "gym-machine": _machine,
}  # fmt: skip
