"""A reader's plan as written in an address; content/assets/plan.js reads the same form."""

from __future__ import annotations

from typing import Final

from generator.model.dose import Dose

_DAYS: Final = {1: "1", 2: "14", 3: "135", 4: "1246", 5: "12456", 6: "123456", 7: ""}
"""Times a week -> weekdays, 1 for Monday, with as many days between as there can be."""


def plan_item(exercise: str, dose: Dose, condition: str = "", stage: int = 0) -> str:
    """An exercise at a dose as it is written in a plan's address.

    That is `exercise:condition:stage:sets:reps:hold:days:times`, the hold in seconds, `times` a
    day; what is not said is empty. A timed set counts as a hold. Ranges start low, and doses that
    change by week with their first weeks.

    >>> from generator.model.dose import Span
    >>> plan_item("plank", Dose(sets=Span(3, 3), hold_seconds=Span(20, 60)))
    'plank:::3::20:'
    >>> plan_item("calf-raise", Dose(reps=Span(10, 10), times_per_day=Span(2, 3)), "sciatica", 1)
    'calf-raise:sciatica:1::10:::2'
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
    item = ":".join((exercise, condition, str(stage or ""), sets, reps, hold, _days(dose)))
    times = dose.times_per_day.low if dose.times_per_day else 1
    return f"{item}:{times}" if times > 1 else item


def _days(dose: Dose) -> str:
    if dose.days_per_week:
        return _DAYS[dose.days_per_week.low]
    if dose.every_days:
        return _DAYS[7 // dose.every_days.low]
    return ""
