"""Rules about doses: they can be done, and say how much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Place, rule
from generator.library.library import Library
from generator.library.memoize import once_for_each
from generator.model.dose import Amount, Dose
from generator.model.record import Record
from generator.model.schema import holds, walk

MAX_SESSION_MINUTES: Final = 60


@rule("dose-makes-no-sense")
def doses_make_sense(library: Library) -> Iterator[Diagnostic]:
    """A dose says how much: repetitions, a hold, a time or a distance; at the least, how often.

    Sets alone say nothing. "Every other day" and "days a week" exclude each other. One
    session of one exercise takes less than an hour. The weeks of a progression follow each
    other without gap or overlap.
    """
    for _, record in library.all_records():
        for dose in _wrong_doses(record):
            for place, message, help_text in _problems(dose):
                yield Diagnostic(
                    code="dose-makes-no-sense", place=place, message=message, help=help_text
                )


_HOLDS_DOSE: Final = holds(Dose)


@once_for_each
def _wrong_doses(record: Record) -> tuple[Dose, ...]:
    doses = (value for _, _, value in walk(record, _HOLDS_DOSE) if isinstance(value, Dose))
    return tuple(dose for dose in doses if any(_problems(dose)))


def _problems(dose: Dose) -> Iterator[tuple[Place, str, str]]:
    if not dose.places:
        return
    amounts: tuple[Amount, ...] = (dose, *dose.progression)
    how_often = dose.days_per_week or dose.every_days
    if not how_often and not any(_says_how_much(amount) for amount in amounts):
        yield (
            dose.where(),
            "A dose must say how much.",
            "Add `reps`, `hold_seconds`, `work_seconds` or `distance_metres`.",
        )
    if dose.days_per_week and dose.every_days:
        yield (
            dose.where("every_days"),
            "A dose must not have both `days_per_week` and `every_days`.",
            "Keep the one that you mean.",
        )
    if (minutes := _session_minutes(dose)) > MAX_SESSION_MINUTES:
        yield (
            dose.where(),
            f"A session must take less than {MAX_SESSION_MINUTES} minutes, "
            f"and this one takes about {minutes:.0f}.",
            "Check the sets, repetitions and seconds.",
        )
    expected = 1
    for week in dose.progression:
        if week.weeks.low != expected:
            yield (
                week.where("weeks"),
                f"These weeks must start at week {expected}.",
                "Let the weeks follow each other without gap or overlap.",
            )
        expected = week.weeks.high + 1


def _says_how_much(amount: Amount) -> bool:
    return bool(amount.reps or amount.hold_seconds or amount.work_seconds or amount.distance_metres)


def _session_minutes(dose: Dose) -> float:
    """The least time that one session takes, at two seconds a repetition without tempo."""
    rep = sum(span.low for span in (dose.up_seconds, dose.pause_seconds, dose.down_seconds) if span)
    if dose.hold_seconds:
        rep += dose.hold_seconds.low
    reps = dose.reps.low if dose.reps else 1
    work = dose.work_seconds.low if dose.work_seconds else reps * (rep or 2)
    sets = (dose.sets.low if dose.sets else 1) * (dose.rounds.low if dose.rounds else 1)
    rest = dose.rest_seconds.low if dose.rest_seconds else 0
    return (sets * work + (sets - 1) * rest) / 60
