"""A body in space becomes flat shapes, and shapes become SVG. Pure functions, no files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise
from math import cos, hypot, pi
from typing import Final

from generator.figure import body, muscles, props
from generator.figure.body import BALL, HEEL, RADIUS, SIDES, TOE, TRUNK
from generator.figure.paths import arc_points, at, capsule, circle, curve, number, smooth, spindle
from generator.figure.pose import Motion, Skeleton, standing
from generator.figure.space import Camera, Flat, X, Y, Z, add, dot, mix, scale, sub

CAMERAS: Final[Mapping[str, Camera]] = {
    "side": Camera(14),
    "front": Camera(90),
    "back": Camera(-90),
    "above": Camera(0, 90),
    "corner": Camera(48, 12),
    "feet": Camera(40, 28),
    "raised": Camera(60, 20),
    "foot-end": Camera(80, 50),
}
STEPS: Final = (6, 4, 4)
"""Drawings from a moment to the next, for movements of two, three and four moments."""
SECONDS_A_MOVE: Final = 2.6
PAUSE: Final = 0.35
"""How long a moment is held, as a part of the time of a move."""
LOOPS: Final = 3
MARGIN: Final = 6.0
PIXELS: Final = 1.6
"""Pixels a centimetre within a page, where there is room."""
SMALL_SIZE: Final = 60.0
"""The least height of a moment within a page."""
HIDDEN: Final = -0.45
"""A muscle that faces the viewer less than this shrinks to a point, for it can't be seen."""
ZOOM: Final = 30.0
"""Half the width of a picture of one part of the body."""
FORWARD: Final = 14.0
"""A foot that is so much nearer than its hip is drawn over the shorts."""
BEHIND: Final = 8.0
"""A limb that is so much farther away than its other is paler."""
CARD_SIZE: Final = 110.0
"""The least height and width of a picture, so that a lying body is not drawn larger."""


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


def body_shapes(
    skeleton: Skeleton, camera: Camera, working: Iterable[str], works: str, order: Order
) -> list[Shape]:
    """The body from the farthest part to the nearest."""
    marks = _marks(skeleton, camera, working, works)
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


