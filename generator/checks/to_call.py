"""Rules about numbers to call: text names them in braces, and the site's country fills them in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Place, did_you_mean, rule
from generator.figure import words as figure_words
from generator.library.library import Library
from generator.library.memoize import once_for_each
from generator.model.context import Care, Country
from generator.model.record import Located, Record, Source
from generator.model.schema import Field, fields_of, walk
from generator.model.sign import RedFlag

PLACEHOLDERS: Final[tuple[str, ...]] = tuple(
    field.name
    for field in fields_of(Country)
    if field not in fields_of(Record) and field.shape.base is not Source
)
"""What may be in braces: the fields of a country that say whom to call."""
FILLED: Final = frozenset({(Care, "action"), (RedFlag, "action")})
"""The texts in which they are filled in."""
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "emergency": ("emergency",),
    "same-day": ("emergency", "advice"),
}
"""Care tier -> the placeholders of which its text must hold one."""

_BRACE: Final = re.compile(r"\{\{?[^{}]*\}?\}?|\}")
_DIGITS: Final = re.compile(r"\d(?:[ -]?\d){2,}")
_SUSPECT: Final = re.compile(r"[{}]|\d(?:[ .-]?\d){2}")
"""A brace, or three digits: most texts have neither."""
_TO_CALL: Final = re.compile(
    r"\b(?:call|dial|ring|phone|telephone|text|hotline|helpline|line on)(?:ing|s)?\b"
    r"(?: (?!\d)[\w'’-]+){0,2}[: ]*(?P<short>\+?\(?\d(?:[ ().-]{0,2}\d){2,})"
    r"|(?P<long>(?<![\w.])(?:\+?\d{1,3}[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w)"
    r"|\+\d{1,3}(?:[ .-]?\d){7,})",
    re.IGNORECASE,
)

_CODE: Final = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.DOTALL | re.MULTILINE)
_IN_WORDS: Final = "Take the braces out, and say it in words."

_Text = tuple[Located, Field, int, str]


@rule("unknown-placeholder")
def braces_are_filled(library: Library) -> Iterator[Diagnostic]:
    """A text holds a brace that nothing fills in, so that readers would see it.

    The actions of care tiers and red flags may hold the numbers to call, each by the name that
    countries.yaml gives it, as in `{emergency}`. No other text takes braces.
    """
    for _, record in library.all_records():
        yield from loose_braces(record)
    for article in library.articles:
        for number, line in enumerate(_CODE.sub(_blanked, article.text).split("\n"), start=1):
            match = _BRACE.search(line)
            if match and "=" not in match[0] and "<" not in line:  # Those are reported elsewhere.
                place = Place(article.shown, number, match.start() + 1)
                yield _unfilled(place, match[0], _IN_WORDS)
    for name, words in library.vocabulary.items():
        for label in words.values():
            is_of_figures = name == figure_words.WORDS
            yield from loose_braces(label, figure_words.IN_BRACES if is_of_figures else ())


def loose_braces(part: Located, filled: tuple[str, ...] = ()) -> Iterator[Diagnostic]:
    """The braces in a record's texts that nothing fills in; `filled` are names that are."""
    for owner, field, i, text in _suspects(part):
        names = PLACEHOLDERS if (type(owner), field.name) in FILLED else filled
        for match in _BRACE.finditer(text):
            found = match[0].strip("{} ")
            if match[0] in map(_braced, names):
                continue
            help_text = _IN_WORDS
            if names:
                near = did_you_mean(found, names)
                shown = [name for name in names if f"`{name}`" in near] or names
                help_text = f"Write {' or '.join(f'`{_braced(name)}`' for name in shown)}."
            elif found in PLACEHOLDERS:
                help_text = (
                    "Take it out: only the action of a care tier or of a red flag holds numbers."
                )
            yield _unfilled(owner.where(field.name, i), match[0], help_text)


def _unfilled(place: Place, found: str, help_text: str) -> Diagnostic:
    return Diagnostic(
        code="unknown-placeholder",
        place=place,
        message=f"Nothing fills in `{found[:40]}`, and readers would see it.",
        help=help_text,
    )


def _blanked(code: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", code[0])


@rule("care-without-number")
def care_has_its_number(library: Library) -> Iterator[Diagnostic]:
    """The text of an urgent care tier names nobody to call.

    An emergency needs `{emergency}`; what must be seen today needs it or `{advice}`.
    """
    for tier, names in NEEDED.items():
        care = library.care.get(tier)
        if care and care.action and not any(_braced(name) in care.action for name in names):
            if any(True for _ in loose_braces(care)):
                continue  # That one says what must be there.
            yield Diagnostic(
                code="care-without-number",
                place=care.where("action"),
                message=f"The care tier `{tier}` must say whom to call.",
                help=f"Write {' or '.join(f'`{_braced(name)}`' for name in names)} where the "
                "number belongs.",
            )


@rule("number-of-one-country")
def numbers_are_of_any_country(library: Library) -> Iterator[Diagnostic]:
    """A text holds a telephone number, which is right in one country and wrong elsewhere.

    Write `{emergency}` in the action of a care tier or red flag; elsewhere say whom to call, and
    the page prints the number.
    """
    known = _numbers(library.countries.values())
    for kind, record in library.all_records():
        if kind.name not in ("countries", "references"):
            for owner, field, i, text in _suspects(record):
                source = getattr(owner, "source", None)
                is_counted = isinstance(source, Source) and not source.is_general
                found = number_in(text, frozenset() if is_counted else known)
                if found:
                    yield _of_one_country(owner.where(field.name, i), found)
    for article in library.articles:
        for number, line in enumerate(article.text.split("\n"), start=1):
            counted = frozenset() if "[[" in line else known  # What cites a source counts people.
            if _SUSPECT.search(line) and (found := number_in(line, counted)):
                yield _of_one_country(Place(article.shown, number, line.index(found) + 1), found)


def number_in(text: str, known: Iterable[str]) -> str:
    """A telephone number in a text: one of `known`, or one that it says to call; or "".

    >>> number_in("Or call 911 now", ()), number_in("Call a doctor after 10 days", ())
    ('911', '')
    """
    if match := _TO_CALL.search(text):
        return str(match["short"] or match["long"])
    for match in _DIGITS.finditer(text):
        if _plain(match[0]) in known and not text[: match.start()].endswith((".", ",", "/")):
            return match[0]
    return ""


def _of_one_country(place: Place, found: str) -> Diagnostic:
    return Diagnostic(
        code="number-of-one-country",
        place=place,
        message=f"Text must hold no number to call, such as `{found}`: it is right in one country.",
        help="Say whom to call, as in your emergency number: the site prints the country's own.",
    )


def _numbers(countries: Iterable[Country]) -> frozenset[str]:
    texts = (value for one in countries for _, _, value in walk(one) if isinstance(value, str))
    return frozenset(_plain(found) for text in texts for found in _DIGITS.findall(text))


def _plain(number: str) -> str:
    return re.sub(r"\D", "", number)


def _braced(name: str) -> str:
    return f"{{{name}}}"


def _has_text(field: Field) -> bool:
    return bool((field.shape.item or field.shape).text)


@once_for_each
def _suspects(part: Located) -> tuple[_Text, ...]:
    """The texts of a record that may hold a placeholder or a number, each with its place."""
    return tuple(
        (owners[-1], field, i, text)
        for owners, field, value in walk(part, _has_text)
        for i, text in enumerate(value if isinstance(value, tuple) else (value,))
        if isinstance(text, str) and _SUSPECT.search(text)
    )
