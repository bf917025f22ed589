"""Library -> cards for other sites, whole or in parts, each a page of its own without any theme.

A card is one file: its style, script and words are in it, and it asks for nothing. It works in
the sandbox that WordPress puts it in, and without scripts.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final

from markupsafe import Markup, escape

from generator import routes
from generator.embeds.branding import Skin, skin_of
from generator.exports.json_text import compact_json
from generator.host.content_security_policy import source_of
from generator.library.site import Site
from generator.model.context import Country
from generator.model.exercise import Exercise
from generator.model.record import Record, Source
from generator.outputs import Output
from generator.pages import views
from generator.pages.environment import TEMPLATES_DIR, environment
from generator.pages.figures import FigureTools, card_style
from generator.pages.numbers import linked_numbers
from generator.pages.template_functions import PageTools

VIEWS: Final[Mapping[str, Callable[..., Any]]] = {
    "conditions": views.condition_view,
    "signs": views.sign_view,
    "exercises": views.exercise_view,
    "programmes": views.programme_view,
}
"""The kinds that have cards."""

PARTS: Final[Mapping[str, Mapping[str, str]]] = {
    "conditions": {
        "can-i-run": "can-i-run",
        "stages": "plan",
        "red-flags": "red-flags",
        "exercises": "plan",
    }
}
"""Kind -> part of its card -> the section of the page that it comes from."""

MOST_KB: Final = 20
"""What a card with figures weighs at most, gzipped; one that would be heavier shows none."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown, and where: a record, a part of it or all, in a clinic's look or ours."""

    kind: str
    id: str
    part: str = ""
    clinic: str = ""
    at: str = ""
    """The id of the address, where a retired one stands for the record."""

    @property
    def url(self) -> str:
        """Site-relative address."""
        return routes.embed_url(self.kind, self.at or self.id, self.part, self.clinic)

    @property
    def template(self) -> str:
        """Its template's name."""
        return f"embed/{self.kind}{'-' if self.part else ''}{self.part}.html.jinja"


def cards(site: Site) -> Iterator[Card]:
    """Every card of the site."""
    for kind in VIEWS:
        for id_ in site.library.of_kind(kind):
            yield from _whole_and_parts(kind, id_)
    for clinic in site.published_state.clinics.values():
        for id_ in clinic.conditions:
            yield from _whole_and_parts("conditions", id_, clinic=clinic.id)
    for gone in site.published_state.retired.values():
        if gone.kind in VIEWS:
            yield from _whole_and_parts(gone.kind, gone.now, at=gone.id)


def _whole_and_parts(kind: str, id_: str, *, clinic: str = "", at: str = "") -> Iterator[Card]:
    for part in ("", *PARTS.get(kind, ())):
        yield Card(kind, id_, part, clinic, at)


def embeds(site: Site) -> Iterator[Output]:
    """A file for each card."""
    for card in cards(site):
        yield Output(routes.file_uri(card.url), partial(card_html, site, card))


def card_html(site: Site, card: Card) -> str:
    """The card's whole document; with figures, where it shows exercises and stays light."""
    shows_exercises = card.kind == "exercises" or card.part in ("stages", "exercises")
    if shows_exercises:
        text = _card_html(site, card, drawn=True)
        if len(gzip.compress(text.encode(), mtime=0)) <= MOST_KB * 1000:
            return text
    return _card_html(site, card, drawn=False)


def _card_html(site: Site, card: Card, *, drawn: bool) -> str:
    record = site.library.of_kind(card.kind)[card.id]
    clinic = site.published_state.clinics.get(card.clinic)
    return render_card(
        site,
        card.template,
        card.url,
        record,
        skin=skin_of(clinic),
        country=site.library.countries[clinic.country] if clinic else site.country,
        view=VIEWS[card.kind](site.library, record),
        page_path=routes.page_url(card.kind, card.id),
        oembed=routes.oembed_uri(card.url),
        retired=site.published_state.retired.get(card.at),
        clinic=card.clinic,
        drawn=drawn,
    )


def render_card(
    site: Site,
    template: str,
    here: str,
    record: Record | None,
    *,
    skin: Skin,
    country: Country,
    clinic: str = "",
    drawn: bool = False,
    **more: Any,
) -> str:
    """A document by its template, with the style and the script that all cards share."""
    tools = _CardTools(site, here, country, drawn=drawn)
    text = environment().get_template(template).render(
        **{**tools.names(), "calls": tools.numbers_shown},
        r=record,
        title=record.name if record else "",
        skin=skin,
        embed_url=partial(_embed_url, site, clinic),
        style=style() + card_style() if drawn else style(),
        drawn=drawn,
        script=Markup(script()),
        script_hash=script_hash(),
        **more,
    )  # fmt: skip
    return re.sub(r"\n\s*", "\n", text).strip() + "\n"


def _embed_url(site: Site, clinic: str, kind: str, id_: str, part: str = "") -> str:
    """A card in the same look, where the clinic shows that record; otherwise in ours."""
    shown = kind == "conditions" and id_ in getattr(
        site.published_state.clinics.get(clinic), "conditions", ()
    )
    return routes.embed_url(kind, id_, part, clinic if shown else "")


class _CardTools(PageTools):
    """Cards cite nothing and explain no words: their sources and meanings are on the whole page."""

    def __init__(self, site: Site, here: str, country: Country, *, drawn: bool) -> None:
        super().__init__(site, here)
        self._country = country
        self._called: dict[str, None] = {}
        self._drawn = drawn

    def calls(self, name: str) -> Markup:
        """Whom to call, marked so that the card's script can show another country's numbers."""
        self._called[name] = None
        numbers = linked_numbers(self._country)[name]
        return Markup('<span data-number="{}">{}</span>').format(name, numbers)

    def numbers_shown(self) -> Markup:
        """Country -> what the card says otherwise there, of those that it has named so far."""
        own, calls = linked_numbers(self._country), {}
        for country in self._site.library.countries.values():
            theirs = linked_numbers(country)
            calls[country.id] = {n: theirs[n] for n in self._called if theirs[n] != own[n]}
        return escape(compact_json(calls))

    def figure(self, exercise: Exercise) -> FigureTools | None:
        """The figure, on cards that show any."""
        return super().figure(exercise) if self._drawn else None

    def link(self, record: Record, words: str = "") -> Markup:
        """A link to the whole page, which opens beside the host."""
        return Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(
            self.record_url(record), words or record.name
        )

    def explain(self, text: str) -> Markup:
        """The text as it is."""
        return escape(text)

    def cite(self, *sources: Source) -> Markup:
        """Nothing."""
        return Markup()


@cache
def style() -> Markup:
    """The style sheet that cards and small pages share."""
    text = environment().get_template("embed/style.css.jinja").render()
    return Markup(re.sub(r"\s*\n\s*", "", text))


@cache
def script() -> str:
    """The one script of a card, without its comments and indents."""
    text = (TEMPLATES_DIR / "embed" / "card.js").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@cache
def script_hash() -> str:
    """What a Content-Security-Policy calls the script."""
    return source_of(script())
