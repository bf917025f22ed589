"""A sound library -> all outputs, on one screen; `checking` is the way from files to a library."""

from __future__ import annotations

from collections.abc import Iterator

from generator.embeds.cards import embeds
from generator.embeds.clinic_pages import clinic_pages
from generator.embeds.oembed import oembed
from generator.exports.api import api
from generator.exports.documents import machines
from generator.exports.editor_schema import published_schemas
from generator.exports.markdown_twins import twins
from generator.library.site import Site
from generator.outputs import Output
from generator.pages.contributor_pages import contributor_pages
from generator.pages.figures import figures
from generator.pages.finder_data import finder_data
from generator.pages.pages import pages
from generator.pages.programme_data import builder_data
from generator.pages.search_data import search_data
from generator.pages.social_images import pictures
from generator.pages.spots import spots


def outputs(site: Site) -> Iterator[Output]:
    """Everything that a sound library makes: pages, figures, the API, and what scripts load."""
    made = [*pages(site), *clinic_pages(site), *contributor_pages(site)]
    yield from made
    yield from twins(site, [page for page in made if page.uri.endswith(".md")])
    yield from figures(site.library)
    yield from spots(site.library)
    yield from api(site)
    yield finder_data(site)
    yield builder_data(site)
    yield search_data(site, made)
    yield from embeds(site)
    yield from oembed(site)
    yield from machines(site)
    yield from published_schemas(site.library)
    if site.pictures:
        yield from pictures(site)
