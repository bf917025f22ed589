"""A MkDocs page for what we generate: our Markdown is read by `document`, which is much faster."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.host.document import Document, document

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_KNOWN_EXTENSIONS: Final = frozenset(("attr_list", "fenced_code", "tables", "toc"))
_KNOWN_TOC: Final = {"permalink": False, "toc_depth": 2}
_CHANGED: Final = re.compile(r'^changed: "([^"\n]+)"$', re.MULTILINE)


class GeneratedPage(Page):
    """Renders with `document` where that is exact, and as every other page where it is not."""

    def note_unchanged(self) -> None:
        """Know what the site map says of this page, which MkDocs will not read."""
        if day := _CHANGED.search(self.file.content_string):
            self.meta["changed"] = day[1]

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set content, contents list and anchors, as Python-Markdown would."""
        made = document(self.markdown or "") if _reads_as_ours(config) else None
        if made is None:
            super().render(config, files)
            return
        self.content = made.content
        self.toc = _toc(made)
        if made.content.startswith("<h1"):
            self._title_from_render = made.headings[0].title
        self.present_anchor_ids = set(made.anchors)
        self.links_to_anchors = {}


def _reads_as_ours(config: MkDocsConfig) -> bool:
    """Whether mkdocs.yml asks Markdown for nothing that would change our pages."""
    toc = (config.mdx_configs or {}).get("toc") or {}
    return _KNOWN_EXTENSIONS.issuperset(config.markdown_extensions) and toc == _KNOWN_TOC


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
