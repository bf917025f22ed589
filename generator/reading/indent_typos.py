"""How far in a line may belong, alone or with all that is indented under it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.reading.typo import Typo, indent, shown, spaces

FEW: Final = 24
"""Letters of a line that has no key, to name it by."""


def block_shifts(lines: list[str], number: int) -> Iterator[Typo]:
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
        word = shown(line)[:FEW].rstrip(" …:")
        help_text = f"{_verb(shift)} at the start of this line and of the {len(below)} below it."
        yield Typo(
            number,
            _shifted(line, shift),
            _out_of_line(word, here, here + shift),
            help_text,
            here,
            is_line=False,
            also=moved,
        )


def indents(lines: list[str], number: int) -> Iterator[Typo]:
    """The line as far in as it may belong: two spaces for each step."""
    line = lines[number]
    text = line.lstrip()
    before = line[: len(line) - len(text)]
    if number == 0 and not before:
        return  # The id of a record.
    above = lines[number - 1] if number else ""
    is_text = not re.match(r"\s*(?:#|- |(?:- )?[a-z0-9_-]+:)", above)
    is_odd = before.strip(" ") != ""
    # Our files indent the first item of a list below its key, where YAML would not ask for it.
    is_first_item = text.startswith("- ") and above.rstrip().endswith(":")
    here = indent(above) + 2 * is_first_item if is_odd else len(before)
    key = re.match(r"(?:- +)?([a-z0-9_-]+):", text)
    word = key[1] if key else f"{shown(text)[:FEW].rstrip(' …')}…" if len(text) > FEW else text
    for wanted in sorted(
        range(2, max(here, indent(above)) + 6, 2), key=lambda n: (abs(n - here), n)
    ):
        if key and is_text and wanted == indent(above):
            continue  # There it would be one more line of that text.
        new = " " * wanted + text
        if is_odd:
            odd = "a tab" if "\t" in before else "another character that looks like a space"
            message = f"A line must be indented with spaces, and this one has {odd}."
            help_text = f"Delete everything before `{word}`, and type {spaces(wanted)}."
        else:
            message = _out_of_line(word, here, wanted)
            help_text = f"{_verb(wanted - here)} at the start of the line."
        yield Typo(number, new, message, help_text, 0 if is_odd else len(before))


def _out_of_line(word: str, here: int, wanted: int) -> str:
    return (
        f"`{word}` must line up with its neighbours: it is indented by {spaces(here)}, and must "
        f"be by {wanted}."
    )


def _verb(shift: int) -> str:
    return f"{'Add' if shift > 0 else 'Delete'} {spaces(abs(shift))}"


def _shifted(line: str, shift: int) -> str:
    return " " * (indent(line) + shift) + line.lstrip(" ")
