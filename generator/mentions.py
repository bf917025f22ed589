"""`[[id]]` and `[[id|words to show]]` in text: a mention of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MENTION: Final = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]|]*))?\]\]")


@dataclass(frozen=True, slots=True)
class Mention:
    """The record's id, the words to show instead of its name, and where in the text it stands."""

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
