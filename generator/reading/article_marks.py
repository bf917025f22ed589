"""What an article may hold: front matter of a few known fields, and plain Markdown. Pure.

MkDocs lets raw HTML and attributes in braces through, and the theme prints front matter as it is.
Articles come through pull requests, so neither may hold anything that runs.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Place, rule
from generator.model.article import FrontMatter
from generator.reading import value_findings
from generator.reading.characters import strange_characters
from generator.reading.nodes import composed
from generator.reading.reader import Reader

_FRONT: Final = re.compile(r"---[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
"""As MkDocs finds it."""
_BARE: Final = re.compile(r"---[ \t]*\n| {0,3}[A-Za-z0-9_-]+:")
"""MkDocs takes a field at the top of an article for front matter, too."""
_TAG: Final = re.compile(r"<(?!!--|https://|mailto:)[a-z/!?][^>\n]*>?", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"\{[^{}\n]*=[^{}\n]*\}?")
_SCHEME: Final = re.compile(
    r"(?:j\W*a\W*v\W*a|v\W*b)\W*s\W*c\W*r\W*i\W*p\W*t\s*:"
    r"|(?:\]\(\s*<?|^ {0,3}\[[^\]]{1,300}\]:\s*<?)\s*(?!https?:|mailto:|tel:)[a-z][\w+.-]*:\S*",
    re.IGNORECASE,
)
_FAR_PICTURE: Final = re.compile(
    r"!\[[^\]]{0,300}\]\s?(?:\(\s*<?(?:[a-z]+:)?//[^)\s]*|\[)", re.IGNORECASE
)
_TEMPLATE: Final = re.compile(r"[\w-]+\.html")
_MAY_RUN: Final = re.compile(r"[<{&\\]|!\[|:", re.IGNORECASE)


def front_matter(text: str, shown: str) -> tuple[FrontMatter, list[Diagnostic]]:
    """What an article says of itself, and every finding about that."""
    match = _FRONT.match(text)
    if not match:
        found = [open_front_matter(Place(shown))] if _BARE.match(text) else []
        return FrontMatter(), found
    node, found = composed(match[1], shown, 2)
    if node is None:
        return FrontMatter(), found
    reader = Reader()
    read = reader.part(FrontMatter, node, "The front matter", node)
    return read, [*found, *reader.found]


def is_template(name: str, known: Collection[str] | None) -> bool:
    """Whether this is the name of a page template, of the `known` ones where there are any."""
    return name in known if known is not None else bool(_TEMPLATE.fullmatch(name))


def article_marks(text: str, shown: str) -> Iterator[Diagnostic]:
    """What in an article is no plain Markdown; the first of each line.

    Front matter is searched like the text: what MkDocs can't read of it, it prints.
    """
    yield from strange_characters(text, shown, 1)
    for number, line in enumerate(text.split("\n"), start=1):
        if line.isascii() and not _MAY_RUN.search(line):  # Most lines, in one step.
            continue
        if match := _TAG.search(line):
            yield value_findings.raw_html(Place(shown, number, match.start() + 1), match[0])
        elif match := _ATTRIBUTE.search(line) or _SCHEME.search(html.unescape(line)):
            column = max(line.find(match[0]), 0) + 1
            yield active_text(Place(shown, number, column), match[0])
        elif match := _FAR_PICTURE.search(line):
            yield far_picture(Place(shown, number, match.start() + 1), match[0])


@rule("open-front-matter")
def open_front_matter(place: Place) -> Diagnostic:
    """An article begins with fields such as `title:`, but not between two lines of `---`."""
    return Diagnostic(
        code="open-front-matter",
        place=place,
        message="Fields at the top of an article must be between two lines of `---`.",
        help="Put `---` on its own line above and below them; or begin with `# ` and a title.",
    )


@rule("active-text")
def active_text(place: Place, found: str) -> Diagnostic:
    """An article holds attributes in braces, or a link that runs something in the browser.

    Articles are plain Markdown. Links lead to other articles, to records by `[[id]]`, or to
    addresses that begin with https:.
    """
    return Diagnostic(
        code="active-text",
        place=place,
        message=f"An article must hold nothing that could run, such as `{_quoted(found)}`.",
        help="Write plain Markdown: no attributes in braces, and links to https: alone.",
    )


@rule("far-picture")
def far_picture(place: Place, found: str) -> Diagnostic:
    """A picture comes from another site, which would learn of each reader who sees the page."""
    return Diagnostic(
        code="far-picture",
        place=place,
        message=f"A picture must be a file in content/, and this is `{_quoted(found)}`.",
        help="Put the picture beside the article, and write `![what it shows](its-name.png)`.",
    )


@rule("unknown-template")
def unknown_template(place: Place, found: str, known: tuple[str, ...]) -> Diagnostic:
    """An article asks for a page template that is not in theme/."""
    names = ", ".join(f"`{name}`" for name in known)
    return Diagnostic(
        code="unknown-template",
        place=place,
        message=f"`template` must be a file of theme/, and `{_quoted(found)}` is none.",
        help=f"Take the line out; or write one of these: {names}." if names else "Take it out.",
    )


def _quoted(found: str) -> str:
    return " ".join(found.replace("`", "'").split())[:40]
