"""What a template may call while it makes a page: links, prose, sources, figures, labels.

Links to records are made by `link(record)` alone, so that they can't dangle.
"""

from __future__ import annotations

import re
from typing import Any, Final

from markupsafe import Markup, escape

from generator import routes
from generator.embeds.heights import heights_of
from generator.embeds.snippets import element_snippet, frame_snippet
from generator.library.readability import sentences
from generator.library.review import ReviewStatus, review_status
from generator.library.site import Site
from generator.model.exercise import Exercise
from generator.model.quality import GlossaryEntry
from generator.model.record import Record, Reviewed, Source
from generator.model.reference import Reference
from generator.pages.breadcrumbs import Trail, trail
from generator.pages.environment import cite_html, index_title
from generator.pages.figures import FigureTools
from generator.pages.numbers import filled, linked_numbers, plain_numbers, tel_link
from generator.pages.programme_link import plan_item
from generator.pages.prose import inline_html, plain_text, prose_html

_OPENING: Final = re.compile(r"[(“‘\"']+$")
_CLOSING: Final = re.compile(r"(?:['’]s\b)?[)”’\"'.,;:!?]*")
CARD_WEIGHT_KB: Final = 10
"""What the card of a whole record weighs at most, gzipped; tests hold it to that."""


class PageTools:
    """What a template may call on one page; numbers the page's sources as they are cited."""

    def __init__(self, site: Site, here: str) -> None:
        self._site = site
        self._here = here
        self._cited: dict[str, int] = {}
        self._explained: set[str] = set()

    def names(self) -> dict[str, Any]:
        """The tools by the names that templates call them."""
        return {
            "url": self.url,
            "absolute": self.absolute,
            "here": self._here,
            "kind_of": self.kind_of,
            "embed_path": self.embed_path,
            "heights_at": heights_of,
            "frame_snippet": frame_snippet,
            "element_snippet": element_snippet,
            "site_name": self._site.name,
            "country": self._site.country,
            "countries": list(self._site.library.countries.values()),
            "card_weight": CARD_WEIGHT_KB,
            "record_url": self.record_url,
            "trail": self.trail,
            "on_paper": self.on_paper,
            "link": self.link,
            "way": self.way,
            "prose": self.prose,
            "inline": self.inline,
            "plain": self.plain,
            "label": self.label,
            "sentences": sentences,
            "review_of": self.review_of,
            "edit_url": self.edit_url,
            "about": self.about,
            "tel_link": tel_link,
            "cite": self.cite,
            "cited": self.cited,
            "names_of": self.names_of,
            "figure": self.figure,
            "spot": self.spot,
            "plan_item": plan_item,
        }

    def url(self, path: str) -> str:
        """A relative link to a site-relative address."""
        return routes.relative(path, here=self._here)

    def absolute(self, path: str) -> str:
        """The whole address of a site-relative one."""
        return self._site.address + path

    def kind_of(self, record: Record) -> str:
        """The kind of a record with a page."""
        return self._site.library.pages[record.id][0].name

    def embed_path(self, record: Record) -> str:
        """Where a record's card is."""
        return routes.embed_url(self.kind_of(record), record.id)

    def record_url(self, record: Record, fragment: str = "") -> str:
        """A relative link to a record's page."""
        kind, _ = self._site.library.pages[record.id]
        return self.url(routes.page_url(kind.name, record.id) + fragment)

    def on_paper(self, path: str) -> str:
        """A site-relative address as a reader of paper can type it."""
        return f"{self._site.address}{path}".removeprefix("https://").removeprefix("http://")

    def trail(self, record: Record) -> Trail:
        """The way to a record's page from the list of its kind: relative links and names."""
        kind = self.kind_of(record)
        way = trail(self._site.library, kind, record, index_title(kind))
        return [(self.url(path), name) for path, name in way]

    def link(self, record: Record, words: str = "") -> Markup:
        """A link to a record's page, by its name or other words."""
        href, shown = escape(self.record_url(record)), escape(words or record.name)
        return Markup(f'<a href="{href}">{shown}</a>')

    def way(self, record: Record) -> Markup:
        """A link that a reader of the printed page will want to follow: paper shows its address."""
        href = self.record_url(record)
        typed = self.on_paper(routes.page_url(self.kind_of(record), record.id))
        return Markup('<a href="{}" data-paper="{}">{}</a>').format(href, typed, record.name)

    def mention(self, id_: str, words: str) -> Markup:
        """A link for `[[id]]` in text."""
        return self.link(self._site.library.pages[id_][1], words)

    def explain(self, text: str) -> Markup:
        """Text with the first use of each glossary word opening its meaning, by tap or key."""
        words_of, forms = self._site.library.glossary_words, self._site.library.glossary_forms
        parts: list[Markup] = []
        at = 0
        for match in words_of(text):
            entry = forms[match[0].casefold()]
            if entry.id in self._explained:
                continue
            self._explained.add(entry.id)
            start, end = _with_marks(text, match.start(), match.end(), at)
            term = _term(match[0], entry)
            if (start, end) != match.span():
                before, after = text[start : match.start()], text[match.end() : end]
                term = Markup('<span class="sg-whole">{}{}{}</span>').format(before, term, after)
            parts += [escape(text[at:start]), term]
            at = end
        return Markup("").join([*parts, escape(text[at:])]) if parts else escape(text)

    def prose(self, text: str) -> Markup:
        """Paragraphs."""
        return filled(prose_html(text, self.mention, self.explain), self.calls)

    def inline(self, text: str) -> Markup:
        """Text within a line."""
        return filled(inline_html(text, self.mention, self.explain), self.calls)

    def plain(self, text: str) -> str:
        """The words alone."""
        return description_of(self._site, text)

    def review_of(self, record: Reviewed) -> ReviewStatus:
        """The state of a record's review."""
        return review_status(record, self._site.library)

    def edit_url(self, record: Record) -> str:
        """Where a record's facts can be edited, or ""."""
        place = self._site.library.place_of(record)
        base = self._site.edit_base
        return f"{base}{place.path}#L{place.line}" if base else ""

    def label(self, vocabulary: str, word: str) -> str:
        """The words that readers see for a word of vocabulary.yaml."""
        return self._site.library.vocabulary[vocabulary][word].name

    def about(self, vocabulary: str, word: str) -> str:
        """The sentence that explains a word of vocabulary.yaml, or ""."""
        return self._site.library.vocabulary[vocabulary][word].about

    def calls(self, name: str) -> Markup:
        """Whom to call, for the placeholder of this name: each number a link that dials it."""
        return linked_numbers(self._site.country)[name]

    def cite(self, *sources: Source) -> Markup:
        """Small numbers that lead to the page's sources; nothing for general advice."""
        ids = dict.fromkeys(id_ for source in sources for id_ in source.references)
        numbers = [self._cited.setdefault(id_, len(self._cited) + 1) for id_ in ids]
        return cite_html(tuple(sorted(numbers)))

    def names_of(self, source: Source) -> Markup:
        """A source's references by name and year, each with its page; "" for general advice."""
        references = self._site.library.references
        for id_ in source.references:
            self._cited.setdefault(id_, len(self._cited) + 1)
        return Markup(", ").join(self.link(references[id_]) for id_ in source.references)

    def figure(self, exercise: Exercise) -> FigureTools | None:
        """An exercise's figure as this page can show it, where it has one."""
        library = self._site.library
        return FigureTools(library, exercise, self.url) if exercise.id in library.motions else None

    def spot(self, record: Record) -> str:
        """The address of the picture of a record's sore place, or "" where it has none."""
        kind = self.kind_of(record)
        return self.url(routes.spot_uri(kind, record.id)) if getattr(record, "spot", None) else ""

    def cited(self) -> list[tuple[int, Reference]]:
        """What the page has cited so far, by number."""
        references = self._site.library.references
        return [(number, references[id_]) for id_, number in self._cited.items()]


def description_of(site: Site, text: str) -> str:
    """A text of the data in words alone, with the country's numbers, as for a description."""
    words = plain_text(text, lambda id_: site.library.pages[id_][1].name)
    return plain_numbers(words, site.country)


def _with_marks(text: str, start: int, end: int, at: int) -> tuple[int, int]:
    """Where a word begins and ends with the bracket, quotes and stops that touch it, from `at` on.

    A browser may break a line between a button and what follows it, even before a full stop.
    """
    opening, closing = _OPENING.search(text, at, start), _CLOSING.match(text, end)
    return opening.start() if opening else start, closing.end() if closing else end


def _term(word: str, entry: GlossaryEntry) -> Markup:
    """A button that opens the word's meaning; the platform's popover needs no script."""
    return Markup(
        '<button type="button" class="sg-term" popovertarget="term-{id}">{word}</button>'
        '<span popover id="term-{id}" class="sg-meaning" data-search-exclude>'
        "<strong>{word}</strong>: {meaning}</span>"
    ).format(id=entry.id, word=word, meaning=entry.meaning)
