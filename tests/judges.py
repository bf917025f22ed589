"""Independent judges that npm brings: a language server, an HTML checker, a linter of workflows."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from once import alone
from small import ROOT


def npm_packages(name: str) -> Path:
    """The folder of what tools/NAME pins; skips where Node or its registry can't be reached."""
    if not shutil.which("npm"):
        pytest.skip(f"{name} needs Node")
    command = ["sh", "tools/npm.sh", name]
    with alone(ROOT / ".cache" / f"{name}.lock"):
        installed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if installed.returncode:
        reason = " ".join(installed.stderr.split())[:200]
        pytest.skip(f"{name} can't be installed here: {reason}")
    return ROOT / ".cache" / name / "node_modules"
