"""What each page shows: a record joined with its neighbours. Pure, and free of wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar, cast, get_args

from generator.library.library import Library
from generator.library.red_flags import care_cards, most_dangerous_first, red_flags
from generator.model.condition import (
    Avoid,
    CauseOf,
    Condition,
    ConfusedWith,
    Prescription,
    SignOf,
    Stage,
    TreatmentOf,
    TreatmentVerdict,
    Typicality,
)
from generator.model.context import Cause, Region, Tissue, Treatment
from generator.model.exercise import Exercise
from generator.model.kinds import KIND_OF
from generator.model.programme import Programme
from generator.model.record import Record
from generator.model.reference import Reference
from generator.model.sign import Sign
from generator.pages.view_types import (
    Avoided,
    AvoidRow,
    CauseRow,
    CauseView,
    ConditionView,
    ExerciseRow,
    ExerciseView,
    Lookalike,
    ProgrammeView,
    ReferenceView,
    RegionView,
    SignRow,
    SignView,
    StageView,
    StepView,
    TreatmentRow,
    TreatmentView,
    Use,
)

R = TypeVar("R", bound=Record)

TYPICALITIES: Final[tuple[Typicality, ...]] = get_args(Typicality)
VERDICTS: Final[tuple[TreatmentVerdict, ...]] = get_args(TreatmentVerdict)


def by_name(records: Iterable[R]) -> tuple[R, ...]:
    """In alphabetical order, each once."""
    unique = {record.id: record for record in records}
    return tuple(sorted(unique.values(), key=lambda record: (record.name.casefold(), record.id)))


def head_to_foot(library: Library) -> list[Region]:
    """The regions in the order of the body."""
    return sorted(library.regions.values(), key=lambda region: region.order)


def condition_view(library: Library, condition: Condition) -> ConditionView:
    """Join a condition with all that its page names."""
    causes = [CauseRow(library.causes[edge.cause], edge) for edge in condition.causes]
    signs = [SignRow(library.signs[edge.sign], edge) for edge in condition.signs]
    cards = care_cards(library, red_flags(library, condition))
    own = care_cards(library, most_dangerous_first(library, condition.red_flags))
    return ConditionView(
        record=condition,
        regions=_regions(library, condition.regions),
        tissue=library.tissues[condition.tissue],
        rule=library.pain_rules[condition.can_i_run.rule],
        cards=cards,
        first_flag=(own or cards)[0],
        signs=tuple(sorted(signs, key=lambda row: TYPICALITIES.index(row.edge.typicality))),
        lookalikes=_lookalikes(library, condition),
        changeable=tuple(row for row in causes if row.cause.changeable),
        fixed=tuple(row for row in causes if not row.cause.changeable),
        stages=tuple(
            StageView(
                number,
                stage,
                _rows(library, stage.exercises),
                tuple(AvoidRow(library.exercises[edge.exercise], edge) for edge in stage.avoid),
                library.programmes.get(stage.programme),
            )
            for number, stage in enumerate(condition.stages, start=1)
        ),
        treatments=tuple(
            TreatmentRow(library.treatments[edge.treatment], edge)
            for edge in sorted(condition.treatments, key=lambda e: VERDICTS.index(e.verdict))
        ),
    )


def sign_view(library: Library, sign: Sign) -> SignView:
    """Join a sign with the conditions that list it and what they use."""
    links = library.links_to("signs", sign.id)
    conditions = by_name(
        cast(Condition, link.record) for link in links if isinstance(link.part, SignOf)
    )
    guards: list[Record] = [
        guard
        for link in links
        if link.field == "red_flags"
        for guard in _guarded_by(library, link.record)
    ]
    if sign.red_flag:
        guards += _regions(library, sign.regions)
    prescribed = (p for c in conditions for stage in c.stages for p in stage.exercises)
    flags = red_flags(library, sign)
    return SignView(
        record=sign,
        regions=_regions(library, sign.regions),
        cards=care_cards(library, (flag for flag in flags if flag.id != sign.id)),
        care=library.care[sign.red_flag.tier] if sign.red_flag else None,
        conditions=conditions,
        guards=by_name(record for record in guards if record.id in library.pages),
        exercises=by_name(library.exercises[p.exercise] for p in prescribed),
    )


def behind(library: Library, sign: Sign) -> tuple[Condition, ...]:
    """The conditions that list a sign, those of which it is typical first."""
    links = library.links_to("signs", sign.id)
    listed = [(cast(Condition, k.record), k.part) for k in links if isinstance(k.part, SignOf)]
    listed.sort(key=lambda use: (TYPICALITIES.index(use[1].typicality), use[0].name.casefold()))
    return tuple(condition for condition, _ in listed)


def position(items: Iterable[object], item: object) -> int:
    """Where this very item stands, from 1; two items may read alike."""
    return next(i for i, other in enumerate(items, start=1) if other is item)


def _guarded_by(library: Library, record: Record) -> Iterable[Record]:
    """The pages on which a record's red flags show; a tissue's show on its conditions."""
    if isinstance(record, Tissue):
        return (c for c in library.conditions.values() if c.tissue == record.id)
    return (record,)


def exercise_view(library: Library, exercise: Exercise) -> ExerciseView:
    """Join an exercise with every plan that uses it."""
    uses: list[Use] = []
    avoided: list[Avoided] = []
    programmes: list[Programme] = []
    for link in library.links_to("exercises", exercise.id):
        if isinstance(link.record, Programme):
            programmes.append(link.record)
        elif isinstance(link.part, Prescription | Avoid):
            condition, stage = cast(Condition, link.owners[0]), cast(Stage, link.owners[1])
            number = position(condition.stages, stage)
            if isinstance(link.part, Avoid):
                avoided.append(Avoided(condition, stage, number, link.part))
            else:
                uses.append(Use(condition, stage, number, link.part))
    return ExerciseView(
        record=exercise,
        group=library.groups[exercise.group],
        regions=_regions(library, exercise.regions),
        cards=care_cards(library, red_flags(library, exercise)),
        easier=by_name(library.exercises[id_] for id_ in exercise.easier),
        harder=by_name(library.harder(exercise)),
        uses=tuple(sorted(uses, key=lambda use: (use.condition.name.casefold(), use.number))),
        avoided=tuple(sorted(avoided, key=lambda item: item.condition.name.casefold())),
        programmes=by_name(programmes),
    )


def stages_of(library: Library, exercise: Exercise) -> tuple[str, ...]:
    """At which parts of conditions' plans an exercise is used: `first`, `middle`, `last`."""
    used = {
        "first"
        if use.number == 1
        else "last"
        if use.number == len(use.condition.stages)
        else "middle"
        for use in exercise_view(library, exercise).uses
    }
    return tuple(part for part in ("first", "middle", "last") if part in used)


