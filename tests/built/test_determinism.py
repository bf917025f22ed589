"""The same facts make the same bytes, whatever the order of Python's sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from reading import assert_none
from small import ROOT, small_project


def built(folder: Path, order: str) -> dict[str, bytes]:
    """Every file of the small site, built from nothing, with sets in one of their orders."""
    project = small_project(folder / "project")
    environment = {"PYTHONHASHSEED": order, "SOURCE_DATE_EPOCH": "0", "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-m", "generator", "build"],
        cwd=project,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    files = sorted(path for path in (project / "site").rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}


def test_two_builds_are_byte_identical(tmp_path: Path) -> None:
    """`test_zensical.py` compares the texts of the real site in another order."""
    first, second = (built(tmp_path / order, order) for order in ("1", "4711"))
    assert len(first) > 200
    assert_none(set(first) ^ set(second))
    assert_none(name for name, content in first.items() if second[name] != content)
