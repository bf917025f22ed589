"""Rules about ids, names and aliases: one thing, one name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Note, Place, Severity, rule
from generator.library.library import Library
from generator.model.record import Record


@rule("duplicate-id")
def ids_are_unique(library: Library) -> Iterator[Diagnostic]:
    """Two records with pages have the same id, in one file or in two.

    Text names a record by its id alone, so an id must lead to one page.
    """
    first: dict[str, Place] = {}
    for kind, record in library.all_records():
        if not kind.has_pages:
            continue
        if record.id in first:
            yield Diagnostic(
                code="duplicate-id",
                place=record.where(),
                message=f"The id `{record.id}` must belong to one record.",
                help=f"Make this one more exact, as in `{record.id}-{kind.singular}`.",
                notes=(Note(first[record.id], "first here"),),
            )
        first.setdefault(record.id, record.where())


@rule("duplicate-name")
def names_are_unique(library: Library) -> Iterator[Diagnostic]:
    """Two records share a name or an alias, compared without capitals.

    A runner who looks for the name must land on one page. Give the alias to the record that
    it fits best.
    """
    first: dict[str, tuple[Record, Place]] = {}
    shared: defaultdict[tuple[int, int], list[tuple[str, Place, Record, Place]]]
    shared = defaultdict(list)
    for kind, record in library.all_records():
        if not kind.has_pages:
            continue
        for name, place in _names(record):
            key = name.casefold()
            if key in first:
                other, other_place = first[key]
                shared[id(record), id(other)].append((name, place, other, other_place))
            elif key:
                first[key] = (record, place)
    for (own, _), names in shared.items():
        name, place, other, other_place = names[0]
        owner = "this record" if id(other) == own else f"`{other.id}`"
        more = f" The same is true of {len(names) - 1} more of its names." if names[1:] else ""
        yield Diagnostic(
            code="duplicate-name",
            place=place,
            message=f'"{name}" must be the name of one record, and {owner} has it already.{more}',
            help="Delete it here, or make it more exact.",
            notes=(Note(other_place, "first here"),),
        )


@rule("near-name")
def names_differ(library: Library) -> Iterator[Diagnostic]:
    """Two records of a kind have nearly the same name: the same words but for plurals and order.

    They may be one record that was written twice. Merge them, or give them different names.
    """
    for kind_name in ("conditions", "signs", "exercises", "causes", "treatments"):
        by_words: defaultdict[frozenset[str], list[tuple[Record, str, Place]]] = defaultdict(list)
        for record in library.of_kind(kind_name).values():
            for name, place in _names(record):
                words = frozenset(_stem(word) for word in re.findall(r"\w+", name.casefold()))
                by_words[words - _SMALL_WORDS].append((record, name, place))
        for same in by_words.values():
            record, name, place = same[0]
            for other, other_name, other_place in same[1:]:
                if other is not record and other_name.casefold() != name.casefold():
                    yield Diagnostic(
                        code="near-name",
                        place=other_place,
                        message=f'"{other_name}" must differ clearly from "{name}" '
                        f"of `{record.id}`.",
                        help="Merge the two records, or make one name more exact.",
                        notes=(Note(place, "the other name"),),
                        severity=Severity.WARNING,
                    )


_SMALL_WORDS: Final = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "when", "while", "with", "my")
)
"""Words by which two names do not differ."""


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _names(record: Record) -> Iterator[tuple[str, Place]]:
    yield record.name, record.where("name")
    for i, alias in enumerate(record.aliases):
        yield alias, record.where("aliases", i)
