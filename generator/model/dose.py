"""How much of an exercise, how often and for how long. Words for it are in the templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from generator.model.fields import Between, Phrase
from generator.model.record import Located


@dataclass(frozen=True, slots=True)
class Span:
    """A whole number or a range of them: `12` or `10-15`."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Located):
    """The work of one session."""

    rounds: Annotated[Span | None, Between(1, 10), "how often the whole set-up is repeated."] = None
    sets: Annotated[Span | None, Between(1, 12), "sets in a session."] = None
    reps: Annotated[Span | None, Between(1, 100), "repetitions in a set."] = None
    hold_seconds: Annotated[Span | None, Between(1, 600), "how long each one is held."] = None
    work_seconds: Annotated[Span | None, Between(5, 1800), "how long a set lasts."] = None
    distance_metres: Annotated[Span | None, Between(1, 1000), "how far a set goes."] = None
    load: Annotated[Phrase, "how heavy, in a few plain words."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRange(Located):
    """How far the dose of an exercise may go; beyond it, a prescription says why in its note."""

    sets: Annotated[Span | None, Between(1, 12), "fewest and most sets."] = None
    reps: Annotated[Span | None, Between(1, 100), "fewest and most repetitions."] = None
    hold_seconds: Annotated[Span | None, Between(1, 600), "shortest and longest hold."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDose(Amount):
    """The amount for some weeks of a plan that changes by week."""

    weeks: Annotated[Span, Between(1, 104), "the weeks that this is for, as in 3-4."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose(Amount):
    """An amount with its tempo and rhythm."""

    per_side: Annotated[bool, "true when it is done on each side."] = False
    up_seconds: Annotated[Span | None, Between(1, 20), "the way up."] = None
    pause_seconds: Annotated[Span | None, Between(1, 20), "the pause at the top."] = None
    down_seconds: Annotated[Span | None, Between(1, 20), "the way down."] = None
    rest_seconds: Annotated[Span | None, Between(5, 600), "rest between sets."] = None
    times_per_day: Annotated[Span | None, Between(1, 12), "sessions a day."] = None
    days_per_week: Annotated[Span | None, Between(1, 7), "days a week."] = None
    every_days: Annotated[Span | None, Between(1, 7), "2 for every other day."] = None
    weeks: Annotated[Span | None, Between(1, 104), "how long to keep it up."] = None
    progression: Annotated[tuple[WeekDose, ...], "what changes week by week."] = ()
