"""The report on a pull request: a comment, and fixes that its author takes with one click."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from generator.checks.report_formats import summary_text
from generator.diagnostics import Diagnostic, Severity
from generator.diff.as_markdown import cut, markdown_alerts, markdown_changes
from generator.diff.compare import Difference
from generator.diff.markdown import escaped, with_code
from generator.diff.owners import Owners, readers
from generator.diff.sentences import listed
from generator.diff.touched_pages import Touched
from generator.library.library import Library

MOST_FINDINGS: Final = 30
MOST_SUGGESTIONS: Final = 20
MARK: Final = "<!-- strideguide: report -->"
"""The first line of the comment, by which the next one replaces it."""

_HUNK: Final = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_FENCE: Final = re.compile(r"`{3,}")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Lines `first` to `last` of a file, as they should be."""

    path: str
    first: int
    last: int
    lines: tuple[str, ...]


def comment_text(
    new: Sequence[Diagnostic],
    found: Difference,
    reached: Touched | None,
    preview: str,
    read_by: Sequence[str] = (),
) -> str:
    """The comment: whether the data is valid, then what changed, red flags first.

    While it is not, no preview is made, and nothing leads there.
    """
    preview = preview if _is_sound(new) else ""
    parts = [MARK, "## What this changes", "", *_verdict(new)]
    if preview:
        parts[-1] += f" [See the changed site]({preview}), which is there while this is open."
    parts += ["", markdown_alerts(found), ""]
    parts += [*_to_fix(new), markdown_changes(found, reached, preview).rstrip()]
    if read_by:
        parts += ["", "### Who reads it", "", *(f"- {line}" for line in read_by)]
    text = "\n".join(part.rstrip("\n") if part else part for part in parts)
    return cut(re.sub(r"\n{3,}", "\n\n", text) + "\n")


def reader_lines(found: Difference, library: Library, owners: Owners) -> Iterator[str]:
    """Who reads what. Handles are shown as code, so that nobody is called twice."""
    for owner, names in readers(found, library, owners).items():
        what = escaped(listed(list(dict.fromkeys(names))))
        yield f"{escaped(owner.role)} (`{owner.handle.replace('`', '')}`): {what}"


def _is_sound(new: Sequence[Diagnostic]) -> bool:
    return not any(d.severity is Severity.ERROR for d in new)


def _verdict(new: Sequence[Diagnostic]) -> Iterator[str]:
    if not new:
        yield "**The data is valid.** It can be reviewed now."
    elif _is_sound(new):
        yield f"**The data is valid.** {summary_text(new)}"
    else:
        yield f"**{summary_text(new)}** Nothing is lost: fix them, and this report is updated."


def _to_fix(new: Sequence[Diagnostic]) -> Iterator[str]:
    if not new:
        return
    yield "### To fix"
    yield ""
    yield (
        "Each is shown beside its line under **Files changed** too. "
        "Where it has a suggestion, **Commit suggestion** fixes it."
    )
    yield ""
    for d in new[:MOST_FINDINGS]:
        yield f"- **{escaped(d.place.path)}, line {d.place.line}:** {with_code(d.message)}" + (
            f" _{with_code(d.help)}_" if d.help else ""
        )
    if len(new) > MOST_FINDINGS:
        yield f"- and {len(new) - MOST_FINDINGS} more"
    yield ""


def suggestions(
    now: Mapping[str, str], fixed: Mapping[str, str], shown: Mapping[str, frozenset[int]]
) -> Iterator[Suggestion]:
    """The fixes of lines that the pull request shows; `now` and `fixed` are texts by path.

    GitHub takes a suggestion only for lines within its diff: `shown`, by path.
    """
    count = 0
    for path in sorted(shown.keys() & now.keys() & fixed.keys()):
        old, new = now[path].splitlines(), fixed[path].splitlines()
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            lines = range(i + 1, j + 1)
            if tag == "equal" or not lines or not shown[path].issuperset(lines):
                continue
            step = 1 if len(lines) == m - k else len(lines)
            for at in range(0, len(lines), step):
                first, last = i + at + 1, i + at + step
                text = tuple(new[k + at : k + at + 1] if step == 1 else new[k:m])
                if count < MOST_SUGGESTIONS:
                    count += 1
                    yield Suggestion(path, first, last, text)


def suggestion_json(suggestion: Suggestion) -> dict[str, str | int]:
    """As the review of a pull request takes it."""
    text = "\n".join(suggestion.lines)
    longest = max((len(run) for run in _FENCE.findall(text)), default=2)
    fence = "`" * (longest + 1)
    place: dict[str, str | int] = {
        "path": suggestion.path,
        "line": suggestion.last,
        "side": "RIGHT",
    }
    if suggestion.first != suggestion.last:
        place |= {"start_line": suggestion.first, "start_side": "RIGHT"}
    return place | {"body": f"{fence}suggestion\n{text}\n{fence}"}


def shown_lines(patch: str) -> dict[str, frozenset[int]]:
    """Path -> the lines of the new file that a diff shows, those around changes included.

    >>> shown_lines("+++ b/data/signs.yaml\\n@@ -1,2 +1,3 @@\\n a\\n+b\\n c\\n")
    {'data/signs.yaml': frozenset({1, 2, 3})}
    """
    found: dict[str, set[int]] = {}
    path = ""
    left = 0
    for line in patch.splitlines():
        if left > 0:
            left -= not line.startswith(("-", "\\"))
        elif line.startswith("+++ "):
            path = line.removeprefix("+++ ").removeprefix("b/").rstrip("\t")
        elif (hunk := _HUNK.match(line)) and path != "/dev/null":
            first, left = int(hunk[1]), int(hunk[2] or 1)
            found.setdefault(path, set()).update(range(first, first + left))
    return {path: frozenset(lines) for path, lines in found.items()}
