"""What may have been meant by a field that is not allowed there, or by a value. Pure.

Numbers and doses as people write them are in `units`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from generator.diagnostics import did_you_mean
from generator.model.fields import Form
from generator.model.schema import Field, fields_by_name

_KEY_AND_VALUE: Final = re.compile(r"([a-z_]+)\s*(?::+|[=;]|\s)\s*(.*)")
_IDS: Final = re.compile(r"[a-z0-9-]+(?:\s*[,;]\s*[a-z0-9-]+)*")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\s*[-./ ]\s*(\d{1,2})\s*[-./ ]\s*(\d{4})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s*[-./ –]\s*(\d{1,2})\s*[-./ –]\s*(\d{1,2})")


def field_help(field: str, fields: Mapping[str, Field], present: Collection[str]) -> str:
    """What to do with a field that is not one of `fields`; `present` are all that are there."""
    several = [name for name in fields if field in name.split("_")]
    if (match := _KEY_AND_VALUE.fullmatch(field)) and match[1] in fields:
        new = f"{match[1]}: {match[2]}".rstrip()
        if ":" not in field:
            return f"Write a colon and a space after it: `{new}`."
        return (
            f"Write one colon: `{new}`."
            if "::" in f"{field}:" and not match[2]
            else (f"Write a space after the colon: `{new}`.")
        )
    if len(several) > 1:
        return f"Say which one: {', '.join(f'`{name}`' for name in several)}."
    if near := did_you_mean(field, fields):
        return near
    if owner := _owner(field, fields):
        return f"It is a field of `{owner}`: put it into that."
    if meant := only_missing(fields, present):
        return f"Is this `{meant}`, which is missing?"
    return f"It can have: {', '.join(fields)}."


def only_missing(fields: Mapping[str, Field], present: Collection[str]) -> str:
    """The one required field that is missing, where one is there that is not allowed; or ""."""
    unknown = [name for name in present if name not in fields]
    missing = [name for name, field in fields.items() if field.required and name not in present]
    is_plain = len(unknown) == 1 and len(missing) == 1 and unknown[0].replace("_", "").isalpha()
    return missing[0] if is_plain and not _owner(unknown[0], fields) else ""


def is_offered(missing: str, fields: Mapping[str, Field], present: Collection[str]) -> bool:
    """Whether the help for a field that is not allowed there brings the missing one."""
    unknown = [name for name in present if name not in fields]
    offered = (
        f"Did you mean `{missing}`?",
        f"Is this `{missing}`, which is missing?",
        f"It is a field of `{missing}`: put it into that.",
    )
    return any(
        field_help(name, fields, present) in offered or re.match(rf"{missing}[\s:=;]", name)
        for name in unknown
    )


def _owner(field: str, fields: Mapping[str, Field]) -> str:
    """The one of `fields` that holds parts with such a field."""
    owners = (
        name
        for name, own in fields.items()
        if own.shape.part and field in fields_by_name(own.shape.part)
    )
    return next(owners, "")


def list_help(text: str) -> str:
    """How a list is written that was given as one text.

    >>> list_help("foot, heel"), list_help("-foot")
    ('Write `[foot, heel]`.', 'Write a space after each hyphen, as in `- foot`.')
    """
    if match := re.match(r"-([^\s-]\S*)", text):
        return f"Write a space after each hyphen, as in `- {match[1]}`."
    alone = text.strip("()[]{}")
    if len(alone) <= 60 and _IDS.fullmatch(alone):
        items = ", ".join(re.split("[,; ]+", alone))
        return f"Write `[{items}]`."
    return "Start each item on its own line with `- `, or wrap it in [ ]."


def source_help(text: str, name: str) -> str:
    """How the sources of a claim are written that were given as one text.

    >>> source_help("[a-1998]", "source"), source_help("General", "source")
    ('Write `source: [a-1998]`, or `source: general`.', 'Write `source: general`.')
    """
    alone = text.strip("()[]\"' ")[:60]
    if alone.casefold() == "general":
        return f"Write `{name}: general`."
    if "10." in alone:
        return "Add a reference with this DOI, then write its id."
    example = alone if _IDS.fullmatch(alone) else "id-of-the-reference"
    return f"Write `{name}: [{example}]`, or `{name}: general`."


def form_help(text: str, form: Form) -> str:
    """How a text is written that must have its own form.

    >>> form_help("PMID: 36057913", Form(r"\\d{1,9}", "digits alone"))
    'Write `36057913`.'
    """
    match = re.search(form.pattern, text)
    return f"Write `{match[0]}`." if match else f"Write {form.wanted}."


def day_help(text: str) -> str:
    """How a date must be written.

    >>> day_help("31.1.2027")
    'Write `2027-01-31`.'
    """
    days: list[str] = []
    if match := _YEAR_FIRST.fullmatch(text):
        days = _days(match[1], match[2], match[3])
    elif match := _DAY_FIRST.fullmatch(text):
        days = [*_days(match[3], match[2], match[1]), *_days(match[3], match[1], match[2])]
    days = list(dict.fromkeys(days))
    if days:
        return f"Write {' or '.join(f'`{day}`' for day in days)}."
    return "Write the year, month and day, as in 2027-01-31."


def _days(year: str, month: str, day: str) -> list[str]:
    try:
        return [date(int(year), int(month), int(day)).isoformat()]
    except ValueError:
        return []
