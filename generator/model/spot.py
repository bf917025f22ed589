"""Where it hurts, as a place on a close-up of the body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from generator.model.fields import Between, Term
from generator.model.record import Located


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotPoint(Located):
    """A point of a close-up, which is 100 units wide and high."""

    x: Annotated[int, Between(0, 100), "from the left edge."]
    y: Annotated[int, Between(0, 100), "from the upper edge."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot(Located):
    """The sore place on a close-up, or a picture for what has no place."""

    frame: Annotated[
        str, Term("frames"), "the close-up, as in leg-back, or a picture, as in night."
    ]
    x: Annotated[int, Between(0, 100), "from the left edge of the close-up, 100 units wide."] = 0
    y: Annotated[int, Between(0, 100), "from its upper edge."] = 0
    radius: Annotated[int, Between(0, 50), "how far an area reaches to each side."] = 0
    height: Annotated[int, Between(0, 50), "how far it reaches up and down, if not the same."] = 0
    to: Annotated[tuple[SpotPoint, ...], "where the pain runs to from there, point by point."] = ()
