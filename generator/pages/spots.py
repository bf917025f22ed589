"""Where it hurts in close-up: one small picture for each condition and sign that has a spot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from generator import routes
from generator.library.library import Library
from generator.model.condition import Condition
from generator.model.sign import Sign
from generator.outputs import Output
from generator.pages.environment import environment

KINDS: Final = ("conditions", "signs")


def spots(library: Library) -> Iterator[Output]:
    """The pictures at their permanent addresses."""
    for kind in KINDS:
        for id_, record in _records(library, kind).items():
            if record.spot:
                draw = partial(_drawn, library, kind, id_)
                yield Output(routes.spot_uri(kind, id_), draw, library.place_of(record))


def _records(library: Library, kind: str) -> Mapping[str, Condition | Sign]:
    return library.conditions if kind == "conditions" else library.signs


def _drawn(library: Library, kind: str, id_: str) -> str:
    spot = _records(library, kind)[id_].spot
    return environment().get_template("spot.svg.jinja").render(spot=spot).strip() + "\n"
