"""Typos that a whole file shows, before it is cut at its records. Pure.

They are fixed on lines of their own, so no line moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.reading.typo import Typo, indent

_SIGNS: Final = r"[\"'“”‘’`*_]*"
_ID_LINE: Final = re.compile(
    rf"(?: {{1,3}}|[-+*•] +|#+ +)?{_SIGNS}([a-z0-9]+(?:-[a-z0-9]+)*){_SIGNS}"
    rf"\s*[:\uff1a;,.=]*\s*{_SIGNS}\s*"
)
_PLAIN_ID_LINE: Final = re.compile(r"([\"']?)[a-z0-9-]+\1:[ \t]*")
_LOOSE_FIELD: Final = re.compile(r"(?:[+*•] *)?(?P<text>(?P<key>[a-z_]+):.*)")
_FENCE: Final = re.compile(r"\s*(?:`{3,}|~{3,})\s*\w*\s*")
_DOCUMENT: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_LINES: Final = r"(?:(?![<|=>]{7}).*\n)*"
_CONFLICT: Final = re.compile(
    rf"^<{{7}}.*\n(?P<ours>{_LINES})(?:\|{{7}}.*\n{_LINES})?={{7}}\n{_LINES}>{{7}}.*$"
    r"|^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$",
    re.MULTILINE,
)
"""Both sides of a merge conflict, or a line of one whose other lines are gone."""


def file_typos(text: str, fields: frozenset[str]) -> Iterator[Typo]:
    """Fences of Markdown, ids that are not alone on their line, fields where ids must be."""
    lines = [*text.split("\n"), ""]
    is_open = False
    for number, line in enumerate(lines[:-1]):
        if _FENCE.fullmatch(line):
            is_open = not is_open
            help_text = "Delete this line, and the next one like it." if is_open else ""
            message = "A data file must hold records only, and ``` is a sign of Markdown."
            yield Typo(number, "", message, help_text)
        elif (match := _LOOSE_FIELD.fullmatch(line)) and match["key"] in fields:
            message = f"`{match['key']}` must be indented: it is a field of the record above."
            new = f"  {match['text']}"
            yield Typo(number, new, message, f"Write it with 2 spaces before `{match['key']}`.")
        elif (match := _ID_LINE.fullmatch(line)) and not _PLAIN_ID_LINE.fullmatch(line):
            is_id = re.match(r" {1,4}name:", lines[number + 1]) and match[1] not in fields
            if is_id:
                message = f"`{match[1]}` must be alone on its line, with a colon: it is an id."
                help_text = f"Type the line again, without spaces before it: `{match[1]}:`."
                yield Typo(number, f"{match[1]}:", message, help_text, indent(line))


def one_document(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without the lines `---` and `...` that end it for YAML, and where they are."""
    ends = []
    lines = text.split("\n")
    begun = next((n for n, line in enumerate(lines) if re.match(r"\s*[^\s#]", line)), 0)
    for match in _DOCUMENT.finditer(text):
        number = text.count("\n", 0, match.start())
        if number > begun:
            ends.append(number)
            lines[number] = ""
    return "\n".join(lines), tuple(ends)


def one_side(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with our side of each merge conflict, and the lines where they begin."""
    begun = []
    parts = []
    at = 0
    for match in _CONFLICT.finditer(text):
        begun.append(text.count("\n", 0, match.start()))
        ours = match["ours"] or ""
        gap = "\n" * (match[0].count("\n") - ours.count("\n") - (1 if ours else 0))
        parts += [text[at : match.start()], "\n" if ours else "", ours, gap]
        at = match.end()
    return "".join([*parts, text[at:]]), tuple(begun)
