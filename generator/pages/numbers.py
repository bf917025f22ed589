"""Whom to call in a country: `{emergency}` and the like in a text become numbers, or links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from markupsafe import Markup

from generator.model.context import Call, Country
from generator.model.schema import fields_of

S = TypeVar("S", bound=str)

PLACEHOLDERS: Final[tuple[str, ...]] = tuple(
    field.name for field in fields_of(Country) if field.shape.part is Call
)
"""What may stand in braces: the fields of a country that hold calls."""
_PLACEHOLDER: Final = re.compile(rf"\{{({'|'.join(PLACEHOLDERS)})\}}")


def filled(text: S, words: Callable[[str], str]) -> S:
    """The text with what `words` gives for each placeholder; a text without any is as it was."""
    if "{" not in text:
        return text
    return type(text)(_PLACEHOLDER.sub(lambda match: words(match[1]), str(text)))


def plain_numbers(text: str, country: Country) -> str:
    """A text with the country's numbers as words."""
    return filled(text, lambda name: " ".join(_parts(getattr(country, name), str)))


def linked_numbers(country: Country) -> Mapping[str, Markup]:
    """Placeholder -> its calls as HTML, with a link to dial each number."""
    return {
        name: Markup(" ").join(_parts(getattr(country, name), tel_link)) for name in PLACEHOLDERS
    }


def tel_link(number: str, before: str = "", class_: str = "") -> Markup:
    """A telephone number as a link, or as it is where it is more than a number.

    A button says what it does `before` the number, and has a class.
    """
    dialled = re.sub(r"[ ().-]", "", number)
    if not re.fullmatch(r"\+?[0-9]{3,}", dialled):
        return Markup("{}").format(number)
    looks = Markup(' class="{}"').format(class_) if class_ else ""
    return Markup('<a{} href="tel:{}">{}{}</a>').format(looks, dialled, before, number)


def numbers_of(country: Country) -> list[str]:
    """Every number of the country as it is printed, the longest first."""
    found = {call.number for name in PLACEHOLDERS for call in getattr(country, name)} - {""}
    return sorted(found, key=lambda number: (-len(number), number))


def _parts(calls: Iterable[Call], shown: Callable[[str], str]) -> list[str]:
    return [
        part for call in calls for part in (call.before, shown(call.number), call.after) if part
    ]
