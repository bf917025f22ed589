"""`check --fix`: asks about near misses, fixes layout, writes what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generator.check import Checked, load_and_check, shown_path
from generator.diagnostics import Diagnostic, new_findings
from generator.diff.git_state import folders_at
from generator.edits import formatting
from generator.edits.text_edits import Edit, FileText, applied, read_text, write_texts
from generator.model.kinds import KINDS

MOST_ROUNDS: Final = 5
"""A fixed near miss can bring another one to light, and rarely a third."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What was fixed: the files, and a line for each fix."""

    files: tuple[Path, ...]
    lines: tuple[str, ...]


def autofix(
    data_dir: Path, content_dir: Path | None, agrees: Callable[[formatting.Question], bool]
) -> Fixed:
    """Fix what has one right answer, and the near misses that somebody agrees to."""
    lines: list[str] = []
    files: dict[Path, None] = {}
    answers: dict[tuple[str, str, str], bool] = {}
    for _ in range(MOST_ROUNDS):
        checked = load_and_check(data_dir, content_dir)
        paths = shown_files(checked, data_dir, content_dir)
        texts = {shown: read_text(path) for shown, path in paths.items()}
        edits: dict[str, list[Edit]] = {}
        for question in formatting.questions(checked.diagnostics, texts):
            place = question.diagnostic.place
            key = (place.path, question.found, question.meant)
            if key not in answers:
                answers[key] = agrees(question)
            if answers[key]:
                edits.setdefault(place.path, []).append(question.edit)
                lines.append(f"{place.path}:{place.line}: {question.edit.why}")
        if not edits:
            break
        new = {paths[shown]: applied(texts[shown], some) for shown, some in edits.items()}
        files |= dict.fromkeys(write_texts(new))
    for path, text in _formatted(data_dir, lines).items():
        files |= dict.fromkeys(write_texts({path: text}))
    return Fixed(tuple(files), tuple(lines))


def _formatted(data_dir: Path, lines: list[str]) -> dict[Path, str]:
    """The data files' texts with their layout fixed; `lines` gets a line for each fix."""
    texts: dict[Path, str] = {}
    for kind in KINDS:
        path = data_dir / kind.file
        try:
            text = read_text(path)
        except (OSError, UnicodeDecodeError):
            continue
        for edits_of in (formatting.spacing, formatting.forms, formatting.order):
            edits = list(edits_of(text, kind))
            file = FileText(text)
            lines += [f"{path.as_posix()}:{file.line_at(e.start)}: {e.why}" for e in edits]
            text = applied(text, edits)
        texts[path] = text
    return texts


def shown_files(checked: Checked, data_dir: Path, content_dir: Path | None) -> dict[str, Path]:
    """Shown path of each file that was read -> the file."""
    folders = [folder for folder in (data_dir, content_dir) if folder]
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {shown_path(path): path for path in files if shown_path(path) in checked.texts}


def new_since(
    revision: str, checked: Checked, data_dir: Path, content_dir: Path
) -> tuple[Diagnostic, ...]:
    """The findings that were not there at a revision, wherever they are.

    Everything is checked: a change can break a file that it did not touch.
    """
    with folders_at(revision, data_dir, content_dir) as (data, content):
        before = load_and_check(data, content if content.is_dir() else None).diagnostics
    return tuple(new_findings(before, checked.diagnostics))
