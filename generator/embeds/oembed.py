"""What oEmbed says of each page and card: files that a static host can serve.

WordPress asks for them with parameters that a static host ignores, and keeps of `html` only a
blockquote and an iframe, so that is what it holds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from markupsafe import Markup

from generator import routes
from generator.embeds.cards import VIEWS, Card, cards
from generator.embeds.heights import USUAL_WIDTH, WIDTHS, heights_of
from generator.exports.json_text import Json, json_text
from generator.library.site import Site
from generator.outputs import Output
from generator.pages import social_images as pictures

AUTHOR: Final = "StrideGuide"
CACHE_SECONDS: Final = 86_400
"""For how long a host need not ask again: a day."""


def oembed(site: Site) -> Iterator[Output]:
    """A document for each page, and one for each card."""
    for card in cards(site):
        uri = routes.oembed_uri(card.url)
        yield Output(uri, partial(_text, site, card, routes.page_url(card.kind, card.id)))
        if card.at and not card.part:
            page = routes.page_url(card.kind, card.at)
            yield Output(routes.oembed_uri(page), partial(_text, site, card, page))
        if card.clinic and not card.part:
            page = routes.clinic_url(card.clinic, card.kind, card.id)
            yield Output(routes.oembed_uri(page), partial(_text, site, card, page))
    for kind, record in site.library.all_records():
        page = routes.page_url(kind.name, record.id)
        if kind.name in VIEWS:
            card = Card(kind.name, record.id)
            yield Output(routes.oembed_uri(page), partial(_text, site, card, page))


def _text(site: Site, card: Card, page: str) -> str:
    record = site.library.of_kind(card.kind)[card.id]
    picture = routes.picture_uri(card.kind, card.id)
    return document_text(site, record.name, page, card.url, picture)


def document_text(
    site: Site, title: str, page: str, embed: str, picture: str = routes.picture_uri()
) -> str:
    """The document of a page that shows as a card."""
    heights = heights_of(embed)
    height = heights[USUAL_WIDTH]
    body: Json = {
        "version": "1.0",
        "type": "rich",
        "provider_name": site.name,
        "provider_url": site.address,
        "title": title,
        "author_name": AUTHOR,
        "cache_age": CACHE_SECONDS,
        "width": USUAL_WIDTH,
        "height": height,
        "html": str(frame_html(site.address + page, site.address + embed, title, height)),
        "height_at": {str(width): heights[width] for width in WIDTHS},
        **thumbnail(site, picture),
    }
    return json_text(body)


def link_text(site: Site, title: str, page: str) -> str:
    """The document of a page without a card: hosts show its title as a link."""
    body: Json = {
        "version": "1.0",
        "type": "link",
        "provider_name": site.name,
        "provider_url": site.address,
        "title": title,
        "cache_age": CACHE_SECONDS,
        **thumbnail(site, routes.picture_uri()),
    }
    return json_text(body)


def thumbnail(site: Site, picture: str) -> Json:
    """A page's preview picture; all three of its facts or none."""
    if not site.pictures:
        return {}
    return {
        "thumbnail_url": site.address + picture,
        "thumbnail_width": pictures.WIDTH,
        "thumbnail_height": pictures.HEIGHT,
    }


def page_title(document: str) -> str:
    """The title of an HTML document."""
    found = re.search(r"<title>(.*?)</title>", document, re.DOTALL)
    return html.unescape(found[1]).strip() if found else ""


def frame_html(page: str, embed: str, title: str, height: int) -> Markup:
    """A quote with the page's link, and the frame: the only marks that WordPress lets through."""
    return Markup(
        '<blockquote class="wp-embedded-content"><a href="{page}">{title}</a></blockquote>'
        '<iframe src="{embed}" title="{title}" width="100%" height="{height}" frameborder="0">'
        "</iframe>"
    ).format(page=page, embed=embed, title=title, height=height)
