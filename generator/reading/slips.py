"""Slips of the hand in YAML: which line, written another way, makes a record readable. Pure.

YAML says only where it gave up, often lines later, and in words of its own. So the likely slips
round that place are tried one by one, and the one after which the record reads best is told.
The same is done where YAML gives up nowhere, but a field stands where none of its name may.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from generator.reading.indent_slips import block_shifts, indents
from generator.reading.line_slips import ITEM_LINE, KEY_LINE, line_slips
from generator.reading.slip import Slip, blanks, indent

MOST_SLIPS: Final = 12
MOST_CHARACTERS: Final = 200_000
"""Of a record that slips are looked for in: beyond, somebody pasted something else."""
LINES_BEFORE: Final = 12
MOST_ODD_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Trouble:
    """Where YAML gave up, and where what it was reading began; lines count from 0."""

    line: int
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of reading a text: how many findings it has, or where YAML gave up.

    `odd` are the lines of fields that may not stand where they do, `fields` counts all of them.
    """

    trouble: Trouble | None
    findings: int = 0
    fields: int = 0
    odd: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mended:
    """A text that can be read, and the slips that were in it; or as far as it went.

    Slips stand at the lines of the text as it was; `added` are the new lines of the mended one.
    """

    text: str
    slips: tuple[Slip, ...] = field(default=())
    added: tuple[int, ...] = ()


Parents = Mapping[str, tuple[str, ...]]
"""Field of a record or of a part -> the fields that hold such a part."""


def mended(text: str, read: Callable[[str], Attempt], parents: Parents) -> Mended:
    """The text with its likely slips put right, as far as that can be known."""
    result = Mended(text)
    if len(text) > MOST_CHARACTERS:
        return result
    attempt = read(text)
    while (attempt.trouble or attempt.odd) and len(result.slips) < MOST_SLIPS:
        best = _best(result.text, attempt, read, parents)
        if best is None:
            return result
        slip, changed, attempt = best
        result = _told(result, slip, changed)
    return result


def _best(
    text: str, before: Attempt, read: Callable[[str], Attempt], parents: Parents
) -> tuple[Slip, str, Attempt] | None:
    """The slip after which the text reads best, if that is better than before."""
    best: tuple[tuple[int, int], tuple[Slip, str, Attempt]] | None = None
    for slip in slips(text, before, parents):
        changed = _with_lines(text, slip)
        attempt = read(changed)
        trouble = before.trouble
        if attempt.trouble is None:
            score = (0, attempt.findings)
            is_less = attempt.findings < before.findings and attempt.fields >= before.fields
            if not trouble and not is_less:
                continue
        else:
            reached = attempt.trouble.line
            reached -= sum(line <= reached for line in slip.added)
            if not trouble or reached <= max(trouble.line, slip.line):
                continue
            score = (1, -reached)
        if best is None or score < best[0]:
            best = (score, (slip, changed, attempt))
        if score == (0, 0):
            break
    return best[1] if best else None


def _told(result: Mended, slip: Slip, changed: str) -> Mended:
    """What is known after one more slip: it is told at its line of the text as it was."""
    added = result.added
    line = slip.line - sum(line <= slip.line for line in added)
    is_whole = not {slip.line, slip.line + 1} & set(added)
    told = replace(slip, line=line, is_line=slip.is_line and is_whole)
    if slip.added:
        later = (n + len(slip.added) if n >= slip.added[0] else n for n in added)
        added = (*later, *slip.added)
    return Mended(changed, (*result.slips, told), added)


def _with_lines(text: str, slip: Slip) -> str:
    lines = text.split("\n")
    for number, new in slip.also:
        lines[number] = new
    lines[slip.line] = slip.new
    return "\n".join(lines)


def slips(text: str, attempt: Attempt, parents: Parents) -> Iterator[Slip]:
    """What may have happened, the likeliest first."""
    lines = text.split("\n")
    if attempt.trouble is None:
        for number in attempt.odd[:MOST_ODD_LINES]:
            yield from _lost_lines(lines, number, parents)
            yield from indents(lines, number)
            yield from block_shifts(lines, number)
        return
    seen: set[tuple[int, str]] = set()
    suspects = _suspects(lines, attempt.trouble)
    jump = _jump(lines, attempt.trouble.line)
    for slip in chain(
        *(line_slips(lines, number, parents) for number in suspects[:1]),
        _lost_lines(lines, attempt.trouble.line, parents),
        *(line_slips(lines, number, parents) for number in suspects[1:]),
        _lost_lines(lines, jump, parents) if jump is not None else (),
        *(block_shifts(lines, number) for number in suspects),
    ):
        key = (slip.line, f"{slip.new}{slip.also}")
        if (slip.also or slip.new != lines[slip.line]) and key not in seen:
            seen.add(key)
            yield slip


def _lost_lines(lines: list[str], number: int, parents: Parents) -> Iterator[Slip]:
    """The lines that may be missing above one that is indented under nothing."""
    line = lines[number] if number < len(lines) else ""
    match = re.match(r"( {4,})(?:- +)?([a-z_]+):(?: |$)", line)
    for parent in parents.get(match[2], ()) if match else ():
        assert match
        holds = f"Above `{match[2]}` the line `{parent}:` seems to be missing."
        before = blanks(len(match[1]) - 2)
        cure = f"Put `{parent}:` on a line of its own above this one, after {before}."
        new = f"{match[1][2:]}{parent}:\n{line}"
        yield Slip(number, new, holds, cure, len(match[1]), is_line=False, added=(number,))


def _jump(lines: list[str], number: int) -> int | None:
    """The nearest line above that is indented by more than one step under the line before it."""
    for n in range(min(number, len(lines)) - 1, max(0, number - 4 * LINES_BEFORE), -1):
        if lines[n].strip() and indent(lines[n]) >= indent(lines[n - 1]) + 4:
            return n
    return None


def _suspects(lines: list[str], trouble: Trouble) -> list[int]:
    """Where YAML gave up, the line before, where it began, odd indents, and open quotations."""
    found = [trouble.line]
    before = trouble.line - 1
    while before >= 0 and (not lines[before].strip() or lines[before].lstrip().startswith("#")):
        before -= 1
    found += [before] if before >= 0 else []
    found += [trouble.start] if trouble.start is not None else []
    own = indent(lines[trouble.line]) if trouble.line < len(lines) else 0
    around = range(trouble.line - 1, max(-1, trouble.line - LINES_BEFORE), -1)
    found += [n for n in around if n < len(lines) and indent(lines[n]) % 2]
    found += [n for n in around if n < len(lines) and lines[n] and indent(lines[n]) <= own][:1]
    found += [n for n in around if n < len(lines) and lines[n] and indent(lines[n]) < own][:1]
    opened = (n for n in range(min(trouble.line, len(lines)) - 1, -1, -1) if _is_open(lines[n]))
    found += [n for n, _ in zip(opened, range(3), strict=False)]
    return [n for n in dict.fromkeys(found) if n < len(lines) and lines[n]]


def _is_open(line: str) -> bool:
    match = KEY_LINE.fullmatch(line) or ITEM_LINE.fullmatch(line)
    value = match["value"] if match else ""
    return value[:1] in ("'", '"') and value.count(value[0]) % 2 == 1
