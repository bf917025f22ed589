"""The rule about what `strideguide new` leaves to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Severity, rule
from generator.library.library import Library
from generator.library.memoize import once_for_each
from generator.model.record import Located, Record
from generator.model.schema import Field, walk

TO_BE_WRITTEN: Final = "To be written"
_KEEPER: Final = re.compile(
    r"\b(?:TODO|TBC|TBD|FIXME|XXX(?! [A-Z]))\b|Lorem ipsum|\?{3}"  # XXX Olympiad is a name.
)
"""What people write where words are still missing."""


@rule("to-be-written")
def nothing_is_left_to_write(library: Library) -> Iterator[Diagnostic]:
    """A text still says what `strideguide new` put there for a start, or another word like that.

    The record can be saved and looked at, but not published.
    """
    for _, record in library.all_records():
        for owner, name, i in _unwritten(record):
            yield Diagnostic(
                code="to-be-written",
                place=owner.where(name, i),
                message=f"`{name}` must be written: what is there is only a placeholder.",
                help="Say it in your words.",
                severity=Severity.WARNING,
            )


def _may_be_unwritten(field: Field) -> bool:
    """Whether `new` writes placeholder words there; ids and known words are real."""
    shape = field.shape.item or field.shape
    return shape.base is str and not (shape.ref or shape.term or shape.choices)


@once_for_each
def _unwritten(record: Record) -> tuple[tuple[Located, str, int], ...]:
    """What is still to be written: the part, its field, the item."""
    texts = [
        (owners[-1], field.name, i, text)
        for owners, field, value in walk(record, _may_be_unwritten)
        for i, text in enumerate(value if isinstance(value, tuple) else (value,))
        if isinstance(text, str)
    ]
    whole = "\n".join([text for *_, text in texts])
    if TO_BE_WRITTEN not in whole and not _KEEPER.search(whole):  # Most records hold neither.
        return ()
    return tuple((owner, name, i) for owner, name, i, text in texts if _keeps_a_place(text))


def _keeps_a_place(text: str) -> bool:
    return text.startswith(TO_BE_WRITTEN) or bool(_KEEPER.search(text))
