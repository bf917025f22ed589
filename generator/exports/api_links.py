"""Where else a record stands: its page and that page's sections, its cards, its feed.

These addresses are whole where the site knows its own, because programs read them from elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from generator import routes
from generator.embeds.cards import PARTS, VIEWS
from generator.exports.json_text import Json
from generator.library.review import review_status
from generator.library.site import Site
from generator.model.kinds import Kind
from generator.model.record import Record, Reviewed

SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "conditions": (
        "red-flags", "can-i-run", "self-care", "signs", "plan", "see-someone", "how-long",
        "causes", "treatments", "prevention",
    ),
    "signs": ("what-to-do",),
    "exercises": ("red-flags", "dose", "steps", "mistakes", "cautions"),
    "programmes": ("red-flags", "for-whom", "start-when", "steps", "rules"),
}  # fmt: skip
"""Kind -> the sections that each of its pages has, in their order."""


def addresses_json(site: Site, kind: Kind, record: Record) -> Json:
    """The addresses of a record that has a page."""
    page = routes.page_url(kind.name, record.id)
    found: Json = {"page": page, "markdown": routes.twin_url(page)}
    if kind.name in VIEWS:
        found["card"] = routes.embed_url(kind.name, record.id)
        found["oembed"] = routes.oembed_uri(page)
    if kind.name == "conditions":
        found["take_away"] = routes.card_url(record.id)
        found["feed"] = routes.feed_uri(record.id)
    body: Json = {name: site.address + uri for name, uri in found.items()}
    body["sections"] = [
        {"id": id_, "url": f"{site.address}{page}#{id_}"} for id_ in SECTIONS.get(kind.name, ())
    ]
    body["cards"] = [
        {"id": part, "url": site.address + routes.embed_url(kind.name, record.id, part)}
        for part in PARTS.get(kind.name, ())
    ]
    return body


def review_json(site: Site, record: Reviewed) -> Json:
    """The state of a record's review: `draft`, `signed`, or `changed` since it was signed.

    Whether a review is overdue depends on the day: compare `due` with it.
    """
    status = review_status(record, site.library)
    body: Json = {"state": status.state}
    if status.state != "draft":
        body |= {
            "by": status.by,
            "registration": status.registration,
            "on": status.on,
            "due": status.due,
        }
    return body
