"""Which lines changed of articles, vocabulary and other texts that hold no records. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.diff.field_changes import Change, Weight
from generator.diff.pairing import likeness, paired
from generator.library.meaning import turns_meaning


@dataclass(frozen=True, slots=True)
class TextChange:
    """A file with its changed lines."""

    path: str
    changes: tuple[Change, ...]


def text_changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[TextChange]:
    """Path -> text, before and after. Empty lines and the ends of lines do not count."""
    for path in sorted({*before, *after}):
        changes = tuple(_line_changes(before.get(path, ""), after.get(path, "")))
        if changes:
            yield TextChange(path, changes)


def _line_changes(before: str, after: str) -> Iterator[Change]:
    """A line that is elsewhere now is moved, not removed and added."""
    old, new = before.splitlines(), after.splitlines()
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [block for block in blocks if block[0] != "equal"]
    was = [line for _, i, j, _, _ in changed for line in old[i:j] if line.strip()]
    lines = [n for _, _, _, k, m in changed for n in range(k, m) if new[n].strip()]
    now = [new[n] for n in lines]
    pairs = paired(was, now, str, lambda one, other, _: likeness(one, other))
    source = {j: i for i, j in pairs}
    for j, (n, line) in enumerate(zip(lines, now, strict=True)):
        where = f"line {n + 1}"
        if j not in source:
            yield Change("clinical", "gained", where, after=line.strip())
        elif (old_line := was[source[j]]) == line:
            yield Change("statement", "reordered", f"{where}, {line.strip()}")
        else:
            weight: Weight = "clinical" if turns_meaning(old_line, line) else "statement"
            yield Change(weight, "changed", where, old_line.strip(), line.strip())
    for i, line in enumerate(was):
        if i not in source.values():
            yield Change("clinical", "lost", "line", before=line.strip())
