"""Reads a built HTML page into a small tree, with the standard library's parser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                  "source", "track", "wbr"})  # fmt: skip
MOST_SHOWN = 30
ORIGIN = "https://site.invalid/"
"""Where pages are read as if they lay there, so that relative addresses resolve."""


@dataclass(slots=True)
class Element:
    """An element with its children in order; `line` is where it starts in its file."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    line: int = 0

    def walk(self) -> Iterator[Element]:
        """This element and all within it, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str, css_class: str = "") -> list[Element]:
        """The elements within of these tags (any, if none is given) and this class."""
        return [
            e
            for e in self.walk()
            if (not tags or e.tag in tags) and (not css_class or css_class in e.classes)
        ]

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """Its words, runs of white space as one blank."""
        parts = (c if isinstance(c, str) else f" {c.text} " for c in self.children)
        return " ".join("".join(parts).split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("")
        self.open = [self.root]
        self.unbalanced: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {k: v or "" for k, v in attrs}, line=self.getpos()[0])
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            inner, line = self.open[-1], self.getpos()[0]
            self.unbalanced.append(
                f"line {line}: </{tag}> while <{inner.tag}> of line {inner.line} is open"
            )
        if tag in (element.tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


@dataclass(frozen=True, slots=True)
class Document:
    """A built page. `url` is its site-relative address; `unbalanced` lists tags that don't pair."""

    url: str
    root: Element
    unbalanced: tuple[str, ...]

    @property
    def article(self) -> Element:
        """The page's own content, without header, navigation and footer."""
        return self.root.all("article")[0]

    @property
    def ids(self) -> list[str]:
        return [e.attributes["id"] for e in self.root.walk() if e.attributes.get("id")]

    @property
    def headings(self) -> list[Element]:
        return self.root.all("h1", "h2", "h3", "h4", "h5", "h6")

    def section(self, id_: str) -> Element:
        """What stands between the `h2` of this id and the next one, or in the part of this id."""
        for part in self.article.walk():
            if part.tag in {"div", "section"} and part.attributes.get("id") == id_:
                return part
        found = Element("section")
        inside = False
        for child in self.article.children:
            if isinstance(child, Element) and child.tag == "h2":
                inside = child.attributes.get("id") == id_
            elif inside:
                found.children.append(child)
        return found

    def resolve(self, address: str) -> str:
        """An address of this page: site-relative if it stays on the site, else absolute."""
        return urljoin(ORIGIN + self.url, address).removeprefix(ORIGIN)

    def links(self, within: Element) -> list[str]:
        """Where the links within lead, without their fragments."""
        hrefs = (a.attributes.get("href", "") for a in within.all("a"))
        return [self.resolve(href).partition("#")[0] for href in hrefs if href]


Pages = Mapping[str, Document]
"""Built pages by their addresses."""


def read_page(site_dir: Path, path: Path) -> Document:
    """Parse one page."""
    builder = _Builder()
    builder.feed(path.read_text(encoding="utf-8"))
    builder.close()
    unclosed = [f"<{e.tag}> of line {e.line} is never closed" for e in builder.open[1:]]
    url = path.relative_to(site_dir).as_posix().removesuffix("index.html")
    return Document(url, builder.root, (*builder.unbalanced, *unclosed))


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
