"""What "My plan" needs to know of each exercise and condition, in one small file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from generator import routes
from generator.exports.json_text import compact_json
from generator.library.red_flags import most_dangerous_first, red_flags
from generator.library.review import review_status
from generator.library.site import Site
from generator.model.condition import Condition, Stage
from generator.model.context import PainRule
from generator.model.dose import Span
from generator.model.exercise import Exercise
from generator.model.record import Claim
from generator.outputs import Output
from generator.pages.environment import dose_text
from generator.pages.programme_link import plan_item
from generator.pages.template_functions import description_of
from generator.reading.published_state import PublishedState

DEFAULT_RANGE: Final = {"sets": (1, 6), "reps": (1, 50), "hold_seconds": (1, 120)}
"""How far a reader may go where an exercise states no range of its own."""


def builder_data(site: Site) -> Output:
    """Exercises and conditions by id, as the programme page shows them."""
    return Output(routes.BUILDER_DATA, partial(_text, site))


def _text(site: Site) -> str:
    library = site.library
    flags = [sign for sign in most_dangerous_first(library, library.signs) if sign.red_flag]
    body = {
        "flags": {s.id: [s.red_flag.short, s.red_flag.tier] for s in flags if s.red_flag},
        "exercises": {e.id: _exercise_json(site, e) for e in library.exercises.values()},
        "conditions": {c.id: _condition_json(site, c) for c in library.conditions.values()},
        "rules": {rule.id: _rule_json(site, rule) for rule in library.pain_rules.values()},
        "levels": [label.name for label in library.vocabulary["exercise-levels"].values()],
        "equipment": {id_: label.name for id_, label in library.vocabulary["equipment"].items()},
        "moved": _moved(site.published_state),
    }
    return compact_json(body)


def _moved(published_state: PublishedState) -> dict[str, str]:
    """Old id -> new id. What was retired is missing: another exercise is not the same one."""
    return {
        gone.id: gone.now
        for gone in published_state.retired.values()
        if gone.kind in ("exercises", "conditions") and gone.fate != "retired"
    }


def _exercise_json(site: Site, exercise: Exercise) -> dict[str, Any]:
    stated = exercise.range
    row: dict[str, Any] = {
        "name": exercise.name,
        "url": routes.page_url("exercises", exercise.id),
        "sides": exercise.dose.per_side,
        "steps": [description_of(site, step) for step in exercise.steps],
        "cautions": [description_of(site, claim.text) for claim in exercise.cautions],
        "planned": dose_text(exercise.dose),
        "level": list(site.library.vocabulary["exercise-levels"]).index(exercise.level),
        "range": {},
    }
    for name, usual in DEFAULT_RANGE.items():
        span: Span | None = getattr(stated, name) if stated else None
        row["range"][name] = [span.low, span.high] if span else list(usual)
    for name in ("up", "pause", "down", "rest"):
        if span := getattr(exercise.dose, f"{name}_seconds"):
            row[name] = span.low
    if exercise.equipment != ("none",):
        row["equipment"] = list(exercise.equipment)
    if exercise.id in site.library.motions:
        row["figure"] = routes.figure_card_uri(exercise.id)
        row["shows"] = site.library.figure_words[exercise.id]
    return row


def _condition_json(site: Site, condition: Condition) -> dict[str, Any]:
    return {
        "name": condition.name,
        "url": routes.page_url("conditions", condition.id),
        "regions": list(condition.regions),
        "flags": [sign.id for sign in red_flags(site.library, condition)],
        "rule": condition.can_i_run.rule,
        "stages": [_stage_json(site, condition, stage) for stage in condition.stages],
        "review": review_status(condition, site.library).state,
    }


def _stage_json(site: Site, condition: Condition, stage: Stage) -> dict[str, Any]:
    """A stage with its exercises as they stand in a plan's address."""
    number = condition.stages.index(stage) + 1
    return {
        "name": stage.name,
        "goal": description_of(site, stage.goal),
        "limit": stage.pain_limit,
        "start": _texts(site, stage.start_when),
        "on": _texts(site, stage.move_on_when),
        "back": _texts(site, stage.step_back_when),
        "items": [plan_item(p.exercise, p.dose, condition.id, number) for p in stage.exercises],
        "planned": {p.exercise: dose_text(p.dose) for p in stage.exercises},
        "programme": stage.programme,
    }


def _texts(site: Site, claims: Iterable[Claim]) -> list[str]:
    return [description_of(site, claim.text) for claim in claims]


def _rule_json(site: Site, rule: PainRule) -> dict[str, Any]:
    references = site.library.references
    return {
        "name": rule.name,
        "caution": description_of(site, rule.caution),
        "sources": [
            [references[id_].name, routes.page_url("references", id_)]
            for id_ in rule.source.references
        ],
        **{
            moment: {
                colour: description_of(site, text)
                for colour in ("go", "care", "stop")
                if (text := getattr(light, colour))
            }
            for moment, light in (
                ("during", rule.during),
                ("later", rule.later),
                ("morning", rule.next_morning),
            )
        },
    }
