"""Material's search index, with the sections of our own pages told at sight.

`sections` gives exactly what Material's HTML parser makes of such a page, several times as
fast; for any page that is not plainly ours it gives None, and the parser reads it. `lightened`
then leaves out what would only make the index heavy.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import escape, unescape
from math import inf
from typing import TYPE_CHECKING, Any, Final

from material.plugins.search.plugin import SearchIndex

from generator.digests import digest_of
from generator.host.code import code_digest
from generator.host.page import GeneratedPage
from generator.host.store import Store
from generator.model.kinds import KIND_OF

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_PIECE: Final = re.compile(r"<(/?)([a-z][a-z0-9-]*)([^<>]*)>|([^<]+)")
_DRAWING: Final = re.compile(r"<svg\b[^<>]*>(?:<(?:path|g|circle)\b[^<>]*>|</(?:path|g)>)*</svg>")
"""A drawing without words of its own."""
_HEADING: Final = re.compile(r' id="([^"&]+)"')
_NOT_PLAIN: Final = re.compile(
    r"<(?!/?[a-z][a-z0-9-]*[ />])|<(?:style|object|textarea|title)\b"
    r"|<script[^>]*>(?!</script>)|linenodiv"
)
_KEPT: Final = {tag: f"<{tag}>" for tag in ("p", "code", "pre", "li", "ol", "ul", "sub", "sup")}
_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
     "source", "track", "wbr")
)  # fmt: skip
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_EXCLUDED: Final = "data-search-exclude"


@dataclass(slots=True)
class Section:
    """What follows a heading; the first of a page has no id.

    `depth` is how many elements were open at its heading; when fewer are, it has ended.
    """

    id: str | None = None
    depth: float = 0
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def sections(content: str) -> list[Section] | None:
    """The sections of a generated page, or None where only the HTML parser knows."""
    if not content.startswith("<") or not content.endswith(">") or _NOT_PLAIN.search(content):
        return None
    section = Section()
    found: list[Section] = []
    into = section.text
    open_tags: list[str] = []
    hidden_at = -1
    for match in _PIECE.finditer(content):
        closes, tag, attributes, text = match.groups()
        if not found and tag != "h1":
            found.append(section)
        if text is not None:
            if hidden_at < 0:
                as_is = "pre" in open_tags
                _add_text(into, unescape(text), in_title=into is section.title, as_is=as_is)
        elif not closes:
            if tag in _VOID:
                continue
            if attributes.endswith("/"):
                if tag in _KEPT or _EXCLUDED in attributes:
                    return None
                continue
            open_tags.append(tag)
            if tag in _HEADINGS and " id=" in attributes:
                heading = _HEADING.search(attributes)
                nested = not _HEADINGS.isdisjoint(open_tags[:-1])
                if heading is None or nested or _EXCLUDED in attributes:
                    return None
                section = Section(heading[1] if found else None, len(open_tags))
                found.append(section)
                into = section.title
            elif _EXCLUDED in attributes:
                if hidden_at >= 0 or tag in _KEPT or tag in _HEADINGS:
                    return None
                hidden_at = len(open_tags)
            elif hidden_at >= 0 and tag == open_tags[hidden_at - 1]:
                return None
            if hidden_at < 0 and tag in _KEPT:
                into.append(_KEPT[tag])
        else:
            if not open_tags or open_tags[-1] != tag:
                return None
            if section.depth > len(open_tags):
                around = [other for other in found if other.depth <= len(open_tags)]
                if around:
                    section.depth = inf
                    section = around[-1]
                    into = section.text
            open_tags.pop()
            if hidden_at >= 0:
                if len(open_tags) < hidden_at:
                    hidden_at = -1
                continue
            if tag in _KEPT:
                _close(into, tag)
            elif tag in _HEADINGS:
                into = section.text
    return None if open_tags else found


def _add_text(into: list[str], text: str, *, in_title: bool, as_is: bool) -> None:
    if not as_is:
        text = " " if text.isspace() else text.replace("\n", " ")
    if not text.isspace():
        into.append(escape(text, quote=False))
    elif in_title or as_is or not into or not into[-1].isspace():
        into.append(text)


def _close(into: list[str], tag: str) -> None:
    """Close a tag; as Material does, drop it if it is the first of its kind and empty."""
    first = into.index(_KEPT[tag])
    if all(piece.isspace() for piece in into[first + 1 :]):
        del into[first:]
    else:
        into.append(f"</{tag}>")


ELSEWHERE: Final = frozenset(
    ("sources", "red-flags", "behind-it", "used-for", "rests-on-it", "exercises", "conditions",
     "treatments", "causes", "embed-this", "unsure", "act", "watched-for", "read-more", "ladder",
     "left-out")
)  # fmt: skip
"""Sections of a record's page that list what other pages say; those pages are found instead."""
_SECTION: Final = re.compile(r'^<h2 id="([^"]+)">', re.MULTILINE)
_TOP: Final = "top"
_PAGE_LETTERS: Final = 200
_SECTION_LETTERS: Final = 150
_TAG: Final = re.compile(r"<[^<>]*>")


