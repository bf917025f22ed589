"""Rules about claims that a reader can misread, though each word of them is in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Place, Severity, rule
from generator.library import readability as plain
from generator.library.library import Library
from generator.library.memoize import once_for_each
from generator.model.condition import Condition, ConfusedWith
from generator.model.kinds import READ_KINDS
from generator.model.record import Located, Record, Source
from generator.model.schema import has_prose, holds, walk
from generator.model.sign import Sign

_ODDS: Final = re.compile(r"\bodds\b(?! ratio)", re.IGNORECASE)
_SHARE: Final = re.compile(
    r"(?<!by )(?<!\d to )(?<![\d.])\d[\d.]*%?(?: to \d[\d.]*)?(?:%| per ?cent)"
    r"(?! (?:to \d+|of (?:your|its|the)|rule|more|less|longer|shorter|quicker|slower|faster)\b)"
    r"|\b\d[\d.,]* (?:in(?: every)?|of|per) \d[\d,]*\b(?! (?:trials|studies|hours)\b)"
    r"|\bone in (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b",
    re.IGNORECASE,
)
"""A share, and not a change ("by 6%"), a limit ("10% longer", "the 10% rule") or trials."""

_POINTING: Final = re.compile(r"\b(?:this|these)\b|^(?:that|those)\b", re.IGNORECASE)
_SOURCED: Final = holds(Source)


@rule("odds-without-words")
def odds_are_named(library: Library) -> Iterator[Diagnostic]:
    """A text gives odds as if they were chances.

    Readers take "13 times the odds" for "13 times as likely", which it is not. Say which way the
    result went, and print the number as an odds ratio with its range: "odds ratio 13.0, range 2.4
    to 83.5". Or leave the number out.
    """
    for text, place in _texts(library):
        if _ODDS.search(text):
            yield Diagnostic(
                code="odds-without-words",
                place=place,
                message="A text must not give odds without calling them an odds ratio.",
                help="Say who was more likely, and add the odds ratio with its range in brackets.",
            )


@rule("population-missing")
def shares_name_their_population(library: Library) -> Iterator[Diagnostic]:
    """A share of people (12%, 3 in 10, 38 of 65) does not say of whom.

    Soldiers, footballers and patients after surgery are not runners. Each claim is also read
    alone, so "in the same review" is not enough. The words that name a population are
    `population_words` in policy.yaml.
    """
    named = _any_of(library.house.population_words)
    if named is None:
        return
    for kind in READ_KINDS:
        for record in library.of_kind(kind.name).values():
            for part, name, text in _cited_texts(record):
                if _SHARE.search(text) and not named.search(text):
                    yield Diagnostic(
                        code="population-missing",
                        place=part.where(name),
                        message=f'`{name}` must say who was studied: "{text[:40]}…" does not.',
                        help="Name the people, as in: of 254 new runners.",
                        severity=Severity.WARNING,
                    )


@rule("borrowed-without-words")
def borrowed_results_are_named(library: Library) -> Iterator[Diagnostic]:
    """A claim rests on a source about another part of the body, and does not say so.

    The source's `holds_for:` says which regions it is about. A claim about another region must
    use the word in its `studied:`, as in "borrowed from shin-bone research"; or it needs another
    source.
    """
    records: tuple[Condition | Sign, ...] = (
        *library.conditions.values(),
        *library.signs.values(),
    )
    for record in records:
        for part, name, text in _cited_texts(record):
            cited = [library.references.get(id_) for id_ in _source(part).references]
            away = [
                r for r in cited if r and r.holds_for and not {*r.holds_for} & {*record.regions}
            ]
            if len(away) < len(cited):
                continue
            words = [reference.studied for reference in away]
            if not any(word.casefold() in text.casefold() for word in words):
                yield Diagnostic(
                    code="borrowed-without-words",
                    place=part.where(name),
                    message=f"`{name}` must say that `{away[0].id}` studied the {words[0]}.",
                    help="Say that the result is borrowed, or name another source.",
                )


@rule("pointing-tell")
def tells_name_their_condition(library: Library) -> Iterator[Diagnostic]:
    """A `tell` says "this" or "that" in place of a name.

    The pages of both conditions show it. What "this" points to on one page is the other condition
    on the other page.
    """
    for condition in library.conditions.values():
        for pair in condition.confused_with:
            if _POINTING.search(pair.tell):
                yield _pointing(pair)


def _pointing(pair: ConfusedWith) -> Diagnostic:
    return Diagnostic(
        code="pointing-tell",
        place=pair.where("tell"),
        message="`tell` must name the condition that it speaks of, as both pages show it.",
        help="Write the names of both, as in: A strain starts at one moment, a cramp lets go.",
        severity=Severity.WARNING,
    )


def _texts(library: Library) -> Iterator[tuple[str, Place]]:
    for kind in READ_KINDS:
        for record in library.of_kind(kind.name).values():
            yield from plain.reader_texts(record, library)


@once_for_each
def _cited_texts(record: Record) -> tuple[tuple[Located, str, str], ...]:
    """The parts of a record that cite references: the part, the field and its text."""
    cited = {
        id(owners[-1])
        for owners, field, source in walk(record, _SOURCED)
        if isinstance(source, Source) and field.name == "source" and source.references
    }
    return tuple(
        (owners[-1], field.name, value)
        for owners, field, value in walk(record, has_prose)
        if id(owners[-1]) in cited and isinstance(value, str)
    )


def _source(part: Located) -> Source:
    source = getattr(part, "source", None)
    return source if isinstance(source, Source) else Source()


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Any of these words, alone or in the plural."""
    choices = "|".join(map(re.escape, words))
    return re.compile(rf"\b(?:{choices})s?\b", re.IGNORECASE) if choices else None
