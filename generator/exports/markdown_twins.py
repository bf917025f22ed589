"""What follows from finished pages: their Markdown twins, llms.txt, and oEmbed links.

Pages are Markdown headings around HTML; the twin is the same words as Markdown alone.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from generator import routes
from generator.embeds.cards import VIEWS
from generator.embeds.oembed import link_text
from generator.library.site import Site
from generator.model.kinds import KIND_OF
from generator.outputs import Output
from generator.pages.environment import environment
from generator.reading.articles import Article, with_links

TWIN_SUFFIX: Final = ".md.txt"
"""MkDocs would make a page of every `.md`: twins are published without the `.txt`."""

_FRONT: Final = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_HEADING: Final = re.compile(r"^(#{1,6} .*?) *\{:.*?\}$", re.MULTILINE)
_NO_WORDS: Final = re.compile(r"<(svg|script|style)\b.*?</\1>", re.DOTALL)
_PIECE: Final = re.compile(r"<(/?)([a-z][a-z0-9-]*)([^<>]*)>|([^<]+|<)")
"""A tag or a text; templates escape every other sign of that kind."""
_ATTRIBUTE: Final = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
_SKIPPED: Final = frozenset({"template", "button", "nav", "noscript"})
_BLOCKS: Final = frozenset(
    ("p", "div", "section", "ul", "ol", "dl", "table", "details", "summary", "main", "header",
     "footer", "fieldset", "form", "article", "thead", "tbody", "tr", "pre", "embed-this")
)  # fmt: skip
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_VOID: Final = frozenset(("br", "hr", "img", "input", "meta", "link", "source", "wbr"))


def twins(site: Site, pages: Iterable[Output]) -> Iterator[Output]:
    """For every page: its words as Markdown, and what oEmbed says where it has no card."""
    made = list(pages)
    titles: list[tuple[str, Output | str]] = []
    for output in made:
        url = _url(output.uri)
        titles.append((url, output))
        yield Output(_twin_uri(url), partial(_twin_of, site, url, output))
        if url.split("/")[0] not in VIEWS or url.count("/") < 2:
            uri = routes.oembed_uri(url)
            yield Output(uri, partial(_link_of, site, url, output))
    for article in site.library.articles:
        uri = routes.oembed_uri(article.url)
        yield Output(uri, partial(link_text, site, article.title, article.url))
        titles.append((article.url, article.title))
        twin = partial(_article_twin, site, article)
        yield Output(_twin_uri(article.url), twin)
    yield Output(routes.LLMS, partial(_llms, site, titles))


def _article_twin(site: Site, article: Article) -> str:
    text = with_links(article.text, article.uri, site.library.pages)
    return _FRONT.sub("", text).strip() + "\n"


def _facts_of(site: Site, page: Output) -> dict[str, str]:
    """The title and description in a page's front matter, as JSON or as bare words."""
    fence, *lines = site.front_of(page).split("\n")
    rows = (line.partition(": ") for line in (lines if fence == "---" else ()))
    return {
        name: html.unescape(json.loads(value)) if value.startswith('"') else value
        for name, _, value in rows
        if name in ("title", "description")
    }


def markdown_of(text: str, address: str) -> str:
    """A page as Markdown alone; `address` is the page's own, for links.

    >>> print(markdown_of("## A {: #a }\\n<p>One <strong>two</strong></p>", ""), end="")
    ## A
    <BLANKLINE>
    One **two**
    """
    body = _NO_WORDS.sub("", _FRONT.sub("", text))
    body = _HEADING.sub(r"\n<md-line>\1</md-line>\n", body)
    writer = _Writer(address)
    for closes, tag, attributes, words in _PIECE.findall(body):
        if words:
            writer.text(html.unescape(words))
        elif closes:
            writer.close(tag)
        else:
            writer.open(tag, dict(_ATTRIBUTE.findall(attributes)))
    joined = re.sub(r"[ \t]*\n[ \t]+(?=[#*A-Z])|[ \t]+\n", "\n", "".join(writer.parts))
    return re.sub(r"\n{3,}", "\n\n", joined).strip() + "\n"


