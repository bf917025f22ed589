"""Rules about what a page owes its reader: sources, exercises, red flags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.checks.to_call import number_in
from generator.diagnostics import Diagnostic, rule
from generator.library.library import Library
from generator.library.memoize import once_for_each
from generator.library.red_flags import inherited_flags
from generator.model.kinds import READ_KINDS
from generator.model.record import Located, Record, Source
from generator.model.schema import has_prose, walk
from generator.model.sign import TIERS, Sign
from generator.reading.mentions import MENTION

LEAST_EXERCISES: Final = 3
_DIGIT: Final = re.compile(r"\d")


@rule("no-reference")
def conditions_have_references(library: Library) -> Iterator[Diagnostic]:
    """A condition rests on at least one published source.

    General advice alone is not enough for a page that people act on.
    """
    cited = {link.record.id for link in library.links if link.kind == "references"}
    for condition in library.conditions.values():
        if condition.id not in cited:
            yield Diagnostic(
                code="no-reference",
                place=condition.where(),
                message=f"The condition `{condition.id}` must cite at least one reference.",
                help="Put the id of a reference into one of its `source:` fields.",
            )


@rule("too-few-exercises")
def enough_exercises(library: Library) -> Iterator[Diagnostic]:
    """The plan of a condition uses at least three different exercises."""
    for condition in library.conditions.values():
        used = {p.exercise for stage in condition.stages for p in stage.exercises}
        if len(used) < LEAST_EXERCISES and condition.stages:
            yield Diagnostic(
                code="too-few-exercises",
                place=condition.where("stages"),
                message=f"The plan of `{condition.id}` must use at least {LEAST_EXERCISES} "
                f"different exercises, and uses {len(used)}.",
                help="Add exercises to its stages.",
            )


@rule("number-without-source")
def numbers_have_sources(library: Library) -> Iterator[Diagnostic]:
    """A text with a number in it is in a part that has no `source:`.

    Numbers are what readers act on. Put the statement into a claim, with references or the word
    `general`; or say it without the number. The steps of an exercise are covered by its
    `dose_source`, facts at a glance by the claims beneath them.
    """
    for kind in READ_KINDS:
        for record in library.of_kind(kind.name).values():
            for owner, name, i in _bare_numbers(record):
                yield Diagnostic(
                    code="number-without-source",
                    place=owner.where(name, i),
                    message=f"`{name}` must not hold a number without a source.",
                    help="Move it into a claim with a `source:`, or leave the number out.",
                )


@once_for_each
def _bare_numbers(record: Record) -> tuple[tuple[Located, str, int], ...]:
    """Where a record's texts have a number without a source: the part, its field, the item."""
    found: list[tuple[Located, str, int]] = []
    for owners, field, value in walk(record, has_prose):
        if field.name == "steps":
            continue
        for i, text in enumerate(value if isinstance(value, tuple) else (value,)):
            if _is_bare(str(text)) and not any(map(_has_source, owners)):
                found.append((owners[-1], field.name, i))
    return tuple(found)


def _is_bare(text: str) -> bool:
    """Whether it has a number of which no other rule speaks."""
    if text.isascii() and not _DIGIT.search(text):  # Most texts, in one step.
        return False
    if "{" in text or number_in(text, ()):
        return False
    return any(map(str.isdigit, MENTION.sub("", text)))


def _has_source(part: Located) -> bool:
    return isinstance(getattr(part, "source", None), Source)


@rule("no-red-flags")
def red_flags_everywhere(library: Library) -> Iterator[Diagnostic]:
    """A condition, exercise or programme has no red flag, neither its own nor inherited.

    Every page says when to stop and be seen. A red flag holds for all that is filed in the
    regions that it names, and a tissue's for its conditions.
    """
    for kind_name in ("conditions", "exercises", "programmes"):
        for record in library.of_kind(kind_name).values():
            if not (getattr(record, "red_flags", ()) or inherited_flags(library, record)):
                yield Diagnostic(
                    code="no-red-flags",
                    place=record.where("regions"),
                    message=f"`{record.id}` must have red flags, of its own or of its regions.",
                    help="Name its region, or name the region in a red flag of signs.yaml.",
                )


@rule("not-a-red-flag")
def red_flags_are_urgent(library: Library) -> Iterator[Diagnostic]:
    """Every sign in a list of red flags says how urgent it is and what to do."""
    for link in library.links:
        sign = library.signs.get(link.id) if link.field == "red_flags" else None
        if isinstance(sign, Sign) and sign.red_flag is None:
            yield Diagnostic(
                code="not-a-red-flag",
                place=link.place,
                message=f"`{link.id}` must have a `red_flag:` to be in this list.",
                help="Give the sign a tier and an action in signs.yaml, or take it out here.",
            )


@rule("care-tier-missing")
def tiers_have_care(library: Library) -> Iterator[Diagnostic]:
    """A red flag has a tier that care.yaml doesn't describe: no page could say what to do."""
    used = {sign.red_flag.tier: sign.red_flag for sign in library.signs.values() if sign.red_flag}
    for tier, flag in used.items():
        if tier in TIERS and tier not in library.care:
            yield Diagnostic(
                code="care-tier-missing",
                place=flag.where("tier"),
                message=f"The tier `{tier}` must be a record of care.yaml.",
                help=f"Write `{tier}:` there, with a name, a heading and an action.",
            )


@rule("red-flag-on-home")
def red_flags_are_no_feelings(library: Library) -> Iterator[Diagnostic]:
    """A red flag is among the feelings from which the home page lets readers start.

    There it would look like one feeling among others, whose page says what may be behind it.
    A person with a red flag needs to be seen, and the home page says so elsewhere.
    """
    for link in library.links:
        sign = library.signs.get(link.id) if link.field == "on_home" else None
        if sign and sign.red_flag:
            yield Diagnostic(
                code="red-flag-on-home",
                place=link.place,
                message=f"`{link.id}` must not be among the feelings of the home page: it is a "
                "red flag.",
                help="Take it out here, and name a sign that is no red flag.",
            )
