"""Digests of the programme: whatever it left behind counts for the same programme alone."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from generator.model.digests import digest_of

_CODE: Final = Path(__file__).parent.parent
_PACKAGES: Final = ("jinja2", "markdown-it-py", "markupsafe", "pyyaml", "resvg-py", "segno",
                    "syllapy")  # fmt: skip


def code_digest() -> str:
    """A digest of all that makes texts: this generator, its templates, the packages it uses."""
    others = sorted(
        path for path in _CODE.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")
    )
    return digest_of(programme_digest(), *(path.read_bytes().hex() for path in others))


@cache
def programme_digest() -> str:
    """The modules as they were when this process began; a running process does not change."""
    modules = sorted(_CODE.rglob("*.py"))
    packages = (f"{name} {version(name)}" for name in _PACKAGES)
    return digest_of(sys.version, *packages, *(path.read_text("utf-8") for path in modules))
