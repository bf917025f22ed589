"""An injury or overuse problem, with every fact of its links to signs, causes and exercises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from generator.model.dose import Dose
from generator.model.fields import (
    AtLeast,
    Between,
    Phrase,
    Prose,
    Ref,
    Sentence,
    Short,
    Term,
    Text,
    Wording,
)
from generator.model.record import SOURCE_HELP, Claim, Located, Reviewed, Source
from generator.model.spot import Spot

Typicality = Literal["hallmark", "common", "sometimes"]
RunVerdict = Literal["yes", "limits", "pause", "no"]
TreatmentVerdict = Literal["helps", "may-help", "unclear", "little-use", "avoid", "last-resort"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern(Located):
    """Short phrases that set a condition beside its neighbours in a table."""

    place: Annotated[Phrase, "where it is felt."]
    onset: Annotated[Phrase, "how it begins."]
    brought_on_by: Annotated[Phrase, "what brings it on."]
    over_the_day: Annotated[Phrase, "how it behaves over a run and a day."]
    not_typical: Annotated[Phrase, "what does not fit."]
    source: Annotated[Source, SOURCE_HELP]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOf(Located):
    """A sign of the condition and how typical it is of it."""

    sign: Annotated[str, Ref("signs"), "the sign's id."]
    typicality: Annotated[Typicality, "hallmark, common or sometimes."]
    source: Annotated[Source, SOURCE_HELP]
    note: Annotated[Sentence, "what is particular to this condition."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfusedWith(Located):
    """Another condition that feels alike; declared on one of the two only."""

    condition: Annotated[str, Ref("conditions"), "the other condition's id."]
    tell: Annotated[Sentence, "what tells the two apart."]
    source: Annotated[Source, SOURCE_HELP]


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseOf(Located):
    """What may bring the condition about, and how sure that is."""

    cause: Annotated[str, Ref("causes"), "the cause's id."]
    note: Annotated[Sentence, "how it matters here."]
    source: Annotated[Source, SOURCE_HELP]


@dataclass(frozen=True, slots=True, kw_only=True)
class CanIRun(Located):
    """The answer to "can I run today?"."""

    verdict: Annotated[RunVerdict, "yes, limits, pause or no."]
    rule: Annotated[str, Ref("pain-rules"), "the pain rule that applies."]
    short: Annotated[Short, "the answer at a glance."]
    answer: Annotated[Claim, "the answer in a sentence or two."]
    advice: Annotated[tuple[Claim, ...], AtLeast(1), "how to go about it."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfCare(Located):
    """What the runner can do, and better leaves."""

    do: Annotated[tuple[Claim, ...], AtLeast(1), "what helps."]
    dont: Annotated[tuple[Claim, ...], AtLeast(1), "each starts with Do not."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription(Located):
    """An exercise at this condition's dose."""

    exercise: Annotated[str, Ref("exercises"), "the exercise's id."]
    dose: Annotated[Dose, "the dose in this stage of this condition."]
    source: Annotated[Source, SOURCE_HELP]
    strength: Annotated[str, Term("strengths"), "how good the evidence is."]
    note: Annotated[Sentence, "what is particular here."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Avoid(Located):
    """An exercise that does not suit this stage."""

    exercise: Annotated[str, Ref("exercises"), "the exercise's id."]
    why: Annotated[Sentence, "why not now."]
    source: Annotated[Source, SOURCE_HELP]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Located):
    """A step of the plan, with its way in and its ways out."""

    name: Annotated[Short, "a few words, as in Settle it."]
    goal: Annotated[Sentence, "what the stage is for."]
    start_when: Annotated[tuple[Claim, ...], AtLeast(1), "when it may begin."]
    avoid: Annotated[tuple[Avoid, ...], "exercises to leave out for now."] = ()
    programme: Annotated[str, Ref("programmes"), "a programme that belongs to this stage."] = ""
    pain_limit: Annotated[int, Between(0, 10), "highest pain allowed, from 0 to 10."]
    pain_source: Annotated[Source, SOURCE_HELP]
    exercises: Annotated[tuple[Prescription, ...], AtLeast(1), "what to do."]
    move_on_when: Annotated[tuple[Claim, ...], AtLeast(1), "when the next stage may begin."]
    step_back_when: Annotated[tuple[Claim, ...], AtLeast(1), "when to ease off."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery(Located):
    """How long it takes."""

    short: Annotated[Short, "the answer at a glance."]
    facts: Annotated[tuple[Claim, ...], AtLeast(1), "numbers, with who was studied."]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentOf(Located):
    """Other care for the condition and how good its evidence is."""

    treatment: Annotated[str, Ref("treatments"), "the treatment's id."]
    verdict: Annotated[TreatmentVerdict, "helps, may-help, unclear, little-use, avoid, last-resort"]
    strength: Annotated[str, Term("strengths"), "how good the evidence is."]
    text: Annotated[Prose, "what is known."]
    source: Annotated[Source, SOURCE_HELP]


@dataclass(frozen=True, slots=True, kw_only=True)
class Serious(Located):
    """The answer to "is it serious?"."""

    short: Annotated[
        str,
        Text(limit=80),
        "the answer at a glance, as in Rarely. See a doctor today if it snapped.",
    ]
    source: Annotated[Source, SOURCE_HELP]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeSomeone(Located):
    """When self-care is no longer enough."""

    short: Annotated[Short, "the answer at a glance."]
    when: Annotated[tuple[Claim, ...], AtLeast(1), "each completes: see somebody if …"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement(Located):
    """A question on which sources differ, with every side."""

    about: Annotated[Phrase, "the question."]
    sides: Annotated[tuple[Claim, ...], AtLeast(2), "what each side says."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Reviewed):
    """An injury or overuse problem."""

    regions: Annotated[
        tuple[Annotated[str, Ref("regions")], ...], AtLeast(1), "the first is where it is filed."
    ]
    spot: Annotated[Spot | None, Wording(), "the sore place on a close-up of the body."] = None
    tissue: Annotated[str, Ref("tissues"), "what is hurt."]
    levels: Annotated[
        tuple[Annotated[str, Term("runner-levels")], ...], AtLeast(1), "new, experienced."
    ]
    answer: Annotated[Claim, "what it is, in one paragraph."]
    serious: Annotated[Serious, "the answer to: is it serious?"]
    runners: Annotated[tuple[Claim, ...], AtLeast(1), "which runners get it, and how often."]
    pattern: Annotated[Pattern, "short phrases for the side-by-side table."]
    signs: Annotated[tuple[SignOf, ...], AtLeast(3), "what it feels like."]
    red_flags: Annotated[
        tuple[Annotated[str, Ref("signs")], ...],
        "red flags beyond those of its regions and tissue.",
    ]
    confused_with: Annotated[tuple[ConfusedWith, ...], "conditions that feel alike."] = ()
    causes: Annotated[tuple[CauseOf, ...], AtLeast(1), "what may bring it about."]
    can_i_run: Annotated[CanIRun, "the answer for today."]
    self_care: Annotated[SelfCare, "what to do, and what not."]
    stages: Annotated[tuple[Stage, ...], AtLeast(2), "the plan."]
    recovery: Annotated[Recovery, "how long it takes."]
    treatments: Annotated[tuple[TreatmentOf, ...], AtLeast(1), "other care."]
    prevention: Annotated[tuple[Claim, ...], AtLeast(1), "how to keep it away."]
    see_someone: Annotated[SeeSomeone, "when self-care is not enough."]
    disagreements: Annotated[tuple[Disagreement, ...], "where sources differ."] = ()
    gaps: Annotated[Prose, "what nobody knows yet."] = ""
