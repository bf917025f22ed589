"""Plans meet the disk: read what a plan starts from, try it on a copy, write it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.check import Checked, load_and_check, shown_path
from generator.diagnostics import Diagnostic, Severity, new_findings
from generator.edits.plan import Plan, Refused, State
from generator.edits.text_edits import read_text, write_texts
from generator.library.library import Library
from generator.library.review import review_status, signature, signed_on
from generator.model.record import Reviewed


@dataclass(frozen=True, slots=True)
class Trial:
    """What a plan leads to: the texts to write, the findings it brings, the signatures it ends."""

    texts: Mapping[str, str]
    findings: tuple[Diagnostic, ...]
    report_texts: Mapping[str, str]
    undone: tuple[str, ...]

    @property
    def errors(self) -> list[Diagnostic]:
        """The findings that forbid it; not that somebody has to choose, as in a new record."""
        errors = (d for d in self.findings if d.severity is Severity.ERROR)
        return [d for d in errors if d.code != "to-be-chosen"]


def state_of(
    data_dir: Path, content_dir: Path, *, only_adds: bool = False
) -> tuple[State, Checked]:
    """What the folders say. Data with errors are refused: it would be unclear what a plan broke.

    A plan that only adds a record breaks nothing of the others.
    """
    checked = load_and_check(data_dir, content_dir if content_dir.is_dir() else None)
    if checked.stops_build(strict=False) and not only_adds:
        raise Refused("The data has errors. Fix them first: `strideguide check`.")
    texts = {shown: read_text(path) for shown, path in _files(data_dir, content_dir).items()}
    return State(checked.library, checked.published_state, texts, shown_path(data_dir)), checked


def tried(
    plan: Plan, before: Checked, data_dir: Path, content_dir: Path, *, keeps_meaning: bool
) -> Trial:
    """The plan, tried on a copy. Where it keeps the meaning of records, signatures stay valid."""
    texts = dict(plan.texts())
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary)
        folders = [(data_dir, copy / "data"), (content_dir, copy / "content")]
        for folder, target in folders:
            if folder.is_dir():
                shutil.copytree(folder, target, symlinks=True)
        at = {shown_path(folder): target for folder, target in folders}
        _write(texts, at)
        after = load_and_check(copy / "data", copy / "content" if content_dir.is_dir() else None)
        if keeps_meaning:
            carried = _signatures_carried(before.library, after.library, texts, plan.state)
            if carried:
                texts |= carried
                _write(texts, at)
                after = load_and_check(copy / "data", copy / "content")
        undone = tuple(_undone(before.library, after.library))
        home = {shown_path(target): shown_path(folder) for folder, target in folders}
        new = new_findings(before.diagnostics, after.diagnostics)
        shown = {_shown_at_home(path, home): text for path, text in after.texts.items()}
        return Trial(texts, tuple(_at_home(d, home) for d in new), shown, undone)


def write(trial: Trial, data_dir: Path, content_dir: Path) -> list[Path]:
    """Write the texts; gives the files that changed."""
    return _write(trial.texts, {shown_path(f): f for f in (data_dir, content_dir)})


def _write(texts: Mapping[str, str], folder_of: Mapping[str, Path]) -> list[Path]:
    new: dict[Path, str] = {}
    for shown, text in texts.items():
        top = next(top for top in folder_of if shown.startswith(f"{top}/"))
        new[folder_of[top] / shown.removeprefix(f"{top}/")] = text
    return write_texts(new)


def _files(*folders: Path) -> dict[str, Path]:
    return {
        shown_path(path): path
        for folder in folders
        if folder.is_dir()
        for pattern in ("*.yaml", "*.md")
        for path in sorted(folder.rglob(pattern))
    }


def _signatures_carried(
    before: Library, after: Library, texts: Mapping[str, str], state: State
) -> dict[str, str]:
    """Texts in which signatures over ids that changed, and nothing else, still hold."""
    carried: dict[str, str] = {}
    for kind, old in before.all_records():
        if not isinstance(old, Reviewed) or review_status(old, before).state != "signed":
            continue
        digests = {
            record.review.digest: _signed_as_before(record, after)
            for record in after.of_kind(kind.name).values()
            if isinstance(record, Reviewed) and record.review.digest == old.review.digest
        }
        path = state.path_of(kind)
        for was, now in digests.items():
            text = carried.get(path, texts.get(path, state.texts[path]))
            carried[path] = text.replace(was, now)
    return {path: text for path, text in carried.items() if text != texts.get(path)}


def _signed_as_before(record: Reviewed, library: Library) -> str:
    """The digest of the same signature over the record as it is."""
    review, on = record.review, signed_on(record)
    assert on, "only what is signed is carried"
    by, registration = review.by, review.registration
    return signature(record, library, by=by, registration=registration, on=on).digest


def _undone(before: Library, after: Library) -> list[str]:
    return [
        f"{record.name}, signed by {record.review.by}"
        for kind, record in before.all_records()
        if isinstance(record, Reviewed) and review_status(record, before).state == "signed"
        if (now := after.of_kind(kind.name).get(record.id)) and isinstance(now, Reviewed)
        if review_status(now, after).state != "signed"
    ]


def _at_home(d: Diagnostic, home: Mapping[str, str]) -> Diagnostic:
    """The finding with the paths of the folders that were copied."""
    notes = tuple(
        replace(n, place=replace(n.place, path=_shown_at_home(n.place.path, home))) for n in d.notes
    )
    place = replace(d.place, path=_shown_at_home(d.place.path, home))
    return replace(d, place=place, notes=notes)


def _shown_at_home(path: str, home: Mapping[str, str]) -> str:
    for copy, folder in home.items():
        if path.startswith(f"{copy}/"):
            return f"{folder}/{path.removeprefix(f'{copy}/')}"
    return path