def is_record(page: Any) -> bool:
    """Whether a page is that of one record."""
    kind, _, rest = page.url.partition("/")
    return kind in KIND_OF and bool(rest)


def lightened(entries: list[dict[str, Any]], page: Any) -> list[dict[str, Any]]:
    """The entries of a generated page without what weighs much and finds little.

    Readers load all entries at once. A page is found by its names, by the headings of what it
    alone says, and by how each of its texts begins; a list is found by its headings.
    """
    alone = is_record(page)
    whole: dict[str, Any] | None = None
    kept: list[dict[str, Any]] = []
    for entry in entries:
        _, _, id_ = entry["location"].partition("#")
        names = sum(len(name) + 2 for name in entry.get("tags", ()))
        if id_ == _TOP and whole is not None:
            whole["text"] = _beginning(entry["text"], _PAGE_LETTERS + names)
        elif not id_:
            whole = {**entry, "text": _beginning(entry["text"], _PAGE_LETTERS + names)}
            kept.append(whole)
        elif not alone or id_ not in ELSEWHERE:
            text = _beginning(entry["text"], _SECTION_LETTERS) if alone else ""
            kept.append({"location": entry["location"], "title": entry["title"], "text": text})
    return kept


def own_words(content: str) -> str:
    """A record's page, as `document` makes it, without the sections that are left out."""
    starts = [(match.start(), match[1]) for match in _SECTION.finditer(content)]
    if not starts:
        return content
    ends = [*(start for start, _ in starts[1:]), len(content)]
    kept = [
        content[start:end]
        for (start, id_), end in zip(starts, ends, strict=True)
        if id_ not in ELSEWHERE
    ]
    return "".join([content[: starts[0][0]], *kept]).rstrip()


def _beginning(text: str, letters: int) -> str:
    """The first words of a text, without its tags."""
    words = " ".join(_TAG.sub(" ", text).split())
    return words if len(words) <= letters else words[:letters].rpartition(" ")[0]


class SectionIndex(SearchIndex):  # type: ignore[misc]
    """The theme's index; generated pages take the short way into it.

    A page that is added again takes the place that it had.
    """

    def __init__(self, store: Store, **config: Any) -> None:
        self._store = store
        self._code = code_digest()
        self._by_page: dict[str, list[Any]] = {}
        self._current: list[Any] = []
        super().__init__(**config)

    @property
    def entries(self) -> list[Any]:
        """Every entry, page by page; what is appended belongs to the page that is being added."""
        return self._current

    @entries.setter
    def entries(self, entries: list[Any]) -> None:
        self._current = entries

    def generate_search_index(self, prev: Any) -> str:
        """The index as JSON."""
        self._current = [entry for entries in self._by_page.values() for entry in entries]
        text: str = super().generate_search_index(prev)
        return text

    def add_entry_from_context(self, page: Any) -> None:
        """Add a page's sections."""
        self._current = self._by_page[page.url] = []
        excluded = (page.meta.get("search") or {}).get("exclude")
        found = self._sections(page) if isinstance(page, GeneratedPage) else None
        if excluded or found is None:
            super().add_entry_from_context(page)
        else:
            for section in found:
                self.create_entry_for_section(section, page.toc, page.url, page)
        if isinstance(page, GeneratedPage):
            self._by_page[page.url] = lightened(self._current, page)

    def _sections(self, page: GeneratedPage) -> list[Section] | None:
        content = page.content or ""
        if page.is_at_sight and is_record(page):
            content = own_words(content)
        name, key = f"search {page.file.src_uri}", digest_of(self._code, content)
        if known := self._store.get(name, key):
            return [
                Section(id_, title=[title] if title else [], text=[text])
                for id_, title, text in json.loads(known)
            ]
        found = sections(_DRAWING.sub("", content))
        if found is not None:
            rows = [(part.id, "".join(part.title), "".join(part.text)) for part in found]
            self._store.put(name, key, json.dumps(rows).encode())
        return found


def use_sections(config: MkDocsConfig, store: Store) -> None:
    """Let the search plugin of this build, if there is one, index by sections."""
    for name in ("material/search", "search"):
        plugin: Any = config.plugins.get(name)
        if plugin is not None and type(getattr(plugin, "search_index", None)) is SearchIndex:
            plugin.search_index = SectionIndex(store, **plugin.config)
