"""Everything made for machines, beside the pages and the API's documents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from generator import routes
from generator.exports.csv_tables import tables
from generator.exports.feed import feeds
from generator.exports.json_text import json_text
from generator.exports.schemas import schemas
from generator.library.site import Site
from generator.model.published_state import Retired
from generator.outputs import Output
from generator.pages.environment import environment


def machines(site: Site) -> Iterator[Output]:
    """Schemas, tables, feeds, headers, and a tombstone for each retired record."""
    yield from schemas(site)
    yield from tables(site.library)
    yield from feeds(site)
    yield Output(routes.HEADERS, partial(headers_text, site.policy))
    yield Output(routes.ROBOTS, partial(robots_text, site.address))
    for gone in site.published_state.retired.values():
        uri = routes.api_record_uri(gone.kind, gone.id)
        yield Output(uri, partial(tombstone_text, gone))


def headers_text(policy: str) -> str:
    """What a host that reads this file sends along."""
    return environment().get_template("headers.txt.jinja").render(policy=Markup(policy))


def robots_text(address: str) -> str:
    """What search engines may read: all of it; cards say themselves that they are no results."""
    sitemap = f"Sitemap: {address}sitemap.xml\n" if address else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def tombstone_text(gone: Retired) -> str:
    """What the API says in place of a retired record."""
    body = {
        "api_version": routes.API_VERSION,
        "kind": gone.kind,
        "id": gone.id,
        "gone": {
            "fate": gone.fate,
            "on": gone.on,
            "why": gone.why,
            "now": gone.now,
            "api": routes.api_record_uri(gone.kind, gone.now),
            "url": routes.page_url(gone.kind, gone.now),
        },
    }
    return json_text(body)
