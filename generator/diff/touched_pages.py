"""Which published addresses show something else after a change: found by rendering both states."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from generator import routes
from generator.checks.graph import references_exist, words_are_known
from generator.diff.compare import Difference, changed_ids
from generator.embeds.cards import Card, card_html, cards
from generator.exports.api import record_json
from generator.library.library import Library
from generator.library.site import Site
from generator.model.kinds import KINDS, Kind
from generator.model.sign import TIERS
from generator.pages.pages import record_page


@dataclass(frozen=True, slots=True)
class Touched:
    """Site-relative addresses, in order; lists, search and feeds follow and are not named."""

    pages: tuple[tuple[str, str], ...]
    """(Address, name)"""
    cards: tuple[str, ...]
    documents: tuple[str, ...]


def touched(before: Site, after: Site, found: Difference) -> Touched | None:
    """What differs; None when one of the states has links into nowhere and can't be rendered."""
    if not (_can_be_rendered(before.library) and _can_be_rendered(after.library)):
        return None
    near = _near(changed_ids(found), before.library, after.library)
    pages: list[tuple[str, str]] = []
    documents: list[str] = []
    for kind in KINDS:
        for id_ in sorted(near):
            new = _record(after.library, kind, id_)
            old = _record(before.library, kind, id_)
            if new is None and old is None:
                continue
            if kind.has_pages and _page(before, kind, id_) != _page(after, kind, id_):
                name = (new or old).name
                pages.append((routes.page_url(kind.name, id_), name))
            if _document(before, kind, id_) != _document(after, kind, id_):
                documents.append(routes.api_record_uri(kind.name, id_))
    wanted = {(url.split("/")[0], url.split("/")[1]) for url, _ in pages}
    changed = dict.fromkeys(
        card.url
        for card in dict.fromkeys([*cards(after), *cards(before)])
        if (card.kind, card.id) in wanted and _card(before, card) != _card(after, card)
    )
    return Touched(tuple(pages), tuple(changed), tuple(documents))


def _can_be_rendered(library: Library) -> bool:
    if any(tier not in library.care for tier in TIERS):
        return False
    return not any([*references_exist(library), *words_are_known(library)])


def _near(ids: Iterable[str], *libraries: Library) -> frozenset[str]:
    """These ids and all that link to them or that they link to; regions and tissues pass on."""
    passed_on = {
        record.id
        for library in libraries
        for record in [*library.regions.values(), *library.tissues.values()]
    }
    near = set(ids)
    for _ in range(2):
        start = set(near)
        for library in libraries:
            for link in library.links:
                for one, other in ((link.record.id, link.id), (link.id, link.record.id)):
                    if one in ids or (one in start and one in passed_on):
                        near.add(other)
    return frozenset(near)


def _record(library: Library, kind: Kind, id_: str) -> Any:
    return library.of_kind(kind.name).get(id_)


def _page(site: Site, kind: Kind, id_: str) -> str:
    record = _record(site.library, kind, id_)
    return record_page(site, kind.name, record).content if record else ""


def _document(site: Site, kind: Kind, id_: str) -> str:
    record = _record(site.library, kind, id_)
    return json.dumps(record_json(site, kind, record)) if record else ""


def _card(site: Site, card: Card) -> str:
    known = card.id in site.library.of_kind(card.kind) and card in set(cards(site))
    return card_html(site, card) if known else ""
