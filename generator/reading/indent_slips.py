"""How far in a line may belong, alone or with all that is indented under it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.reading.slip import Slip, blanks, indent, shown

FEW: Final = 24
"""Letters of a line that has no key, to name it by."""


def block_shifts(lines: list[str], number: int) -> Iterator[Slip]:
    """The line together with all that is indented under it, further left or right."""
    line = lines[number]
    here = indent(line)
    end = number + 1
    while end < len(lines) and (not lines[end].strip() or indent(lines[end]) > here):
        end += 1
    below = [n for n in range(number + 1, end) if lines[n].strip()]
    if not below or here < 2:
        return
    for shift in (-2, 2, -4, 4):
        if here + shift < 2:
            continue
        moved = tuple((n, _shifted(lines[n], shift)) for n in below)
        verb = "Add" if shift > 0 else "Delete"
        which = "one below" if len(below) == 1 else f"{len(below)} below"
        word = shown(line)[:FEW].rstrip(" …:")
        holds = (
            f"`{word}` must line up with its neighbours: it stands after {blanks(here)}, "
            f"and must stand after {here + shift}."
        )
        cure = (
            f"{verb} {blanks(abs(shift))} at the start of this line and of the {which}, which "
            f"{'belongs' if len(below) == 1 else 'belong'} to it."
        )
        yield Slip(number, _shifted(line, shift), holds, cure, here, is_line=False, also=moved)


def _shifted(line: str, blanks_more: int) -> str:
    return " " * (indent(line) + blanks_more) + line.lstrip(" ")


def indents(lines: list[str], number: int) -> Iterator[Slip]:
    """The line as far in as it may belong: two blanks for each step."""
    line = lines[number]
    text = line.lstrip()
    before = line[: len(line) - len(text)]
    if number == 0 and not before:
        return  # The id of a record.
    above = lines[number - 1] if number else ""
    is_text = not re.match(r"\s*(?:#|- |(?:- )?[a-z0-9_-]+:)", above)
    is_odd = before.strip(" ") != ""
    here = indent(above) if is_odd else len(before)
    key = re.match(r"(?:- +)?([a-z0-9_-]+):", text)
    word = key[1] if key else f"{shown(text)[:FEW].rstrip(' …')}…" if len(text) > FEW else text
    for wanted in sorted(
        range(2, max(here, indent(above)) + 6, 2), key=lambda n: (abs(n - here), n)
    ):
        if key and is_text and wanted == indent(above):
            continue  # There it would be one more line of that text.
        new = " " * wanted + text
        if is_odd:
            odd = "a tab" if "\t" in before else "another character that looks like a blank"
            holds = f"A line must be indented by blanks, and this one has {odd}."
            cure = f"Delete what stands before `{word}`, and type {blanks(wanted)}."
        else:
            holds = (
                f"`{word}` must line up with its neighbours: it stands after {blanks(here)}, "
                f"and must stand after {wanted}."
            )
            more = wanted - here
            verb = "Add" if more > 0 else "Delete"
            cure = f"{verb} {blanks(abs(more))} at the start of the line."
        yield Slip(number, new, holds, cure, 0 if is_odd else len(before))
