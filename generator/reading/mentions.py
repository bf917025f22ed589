"""Marks in text: `[[id]]` and `[[id|words to show]]`, a mention of a record; stars of emphasis."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

MENTION_START: Final = "[["
MENTION: Final = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]|]*))?\]\]")
_EMPHASIS: Final = re.compile(r"(\*\*|\*)(?=\S)([^*\n]+?)(?<=\S)\1")

_HALF: Final = re.compile(
    r"\[+[^\[\]]*\]+\([^)\s]*\)|\[\[[^\[\]\s]*\]?|\[[a-z0-9]+(?:-[a-z0-9]+)+\]+|[\w-]*\]\]"
)
"""One bracket too few, or an address behind them as Markdown has it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """The record's id, the words to show instead of its name, and where it is in the text."""

    id: str
    words: str
    start: int
    end: int


def mentions(text: str) -> Iterator[Mention]:
    """Every mention, in order.

    >>> [m.id for m in mentions("Like [[plank]], or [[dead-bug|this one]].")]
    ['plank', 'dead-bug']
    """
    for match in MENTION.finditer(text):
        words = " ".join((match[2] or "").split())
        yield Mention(match[1].strip(), words, match.start(), match.end())


def half_mention(text: str) -> str:
    """What was meant as a mention or a link, and is not one; or "".

    >>> half_mention("Like [[plank]], or [dead-bug]."), half_mention("Like [[plank]].")
    ('[dead-bug]', '')
    """
    match = _HALF.search(MENTION.sub("", text))
    return match[0] if match else ""


def replaced(text: str, words_of: Callable[[Mention], str | None]) -> str:
    """The text with other words in place of each mention; with None it stays as it was written.

    >>> replaced("Like [[plank]], or [[dead-bug|this one]].", lambda mention: mention.words or "it")
    'Like it, or this one.'
    """
    parts: list[str] = []
    at = 0
    for mention in mentions(text):
        words = words_of(mention)
        if words is not None:
            parts += [text[at : mention.start], words]
            at = mention.end
    return "".join([*parts, text[at:]])


def without_emphasis(text: str) -> str:
    """The words without the stars around them; a star between numbers stays.

    >>> without_emphasis("It is **so**, 3 * 4.")
    'It is so, 3 * 4.'
    """
    return _EMPHASIS.sub(r"\2", text) if "*" in text else text
