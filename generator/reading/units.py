"""Numbers as people write them, and how a field takes them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

UNITS: Final[Mapping[str, frozenset[str]]] = {
    "seconds": frozenset({"s", "sec", "secs", "second", "seconds"}),
    "minutes": frozenset({"min", "mins", "minute", "minutes"}),
    "metres": frozenset({"m", "metre", "metres", "meter", "meters"}),
    "months": frozenset({"month", "months"}),
    "years": frozenset({"year", "years"}),
    "weeks": frozenset({"week", "weeks"}),
    "days": frozenset({"day", "days"}),
    "week": frozenset({"day", "days"}),
    "day": frozenset({"time", "times"}),
    "reps": frozenset({"rep", "reps", "repetition", "repetitions", "times"}),
    "sets": frozenset({"set", "sets"}),
    "rounds": frozenset({"round", "rounds"}),
    "sessions": frozenset({"session", "sessions"}),
}
"""Last word of a field's name -> the units that say nothing new after its number."""

_SETS_AND_REPS: Final = re.compile(r"(\d{1,3})\s*[x×*]\s*(\d{1,3}(?:\s*[-–]\s*\d{1,3})?)")
_RANGE: Final = re.compile(r"(\d{1,6})\s*(?:-{1,3}|–|—|\u2011|\u2212|to|\.{2,3})\s*(\d{1,6})")
_EITHER: Final = re.compile(r"(\d{1,6})\s*(?:/|or)\s*(\d{1,6})")
_RANGE_WITH_UNIT: Final = re.compile(rf"{_RANGE.pattern}\s*([A-Za-z]+)")
_ABOUT: Final = re.compile(
    r"(?:[~<>=≤≥±]|about|approx\.?|around|up to|at least|at most|min\.?|max\.?)?"
    r"\s*(\d{1,6})\s*\+?",
    re.IGNORECASE | re.ASCII,
)
_EACH_SIDE: Final = re.compile(r"(\d{1,6}(?:-\d{1,6})?)\s*(?:each|per|a|every|on each)[ /]\w+")
_MINUTES_AND_SECONDS: Final = re.compile(r"(\d{1,3}):([0-5]\d)")
_WORDS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
_HOW_OFTEN: Final[Mapping[str, Mapping[str, int]]] = {
    "times_per_day": {"once": 1, "twice": 2},
    "days_per_week": {"daily": 7, "every day": 7, "once": 1, "twice": 2},
    "every_days": {"daily": 1, "every day": 1, "every other day": 2},
}
_OUT_OF_TEN: Final = re.compile(r"(\d{1,2})\s*(?:/|out of)\s*10")
_WITH_UNIT: Final = re.compile(r"(\d{1,6})\s*([A-Za-z]+)")
_TRUE: Final = frozenset({"true", "yes", "on", "y"})
_FALSE: Final = frozenset({"false", "no", "off", "n"})


def has_own_unit(unit: str, field: str) -> bool:
    """Whether this unit is the one that the field's name says already.

    >>> has_own_unit("sec", "hold_seconds"), has_own_unit("min", "hold_seconds")
    (True, False)
    """
    return unit.casefold() in UNITS.get(field.rsplit("_", 1)[-1], frozenset())


def number_help(text: str, field: str, *, may_be_range: bool) -> str:
    """What to write instead of a text that is no number.

    >>> number_help("1 minute", "hold_seconds", may_be_range=True)
    'Write it in seconds: `60`.'
    """
    text = text.strip(" (),;.")
    if field in ("sets", "reps") and (match := _SETS_AND_REPS.fullmatch(text)):
        reps = re.sub(r"\s|–", lambda m: "-" if m[0] == "–" else "", match[2])
        return f"Write sets and repetitions apart: `sets: {match[1]}, reps: {reps}`."
    if not may_be_range and (match := _OUT_OF_TEN.fullmatch(text)):
        return f"Write `{match[1]}`."
    if match := _EITHER.fullmatch(text):
        return f"Write `{match[1]}` or `{match[2]}`."
    if match := _RANGE.fullmatch(text):
        return f"Write `{match[1]}-{match[2]}`." if may_be_range else "Write one of the two."
    if (match := _RANGE_WITH_UNIT.fullmatch(text)) and has_own_unit(match[3], field):
        return f"Write only the numbers: `{match[1]}-{match[2]}`."
    if match := _ABOUT.fullmatch(text):
        return f"Write the number alone: `{match[1]}`."
    if text.isdecimal():
        return f"Write `{int(text)}`."
    if (word := text.casefold()) in _WORDS:
        return f"Write `{_WORDS.index(word)}`."
    if word in _HOW_OFTEN.get(field, {}):
        return f"Write `{_HOW_OFTEN[field][word]}`."
    if (match := _MINUTES_AND_SECONDS.fullmatch(text)) and field.endswith("_seconds"):
        return f"Write it in seconds: `{int(match[1]) * 60 + int(match[2])}`."
    if match := _WITH_UNIT.fullmatch(text):
        number, unit = match.groups()
        if has_own_unit(unit, field):
            return f"Write only the number: `{number}`."
        if field.endswith("_seconds") and unit.casefold() in UNITS["minutes"]:
            return f"Write it in seconds: `{int(number) * 60}`."
    if re.fullmatch(r"\d+\s*(?:[.,]\s*\d+|[½¼¾])", text):
        return "Round it to a whole number" + (", or write a range." if may_be_range else ".")
    if match := _EACH_SIDE.fullmatch(text):
        return f"Write the number alone: `{match[1]}`; and `per_side: true` beside it."
    if match := re.fullmatch(r"(\d{1,6})\s*\(.*", text):
        return f"Write the number alone: `{match[1]}`."
    what = field.rsplit("_", 1)[-1] if "_" in field else ""
    of = f" of {what}" if what in ("seconds", "minutes", "metres", "weeks", "months") else ""
    return f"Write the number{of} in digits, without a unit."


def truth(text: str) -> str:
    """`true` or `false` for the words that mean them, or ""."""
    word = text.strip().casefold()
    return "true" if word in _TRUE else "false" if word in _FALSE else ""


def fields_of_dose(text: str) -> str:
    """A dose as it is often said, in its fields; or "".

    >>> fields_of_dose("3x15")
    '{sets: 3, reps: 15}'
    """
    match = _SETS_AND_REPS.match(text.strip())
    return f"{{sets: {match[1]}, reps: {match[2].replace(' ', '')}}}" if match else ""
