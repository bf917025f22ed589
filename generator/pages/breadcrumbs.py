"""The way to a record's page, as the page itself and linked data tell it; pure."""

from __future__ import annotations

from generator import routes
from generator.library.library import Library
from generator.model.condition import Condition
from generator.model.exercise import Exercise
from generator.model.record import Record
from generator.model.sign import Sign

Trail = list[tuple[str, str]]
"""Site-relative addresses and what they are called."""


def trail(library: Library, kind: str, record: Record, list_title: str) -> Trail:
    """From the list of a kind, called `list_title`, down to the page of a record."""
    index = routes.index_url(kind)
    way = [(index, list_title)]
    if isinstance(record, Exercise):
        way.append((f"{index}#{record.group}", library.groups[record.group].name))
    elif isinstance(record, Condition | Sign):
        region = library.regions[record.regions[0]]
        way.append((routes.page_url("regions", region.id), region.name))
    return way
