"""A movement: how it is done, by default how much, and what makes it easier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from generator.model.dose import Dose, DoseRange
from generator.model.fields import AtLeast, Prose, Ref, Sentence, Term
from generator.model.figure import Figure
from generator.model.record import SOURCE_HELP, Claim, Reviewed, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise(Reviewed):
    """A movement. Which condition uses it, at which stage and dose, is with the condition."""

    group: Annotated[str, Ref("groups"), "the family it belongs to."]
    regions: Annotated[
        tuple[Annotated[str, Ref("regions")], ...], AtLeast(1), "body parts that it works or moves."
    ]
    level: Annotated[str, Term("exercise-levels"), "start, build or strong."]
    purpose: Annotated[Prose, "what it is for, in one or two sentences."]
    muscles: Annotated[
        tuple[Annotated[str, Term("muscles")], ...], AtLeast(1), "what it works or stretches."
    ]
    equipment: Annotated[tuple[Annotated[str, Term("equipment")], ...], AtLeast(1), "or [none]."]
    steps: Annotated[tuple[Sentence, ...], AtLeast(2), "what to do, in order."]
    dose: Annotated[Dose, "the usual dose, as in {sets: 3, reps: 10}."]
    range: Annotated[DoseRange | None, "how far a dose may go, as in {sets: 1-4, reps: 6-15}."] = (
        None
    )
    dose_source: Annotated[Source, SOURCE_HELP]
    dose_strength: Annotated[str, Term("strengths"), "how good the evidence for the dose is."]
    feel: Annotated[Sentence, "where it should be felt."]
    mistakes: Annotated[tuple[Sentence, ...], AtLeast(1), "common mistakes."]
    cautions: Annotated[tuple[Claim, ...], AtLeast(1), "when to change or leave it out."]
    easier: Annotated[
        tuple[Annotated[str, Ref("exercises")], ...],
        "ids of easier versions; harder ones follow from it.",
    ] = ()
    facts: Annotated[tuple[Claim, ...], "what studies say about it."] = ()
    figure: Annotated[Figure | None, "how it is drawn; see generator/model/figure.py."] = None
