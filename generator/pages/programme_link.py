"""A reader's programme as written in an address; content/assets/plan.js reads the same form."""

from __future__ import annotations

from generator.model.dose import Dose


def plan_item(exercise: str, dose: Dose, condition: str = "", stage: int = 0) -> str:
    """An exercise at a dose as it is written in a programme's address.

    That is `exercise:condition:stage:sets:reps:hold:days`, the hold in seconds, and what is not
    said is empty; the days are for the reader to choose. A timed set counts as a hold. Ranges
    start low, and doses that change by week with their first weeks.

    >>> from generator.model.dose import Span
    >>> plan_item("plank", Dose(sets=Span(3, 3), hold_seconds=Span(20, 60)))
    'plank:::3::20:'
    """
    first = dose.progression[0] if dose.progression else dose
    sets, reps, hold = (
        str(span.low) if span else ""
        for span in (
            dose.sets or first.sets,
            dose.reps or first.reps,
            dose.hold_seconds or first.hold_seconds or dose.work_seconds or first.work_seconds,
        )
    )
    return ":".join((exercise, condition, str(stage or ""), sets, reps, hold, ""))