def programme_view(library: Library, programme: Programme) -> ProgrammeView:
    """Join a programme with its rule, its exercises and the stages that name it."""
    links = library.links_to("programmes", programme.id)
    return ProgrammeView(
        record=programme,
        rule=library.pain_rules[programme.rule],
        cards=care_cards(library, red_flags(library, programme)),
        steps=tuple(StepView(step, _rows(library, step.exercises)) for step in programme.steps),
        conditions=by_name(link.record for link in links if isinstance(link.record, Condition)),
    )


def region_view(library: Library, region: Region) -> RegionView:
    """Join a region with all that is filed in it."""

    def here(records: Mapping[str, R]) -> tuple[R, ...]:
        return by_name(r for r in records.values() if region.id in getattr(r, "regions", ()))

    return RegionView(
        record=region,
        cards=care_cards(library, red_flags(library, region)),
        conditions=here(library.conditions),
        signs=tuple(sign for sign in here(library.signs) if not sign.red_flag),
        exercises=here(library.exercises),
    )


def cause_view(library: Library, cause: Cause) -> CauseView:
    """Join a cause with the conditions that it may bring about."""
    links = library.links_to("causes", cause.id)
    uses = [(cast(Condition, k.record), k.part) for k in links if isinstance(k.part, CauseOf)]
    return CauseView(cause, tuple(sorted(uses, key=lambda use: use[0].name.casefold())))


def treatment_view(library: Library, treatment: Treatment) -> TreatmentView:
    """Join a treatment with the conditions that it is used for."""
    links = library.links_to("treatments", treatment.id)
    uses = [(cast(Condition, k.record), k.part) for k in links if isinstance(k.part, TreatmentOf)]
    return TreatmentView(treatment, tuple(sorted(uses, key=lambda use: use[0].name.casefold())))


def reference_view(library: Library, reference: Reference) -> ReferenceView:
    """Join a reference with every record that rests on it."""
    users = [link.record for link in library.links_to("references", reference.id)]
    groups = []
    for kind in KIND_OF.values():
        of_kind = by_name(user for user in users if isinstance(user, kind.type))
        if of_kind:
            groups.append((kind, of_kind))
    return ReferenceView(reference, tuple(groups))


def _rows(library: Library, prescriptions: Iterable[Prescription]) -> tuple[ExerciseRow, ...]:
    return tuple(ExerciseRow(library.exercises[p.exercise], p) for p in prescriptions)


def _regions(library: Library, ids: Iterable[str]) -> tuple[Region, ...]:
    return tuple(library.regions[id_] for id_ in ids)


def _lookalikes(library: Library, condition: Condition) -> tuple[Lookalike, ...]:
    """Pairs are declared on one of the two conditions; both pages show them."""
    own = [
        Lookalike(library.conditions[edge.condition], edge.tell, edge.source)
        for edge in condition.confused_with
    ]
    others = [
        Lookalike(cast(Condition, link.record), link.part.tell, link.part.source)
        for link in library.links_to("conditions", condition.id)
        if isinstance(link.part, ConfusedWith)
    ]
    return tuple(sorted([*own, *others], key=lambda pair: pair.condition.name.casefold()))
