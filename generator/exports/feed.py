"""Changes of the advice as Atom feeds: from change records and signatures, not from file times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from generator import routes
from generator.library.review import review_status
from generator.library.site import Site
from generator.model.record import Reviewed
from generator.outputs import Output
from generator.pages.environment import environment

_TIME: Final = "T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `name` is of whom it speaks, where it speaks of one page."""

    id: str
    on: str
    title: str
    text: str
    url: str
    name: str = ""
    signed_by: str = ""

    @property
    def time(self) -> str:
        """The day as Atom writes a time."""
        return self.on + _TIME


def feeds(site: Site) -> Iterator[Output]:
    """The site's feed, and one for each condition. They need to know the site's address."""
    if not site.address:
        return
    yield Output(routes.FEED, partial(feed_text, site, ""))
    for id_ in site.library.conditions:
        yield Output(routes.feed_uri(id_), partial(feed_text, site, id_))


def feed_text(site: Site, condition: str) -> str:
    """The feed of the site, or of one condition."""
    page = routes.page_url("conditions", condition) if condition else ""
    uri = routes.feed_uri(condition) if condition else routes.FEED
    rows = sorted(entries(site, condition), key=lambda e: (e.on, e.id), reverse=True)
    return environment().get_template("feed.xml.jinja").render(
        site_name=site.name,
        name=site.library.conditions[condition].name if condition else "",
        page=site.address + page,
        self_url=site.address + uri,
        updated=rows[0].time if rows else f"1970-01-01{_TIME}",
        entries=rows,
    )  # fmt: skip


def entries(site: Site, condition: str) -> Iterator[Entry]:
    """What happened to every page, or to one condition."""
    host = urlsplit(site.address).hostname or ""
    for change in site.published_state.changes:
        if condition and change.conditions and condition not in change.conditions:
            continue
        only = condition or (change.conditions[0] if len(change.conditions) == 1 else "")
        yield Entry(
            id=f"tag:{host},{change.on}:changes/{change.id}" + (f"/{condition}" * bool(condition)),
            on=change.on,
            title=change.title,
            text=change.text,
            url=site.address + (routes.page_url("conditions", only) if only else ""),
            name=site.library.conditions[only].name if only else "",
        )
    pages = site.library.pages
    for kind, record in [pages[condition]] if condition else site.library.all_records():
        if not isinstance(record, Reviewed):
            continue
        status = review_status(record, site.library)
        if status.on:
            yield Entry(
                id=f"tag:{host},{status.on}:reviews/{kind.name}/{record.id}",
                on=status.on,
                title="",
                text="",
                url=site.address + routes.page_url(kind.name, record.id),
                name=record.name,
                signed_by=status.by,
            )
