"""A solved figure becomes pictures: its moments, its card, its movement, a map of muscles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from math import cos, pi
from typing import Final

from generator.figure import props
from generator.figure.arrows import push_arrows, way_arrow
from generator.figure.paths import arc_points, number, smooth
from generator.figure.pose import Motion, standing
from generator.figure.shapes import Box, Shape, box_of, path_elements, squared, svg
from generator.figure.silhouette import Order, body_shapes, muscle_shapes, order_of
from generator.figure.skeleton import Skeleton
from generator.figure.space import Camera

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
"""How often a movement is shown before it stands still."""
MARGIN: Final = 6.0
"""Centimetres that stay free round a figure."""
PIXELS: Final = 1.6
"""Pixels a centimetre within a page, where there is room."""
SMALL_SIZE: Final = 60.0
"""The least height of a moment within a page."""
ZOOM: Final = 30.0
"""Half the width of a picture of one part of the body."""
CARD_SIZE: Final = 110.0
"""The least height and width of a picture, so that a lying body is not drawn larger."""


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
        boxes = [box_of(shapes) for shapes in pictures]
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
    content = drawn.near(_floor(drawn, view) + path_elements(shapes))
    return round(wide), svg(view, content, attributes + size)


def _with_arrow(drawn: Drawn, moment: int) -> tuple[list[Shape], Box]:
    skeleton = drawn.motion.moments[moment]
    arrow = way_arrow(drawn.motion, drawn.camera, moment - 1) if moment else []
    if moment == len(drawn.motion.moments) - 1:
        arrow += push_arrows(drawn.motion, drawn.camera)
    shapes = drawn.shapes(skeleton)
    box = drawn.box([shapes])
    if drawn.motion.figure.zoom:
        return [*shapes, *arrow], box
    if arrow:
        box = box.joined(box_of(arrow[::2], pad=3))  # a halo lies under each arrow
    return [*shapes, *arrow], box


def card_svg(drawn: Drawn, attributes: str, inside: str = "") -> str:
    """The moment that shows the exercise best, with its arrow, in a square."""
    shapes, box = drawn.pictures[-1]
    square = squared(box, 0.0 if drawn.motion.figure.zoom else CARD_SIZE)
    return svg(
        square, inside + drawn.near(_floor(drawn, square) + path_elements(shapes)), attributes
    )


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
    still = path_elements(drawn.pictures[-1][0])
    content = (
        f'{_floor(drawn, box)}<g class="moving">{"".join(moving)}</g><g class="still">{still}</g>'
    )
    return svg(box, inside + drawn.near(content), attributes)


def _eased(t: float) -> float:
    return (1 - cos(pi * t)) / 2


def _timeline(moves: int, steps: int) -> tuple[list[int], list[str]]:
    """Which drawing shows when, in parts of the whole: there and back, each moment held."""
    forth: list[tuple[int, float]] = [(0, 0.0)]
    for drawing in range(moves * steps + 1):
        if drawing:
            forth.append((drawing, 1 / steps))
        if drawing % steps == 0:
            forth.append((drawing, PAUSE))
    back = [(drawing, 1 / steps) for drawing in range(moves * steps - 1, -1, -1)]
    whole = [*forth, *back, (0, PAUSE)]
    total = sum(wait for _, wait in whole)
    times: list[str] = []
    passed = 0.0
    for _, wait in whole:
        passed += wait
        times.append(_thousandths(min(1.0, passed / total)))
    return [drawing for drawing, _ in whole], times


def _thousandths(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


def _floor(drawn: Drawn, box: Box) -> str:
    if not drawn.has_floor:
        if any(prop.prop == "mat" for prop in drawn.motion.figure.props):
            return ""
        x, _, z = drawn.motion.moments[0].at("pelvis")
        round_ = [(x + a, 0.0, z + b) for a, b in arc_points((0.0, 0.0), 46.0, 0.0, 1.875, 16)]
        return f'<path class="q" d="{smooth([drawn.camera.flat(p) for p in round_])}"/>'
    return f'<path class="l" d="M{number(box.left + 1)} .6H{number(box.right - 1)}"/>'


def muscle_map_svg(working: Iterable[str], attributes: str, side: str) -> str:
    """A small body from the front or the back with these muscles coloured."""
    skeleton, box, paths = _mapped(side)
    marks = muscle_shapes(skeleton, CAMERAS[side], working, "both")
    return svg(box, paths + "".join(path_elements(found) for found in marks.values()), attributes)


@cache
def _mapped(side: str) -> tuple[Skeleton, Box, str]:
    """The body of a map, with no muscle coloured."""
    skeleton = standing()
    order = order_of([skeleton], CAMERAS[side], side)
    shapes = body_shapes(skeleton, CAMERAS[side], (), "both", order)
    box = box_of(shapes)
    wider = Box(box.left - 3, box.top - 6, box.right + 3, box.bottom + 3)
    return skeleton, wider, path_elements(shapes)
