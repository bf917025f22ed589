"""Plain words, measured."""

from __future__ import annotations

import statistics

import pytest

from generator.library import readability as plain
from generator.library.library import Library


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It hurts. Rest for 1.5 days.", 2),
        ("Ask: It depends.", 2),
        ("Take 3 sets: ten each.", 1),
        ("Is it sore? Stop! Rest.", 3),
        ("", 0),
    ],
)
def test_sentences(text: str, expected: int) -> None:
    assert len(plain.sentences(text)) == expected


def test_numbers_and_words_are_counted() -> None:
    assert plain.words("Don't run 10-15 km, or 2.5%.") == [
        "Don't", "run", "10", "15", "km", "or", "2.5%",
    ]  # fmt: skip


def test_medical_words_have_their_true_count(library: Library) -> None:
    true = library.true_syllables
    without = plain.reading_grade(["The patellofemoral joint hurts."])
    assert plain.reading_grade(["The patellofemoral joint hurts."], true) >= without
    assert plain.reading_grade(["It is sore."], true) < 1


def test_longer_words_and_sentences_read_harder() -> None:
    plainly = plain.reading_grade(["Rest it. Then walk."])
    longer = plain.reading_grade(["Rest it and then walk for as long as you like to."])
    harder = plain.reading_grade(["Immobilisation precedes ambulation."])
    assert plainly < longer < harder


def test_the_content_passes_its_own_policy(library: Library) -> None:
    grades = [plain.record_grade(c, library) for c in library.conditions.values()]
    assert statistics.median(grades) <= library.house.reading_grade
    for kind in ("conditions", "signs", "exercises", "programmes", "causes", "treatments"):
        for record in library.of_kind(kind).values():
            grade = plain.record_grade(record, library)
            assert grade <= library.house.reading_grade_limit, record.id
