"""Doses in words: what a runner reads for the numbers of a dose, and that none of them is lost."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from reading import assert_none

from generator.library import Library
from generator.model.dose import Amount, Dose, Span
from generator.render import environment
from generator.shape import fields_of, walk


def words(dose: Dose) -> str:
    """The dose as its block says it, without tags."""
    macros: Any = environment().get_template("parts/dose.html.jinja").module
    return " ".join(re.sub(r"<[^>]*>", " ", str(macros.dose_block(dose))).split())


def span(low: int, high: int = 0) -> Span:
    return Span(low, high or low)


@pytest.mark.parametrize(
    ("dose", "expected"),
    [
        (Dose(sets=span(3), reps=span(15)), "3 sets of 15"),
        (Dose(sets=span(1), reps=span(10, 15), per_side=True), "1 set of 10 to 15, each side"),
        (Dose(reps=span(5), times_per_day=span(2)), "5 times, twice a day"),
        (Dose(sets=span(5), hold_seconds=span(30, 45)), "5 × 30 to 45 seconds"),
        (
            Dose(sets=span(3), reps=span(10), hold_seconds=span(5)),
            "3 sets of 10, hold each for 5 seconds",
        ),
        (Dose(sets=span(2), work_seconds=span(60)), "2 × 60 seconds"),
        (Dose(sets=span(2), distance_metres=span(50)), "2 × 50 metres"),
        (Dose(rounds=span(2), reps=span(8)), "8 times, 2 rounds"),
        (Dose(reps=span(8), every_days=span(2), load="a bag"), "8 times, a bag, every other day"),
        (Dose(reps=span(8), days_per_week=span(1), weeks=span(12)),
            "8 times, 1 day a week, for 12 weeks"),
        (Dose(reps=span(8), up_seconds=span(3), down_seconds=span(3)),
            "8 times 3 seconds up, 3 seconds down"),
        (Dose(reps=span(8), up_seconds=span(1), down_seconds=span(1)),
            "8 times 1 second up, 1 second down"),
        (Dose(sets=span(2), hold_seconds=span(1)), "2 × 1 second"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_dose_in_words(dose: Dose, expected: str) -> None:
    assert words(dose) == expected


AMOUNTS: Final = {
    "sets": 11,
    "reps": 13,
    "hold_seconds": 17,
    "work_seconds": 19,
    "distance_metres": 23,
    "rounds": 7,
}


def test_no_number_of_a_pair_is_lost() -> None:
    """The checks let every pair of amounts through, so the words must hold both."""
    troubles = []
    for names in itertools.combinations(AMOUNTS, 2):
        said = words(Dose(**{name: span(AMOUNTS[name]) for name in names}))
        missing = [n for n in names if str(AMOUNTS[n]) not in re.findall(r"\d+", said)]
        troubles += [f"{' and '.join(names)}: “{said}” lacks {name}" for name in missing]
    assert_none(troubles)


def test_no_number_of_the_data_is_lost(library: Library) -> None:
    """Every number of every dose of the library stands in its words."""
    seen = {}
    for _, record in library.all_records():
        for owners, _, _ in walk(record):
            if isinstance(owners[-1], Dose):
                seen[id(owners[-1])] = (record.id, owners[-1])
    assert seen
    spelt = {
        "1": ("once", "every day", "daily"),
        "2": ("twice", "every other"),
        "3": ("third",),
        "7": ("every day",),
    }
    troubles = []
    for id_, dose in seen.values():
        said = words(dose)
        for amount in (dose, *dose.progression):
            for number in numbers(amount):
                if number not in re.findall(r"\d+", said) and not any(
                    word in said for word in spelt.get(number, ())
                ):
                    troubles.append(f"{id_}: {number} in “{said}”")
    assert_none(troubles)


def numbers(amount: Amount) -> Iterator[str]:
    for field in fields_of(type(amount)):
        value = getattr(amount, field.name)
        if isinstance(value, Span):
            yield from (str(value.low), str(value.high))
