"""Material's search index, with light entries for our own pages.

Readers load all entries at once. A page of ours is found by its names, by the headings of what
it alone says, and by how each of its texts begins; a list is found by its headings. Pages that
people wrote are read by Material's own parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Any, Final

from material.plugins.search.plugin import SearchIndex
from mkdocs.utils import is_markdown_file

from generator.host.page import GeneratedPage
from generator.model.kinds import KIND_OF

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File

ELSEWHERE: Final = frozenset(
    ("sources", "red-flags", "behind-it", "used-for", "rests-on-it", "exercises", "conditions",
     "treatments", "causes", "embed-this", "unsure", "act", "watched-for", "read-more", "ladder",
     "left-out")
)  # fmt: skip
"""Sections of a record's page that list what other pages say; those pages are found instead."""
_HEADING: Final = re.compile(r'<h([1-6])(?: [^<>]*?)? id="([^"<>]+)"[^<>]*>(.*?)</h\1>', re.DOTALL)
_UNSEEN: Final = re.compile(
    r"<(svg|script|style|sup)\b.*?</\1>|<span popover\b.*?</span>"
    r"|<details [^<>]*data-search-exclude.*",
    re.DOTALL,
)
"""Drawings, numbers of sources, meanings of words, and at a page's end what is for clinics."""
_INLINE: Final = re.compile(r"</?(?:a|abbr|b|button|em|i|small|strong|sub)\b[^<>]*>")
_TAG: Final = re.compile(r"<[^<>]*>")
_TOP: Final = "top"
_PAGE_LETTERS: Final = 200
_SECTION_LETTERS: Final = 150
_FULL_ENTRIES: Final = 6000
"""Up to so many entries each keeps its text; the more there are beyond, the less each keeps."""


@dataclass(slots=True)
class Section:
    """What follows a heading; that of the whole page has no id. Texts are HTML without tags."""

    id: str | None
    title: str
    text: str


def is_record(url: str) -> bool:
    """Whether an address is that of one record."""
    kind, _, rest = url.partition("/")
    return kind in KIND_OF and bool(rest)


def sections(content: str, url: str, names: tuple[str, ...]) -> Iterator[Section]:
    """The entries of a generated page: of the whole page, and of each section that is its own.

    `names` are the page's other names: where they are long, more of its beginning is kept,
    because they stand in it.
    """
    content = _UNSEEN.sub("", content)
    letters = _PAGE_LETTERS + sum(len(name) + 2 for name in names)
    headings = [*_HEADING.finditer(content)]
    starts = [match.start() for match in headings]
    ends = [*starts[1:], len(content)]
    texts = [content[m.end() : end] for m, end in zip(headings, ends, strict=True)]
    is_titled = bool(headings) and headings[0][1] == "1"
    first = 1 if is_titled else 0
    opening = texts[0] if is_titled else content[: starts[0] if starts else len(content)]
    if headings[first:] and headings[first][2] == _TOP:
        opening += texts[first]
        first += 1
    yield Section(None, _words(headings[0][3]) if is_titled else "", _beginning(opening, letters))
    for match, text in zip(headings[first:], texts[first:], strict=True):
        if not is_record(url):
            yield Section(match[2], _words(match[3]), "")
        elif match[2] not in ELSEWHERE:
            yield Section(match[2], _words(match[3]), _beginning(text, _SECTION_LETTERS))


def _words(html: str) -> str:
    """The words of a piece of HTML; inline tags part no words, and all others do."""
    words = unescape(_TAG.sub(" ", _INLINE.sub("", html)))
    return escape(" ".join(words.split()), quote=False)


def _beginning(html: str, letters: int) -> str:
    """The first whole words of a piece of HTML."""
    return _cut(_words(html), letters)


def _cut(words: str, letters: int) -> str:
    return words if len(words) <= letters else words[:letters].rpartition(" ")[0]


class LightIndex(SearchIndex):  # type: ignore[misc]
    """The theme's index; generated pages take the light way into it.

    A page that is added again takes the place that it had.
    """

    def __init__(self, **config: Any) -> None:
        self._by_page: dict[str, list[Any]] = {}
        self._light: set[str] = set()
        self._current: list[Any] = []
        super().__init__(**config)

    @property
    def entries(self) -> list[Any]:
        """Every entry, page by page; what is appended belongs to the page that is being added."""
        return self._current

    @entries.setter
    def entries(self, entries: list[Any]) -> None:
        self._current = entries

    def expect(self, files: Iterable[File]) -> None:
        """Keep the order of these, however their pages come."""
        for file in files:
            if is_markdown_file(file.src_uri):
                self._by_page[file.url] = []

    def entries_of(self, url: str) -> list[Any]:
        """The entries of the page at this address, before they are cut for a large site."""
        return self._by_page.get(url, [])

    def generate_search_index(self, prev: Any) -> str:
        """The index as JSON. Of a large site each entry keeps less: readers load all of them."""
        count = sum(map(len, self._by_page.values()))
        letters = _PAGE_LETTERS * _FULL_ENTRIES // max(count, 1)
        self._current = [
            {**entry, "text": _cut(entry["text"], letters)}
            if count > _FULL_ENTRIES and url in self._light
            else entry
            for url, entries in self._by_page.items()
            for entry in entries
        ]
        text: str = super().generate_search_index(prev)
        return text

    def add_entry_from_context(self, page: Any) -> None:
        """Add a page's sections."""
        self._current = self._by_page[page.url] = []
        if not isinstance(page, GeneratedPage):
            super().add_entry_from_context(page)
        elif not (page.meta.get("search") or {}).get("exclude"):
            self._light.add(page.url)
            names = tuple(page.meta.get("tags") or ())
            for section in sections(page.content or "", page.url, names):
                self.create_entry_for_section(section, page.toc, page.url, page)


def use_light_index(config: MkDocsConfig) -> LightIndex | None:
    """Let the theme's search plugin, if this build has it and no other, keep the light index."""
    plugins: list[Any] = [
        plugin
        for name in ("material/search", "search")
        if (plugin := config.plugins.get(name)) is not None
    ]
    if len(plugins) != 1 or type(getattr(plugins[0], "search_index", None)) is not SearchIndex:
        return None
    plugins[0].search_index = index = LightIndex(**plugins[0].config)
    return index
