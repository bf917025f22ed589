"""Library -> what clinics use: their page, a self-test, their own doors, cards to print."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import segno
from markupsafe import Markup

from generator import routes
from generator.embeds.branding import HOUSE, is_web_address, skin_of
from generator.embeds.cards import render_card, style
from generator.embeds.oembed import document_text, page_title
from generator.library.site import Site
from generator.model.published_state import Clinic
from generator.outputs import Output
from generator.pages import views
from generator.pages.environment import environment
from generator.pages.render import render_page
from generator.pages.template_functions import PageTools

SELF_TEST_CARD: Final = "embed/self-test/"


def clinic_pages(site: Site) -> Iterator[Output]:
    """Everything that only clinics need, but the cards themselves."""
    yield Output(routes.source_uri(routes.FOR_CLINICS), partial(_for_clinics, site))
    yield from _self_test(site)
    for id_ in site.library.conditions:
        uri = routes.file_uri(routes.card_url(id_))
        yield Output(uri, partial(takeaway_html, site, id_))
    for clinic in site.published_state.clinics.values():
        yield Output(
            routes.file_uri(routes.clinic_url(clinic.id)), partial(_clinic_door, site, clinic)
        )
        for id_ in clinic.conditions:
            yield Output(
                routes.file_uri(routes.clinic_url(clinic.id, "conditions", id_)),
                partial(_clinic_page, site, clinic, id_),
            )
    for gone in site.published_state.retired.values():
        yield Output(
            routes.file_uri(routes.page_url(gone.kind, gone.id)), partial(_moved, site, gone.id)
        )


def _for_clinics(site: Site) -> str:
    conditions = views.by_name(site.library.conditions.values())
    return render_page(
        site,
        "for-clinics.md.jinja",
        routes.FOR_CLINICS,
        self_test=routes.SELF_TEST,
        example=routes.page_url("conditions", conditions[0].id) if conditions else "",
        example_id=conditions[0].id if conditions else "",
        example_name=conditions[0].name if conditions else "",
        embed_script=routes.EMBED_SCRIPT,
        embed_url=routes.embed_url,
        conditions=conditions,
        clinics=list(site.published_state.clinics.values()),
        clinic_url=routes.clinic_url,
        card_url=routes.card_url,
    )


def _self_test(site: Site) -> Iterator[Output]:
    """A page whose pasted address shows a card that tells what the host lets through."""

    def card() -> str:
        return render_card(
            site, "embed/self-test.html.jinja", SELF_TEST_CARD, None, skin=HOUSE,
            country=site.country, page_path=routes.SELF_TEST, retired=None,
            oembed=routes.oembed_uri(routes.SELF_TEST),
        )  # fmt: skip

    def document() -> str:
        return document_text(site, page_title(card()), routes.SELF_TEST, SELF_TEST_CARD)

    yield Output(routes.file_uri(SELF_TEST_CARD), card)
    yield Output(routes.oembed_uri(routes.SELF_TEST), document)
    yield Output(routes.file_uri(routes.SELF_TEST), partial(_self_test_page, site))


def _self_test_page(site: Site) -> str:
    here = routes.SELF_TEST
    return _small_page(
        site,
        here,
        "embed/self-test-page.html.jinja",
        oembed=routes.oembed_uri(here),
        frame=routes.relative(SELF_TEST_CARD, here=here),
        script=routes.relative(routes.EMBED_SCRIPT, here=here),
    )


def takeaway_html(site: Site, id_: str) -> str:
    """A condition's card to print, with a code that opens its page."""
    record = site.library.conditions[id_]
    page = routes.page_url("conditions", id_)
    here = routes.card_url(id_)
    return render_card(
        site, "embed/takeaway.html.jinja", here, record, country=site.country,
        skin=skin_of(site.clinic),
        view=views.condition_view(site.library, record), page_path=page, retired=None,
        qr=qr_svg(site.address + page),
    )  # fmt: skip


def qr_svg(text: str) -> Markup:
    """A QR code as inline SVG, in one path."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, svgclass=None,
              lineclass=None)  # fmt: skip
    return Markup(out.getvalue().decode("utf-8").replace("<svg", '<svg aria-hidden="true"'))


def _clinic_door(site: Site, clinic: Clinic) -> str:
    """Where a clinic's button leads: our address, because sandboxes let no other link out."""
    here = routes.clinic_url(clinic.id)
    conditions = views.by_name(site.library.conditions[id_] for id_ in clinic.conditions)
    return _small_page(
        site,
        here,
        "embed/door.html.jinja",
        clinic=clinic,
        link=clinic.url if is_web_address(clinic.url) else "",
        rows=[
            (routes.clinic_url(clinic.id, "conditions", condition.id), condition)
            for condition in conditions
        ],
        skin=skin_of(clinic),
    )


def _clinic_page(site: Site, clinic: Clinic, id_: str) -> str:
    """The address that a clinic pastes; a reader who opens it is taken to the page itself."""
    here = routes.clinic_url(clinic.id, "conditions", id_)
    return _forward(site, here, "conditions", id_, "embed/clinic-page.html.jinja")


def _moved(site: Site, id_: str) -> str:
    gone = site.published_state.retired[id_]
    here = routes.page_url(gone.kind, id_)
    return _forward(site, here, gone.kind, gone.now, "embed/moved.html.jinja")


def _forward(site: Site, here: str, kind: str, id_: str, template: str) -> str:
    page = routes.page_url(kind, id_)
    return _small_page(
        site,
        here,
        template,
        record=site.library.of_kind(kind)[id_],
        oembed=routes.oembed_uri(here),
        canonical=site.address + page if site.address else "",
        onward=routes.relative(page, here=here),
    )


def _small_page(site: Site, here: str, template: str, **context: Any) -> str:
    tools = PageTools(site, here)
    names = {**tools.names(), "style": style(), **context}
    return environment().get_template(template).render(**names).strip() + "\n"
