"""Reads built HTML pages, as elements of lxml."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import etree, html
from lxml.html import HtmlElement

CLOSED_BY_THE_NEXT: Final = ("p", "li", "dt", "dd", "tr", "td", "th", "option")
"""Elements whose end HTML lets authors leave out, and we don't."""
MOST_SHOWN = 30
ORIGIN = "https://site.invalid/"
"""Where pages are read as if they lay there, so that relative addresses resolve."""


def words(element: HtmlElement) -> str:
    """The words of an element, runs of white space as one space."""
    return " ".join(" ".join(element.xpath(".//text()")).split())


def walk(element: HtmlElement) -> Iterator[HtmlElement]:
    """This element and all within it, in document order."""
    return element.iter(etree.Element)


@dataclass(frozen=True, slots=True)
class Document:
    """A built page. `url` is its site-relative address; `unbalanced` lists tags that don't pair."""

    url: str
    root: HtmlElement
    unbalanced: tuple[str, ...]

    @property
    def article(self) -> HtmlElement:
        """The page's own content, without header, navigation and footer."""
        return next(self.root.iter("article"))

    @property
    def ids(self) -> list[str]:
        return [id_ for id_ in self.root.xpath("//@id") if id_]

    @property
    def headings(self) -> list[HtmlElement]:
        return list(self.root.iter("h1", "h2", "h3", "h4", "h5", "h6"))

    def section(self, id_: str) -> HtmlElement:
        """A copy of what is between the `h2` of this id and the next, or in the part of this id."""
        for part in self.article.xpath(".//div[@id]|.//section[@id]"):
            if part.get("id") == id_:
                return copy.deepcopy(part)
        found = html.Element("section")
        inside = False
        for child in self.article:
            if child.tag == "h2":
                inside = child.get("id") == id_
            elif inside:
                found.append(copy.deepcopy(child))
        return found

    def resolve(self, address: str) -> str:
        """An address of this page: site-relative if it stays on the site, else absolute."""
        return urljoin(ORIGIN + self.url, address).removeprefix(ORIGIN)

    def links(self, within: HtmlElement) -> list[str]:
        """Where the links within lead, without their fragments."""
        hrefs = (a.get("href") for a in within.iter("a"))
        return [self.resolve(href).partition("#")[0] for href in hrefs if href]


Pages = Mapping[str, Document]
"""Built pages by their addresses."""


def read_page(site_dir: Path, path: Path) -> Document:
    """Parse one page."""
    markup = path.read_bytes()
    parser = html.HTMLParser(encoding="utf-8")
    root = html.document_fromstring(markup, parser=parser)
    unbalanced = [f"line {error.line}: {error.message}" for error in parser.error_log]
    for tag in CLOSED_BY_THE_NEXT:
        opened = len(re.findall(rb"<%b[\s>]" % tag.encode(), markup))
        if opened != markup.count(b"</%b>" % tag.encode()):
            unbalanced.append(f"<{tag}> is not closed each time")
    url = path.relative_to(site_dir).as_posix().removesuffix("index.html")
    return Document(url, root, tuple(unbalanced))


def file_at(site_dir: Path, url: str) -> Path:
    """The file that a static server answers with."""
    path = site_dir / unquote(urlsplit(url).path).lstrip("/")
    return path / "index.html" if url.endswith("/") or path == site_dir else path


def assert_none(troubles: Iterable[str]) -> None:
    """Fail with the troubles, one a line."""
    __tracebackhide__ = True
    found = sorted(set(troubles))
    if found:
        more = f"\n… and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
        pytest.fail("\n".join(found[:MOST_SHOWN]) + more, pytrace=False)
