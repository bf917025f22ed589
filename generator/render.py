"""The only Jinja: templates and a page's view become text.

Everything is escaped unless it is Markup, undefined names are errors, and links to records are made
by `link(record)` alone, so that they can't dangle.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import click
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from generator import routes
from generator.clinics.heights import heights_of
from generator.clinics.snippets import element_snippet, frame_snippet
from generator.diagnostics import Diagnostic, Severity
from generator.figures import FigureTools
from generator.library import Library
from generator.machines.json_text import compact_json
from generator.machines.linked_data import linked_data
from generator.model.context import Country
from generator.model.dose import Dose
from generator.model.exercise import Exercise
from generator.model.outward import Clinic
from generator.model.quality import GlossaryEntry
from generator.model.record import Record, Reviewed, Source
from generator.model.reference import Reference
from generator.outputs import Output
from generator.plan import plan_item
from generator.prose import inline_html, plain_text, prose_html
from generator.reading.outward import Outward, last_change
from generator.report import Texts, full_text, summary_text
from generator.review import ReviewStatus, review_status
from generator.trail import Trail, trail

TEMPLATES_DIR: Final = Path(__file__).parent / "templates"
FENCE: Final = "\n---\n"
"""Ends a page's front matter."""
DESCRIPTION_LENGTH: Final = 155
MOST_SHOWN: Final = 3
_OPENING: Final = re.compile(r"[(“‘\"']+$")
_CLOSING: Final = re.compile(r"(?:['’]s\b)?[)”’\"'.,;:!?]*")
CARD_WEIGHT_KB: Final = 10
"""What the card of a whole record weighs at most, gzipped; tests hold it to that."""


@cache
def environment() -> Environment:
    """The Jinja environment; what a page may call is added for each page by `render_page`."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES_DIR),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["front"] = front
    made.filters["heading"] = heading
    return made


@dataclass(frozen=True, slots=True)
class Site:
    """What every page is rendered against."""

    library: Library
    country: Country
    diagnostics: Sequence[Diagnostic] = ()
    edit_base: str = ""
    """Where the sources can be edited, ending in a slash; "" where nobody knows."""
    address: str = ""
    """The site's own address, ending in a slash; "" where nobody knows."""
    outward: Outward = field(default_factory=Outward)
    pictures: bool = True
    """Whether pages have preview pictures for messengers and social sites."""
    policy: str = ""
    """The Content-Security-Policy of this build; "" where nobody knows its scripts."""
    clinic: Clinic | None = None
    """Whose site it is, where a clinic builds it in its own look."""
    name: str = "StrideGuide"
    """What the site is called; the texts are StrideGuide's wherever they stand."""

    def text_of(self, output: Output) -> str:
        """The text of another output. Ask here, so that it is known who rests on it."""
        return output.content

    def front_of(self, output: Output) -> str:
        """The front matter of another output, without the fence that ends it."""
        return self.text_of(output).partition(FENCE)[0]


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
            "review_of": self.review_of,
            "edit_url": self.edit_url,
            "about": self.about,
            "with_numbers": self.with_numbers,
            "cite": self.cite,
            "cited": self.cited,
            "names_of": self.names_of,
            "figure": self.figure,
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
        pattern, forms = self._site.library.glossary_pattern, self._site.library.glossary_forms
        parts: list[Markup] = []
        at = 0
        for match in pattern.finditer(text):
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
        return prose_html(text, self.mention, self.explain)

    def inline(self, text: str) -> Markup:
        """Text within a line."""
        return inline_html(text, self.mention, self.explain)

    def plain(self, text: str) -> str:
        """The words alone."""
        return description_of(self._site, text)

    def review_of(self, record: Reviewed) -> ReviewStatus:
        """The state of a record's review."""
        return review_status(record, self._site.library.house)

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

    def with_numbers(self, text: str) -> str:
        """A care tier's text with the country's numbers to call."""
        country = self._site.country
        return text.replace("{emergency}", country.emergency).replace("{advice}", country.advice)

    def cite(self, *sources: Source) -> Markup:
        """Small numbers that lead to the page's sources; nothing for general advice."""
        ids = dict.fromkeys(id_ for source in sources for id_ in source.references)
        numbers = [self._cited.setdefault(id_, len(self._cited) + 1) for id_ in ids]
        return _cite_html(tuple(sorted(numbers)))

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

    def cited(self) -> list[tuple[int, Reference]]:
        """What the page has cited so far, by number."""
        references = self._site.library.references
        return [(number, references[id_]) for id_, number in self._cited.items()]


