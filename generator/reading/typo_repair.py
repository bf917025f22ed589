"""Typos in YAML: which line, written another way, makes a record readable. Pure.

YAML says only where it gave up, often lines later, and in words of its own. So the likely typos
around that place are tried one by one, and the one after which the record reads best is reported.
The same is done where YAML gives up nowhere, but a field is where none of its name may be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from generator.reading.indent_typos import block_shifts, indents
from generator.reading.line_typos import ITEM_LINE, KEY_LINE, line_typos
from generator.reading.typo import Typo, indent, spaces

MOST_TYPOS: Final = 12
MOST_CHARACTERS: Final = 200_000
"""Of a record in which typos are looked for; a longer one is something else, pasted."""
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

    `odd` are the lines of fields that are in the wrong place, `fields` counts all of them.
    """

    trouble: Trouble | None
    findings: int = 0
    fields: int = 0
    odd: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text that can be read, and the typos that were in it; or as far as it went.

    Typos have the line numbers of the text as it was; `added` are the new lines of this one.
    """

    text: str
    typos: tuple[Typo, ...] = field(default=())
    added: tuple[int, ...] = ()


Parents = Mapping[str, tuple[str, ...]]
"""Field of a record or of a part -> the fields that hold such a part."""


def repaired(text: str, read: Callable[[str], Attempt], parents: Parents) -> Repaired:
    """The text with its likely typos fixed, as far as that can be known."""
    result = Repaired(text)
    if len(text) > MOST_CHARACTERS:
        return result
    attempt = read(text)
    while (attempt.trouble or attempt.odd) and len(result.typos) < MOST_TYPOS:
        best = _best(result.text, attempt, read, parents)
        if best is None:
            return result
        typo, changed, attempt = best
        result = _with_typo(result, typo, changed)
    return result


def _best(
    text: str, before: Attempt, read: Callable[[str], Attempt], parents: Parents
) -> tuple[Typo, str, Attempt] | None:
    """The typo after which the text reads best, if that is better than before."""
    best: tuple[tuple[int, int], tuple[Typo, str, Attempt]] | None = None
    for typo in typos(text, before, parents):
        changed = _with_lines(text, typo)
        attempt = read(changed)
        trouble = before.trouble
        if attempt.trouble is None:
            score = (0, attempt.findings)
            is_less = attempt.findings < before.findings and attempt.fields >= before.fields
            if not trouble and not is_less:
                continue
        else:
            reached = attempt.trouble.line
            reached -= sum(line <= reached for line in typo.added)
            if not trouble or reached <= max(trouble.line, typo.line):
                continue
            score = (1, -reached)
        if best is None or score < best[0]:
            best = (score, (typo, changed, attempt))
        if score == (0, 0):
            break
    return best[1] if best else None


def _with_typo(result: Repaired, typo: Typo, changed: str) -> Repaired:
    """The result with one more typo, which is reported at its line of the text as it was."""
    added = result.added
    line = typo.line - sum(line <= typo.line for line in added)
    is_whole = not {typo.line, typo.line + 1} & set(added)
    moved = replace(typo, line=line, is_line=typo.is_line and is_whole)
    if typo.added:
        later = (n + len(typo.added) if n >= typo.added[0] else n for n in added)
        added = (*later, *typo.added)
    return Repaired(changed, (*result.typos, moved), added)


def _with_lines(text: str, typo: Typo) -> str:
    lines = text.split("\n")
    for number, new in typo.also:
        lines[number] = new
    lines[typo.line] = typo.new
    return "\n".join(lines)


def typos(text: str, attempt: Attempt, parents: Parents) -> Iterator[Typo]:
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
    for typo in chain(
        *(line_typos(lines, number, parents) for number in suspects[:1]),
        _lost_lines(lines, attempt.trouble.line, parents),
        *(line_typos(lines, number, parents) for number in suspects[1:]),
        _lost_lines(lines, jump, parents) if jump is not None else (),
        *(block_shifts(lines, number) for number in suspects),
    ):
        key = (typo.line, f"{typo.new}{typo.also}")
        if (typo.also or typo.new != lines[typo.line]) and key not in seen:
            seen.add(key)
            yield typo


def _lost_lines(lines: list[str], number: int, parents: Parents) -> Iterator[Typo]:
    """The lines that may be missing above one that is indented under nothing."""
    line = lines[number] if number < len(lines) else ""
    match = re.match(r"( {4,})(?:- +)?([a-z_]+):(?: |$)", line)
    for parent in parents.get(match[2], ()) if match else ():
        assert match
        message = f"Above `{match[2]}` the line `{parent}:` seems to be missing."
        before = spaces(len(match[1]) - 2)
        help_text = f"Put `{parent}:` on its own line above this one, after {before}."
        new = f"{match[1][2:]}{parent}:\n{line}"
        yield Typo(number, new, message, help_text, len(match[1]), is_line=False, added=(number,))


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
