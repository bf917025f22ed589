"""What the views of pages hold: a record joined with its neighbours, ready for a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeVar, get_args

from generator.library.red_flags import CareCard
from generator.model.condition import (
    Avoid,
    CauseOf,
    Condition,
    Prescription,
    SignOf,
    Stage,
    TreatmentOf,
    TreatmentVerdict,
    Typicality,
)
from generator.model.context import Care, Cause, Group, PainRule, Region, Tissue, Treatment
from generator.model.exercise import Exercise
from generator.model.kinds import Kind
from generator.model.programme import Programme, ProgrammeStep
from generator.model.record import Record, Source
from generator.model.reference import Reference
from generator.model.sign import Sign

R = TypeVar("R", bound=Record)

TYPICALITIES: Final[tuple[Typicality, ...]] = get_args(Typicality)
VERDICTS: Final[tuple[TreatmentVerdict, ...]] = get_args(TreatmentVerdict)


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A condition that feels alike, and what tells it apart."""

    condition: Condition
    tell: str
    source: Source


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """An exercise at the dose of this stage."""

    exercise: Exercise
    prescription: Prescription


@dataclass(frozen=True, slots=True)
class AvoidRow:
    """An exercise to leave out in this stage."""

    exercise: Exercise
    edge: Avoid


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage with its exercises, what to leave out, and the programme that belongs to it."""

    number: int
    stage: Stage
    rows: tuple[ExerciseRow, ...]
    avoided: tuple[AvoidRow, ...]
    programme: Programme | None


@dataclass(frozen=True, slots=True)
class SignRow:
    """A sign as this condition has it."""

    sign: Sign
    edge: SignOf


@dataclass(frozen=True, slots=True)
class CauseRow:
    """A cause as it matters to this condition."""

    cause: Cause
    edge: CauseOf


@dataclass(frozen=True, slots=True)
class TreatmentRow:
    """A treatment as it serves this condition."""

    treatment: Treatment
    edge: TreatmentOf


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition's page; its signs are the most typical first."""

    record: Condition
    regions: tuple[Region, ...]
    tissue: Tissue
    rule: PainRule
    cards: tuple[CareCard, ...]
    first_flag: CareCard
    """The most dangerous sign of the condition's own, or of those that it inherits."""
    signs: tuple[SignRow, ...]
    lookalikes: tuple[Lookalike, ...]
    changeable: tuple[CauseRow, ...]
    fixed: tuple[CauseRow, ...]
    stages: tuple[StageView, ...]
    treatments: tuple[TreatmentRow, ...]


@dataclass(frozen=True, slots=True)
class SignView:
    """A sign's page: the conditions that list it, by name, and the exercises that those use."""

    record: Sign
    regions: tuple[Region, ...]
    cards: tuple[CareCard, ...]
    care: Care | None
    conditions: tuple[Condition, ...]
    guards: tuple[Record, ...]
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """Where a plan uses an exercise."""

    condition: Condition
    stage: Stage
    number: int
    prescription: Prescription


@dataclass(frozen=True, slots=True)
class Avoided:
    """Where a plan leaves an exercise out."""

    condition: Condition
    stage: Stage
    number: int
    edge: Avoid


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """An exercise's page."""

    record: Exercise
    group: Group
    regions: tuple[Region, ...]
    cards: tuple[CareCard, ...]
    easier: tuple[Exercise, ...]
    harder: tuple[Exercise, ...]
    uses: tuple[Use, ...]
    avoided: tuple[Avoided, ...]
    programmes: tuple[Programme, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a programme with its exercises."""

    step: ProgrammeStep
    rows: tuple[ExerciseRow, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme's page."""

    record: Programme
    rule: PainRule
    cards: tuple[CareCard, ...]
    steps: tuple[StepView, ...]
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class RegionView:
    """A region's page."""

    record: Region
    cards: tuple[CareCard, ...]
    conditions: tuple[Condition, ...]
    signs: tuple[Sign, ...]
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True, slots=True)
class CauseView:
    """A cause's page."""

    record: Cause
    uses: tuple[tuple[Condition, CauseOf], ...]


@dataclass(frozen=True, slots=True)
class TreatmentView:
    """A treatment's page."""

    record: Treatment
    uses: tuple[tuple[Condition, TreatmentOf], ...]


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A reference's page: every record that rests on it, by kind."""

    record: Reference
    users: tuple[tuple[Kind, tuple[Record, ...]], ...]
