"""Copies of the real data and articles to change at will."""

from __future__ import annotations

import shutil
from contextlib import chdir
from pathlib import Path
from typing import Final

from small import ROOT

from generator.checking import Checked, load_and_check
from generator.reading.load import LastRead

_LAST: Final = LastRead()


def real_copy(folder: Path) -> Path:
    """The folder, with a copy of `data/` and `content/` in it."""
    for name in ("data", "content"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def real_checked(folder: Path) -> Checked:
    """Such a copy, checked: records that are as an earlier test had them are not read again."""
    with chdir(folder):
        return load_and_check(Path("data"), Path("content"), _LAST)
