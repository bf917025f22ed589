"""Leaves out findings that only follow from another one: each mistake is reported once. Pure.

A record that could not be read is missing everywhere: its id seems unknown, what it used seems
unused. None of that can be fixed there, and all of it goes when the record can be read again.
The same holds for a record that was published and is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final, get_args

from generator.diagnostics import Diagnostic, Extent, Place, meant
from generator.reading.record_texts import starts_record

ELSEWHERE: Final = frozenset(
    {
        "bad-successor", "no-red-flags", "no-reference", "no-vignette", "orphan",
        "published-id-gone", "says-nothing", "too-few-exercises", "unknown-reference",
        "unsound-clinic", "vignette-fails",
    }
)  # fmt: skip
"""Findings that a record may have because another one could not be read."""
WITHIN: Final = frozenset(
    {"dose-makes-no-sense", "dose-out-of-range", "incomplete-signature", "too-few-exercises"}
)
"""Findings that a part may have because something in it could not be read."""
NAMED: Final = frozenset({"unknown-reference", "unsound-clinic", "vignette-fails"})
"""Findings that go when a record that was published is brought back."""
LOOSE: Final = frozenset(
    {
        "duplicate-key",
        "empty-list",
        "empty-text",
        "text-after-hash",
        "to-be-chosen",
        "unknown-field",
        "wrong-type",
        "yaml-trick",
    }
)
"""Findings about the form of a file after which a value counts as empty."""

EXTENTS: Final[tuple[Extent, ...]] = get_args(Extent)
"""The smallest first."""

_ITS_ID: Final = re.compile("Write its id, `([^`]+)`\\.")
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Lost:
    """A record that could not be read, or not be distinguished from another; or a whole file.

    `id` is "" where it is unknown, and `text` where it can't be read.
    """

    kind: str
    id: str
    text: str


def without_follow_ups(
    found: Sequence[Diagnostic],
    form: Sequence[Diagnostic],
    lost: Sequence[Lost],
    missing: Mapping[str, Iterable[str]],
    texts: Mapping[str, str],
) -> Iterator[Diagnostic]:
    """`found` without what follows from the findings about `form` and the `lost` records.

    `missing` are the ids that each kind had when it was published, and has no more.
    """
    unknown = [d for d in found if d.code == "unknown-reference"]
    misspelt = [d for d in unknown if _meant(d)]
    is_gone = any(d.code == "published-id-gone" for d in found)
    renamed = {note.place for d in found if d.code == "published-id-gone" for note in d.notes}
    if not form and not unknown and not is_gone:
        yield from found
        return
    lines = {path: text.split("\n") for path, text in texts.items()}
    gone = set().union(*missing.values()) if is_gone else set()
    unread = {id_ for one in lost for id_ in ([one.id] if one.id else missing.get(one.kind, ()))}
    used = {word for one in lost for word in _ID.findall(one.text.partition(":")[2])}
    unread_values = [d for d in form if d.code in LOOSE]
    used |= {word for d in unread_values for word in _ID.findall(_said(d, lines))}
    nobody_knows = any(not one.text for one in lost)
    is_damaged = any(d.explains == "record" for d in form)  # What it used is gone with it.
    loose = [d.place for d in unread_values]
    unchosen = {_record_of(d.place, lines) for d in form if d.code == "to-be-chosen"}
    signs = [*loose, *(d.place for d in unknown)]
    signless = {id_ for place in signs if (id_ := _whose_signs(place, lines))}
    for d in found:
        if d.code in ELSEWHERE:
            named = set(_ID.findall(_quoted(d.place, lines)))
            if nobody_knows or named & unread:
                continue
            if (d.code in NAMED and named & gone) or d.place in renamed:
                continue
            if d.code in ("orphan", "says-nothing") and (
                is_damaged or named & used or any(_is_meant(d, other, named) for other in misspelt)
            ):
                continue
            if d.code == "vignette-fails" and named & signless:
                continue
        if d.code in ELSEWHERE | WITHIN and _record_of(d.place, lines) in unchosen:
            continue
        if d.code in WITHIN and any(_is_within(place, d.place, lines) for place in loose):
            continue
        yield d


def without_explained(
    found: Iterable[Diagnostic], causes: Iterable[Diagnostic], texts: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """`found` without what one of `causes` explains: half a record is one mistake."""
    causes = [d for d in causes if d.explains]
    lines = {path: texts.get(path, "").split("\n") for path in {d.place.path for d in causes}}
    for d in found:
        if not any(_explains(cause, d, lines) for cause in causes):
            yield d


def _explains(cause: Diagnostic, d: Diagnostic, lines: Mapping[str, list[str]]) -> bool:
    a, b = cause.place, d.place
    if d is cause or a.path != b.path:
        return False
    if EXTENTS.index(d.explains) > EXTENTS.index(cause.explains) or (
        d.explains == cause.explains and (b, d.message) <= (a, cause.message)
    ):
        return False
    match cause.explains:
        case "line":
            return a.line == b.line
        case "block":
            return _is_within(b, replace(a, column=a.column - 1), lines)
    return _record_of(a, lines) == _record_of(b, lines)


def _meant(d: Diagnostic) -> list[str]:
    """The id that a finding takes for the one that was meant, for one click or in words."""
    named = _ITS_ID.fullmatch(d.help)
    return [named[1]] if named else _ID.findall(meant(d))


def _is_meant(orphan: Diagnostic, misspelt: Diagnostic, named: set[str]) -> bool:
    """Whether an unknown id is a misspelling of the record that is not used."""
    file = orphan.place.path.rsplit("/", 1)[-1]
    kinds = (f"in {file}.", "in the data files.")
    return misspelt.message.endswith(kinds) and bool(named & set(_meant(misspelt)))


def _said(d: Diagnostic, lines: Mapping[str, list[str]]) -> str:
    """The value on a finding's line, or all that it explains, and the ids that it proposes."""
    line = _line(d.place, lines)
    if d.explains == "block":
        here = lines.get(d.place.path, [])[d.place.line - 1 :]
        block = takewhile(lambda one: not one.strip() or _indent(one) >= d.place.column - 1, here)
        return " ".join(block)
    value = line.partition(":")[2] if ":" in line else line
    return f"{value} {' '.join(_meant(d))}"


