"""A sound library -> all outputs, on one screen; `checking` is the way from files to a library."""

from __future__ import annotations

from collections.abc import Iterator

from generator.builder import builder_data
from generator.clinics.clinic_pages import clinic_pages
from generator.clinics.embeds import embeds
from generator.clinics.oembed import oembed
from generator.contributor_pages import contributor_pages
from generator.figures import figures
from generator.finder import finder_data
from generator.machines.api import api
from generator.machines.documents import machines
from generator.machines.editor_schema import published_schemas
from generator.machines.twins import twins
from generator.outputs import Output
from generator.pages import pages
from generator.pictures import pictures
from generator.search_data import search_data
from generator.site import Site


def outputs(site: Site) -> Iterator[Output]:
    """Everything that a sound library makes: pages, figures, the API, and what scripts load."""
    made = [*pages(site), *clinic_pages(site), *contributor_pages(site)]
    yield from made
    yield from twins(site, [page for page in made if page.uri.endswith(".md")])
    yield from figures(site.library)
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
