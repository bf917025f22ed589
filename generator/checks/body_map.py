"""Rules about the body map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Severity, rule
from generator.library.library import Library
from generator.model.condition import Condition
from generator.model.sign import Sign

LEAST_CORNERS: Final = 3


@rule("region-without-shape")
def regions_have_shapes(library: Library) -> Iterator[Diagnostic]:
    """A region has no place on the body map, so that readers can't tap on it there.

    Its `shape` gives its corners as seen from the front, from the back, or both: each with
    `across`, centimetres from the middle of the body, and `up`, centimetres above the floor.
    One side of the body is enough, as the other mirrors it. See CONTRIBUTING.md.
    """
    for region in library.regions.values():
        shape = region.shape
        if shape is None or not (shape.front or shape.back):
            yield Diagnostic(
                code="region-without-shape",
                place=region.where("shape"),
                message=f"The region `{region.id}` must have a shape on the body map.",
                help="Add `shape:` with at least three corners under `front:` or `back:`, "
                "each as in `- {across: 20, up: 57}`.",
                severity=Severity.WARNING,
            )
            continue
        for side, corners in (("front", shape.front), ("back", shape.back)):
            if 0 < len(corners) < LEAST_CORNERS:
                yield Diagnostic(
                    code="region-without-shape",
                    place=shape.where(side),
                    message=f"A shape must have at least {LEAST_CORNERS} corners; "
                    f"`{side}` of the region `{region.id}` has {len(corners)}.",
                    help="Add the missing corners, going around the region.",
                    severity=Severity.WARNING,
                )


@rule("spot-outside-region")
def spots_lie_in_their_regions(library: Library) -> Iterator[Diagnostic]:
    """A spot is on a close-up that shows none of the record's regions.

    The regions name their close-ups under `frames`; pictures such as `night` belong to none.
    """
    placed = {frame for region in library.regions.values() for frame in region.frames}
    records: list[Condition | Sign] = [*library.conditions.values(), *library.signs.values()]
    for record in records:
        spot = record.spot
        if spot is None or spot.frame not in placed:
            continue
        regions = [library.regions[id_] for id_ in record.regions if id_ in library.regions]
        fitting = [frame for region in regions for frame in region.frames]
        if fitting and spot.frame not in fitting:
            yield Diagnostic(
                code="spot-outside-region",
                place=spot.where("frame"),
                message=f"The close-up `{spot.frame}` must show a region of `{record.id}`.",
                help=f"Choose one of: {', '.join(fitting)}.",
                severity=Severity.WARNING,
            )
