"""A dose in words, exactly as runners read it."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
import small  # noqa: F401  (settles how hypothesis runs)
from hypothesis import given
from hypothesis import strategies as st

from generator.model.dose import Dose, Span, WeekDose
from generator.model.schema import fields_of
from generator.pages.environment import environment

WORDS: Final[Any] = environment().get_template("parts/dose.html.jinja").module


def dose(**fields: int | str | bool | tuple[int, int] | tuple[WeekDose, ...]) -> Dose:
    """A dose from plain values: 3 is the span 3, (10, 15) the span 10-15."""
    return Dose(**{name: _field(value) for name, value in fields.items()})


def _field(value: object) -> object:
    match value:
        case bool() | str():
            return value
        case int():
            return Span(value, value)
        case (int(low), int(high)):
            return Span(low, high)
    return value


@pytest.mark.parametrize(
    "fields, words",
    [
        # How much
        ({"sets": 3, "reps": 15}, "3 sets of 15"),
        ({"sets": 1, "reps": 15}, "1 set of 15"),
        ({"sets": (1, 2), "reps": (8, 10)}, "1 to 2 sets of 8 to 10"),
        ({"reps": 10}, "10 times"),
        ({"reps": (8, 10)}, "8 to 10 times"),
        ({"reps": 1}, "1 time"),
        ({"hold_seconds": 30}, "hold 30 seconds"),
        ({"hold_seconds": (30, 45)}, "hold 30 to 45 seconds"),
        ({"hold_seconds": 1}, "hold 1 second"),
        ({"sets": 3, "hold_seconds": 30}, "3 × 30 seconds"),
        ({"sets": (2, 3), "hold_seconds": (20, 30)}, "2 to 3 × 20 to 30 seconds"),
        ({"sets": 3, "hold_seconds": 1}, "3 × 1 second"),
        ({"reps": 10, "hold_seconds": 5}, "10 times, hold each for 5 seconds"),
        ({"reps": 10, "hold_seconds": 1}, "10 times, hold each for 1 second"),
        ({"sets": 2, "reps": 10, "hold_seconds": 5}, "2 sets of 10, hold each for 5 seconds"),
        ({"work_seconds": 60}, "60 seconds"),
        ({"sets": 4, "work_seconds": (20, 30)}, "4 × 20 to 30 seconds"),
        ({"distance_metres": 20}, "20 metres"),
        ({"distance_metres": 1}, "1 metre"),
        ({"sets": 2, "distance_metres": 20}, "2 × 20 metres"),
        ({"sets": 3}, "3 sets"),
        ({"sets": 1}, "1 set"),
        ({"rounds": 2, "reps": 5}, "5 times, 2 rounds"),
        ({"rounds": 1, "reps": 5}, "5 times, 1 round"),
        ({"rounds": 3}, "3 rounds"),
        ({}, ""),
        # On which side, how heavy
        ({"sets": 3, "reps": 15, "per_side": True}, "3 sets of 15, each side"),
        ({"sets": 3, "reps": 15, "per_side": False}, "3 sets of 15"),
        ({"reps": 8, "load": "a weight you can lift 8 times"},
         "8 times, a weight you can lift 8 times"),
        ({"load": "body weight"}, "body weight"),
        # How often
        ({"reps": 9, "times_per_day": 1}, "9 times, once a day"),
        ({"reps": 9, "times_per_day": 2}, "9 times, twice a day"),
        ({"reps": 9, "times_per_day": 3}, "9 times, 3 times a day"),
        ({"reps": 9, "times_per_day": (1, 2)}, "9 times, 1 to 2 times a day"),
        ({"reps": 9, "times_per_day": (2, 3)}, "9 times, 2 to 3 times a day"),
        ({"reps": 9, "days_per_week": 1}, "9 times, 1 day a week"),
        ({"reps": 9, "days_per_week": (2, 3)}, "9 times, 2 to 3 days a week"),
        ({"reps": 9, "days_per_week": 7}, "9 times, every day"),
        ({"reps": 9, "days_per_week": (5, 7)}, "9 times, 5 to 7 days a week"),
        ({"reps": 9, "every_days": 1}, "9 times, every day"),
        ({"reps": 9, "every_days": 2}, "9 times, every other day"),
        ({"reps": 9, "every_days": 3}, "9 times, every third day"),
        ({"reps": 9, "every_days": 4}, "9 times, every 4 days"),
        ({"reps": 9, "every_days": (2, 3)}, "9 times, every 2 to 3 days"),
        ({"reps": 9, "weeks": 1}, "9 times, for 1 week"),
        ({"reps": 9, "weeks": 12}, "9 times, for 12 weeks"),
        ({"reps": 9, "weeks": (6, 12)}, "9 times, for 6 to 12 weeks"),
        ({"days_per_week": 3, "weeks": 12}, "3 days a week, for 12 weeks"),
        # All at once, in this order
        (
            {
                "rounds": 2,
                "sets": 3,
                "reps": 15,
                "hold_seconds": 2,
                "per_side": True,
                "load": "body weight",
                "times_per_day": 2,
                "days_per_week": 7,
                "weeks": 12,
            },
            "3 sets of 15, hold each for 2 seconds, 2 rounds, each side, body weight, twice a day, "
            "every day, for 12 weeks",
        ),
    ],
    ids=str,
)  # fmt: skip
def test_line(fields: dict[str, Any], words: str) -> None:
    assert str(WORDS.dose_line(dose(**fields))) == words


@pytest.mark.parametrize(
    "fields, words",
    [
        ({}, ""),
        ({"up_seconds": 3}, "3 seconds up"),
        ({"up_seconds": 1}, "1 second up"),
        ({"pause_seconds": 1}, "1 second pause"),
        ({"pause_seconds": (2, 3)}, "2 to 3 seconds pause"),
        ({"down_seconds": 4}, "4 seconds down"),
        ({"down_seconds": 1}, "1 second down"),
        ({"rest_seconds": (60, 90)}, "rest 60 to 90 seconds between sets"),
        (
            {"up_seconds": 3, "pause_seconds": 2, "down_seconds": 3, "rest_seconds": 120},
            "3 seconds up, 2 seconds pause, 3 seconds down, rest 120 seconds between sets",
        ),
    ],
    ids=str,
)
def test_tempo(fields: dict[str, Any], words: str) -> None:
    assert str(WORDS.tempo(dose(**fields))) == words


def test_block_has_the_line_the_tempo_and_the_weeks() -> None:
    weeks = (
        WeekDose(weeks=Span(1, 1), sets=Span(3, 3), reps=Span(12, 12), load="12 < most"),
        WeekDose(weeks=Span(2, 4), hold_seconds=Span(20, 30)),
    )
    block = WORDS.dose_block(dose(days_per_week=3, up_seconds=3, progression=weeks))
    assert str(block).replace("\n", "") == (
        '<p class="sg-dose">3 days a week</p>'
        '<p class="sg-dose sg-dose--quiet">3 seconds up</p>'
        '<ul class="sg-weeks">'
        '<li><span class="sg-weeks__when">Week 1</span> 3 sets of 12, 12 &lt; most</li>'
        '<li><span class="sg-weeks__when">Weeks 2 to 4</span> hold 20 to 30 seconds</li>'
        "</ul>"
    )


def test_block_of_an_empty_dose_is_empty() -> None:
    assert str(WORDS.dose_block(dose())).strip() == ""


def test_load_is_text() -> None:
    assert str(WORDS.dose_line(dose(load="<b>"))) == "&lt;b&gt;"


SPAN_FIELDS: Final = [f.name for f in fields_of(Dose) if f.shape.base is Span]
SPANS: Final = st.tuples(st.integers(1, 600), st.integers(0, 50)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.dictionaries(st.sampled_from(SPAN_FIELDS), SPANS, min_size=1))
def test_no_part_of_a_dose_is_left_out(fields: dict[str, tuple[int, int]]) -> None:
    """Each number is told, or the word that stands for it, as "twice" does for 2."""
    told = str(WORDS.dose_block(dose(**fields)))
    numbers = re.findall(r"\d+", told)
    in_words = {"times_per_day": "once|twice", "days_per_week": "every", "every_days": "every"}
    for name, (low, high) in fields.items():
        spelt_out = name in in_words and re.search(in_words[name], told)
        assert spelt_out or {str(low), str(high)} <= set(numbers), (name, told)


@given(st.dictionaries(st.sampled_from(SPAN_FIELDS), SPANS))
def test_words_are_well_joined(fields: dict[str, tuple[int, int]]) -> None:
    told = str(WORDS.dose_line(dose(**fields)))
    assert not re.search(r"^[, ]|[, ]$|,,|, ,|  ", told)
    assert not re.search(r"\b1 (sets|times|seconds|metres|rounds|weeks)\b(?! a day)", told)
