"""A MkDocs page for what we generate: its content is told at sight instead of by Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.host.document import Document, document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_KNOWN_EXTENSIONS: Final = frozenset(("attr_list", "fenced_code", "tables", "toc"))
_KNOWN_TOC: Final = {"permalink": False, "toc_depth": 2}


class GeneratedPage(Page):
    """Renders at sight where that is exact, and as every other page where it is not."""

    is_at_sight = False
    _content: bytes | None = None

    @property
    def content(self) -> str | None:
        """The page's HTML. All pages wait for their turn at once, so it is kept small."""
        return None if self._content is None else self._content.decode()

    @content.setter
    def content(self, content: str | None) -> None:
        self._content = None if content is None else content.encode()

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set content, contents list and anchors, as Python-Markdown would."""
        made = document(self.markdown or "") if reads_as_ours(config) else None
        if made is None:
            super().render(config, files)
            return
        self.is_at_sight = True
        self.markdown = ""  # Nobody reads it again, and it is as large as the content.
        self.content = made.content
        self.toc = _toc(made)
        if made.content.startswith("<h1"):
            self._title_from_render = made.headings[0].title
        self.present_anchor_ids = set(made.anchors)
        self.links_to_anchors = {}


def reads_as_ours(config: MkDocsConfig) -> bool:
    """Whether mkdocs.yml asks Markdown for nothing that would change our pages."""
    toc = (config.mdx_configs or {}).get("toc") or {}
    return _KNOWN_EXTENSIONS.issuperset(config.markdown_extensions) and toc == _KNOWN_TOC


def nav_titles(nav: Any) -> dict[str, str]:
    """The titles that the navigation gives to pages, by source file; the first one counts."""
    titles: dict[str, str] = {}
    for title, uri in nav_items(nav):
        if title:
            titles.setdefault(uri, title)
    return titles


def nav_items(nav: Any) -> Iterator[tuple[str, str]]:
    """The titles and source files of the navigation; "" where it leaves the title to the page."""
    match nav:
        case str():
            yield "", nav
        case list():
            for item in nav:
                yield from nav_items(item)
        case dict():
            for title, inner in nav.items():
                if isinstance(inner, str):
                    yield title, inner
                else:
                    yield from nav_items(inner)


def _toc(made: Document) -> TableOfContents:
    """The sections, below the page's title where it has one."""
    links = [AnchorLink(h.title, h.id, h.level) for h in made.headings]
    if not links:
        return TableOfContents([])
    links[0].active = True  # type: ignore[attr-defined]
    if links[0].level > 1:
        return TableOfContents(links)
    links[0].children = links[1:]
    return TableOfContents(links[:1])
