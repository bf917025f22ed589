"""Where it hurts in close-up: one small picture for each condition and sign that has a spot."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from generator import routes
from generator.library.library import Library
from generator.model.spot import Spot
from generator.outputs import Output
from generator.pages.environment import environment

KINDS: Final = ("conditions", "signs")


def spots(library: Library) -> Iterator[Output]:
    """The pictures at their permanent addresses."""
    for kind in KINDS:
        for id_, record in library.of_kind(kind).items():
            if getattr(record, "spot", None):
                draw = partial(_drawn, library, kind, id_)
                yield Output(routes.spot_uri(kind, id_), draw, library.place_of(record))


def _drawn(library: Library, kind: str, id_: str) -> str:
    spot: Spot = getattr(library.of_kind(kind)[id_], "spot")  # noqa: B009
    return environment().get_template("spot.svg.jinja").render(spot=spot).strip() + "\n"
