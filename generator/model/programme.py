"""A plan over days or weeks: walk-run steps, recovery after a race, a routine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from generator.model.condition import Prescription
from generator.model.dose import Span
from generator.model.fields import AtLeast, Between, Ref, Sentence, Short
from generator.model.record import SOURCE_HELP, Claim, Located, Reviewed, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval(Located):
    """One stretch of running or walking within a step."""

    run_seconds: Annotated[int, Between(10, 7200), "how long to run."] = 0
    walk_seconds: Annotated[int, Between(10, 7200), "how long to walk."] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeStep(Located):
    """A step: its intervals in order, over and over until the total, or its exercises."""

    name: Annotated[Short, "a few words, as in Step 1."]
    source: Annotated[Source, SOURCE_HELP]
    text: Annotated[Sentence, "what is particular to this step."] = ""
    intervals: Annotated[tuple[Interval, ...], "run and walk, in order."] = ()
    total_minutes: Annotated[Span | None, Between(1, 300), "how long in all."] = None
    total_metres: Annotated[Span | None, Between(100, 50000), "how far in all."] = None
    sessions: Annotated[Span | None, Between(1, 30), "how often before the next step."] = None
    exercises: Annotated[tuple[Prescription, ...], "exercises with their doses."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Reviewed):
    """A plan with its way in, its steps, and its rules for going up, down and stopping."""

    regions: Annotated[
        tuple[Annotated[str, Ref("regions")], ...], AtLeast(1), "whose red flags hold."
    ]
    red_flags: Annotated[
        tuple[Annotated[str, Ref("signs")], ...], "red flags beyond those of its regions."
    ] = ()
    purpose: Annotated[Claim, "what it is for."]
    for_whom: Annotated[tuple[Claim, ...], AtLeast(1), "for whom it is, and for whom not."]
    start_when: Annotated[tuple[Claim, ...], AtLeast(1), "what must hold before the first step."]
    sessions: Annotated[Claim, "how often, and what lies between."]
    rule: Annotated[str, Ref("pain-rules"), "the pain rule that applies."]
    steps: Annotated[tuple[ProgrammeStep, ...], AtLeast(1), "the steps, in order."]
    step_up_when: Annotated[tuple[Claim, ...], AtLeast(1), "when the next step may begin."]
    step_down_when: Annotated[tuple[Claim, ...], AtLeast(1), "when to go back."]
    facts: Annotated[tuple[Claim, ...], "what studies say about it."] = ()
