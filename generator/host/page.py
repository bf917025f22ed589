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

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set content, contents list and anchors, as Python-Markdown would."""
        made = document(self.markdown or "") if reads_as_ours(config) else None
        if made is None:
            super().render(config, files)
            return
        self.content = made.content
        self.toc = _toc(made)
        self.present_anchor_ids = set(made.anchors)
        self.links_to_anchors = {}


def reads_as_ours(config: MkDocsConfig) -> bool:
    """Whether mkdocs.yml asks Markdown for nothing that would change our pages."""
    toc = (config.mdx_configs or {}).get("toc") or {}
    return _KNOWN_EXTENSIONS.issuperset(config.markdown_extensions) and toc == _KNOWN_TOC


def nav_titles(nav: Any) -> dict[str, str]:
    """The titles that the navigation gives to pages, by source file; the first one counts."""
    titles: dict[str, str] = {}
    for title, uri in _nav_items(nav):
        titles.setdefault(uri, title)
    return titles


def _nav_items(nav: Any) -> Iterator[tuple[str, str]]:
    match nav:
        case list():
            for item in nav:
                yield from _nav_items(item)
        case dict():
            for title, inner in nav.items():
                if isinstance(inner, str):
                    yield title, inner
                else:
                    yield from _nav_items(inner)


def _toc(made: Document) -> TableOfContents:
    """Sections hang below the page's own title."""
    links: list[AnchorLink] = []
    for heading in made.headings:
        link = AnchorLink(title=heading.title, id=heading.id, level=heading.level)
        (links[-1].children if links and links[-1].level < heading.level else links).append(link)
    if links:
        links[0].active = True  # type: ignore[attr-defined]
    return TableOfContents(links)
