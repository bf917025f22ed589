"""Our own Markdown -> what Python-Markdown makes of it, without Python-Markdown.

Generated pages are headings such as `## Title {: #id }` around finished HTML, so their content and
table of contents can be read directly. Anything that does not look exactly like that is left to
Python-Markdown: `document` then returns None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

_HEADING: Final = re.compile(
    r"(##?) ((?:[^\W_]|[ ,.?:’'–-]|&#\d+;)*(?:[^\W_]|[.?]|&#\d+;))"
    r" \{: #([a-z][a-z0-9-]*) \} *(?:\n|\Z)"
)
_SPACE: Final = re.compile(r"\s*")
_OPENING: Final = re.compile(r"<([a-z][a-z0-9]*)(?=[ >])")
_ID: Final = re.compile(r" id=\"([^\"<>&]+)\"")
_NOT_OURS: Final = ("\t", "\r", "\x02", "\x03", "<!", "<?", "```", "~~~", "<style", "<textarea")
_SCRIPT: Final = re.compile(r"<script[^>]*>(?!</script>)")
_NAMED_ANCHOR: Final = re.compile(r"<a [^<>]*?\bname=")
_BLOCKS: Final = frozenset(
    ("article", "aside", "details", "div", "dl", "figure", "footer", "form", "h1", "h3", "h4",
     "header", "main", "nav", "ol", "p", "section", "table", "ul")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 or 2, its text as HTML, and its anchor."""

    level: int
    title: str
    id: str


@dataclass(frozen=True, slots=True)
class Document:
    """A page's HTML, its headings in order, and every anchor in it."""

    content: str
    headings: tuple[Heading, ...]
    anchors: frozenset[str]


def document(body: str) -> Document | None:
    """The page that this Markdown makes, or None where only Python-Markdown knows."""
    if any(sign in body for sign in _NOT_OURS) or _SCRIPT.search(body):
        return None
    if " name=" in body and _NAMED_ANCHOR.search(body):
        return None
    blocks: list[str] = []
    headings: list[Heading] = []
    for block in _blocks(body):
        match block:
            case None:
                return None
            case Heading():
                headings.append(block)
                tag = f"h{block.level}"
                blocks.append(f'<{tag} id="{block.id}">{block.title}</{tag}>')
            case str():
                blocks.append(block)
    if any(heading.level == 1 for heading in headings[1:]):
        return None
    ids = [heading.id for heading in headings]
    in_html = _ID.findall(body)
    if len({*ids, *in_html}) < len(ids) + len(in_html):
        return None
    return Document("\n".join(blocks).strip(), tuple(headings), frozenset((*ids, *in_html)))


def _blocks(body: str) -> Iterator[str | Heading | None]:
    """Headings and top-level elements in order; None, at last, for anything else."""
    at = _after_space(body, 0)
    while at < len(body):
        if heading := _HEADING.match(body, at):
            yield Heading(len(heading[1]), heading[2], heading[3])
            end = heading.end()
        else:
            opening = _OPENING.match(body, at)
            end = _end_of(body, at, opening[1]) if opening and opening[1] in _BLOCKS else 0
            if not end:
                yield None
                return
            # Python-Markdown keeps an empty line after raw HTML.
            yield body[at:end] + ("\n" if body.startswith("\n\n", end) else "")
            if body[end : end + 1] not in ("", "\n"):
                yield None
                return
        at = _after_space(body, end)


def _after_space(body: str, at: int) -> int:
    space = _SPACE.match(body, at)
    return space.end() if space else at


def _end_of(body: str, start: int, tag: str) -> int:
    """Where the element that opens at `start` has closed, or 0 if it does not close."""
    depth = 0
    for match in _tag_pattern(tag).finditer(body, start):
        depth += -1 if match[1] else 1
        if depth == 0:
            end = body.find(">", match.start())
            return end + 1
    return 0


@cache
def _tag_pattern(tag: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){tag}(?=[ >\n])")