class _Writer:
    def __init__(self, address: str) -> None:
        self.parts: list[str] = []
        self._address = address
        self._skipping = 0
        self._lists: list[str] = []
        self._links: list[str] = []

    def open(self, tag: str, given: Mapping[str, str]) -> None:
        is_word = given.get("class") == "sg-term"
        left_out = tag in _SKIPPED and not is_word
        if self._skipping or left_out or "popover" in given or "data-search-exclude" in given:
            self._skipping += tag not in _VOID
        elif given.get("class") == "sg-rows__note":
            self.parts.append(": ")
        elif tag in _HEADINGS:
            self.parts.append(f"\n\n{'#' * int(tag[1])} ")
        elif tag == "li":
            depth = "  " * (len(self._lists) - 1)
            self.parts.append(f"\n{depth}{'1.' if self._lists[-1:] == ['ol'] else '-'} ")
        elif tag in ("strong", "b", "summary", "dt", "th"):
            self.parts.append("\n\n**" if tag == "summary" else "\n**" if tag == "dt" else "**")
        elif tag == "dd":
            self.parts.append(": ")
        elif tag == "td":
            label = html.unescape(given.get("data-label", ""))
            self.parts.append(f"; {label}: " if label else "; ")
        elif tag == "a":
            self._links.append(self._absolute(html.unescape(given.get("href", ""))))
            self.parts.append("[")
        elif tag == "tr":
            self.parts.append("\n- ")
        elif tag == "md-line":
            self.parts.append("\n\n")
        elif tag in _BLOCKS:
            self.parts.append("" if self._lists and tag in ("p", "div") else "\n\n")
        if not self._skipping and tag in ("ul", "ol"):
            self._lists.append(tag)

    def close(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= tag not in _VOID
        elif tag in ("strong", "b", "summary", "dt", "th"):
            self.parts.append("**\n\n" if tag == "summary" else "**")
        elif tag == "a" and self._links:
            href = self._links.pop()
            self.parts.append(f"]({href})" if href else "]")
        elif tag in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self.parts.append("\n")
        elif tag in _BLOCKS or tag in _HEADINGS:
            self.parts.append(" " if self._lists else "\n\n")

    def text(self, words: str) -> None:
        if not self._skipping:
            self.parts.append(re.sub(r"\s+", " ", words))

    def _absolute(self, href: str) -> str:
        if not href or "://" in href or href.startswith("#"):
            return href if "://" in href else ""
        root, _, here = self._address.partition("//")[2].partition("/")
        scheme = self._address.partition("//")[0]
        path, hash_, fragment = href.partition("#")
        target = posixpath.normpath(posixpath.join("/" + here, path))
        slash = "/" if path.endswith("/") and target != "/" else ""
        return f"{scheme}//{root}{target}{slash}{hash_}{fragment}" if root else href


def _url(uri: str) -> str:
    stem = uri.removesuffix(".md")
    if stem == "index":
        return ""
    return stem.removesuffix("index") if stem.endswith("/index") else f"{stem}/"


def _twin_uri(url: str) -> str:
    return routes.twin_url(url).removesuffix(".md") + TWIN_SUFFIX


def _twin_of(site: Site, url: str, output: Output) -> str:
    return markdown_of(site.text_of(output), site.address + url)


def _link_of(site: Site, url: str, output: Output) -> str:
    return link_text(site, _facts_of(site, output).get("title", ""), url)


def _llms(site: Site, titles: list[tuple[str, Output | str]]) -> str:
    rows = []
    for url, made in titles:
        facts = {"title": made} if isinstance(made, str) else _facts_of(site, made)
        rows.append((url, facts.get("title", ""), facts.get("description", "")))
    sections: dict[str, list[tuple[str, str, str]]] = {}
    for url, title, description in rows:
        sections.setdefault(url.split("/")[0] if url.count("/") > 1 else "", []).append(
            (site.address + routes.twin_url(url), title, description)
        )
    template = environment().get_template("llms.txt.jinja")
    return template.render(name=site.name, sections=sections, kinds=KIND_OF, root=site.address)