def _marks(
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


# Whole pictures


@dataclass(frozen=True, eq=False)
class Drawn:
    """A figure that has been solved, with what all of its pictures share."""

    motion: Motion
    camera: Camera
    order: Order
    working: tuple[str, ...]

    def shapes(self, skeleton: Skeleton) -> list[Shape]:
        """Everything in the picture but the floor, from the farthest to the nearest."""
        figure = self.motion.figure
        behind, before = props.shapes(self.motion, skeleton, self.camera)
        drawn = body_shapes(skeleton, self.camera, self.working, figure.works, self.order)
        return [
            *(Shape(kind, d) for kind, d in behind),
            *drawn,
            *(Shape(kind, d) for kind, d in before),
        ]

    @cached_property
    def pictures(self) -> tuple[tuple[list[Shape], Box], ...]:
        """Each moment with the arrow that leads to it, and the part of the plane it covers."""
        return tuple(_with_arrow(self, moment) for moment in range(len(self.motion.moments)))

    @property
    def has_floor(self) -> bool:
        """Whether the floor is seen as a line."""
        return self.camera.pitch == 0

    def near(self, content: str) -> str:
        """The content, with finer lines where one part of the body is shown alone."""
        return f'<g class="z">{content}</g>' if self.motion.figure.zoom else content

    def box(self, pictures: Iterable[list[Shape]]) -> Box:
        """The part of the plane that holds these pictures, with a margin."""
        if self.motion.figure.zoom:
            x, y = self.camera.flat(self.motion.moments[0].point(self.motion.figure.zoom))
            return Box(x - ZOOM, y - ZOOM * 1.1, x + ZOOM, min(y + ZOOM, 6.0))
        boxes = [_box(shapes) for shapes in pictures]
        box = boxes[0]
        for other in boxes[1:]:
            box = box.joined(other)
        bottom = max(box.bottom, 0.0) if self.has_floor else box.bottom
        return Box(box.left - MARGIN, box.top - MARGIN, box.right + MARGIN, bottom + MARGIN)


def draw(solved: Motion, working: Iterable[str]) -> Drawn:
    """Choose the camera for a solved figure and the order of the body's parts."""
    figure = solved.figure
    camera = CAMERAS[figure.view]
    order = order_of(solved.moments, camera, figure.view)
    far = order.far
    if figure.zoom:
        idle = {"right": "left", "left": "right"}.get(figure.works)
        far = frozenset(part for part in order.parts if idle and part.startswith(idle))
    order = replace(order, far=far, barefoot=figure.barefoot)
    return Drawn(solved, camera, order, tuple(figure.muscles or working))


def moment_svg(drawn: Drawn, moment: int, attributes: str) -> tuple[int, str]:
    """One moment with the arrow that led to it, and its width; all moments have one scale."""
    every = drawn.pictures
    top = min(box.top for _, box in every)
    bottom = max(box.bottom for _, box in every)
    shapes, box = every[moment]
    view = Box(box.left, min(top, bottom - SMALL_SIZE), box.right, bottom)
    if drawn.motion.figure.zoom:
        view, each = box, 3 * PIXELS
    else:
        each = PIXELS
    wide, tall = (view.right - view.left) * each, (view.bottom - view.top) * each
    size = f' width="{number(wide)}" height="{number(tall)}"'
    content = drawn.near(_floor(drawn, view) + _paths(shapes))
    return round(wide), _svg(view, content, attributes + size)


def _with_arrow(drawn: Drawn, moment: int) -> tuple[list[Shape], Box]:
    skeleton = drawn.motion.moments[moment]
    arrow = arrow_path(drawn, moment - 1) if moment else []
    if moment == len(drawn.motion.moments) - 1:
        arrow += _pushes(drawn, skeleton)
    shapes = drawn.shapes(skeleton)
    box = drawn.box([shapes])
    if drawn.motion.figure.zoom:
        return [*shapes, *arrow], box
    if arrow:
        box = box.joined(_box(arrow[::2], pad=3))  # a halo lies under each arrow
    return [*shapes, *arrow], box


def card_svg(drawn: Drawn, attributes: str, inside: str = "") -> str:
    """The moment that shows the exercise best, with its arrow, in a square."""
    shapes, box = drawn.pictures[-1]
    square = _squared(box, 0.0 if drawn.motion.figure.zoom else CARD_SIZE)
    return _svg(square, inside + drawn.near(_floor(drawn, square) + _paths(shapes)), attributes)


def moving_svg(drawn: Drawn, attributes: str, inside: str = "") -> str:
    """The movement there and back, three times; the end alone where motion is unwelcome."""
    solved = drawn.motion
    moves = len(solved.moments) - 1
    steps = STEPS[min(moves, len(STEPS)) - 1]
    run = [solved.at(i, _eased(k / steps)) for i in range(moves) for k in range(steps)]
    pictures = [drawn.shapes(skeleton) for skeleton in (*run, solved.moments[-1])]
    box = drawn.box(pictures[steps // 2 :: steps])
    for _, moment in drawn.pictures:
        box = box.joined(moment)
    numbers, times = _timeline(moves, steps)
    timing = (
        f'dur="{number(1 + SECONDS_A_MOVE * moves)}s" repeatCount="{LOOPS}" '
        f'keyTimes="{";".join(times)}"'
    )
    moving: list[str] = []
    for i, shape in enumerate(pictures[0]):
        values = [pictures[k][i].d for k in numbers]
        animate = f'<animate attributeName="d" {timing} values="{";".join(values)}"/>'
        inner = animate if len(set(values)) > 1 else ""
        moving.append(f'<path class="{shape.kind}" d="{shape.d}">{inner}</path>')
    still = _paths(drawn.pictures[-1][0])
    content = (
        f'{_floor(drawn, box)}<g class="moving">{"".join(moving)}</g><g class="still">{still}</g>'
    )
    return _svg(box, inside + drawn.near(content), attributes)


def _eased(t: float) -> float:
    return (1 - cos(pi * t)) / 2


def _timeline(moves: int, steps: int) -> tuple[list[int], list[str]]:
    """Which drawing shows when, in parts of the whole: there and back, each moment held."""
    forth: list[tuple[int, float]] = [(0, 0.0)]
    for number_ in range(moves * steps + 1):
        if number_:
            forth.append((number_, 1 / steps))
        if number_ % steps == 0:
            forth.append((number_, PAUSE))
    back = [(number_, 1 / steps) for number_ in range(moves * steps - 1, -1, -1)]
    whole = [*forth, *back, (0, PAUSE)]
    total = sum(wait for _, wait in whole)
    times: list[str] = []
    passed = 0.0
    for _, wait in whole:
        passed += wait
        times.append(number3(min(1.0, passed / total)))
    return [number_ for number_, _ in whole], times


def number3(value: float) -> str:
    """A part of one, to a thousandth."""
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


def arrow_path(drawn: Drawn, moment: int) -> list[Shape]:
    """The way of the part that moves most, from a moment to the next, with a head."""
    solved = drawn.motion
    moves = solved.figure.moves
    if moves == "none" or moment < 0:
        return []
    run = [solved.at(moment, i / 6) for i in range(7)]
    point = moves or _mover(run, drawn.camera)
    if not point:
        return []
    way = [drawn.camera.flat(skeleton.point(point)) for skeleton in run]
    travelled = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(way))
    if travelled < 5:
        return []
    return _arrow(_shifted(way, run, drawn, point), travelled)


def _pushes(drawn: Drawn, skeleton: Skeleton) -> list[Shape]:
    shapes: list[Shape] = []
    for push in drawn.motion.figure.pushes:
        x, y = drawn.camera.flat(skeleton.point(push.at))
        dx, dy = _TOWARD[push.toward]
        first, last = (8, 22) if push.beyond else (-22, -8)
        if drawn.motion.figure.zoom:
            first, last = (4, 10) if push.beyond else (-10, -4)
        start, end = (x + dx * first, y + dy * first), (x + dx * last, y + dy * last)
        shapes += _arrow([start, end], abs(last - first) * 0.85)
    return shapes


_TOWARD: Final[Mapping[str, Flat]] = {
    "up": (0.0, -1.0), "down": (0.0, 1.0), "left": (-1.0, 0.0), "right": (1.0, 0.0),
}  # fmt: skip


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


def _shifted(way: list[Flat], run: list[Skeleton], drawn: Drawn, point: str) -> list[Flat]:
    """The way moved aside, away from the trunk, so that it doesn't run through the body."""
    dx, dy = way[-1][0] - way[0][0], way[-1][1] - way[0][1]
    size = hypot(dx, dy) or 1.0
    nx, ny = -dy / size, dx / size
    middle = run[len(run) // 2]
    trunk = drawn.camera.flat(middle.at("lumbar"))
    knees = drawn.camera.flat(mix(middle.at("right-shank"), middle.at("left-shank"), 0.5))
    half = way[len(way) // 2]
    rest = ((trunk[0] * 2 + knees[0]) / 3, (trunk[1] * 2 + knees[1]) / 3)
    side = 1 if nx * (half[0] - rest[0]) + ny * (half[1] - rest[1]) >= 0 else -1
    aside = ASIDE.get(point.rpartition("-")[2], 8.0) * side
    return [(x + nx * aside, y + ny * aside) for x, y in way]


ASIDE: Final[Mapping[str, float]] = {
    "pelvis": 17.0, "seat": 17.0, "head": 16.0, "chest": 18.0, "back": 18.0, "belly": 16.0,
    "knee": 12.0, "thigh": 13.0, "hip": 17.0, "hand": 8.0, "foot": 9.0, "toes": 8.0, "heel": 8.0,
}  # fmt: skip
"""How far an arrow keeps from the middle of the part whose way it shows."""


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


def _floor(drawn: Drawn, box: Box) -> str:
    if not drawn.has_floor:
        if any(prop.prop == "mat" for prop in drawn.motion.figure.props):
            return ""
        x, _, z = drawn.motion.moments[0].at("pelvis")
        round_ = [(x + a, 0.0, z + b) for a, b in arc_points((0.0, 0.0), 46.0, 0.0, 1.875, 16)]
        return f'<path class="q" d="{smooth([drawn.camera.flat(p) for p in round_])}"/>'
    return f'<path class="l" d="M{number(box.left + 1)} .6H{number(box.right - 1)}"/>'


def _paths(shapes: Iterable[Shape]) -> str:
    return "".join(f'<path class="{shape.kind}" d="{shape.d}"/>' for shape in shapes)


def _svg(box: Box, content: str, attributes: str) -> str:
    view = f"{number(box.left)} {number(box.top)} "
    view += f"{number(box.right - box.left)} {number(box.bottom - box.top)}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}"{attributes}>{content}</svg>'


def _squared(box: Box, least: float) -> Box:
    wide, tall = box.right - box.left, box.bottom - box.top
    size = max(wide, tall, least)
    middle = (box.left + box.right) / 2
    lower = box.bottom + max(0.0, (size - tall) * 0.5)
    return Box(middle - size / 2, lower - size, middle + size / 2, lower)


def _box(shapes: Iterable[Shape], pad: float = 0.0) -> Box:
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


def muscle_map_svg(working: Iterable[str], attributes: str, side: str) -> str:
    """A small body from the front or the back with these muscles coloured."""
    skeleton, box, paths = _mapped(side)
    marks = _marks(skeleton, CAMERAS[side], working, "both")
    return _svg(box, paths + "".join(_paths(found) for found in marks.values()), attributes)


@cache
def _mapped(side: str) -> tuple[Skeleton, Box, str]:
    """The body of a map, with no muscle coloured."""
    skeleton = standing()
    order = order_of([skeleton], CAMERAS[side], side)
    shapes = body_shapes(skeleton, CAMERAS[side], (), "both", order)
    box = _box(shapes)
    wider = Box(box.left - 3, box.top - 6, box.right + 3, box.bottom + 3)
    return skeleton, wider, _paths(shapes)
