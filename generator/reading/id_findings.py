"""Findings about ids and words that are not known, each with what was likely meant. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Mapping
from dataclasses import replace
from typing import Final

from generator.diagnostics import Diagnostic, Place, did_you_mean, rule
from generator.model.kinds import Kind
from generator.model.published_state import Retired

FEW_CHOICES: Final = 12
"""Words that a message names one by one."""
DOI: Final = re.compile(r"\b10\.\d{4,9}/\S+")
_BETWEEN_IDS: Final = re.compile(r"\s*[,;&/]\s*|\s+(?:and\s+)?")


@rule("unknown-value")
def unknown_value(place: Place, field: str, found: str, known: Collection[str]) -> Diagnostic:
    """A field that takes one of a few words has another one."""
    return Diagnostic(
        code="unknown-value",
        place=place,
        message=f"`{field}` must be one of the known words, not `{found[:60]}`.",
        help=id_help(found, known) or f"Known: {shown_words(known)}.",
    )


def renamed_word(place: Place, key: str, word: str, count: int) -> Diagnostic:
    """An `unknown-value` where a word of a list seems to have got another name."""
    return Diagnostic(
        code="unknown-value",
        place=place,
        message=f"`{key}` is used nowhere, and {count} times a record has `{word}`, which is not "
        "in this list.",
        help=f"Write `{word}` here again; or write `{key}` in the records, too.",
    )


@rule("unknown-reference")
def unknown_reference(
    place: Place,
    file: str,
    found: str,
    known: Collection[str],
    retired: Retired | None = None,
    words: Container[str] = frozenset(),
) -> Diagnostic:
    """An id names a record that does not exist.

    Ids are checked over the whole library, in fields and in `[[double brackets]]` in text.
    """
    help_text = id_help(found, known, retired, words)
    if not help_text and found == "general":
        help_text = "Write `source: general`, without brackets."
    elif not help_text and DOI.search(found):
        help_text = "Add a reference with this DOI, then write its id."
    elif not help_text and len(known) <= FEW_CHOICES:
        help_text = f"Write one of these, or add it to {file}: {shown_words(known)}."
    return Diagnostic(
        code="unknown-reference",
        place=place,
        message=f"`{found[:60]}` must be the id of a record in {file}.",
        help=help_text or f"Add it to {file}, or take it out here.",
    )


def of_another_kind(finding: Diagnostic, found: Kind, wanted: Kind) -> Diagnostic:
    """An `unknown-reference` to a record that there is, only of another kind."""
    help_text = f"This is the id of a {found.singular}: write that of a {wanted.singular}."
    return replace(finding, help=_an(help_text))


def _an(text: str) -> str:
    return re.sub(r"\ba(?= [aeiou])", "an", text)


def id_help(
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
