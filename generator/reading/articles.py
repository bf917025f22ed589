"""Prose pages in content/: their titles, and the records that they mention.

An article is Markdown that a person wrote. It names records by `[[id]]` as data does; here
those become ordinary Markdown links, which MkDocs checks.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generator import routes
from generator.diagnostics import Diagnostic, Place
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.reading.article_marks import (
    article_marks,
    front_matter,
    is_template,
    unknown_template,
)
from generator.reading.content_files import content_files, links_out
from generator.reading.files import read_file
from generator.reading.mentions import Mention, mentions, replaced

_TITLE: Final = re.compile(r"^# +(.+?)\s*$", re.MULTILINE)
_TOPICS: Final = "topics/"
THEME: Final = "theme"
"""The folder beside content/ that holds the page templates."""


@dataclass(frozen=True, slots=True)
class Article:
    """A page of content/. `uri` is its path within that folder; mentions have their places."""

    uri: str
    title: str
    mentions: tuple[tuple[Mention, Place], ...]
    text: str = ""
    shown: str = ""
    """Its path in messages."""
    description: str = ""
    """What its front matter says that it is about."""

    @property
    def is_topic(self) -> bool:
        """Whether it is for runners; the others are about the site."""
        return self.uri.startswith(_TOPICS)

    @property
    def url(self) -> str:
        """Its site-relative address."""
        stem = self.uri.removesuffix(".md")
        if posixpath.basename(stem) in ("index", "README"):
            return f"{posixpath.dirname(stem)}/".lstrip("/")
        return f"{stem}/"


def load_articles(
    content_dir: Path, shown_dir: str
) -> tuple[tuple[Article, ...], list[Diagnostic], dict[str, str]]:
    """Every article in order of its path, the findings about them, and their texts for reports."""
    articles: list[Article] = []
    texts: dict[str, str] = {}
    paths, found = content_files(content_dir, shown_dir)
    theme = content_dir.parent / THEME
    found += links_out(theme, posixpath.join(posixpath.dirname(shown_dir), THEME))
    templates = tuple(sorted(path.name for path in theme.glob("*.html")))
    for path in paths:
        uri = path.relative_to(content_dir).as_posix()
        shown = f"{shown_dir}/{uri}"
        text, unreadable = read_file(path, shown)
        found += unreadable
        if text is None:
            continue
        texts[shown] = text
        front, front_findings = front_matter(text, shown)
        found += front_findings
        if front.template and not is_template(
            front.template, templates if theme.is_dir() else None
        ):
            found.append(unknown_template(front.where("template"), front.template, templates))
        reported = {d.place.line for d in front_findings}
        found += [d for d in article_marks(text, shown) if d.place.line not in reported]
        title = _TITLE.search(text)
        placed = tuple((mention, _place(shown, text, mention)) for mention in mentions(text))
        name = title[1] if title else path.stem
        articles.append(Article(uri, name, placed, text, shown, front.description))
    return tuple(articles), found, texts


def with_links(markdown: str, uri: str, pages: Mapping[str, tuple[Kind, Record]]) -> str:
    """The article's Markdown with its mentions as Markdown links.

    `pages` are the library's; the mention of an id that is not among them stays as it was written.
    """

    def linked(mention: Mention) -> str | None:
        page = pages.get(mention.id)
        if page is None:
            return None
        kind, record = page
        source = routes.source_uri(routes.page_url(kind.name, record.id))
        href = posixpath.relpath(source, posixpath.dirname(uri) or ".")
        return f"[{mention.words or record.name}]({href})"

    return replaced(markdown, linked)


def by_mention(articles: tuple[Article, ...]) -> Mapping[str, tuple[Article, ...]]:
    """Record id -> the articles that mention it, in order."""
    found: dict[str, dict[str, Article]] = {}
    for article in articles:
        for mention, _ in article.mentions:
            found.setdefault(mention.id, {})[article.uri] = article
    return {id_: tuple(group.values()) for id_, group in found.items()}


def placed_mentions(articles: tuple[Article, ...]) -> Iterator[tuple[Mention, Place]]:
    """Every mention of every article with its place."""
    for article in articles:
        yield from article.mentions


def _place(shown: str, text: str, mention: Mention) -> Place:
    line = text.count("\n", 0, mention.start) + 1
    column = mention.start - (text.rfind("\n", 0, mention.start) + 1) + 1
    return Place(shown, line, column, mention.end - mention.start)