def render_page(site: Site, template: str, here: str, **context: Any) -> str:
    """The Markdown of the page at `here`: front matter, headings and HTML, as its template says."""
    tools = PageTools(site, here)
    text = _squeezed(environment().get_template(template).render(**tools.names(), **context))
    record = getattr(context.get("view"), "record", None)
    return text if record is None else _with_meta(text, _meta_of(site, record, context))


def trouble_html(diagnostics: Sequence[Diagnostic], texts: Texts) -> str:
    """The banner of a page that is served while the data has errors."""
    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    return (
        environment()
        .get_template("serve-banner.html.jinja")
        .render(
            summary=summary_text(errors),
            count=len(errors),
            report=click.unstyle(full_text(errors[:MOST_SHOWN], texts)).strip(),
            more=len(errors[MOST_SHOWN:]),
        )
    )


def _meta_of(site: Site, record: Record, context: dict[str, Any]) -> dict[str, str]:
    """What the theme says of a record's page to machines; nothing where the address is unknown."""
    if not site.address:
        return {}
    kind = site.library.pages[record.id][0].name
    way = trail(site.library, kind, record, index_title(kind))
    graph = linked_data(site.library, site.address, kind, record, context["description"], way)
    meta = {"linked_data": compact_json(graph)}
    signed_on = review_status(record, site.library.house).on if isinstance(record, Reviewed) else ""
    if day := last_change(site.outward, record.id, signed_on):
        meta["changed"] = day
    if site.pictures:
        meta["picture"] = site.address + routes.picture_uri(kind, record.id)
    if kind == "conditions":
        meta["feed"] = site.address + routes.feed_uri(record.id)
    return meta


def _with_meta(text: str, meta: dict[str, str]) -> str:
    """The page with more lines in its front matter."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in meta.items()]
    return text.replace("---\n", "\n".join(["---", *lines, ""]), 1)


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


def _macro(template: str, name: str) -> Callable[..., Markup]:
    """Words that stand in a template, for what is said outside of pages too."""
    found: Callable[..., Markup] = getattr(environment().get_template(template).module, name)
    return found


@lru_cache(maxsize=4096)
def dose_text(dose: Dose) -> str:
    """A dose in one line of words, as pages say it."""
    return _macro("parts/dose.html.jinja", "dose_line")(dose).striptags()


@lru_cache(maxsize=4096)
def _cite_html(numbers: tuple[int, ...]) -> Markup:
    return _macro("parts/page.html.jinja", "cite")(numbers)


def kind_title(kind: str) -> str:
    """What pages call the records of a kind."""
    return _macro("parts/page.html.jinja", "kind_title")(kind).striptags()


def index_title(kind: str) -> str:
    """What the list of a kind is called."""
    return _macro("parts/page.html.jinja", "index_title")(kind).striptags()


def why_gone(fate: str, successor: str) -> str:
    """What readers are told at an address whose record is gone; `successor` is a name."""
    return _macro("parts/page.html.jinja", "why_gone")(fate, successor).striptags()


def description_of(site: Site, text: str) -> str:
    """A text of the data as a page's description."""
    return plain_text(text, lambda id_: site.library.pages[id_][1].name)


def front(value: str | Sequence[str]) -> Markup:
    """A text or a list of texts for the front matter.

    Theme templates print titles and descriptions unescaped, so all is escaped here, for text
    and for double-quoted attributes; JSON's quoting is also YAML's.
    """
    escaped = _attribute(value) if isinstance(value, str) else [_attribute(text) for text in value]
    return Markup(json.dumps(escaped, ensure_ascii=False))


def heading(text: str) -> Markup:
    """A text for a Markdown heading: signs that mean something to Markdown become references."""
    plain = " ".join(str(text).split())
    return Markup("".join(c if c.isalnum() or c in " ,.?:’'" else f"&#{ord(c)};" for c in plain))


def _attribute(text: str) -> str:
    return str(escape(_shortened(text))).replace("&#39;", "'")


def _shortened(text: str) -> str:
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return text[: DESCRIPTION_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def _squeezed(text: str) -> str:
    """Without indents and runs of blank lines, which mean nothing in HTML and much in Markdown."""
    text = "\n".join([line.lstrip(" \t") for line in text.split("\n")])
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
