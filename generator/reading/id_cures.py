"""What was likely meant by an id, or by a word of a list, that nobody knows. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Mapping
from typing import Final

from generator.diagnostics import did_you_mean
from generator.model.outward import Retired

FEW_CHOICES: Final = 12
"""Words that a message names one by one."""
DOI: Final = re.compile(r"\b10\.\d{4,9}/\S+")
_BETWEEN_IDS: Final = re.compile(r"\s*[,;&/]\s*|\s+(?:and\s+)?")


def id_cure(
    found: str,
    known: Collection[str],
    retired: Retired | None = None,
    words: Container[str] = frozenset(),
) -> str:
    """What to write in place of a word that is none of `known`; "" where only its author knows.

    `retired` is what became of it if it once was an id.
    """
    if retired and retired.now in known:
        if retired.fate == "renamed":
            return f"It is now called `{retired.now}`."
        return f"It was {retired.fate}, and `{retired.now}` is there in its place: look at that."
    if (alone := found.strip(" ,;.()")) != found and alone in known:
        return f"Did you mean `{alone}`?"
    parts = [part for part in _BETWEEN_IDS.split(found) if part]
    if len(parts) > 1 and all(part in known for part in parts):
        return f"Did you forget a comma? Write `{', '.join(parts)}`."
    if near := did_you_mean(found, known, words):
        return near
    return f"Write its id, `{named}`." if (named := _id_of(found, known)) else ""


def _id_of(name: str, known: Collection[str]) -> str:
    """The one id whose record has this name, other name or DOI; or ""."""
    if not isinstance(known, Mapping):
        return ""
    plain = name.casefold().strip()
    doi = match[0] if (match := DOI.search(plain)) else ""
    named = [
        id_
        for id_, record in known.items()
        if plain in (record.name.casefold(), *map(str.casefold, getattr(record, "aliases", ())))
        or (doi and getattr(record, "doi", "").casefold() == doi)
    ]
    return named[0] if len(named) == 1 else ""


def shown_words(known: Collection[str]) -> str:
    """The first of these words, as a message names them."""
    names = list(known)
    more = " …" if len(names) > FEW_CHOICES else ""
    return ", ".join(f"`{name}`" for name in names[:FEW_CHOICES]) + more
