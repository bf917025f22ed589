"""What "My programme" needs to know of each exercise and condition, in one small file."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from generator import routes
from generator.exports.json_text import compact_json
from generator.library.library import Library
from generator.library.red_flags import most_dangerous_first, red_flags
from generator.library.review import review_status
from generator.library.site import Site
from generator.model.condition import Condition
from generator.model.dose import Span
from generator.model.exercise import Exercise
from generator.outputs import Output
from generator.pages.environment import dose_text
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
        "conditions": {c.id: _condition_json(library, c) for c in library.conditions.values()},
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
        "range": {},
    }
    for name, usual in DEFAULT_RANGE.items():
        span: Span | None = getattr(stated, name) if stated else None
        row["range"][name] = [span.low, span.high] if span else list(usual)
    if exercise.dose.rest_seconds:
        row["rest"] = exercise.dose.rest_seconds.low
    if exercise.id in site.library.motions:
        row["figure"] = routes.figure_card_uri(exercise.id)
        row["shows"] = site.library.figure_words[exercise.id]
    return row


def _condition_json(library: Library, condition: Condition) -> dict[str, Any]:
    return {
        "name": condition.name,
        "flags": [sign.id for sign in red_flags(library, condition)],
        "limits": [stage.pain_limit for stage in condition.stages],
        "stages": [stage.name for stage in condition.stages],
        "planned": [
            {p.exercise: dose_text(p.dose) for p in stage.exercises} for stage in condition.stages
        ],
        "review": review_status(condition, library).state,
    }
