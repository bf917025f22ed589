"""Rules about what can't both be true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Note, Severity, rule
from generator.library.library import Library
from generator.model.condition import Prescription, Stage
from generator.model.dose import Span

_AT_MOST: Final = re.compile(r"(\d+)(?: out of 10)? or less|(?:no more than|at most|under) (\d+)")
_ABOVE: Final = re.compile(r"(?:over|above|more than) (\d+) out of 10")


@rule("used-and-avoided")
def not_used_and_avoided(library: Library) -> Iterator[Diagnostic]:
    """A stage uses an exercise and tells the runner to leave it out."""
    for condition in library.conditions.values():
        for stage in condition.stages:
            avoided = {item.exercise: item for item in stage.avoid}
            for used in stage.exercises:
                if used.exercise in avoided:
                    other = avoided[used.exercise].where("exercise")
                    yield Diagnostic(
                        code="used-and-avoided",
                        place=used.where("exercise"),
                        message=f"A stage must not both use and avoid `{used.exercise}`.",
                        help="Delete one of the two.",
                        notes=(Note(other, "avoided here"),),
                    )


@rule("dose-out-of-range")
def doses_stay_in_range(library: Library) -> Iterator[Diagnostic]:
    """A dose goes beyond the range that its exercise states, and no note says why.

    Correct the dose, widen the exercise's `range:`, or give the reason in `note:`.
    """
    for link in library.links:
        exercise = library.exercises.get(link.id) if link.kind == "exercises" else None
        used = link.part
        if exercise is None or exercise.range is None or not isinstance(used, Prescription):
            continue
        if used.note:
            continue
        dose = used.dose
        for name in ("sets", "reps", "hold_seconds"):
            given, allowed = getattr(dose, name), getattr(exercise.range, name)
            if given and allowed and not _within(given, allowed):
                yield Diagnostic(
                    code="dose-out-of-range",
                    place=dose.where(name),
                    message=f"`{name}` must be {allowed} for `{exercise.id}`, and is {given}.",
                    help="Correct it, or say why in `note:`.",
                    notes=(Note(exercise.range.where(name), "the range"),),
                )


@rule("says-nothing")
def hallmarks_tell_apart(library: Library) -> Iterator[Diagnostic]:
    """Every condition of a region has the same typical sign, so the sign distinguishes none.

    It may still be true. Make it common where it is not what leads to the condition.
    """
    for region in library.regions.values():
        conditions = [c for c in library.conditions.values() if region.id in c.regions[:1]]
        hallmarks = [
            {edge.sign for edge in c.signs if edge.typicality == "hallmark"} for c in conditions
        ]
        if len(conditions) < 2:
            continue
        for sign in sorted(set.intersection(*hallmarks)):
            yield Diagnostic(
                code="says-nothing",
                place=region.where(),
                message=f"`{sign}` must not be a hallmark of every condition of `{region.id}`.",
                help="Make it common where it does not set the condition apart.",
                severity=Severity.WARNING,
            )


@rule("criteria-clash")
def criteria_can_be_met(library: Library) -> Iterator[Diagnostic]:
    """One and the same pain would lead both on and back.

    A stage says "move on at 5 out of 10 or less" and "step back over 3 out of 10": at 4 the
    runner would have to do both. Or a stage may start only at more pain than it allows.
    """
    for condition in library.conditions.values():
        for stage in condition.stages:
            yield from _clashes(stage)


def _clashes(stage: Stage) -> Iterator[Diagnostic]:
    back = [
        (int(match[1]), claim)
        for claim in stage.step_back_when
        for match in _ABOVE.finditer(claim.text)
    ]
    ways = (("move on", stage.move_on_when), ("start", stage.start_when))
    for way, claims in ways:
        for claim in claims:
            for match in _AT_MOST.finditer(claim.text):
                if "out of 10" not in claim.text:
                    continue
                allowed = int(match[1] or match[2])
                for above, other in back:
                    if above < allowed:
                        yield Diagnostic(
                            code="criteria-clash",
                            place=claim.where("text"),
                            message=f"At {above + 1} out of 10 one must not both {way} "
                            "and step back.",
                            help="Let the two numbers meet.",
                            notes=(Note(other.where("text"), "steps back here"),),
                        )


def _within(given: Span, allowed: Span) -> bool:
    return allowed.low <= given.low and given.high <= allowed.high