def _line(place: Place, lines: Mapping[str, list[str]]) -> str:
    here = lines.get(place.path, [])
    return here[place.line - 1] if place.line <= len(here) else ""


def _quoted(place: Place, lines: Mapping[str, list[str]]) -> str:
    """The words that a finding points at; all to the end of the line where it gives no length."""
    line = _line(place, lines)[place.column - 1 :]
    return line[: place.length] if place.length > 1 else line


def _record_of(place: Place, lines: Mapping[str, list[str]]) -> tuple[str, int]:
    """The file and the first line of the record in which a place lies."""
    here = lines.get(place.path, [])[: place.line]
    first = next((n for n in range(len(here), 0, -1) if starts_record(here[n - 1])), 0)
    return place.path, first


def _whose_signs(place: Place, lines: Mapping[str, list[str]]) -> str:
    """The id of the record in whose `signs:` a place lies, or ""."""
    field = ""
    for line in reversed(lines.get(place.path, [])[: place.line]):
        if not field and (match := re.match(r"  ([a-z_]+):", line)):
            field = match[1]
        if match := re.match(r"([a-z0-9-]+):", line):
            return match[1] if field == "signs" else ""
    return ""


def _is_within(inner: Place, outer: Place, lines: Mapping[str, list[str]]) -> bool:
    """Whether `inner` lies on the line of `outer`, or in the lines indented under it."""
    if inner.path != outer.path or inner.line < outer.line:
        return False
    here = lines.get(outer.path, [])
    between = here[outer.line : inner.line]
    return all(_indent(line) >= outer.column for line in between if line.strip())


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
