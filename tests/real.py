"""Copies of the real data and articles to change at will."""

from __future__ import annotations

import shutil
from contextlib import chdir
from pathlib import Path

from small import ROOT

from generator.check import Checked, load_and_check


def real_copy(folder: Path) -> Path:
    """The folder, with a copy of `data/` and `content/` in it."""
    for name in ("data", "content"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def real_checked(folder: Path) -> Checked:
    """Such a copy, checked."""
    with chdir(folder):
        return load_and_check(Path("data"), Path("content"))
