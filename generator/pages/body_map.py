"""The body map: regions from head to foot, with their shapes as SVG path data. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from generator.model.context import MapPoint, Region

HEIGHT: Final = 128
"""Where the map ends above, in centimetres; the drawing itself is in parts/body-map.html.jinja."""


@dataclass(frozen=True, slots=True)
class MapPart:
    """A region on the map; `front` and `back` are "" where it can't be seen from there."""

    region: Region
    front: str
    back: str
    middle: int
    """How far below the top of the map its middle is."""


def body_map(regions: Iterable[Region]) -> tuple[MapPart, ...]:
    """Every region, from head to foot; those without a shape come last."""
    return tuple(_part(region) for region in sorted(regions, key=lambda r: (-_top(r), r.order)))


def _part(region: Region) -> MapPart:
    front, back = (region.shape.front, region.shape.back) if region.shape else ((), ())
    seen = back or front
    ups = [point.up for point in seen]
    middle = HEIGHT - (max(ups) + min(ups)) // 2 if ups else HEIGHT
    return MapPart(region, path_data(front), path_data(back), middle)


def _top(region: Region) -> int:
    shape = region.shape
    return max((point.up for point in (*shape.front, *shape.back)), default=0) if shape else -1


def path_data(points: Sequence[MapPoint]) -> str:
    """The outline and its mirror image; one outline where they meet in the middle."""
    if not points:
        return ""
    half = [(point.across, HEIGHT - point.up) for point in points]
    mirrored = [(-across, down) for across, down in reversed(half)]
    if half[0][0] == half[-1][0] == 0:
        return _closed([*half, *mirrored[1:-1]])
    return _closed(half) + _closed(mirrored)


def _closed(corners: Sequence[tuple[int, int]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in corners) + "Z"
