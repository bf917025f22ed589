"""Library -> preview pictures for messengers and social sites, as SVG that the host makes PNG of.

Their letters are wrapped here, because SVG wraps none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import Any, Final

from generator import routes
from generator.embeds.branding import PAPER, readable
from generator.library.site import Site
from generator.model.exercise import Exercise
from generator.model.record import Record
from generator.model.sign import Sign
from generator.outputs import Output
from generator.pages import views
from generator.pages.environment import environment
from generator.pages.figures import plain_style
from generator.pages.template_functions import PageTools

WIDTH: Final = 800
HEIGHT: Final = 420

_SIZES: Final = (100, 84, 72, 64)
_NARROW: Final = frozenset("iljtfrI.,:;'’!|()- ")
_WIDE: Final = frozenset("mwMW—…")


def pictures(site: Site) -> Iterator[Output]:
    """A picture for each record that people may share, and one for all else."""
    yield Output(routes.picture_uri(), partial(picture_svg, site, ""))
    for kind in routes.PICTURED:
        for id_ in site.library.of_kind(kind):
            yield Output(routes.picture_uri(kind, id_), partial(picture_svg, site, kind, id_))


def picture_svg(site: Site, kind: str, id_: str = "") -> str:
    """The picture of a record, or of the site."""
    tools = PageTools(site, "")
    record = site.library.of_kind(kind)[id_] if kind else None
    text = environment().get_template("picture.svg.jinja").render(
        **tools.names(),
        kind=kind,
        r=record,
        figure_of=tools.figure(record) if isinstance(record, Exercise) else None,
        place=getattr(record, "spot", None),
        figure_style=plain_style(),
        wrapped=wrapped,
        fitted=fitted,
        width=WIDTH,
        height=HEIGHT,
        clinic=site.clinic,
        ground=site.clinic.accent if site.clinic and readable(site.clinic.accent, PAPER) else "",
        **_facts(site, record),
    )  # fmt: skip
    return re.sub(r"\n\s*", "\n", text).strip() + "\n"


def _facts(site: Site, record: Record | None) -> dict[str, Any]:
    regions = getattr(record, "regions", ())
    tier = record.red_flag.tier if isinstance(record, Sign) and record.red_flag else ""
    return {
        "region": site.library.regions[regions[0]].name if regions else "",
        "group": views.exercise_view(site.library, record).group.name
        if isinstance(record, Exercise)
        else "",
        "care": site.library.care[tier] if tier else None,
    }


def fitted(text: str, width: int) -> tuple[int, list[str]]:
    """The largest size at which the text is at most two lines, or three small ones."""
    for size in _SIZES[:-1]:
        lines = wrapped(text, size, width)
        if len(lines) <= 2:
            return size, lines
    return _SIZES[-1], wrapped(text, _SIZES[-1], width)


def wrapped(text: str, size: int, width: int) -> list[str]:
    """The text in lines that are no wider than this many pixels, at this size of letter.

    >>> wrapped("Stress fracture (bone stress injury)", 60, 640)
    ['Stress fracture (bone', 'stress injury)']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer) * size <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _width(text: str) -> float:
    """How wide bold letters are, as parts of their size; a little more than they are."""
    return sum(
        0.33 if letter in _NARROW
        else 0.88 if letter in _WIDE
        else 0.66 if letter.isupper()
        else 0.56
        for letter in text
    )  # fmt: skip
