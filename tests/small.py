"""What tests of small libraries share: folders to copy and change, and a guard against hangs."""

from __future__ import annotations

import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import Phase, settings
from yaml import safe_dump

from generator.check import Checked, load_and_check
from generator.edits.sign import signed_text
from generator.edits.text_edits import read_text
from generator.library.review import signature
from generator.model.kinds import KIND_OF
from generator.model.record import Reviewed

ROOT = Path(__file__).parent.parent
SOUND = ROOT / "tests/sound"
"""A small library without a single finding: `data/` and `content/`."""

PHASES = set(Phase) - {Phase.explain}  # To explain a failure, every line is traced: half the time.
settings.register_profile("same-every-time", derandomize=True, deadline=None, phases=PHASES)
settings.load_profile("same-every-time")


def sound_copy(target: Path) -> Path:
    """A copy of the sound folder to change at will; gives its data folder."""
    shutil.copytree(SOUND, target / "sound")
    return target / "sound/data"


def small_project(folder: Path) -> Path:
    """The folder, with all that a build takes: the sound library, our theme and settings."""
    sound_copy(folder.parent).parent.rename(folder)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "theme", folder / "theme", ignore=ignored)
    shutil.copytree(ROOT / "content/assets", folder / "content/assets")
    shutil.copy(ROOT / "content/embed.js", folder / "content")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    nav = safe_dump([{"Home": "index.md"}, {"Conditions": "conditions/index.md"}])
    config = re.sub(r"^nav:\n(?:  .*\n)+", f"nav:\n{nav}", config, flags=re.MULTILINE)
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    return folder


def change(path: Path, old: str, new: str) -> None:
    """Replace the one place where `old` stands in the file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def sound_checked() -> Checked:
    """The sound library."""
    return load_and_check(SOUND / "data", SOUND / "content")


def sign(data_dir: Path, kind: str, id_: str, on: date = date(2026, 1, 2)) -> None:
    """Sign a record of a data folder as A. Example."""
    library = load_and_check(data_dir).library
    record = library.of_kind(kind)[id_]
    assert isinstance(record, Reviewed)
    review = signature(record, library, by="A. Example", registration="None 1", on=on)
    path = data_dir / KIND_OF[kind].file
    text = signed_text(read_text(path), record, review)
    assert text
    path.write_bytes(text.encode())


def findings_of(data_dir: Path) -> list[tuple[str, int, str]]:
    """(file, line, code) of every finding of a data folder, in order."""
    found = load_and_check(data_dir).diagnostics
    return [(Path(d.place.path).name, d.place.line, d.code) for d in found]


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail what takes longer, so that an endless loop fails one test and not the whole run.

    The processor's time counts, so that others who keep it busy don't.
    """

    def too_late(signum: int, frame: FrameType | None) -> None:
        pytest.fail(f"this took more than {seconds} s")

    before = signal.signal(signal.SIGPROF, too_late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
