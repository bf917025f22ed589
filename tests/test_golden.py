"""Whole outputs of a few invented records, kept as files: a change of wording shows in a diff.

After a change that is meant: `UPDATE_GOLDENS=1 .venv/bin/pytest tests/test_golden.py`, then
read what `git diff tests/golden` says.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

from generator.build import load_and_check, outputs
from generator.diagnostics import Severity
from generator.render import Site

GOLDEN: Final = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """Everything that the invented data make, by address."""
    checked = load_and_check(GOLDEN / "data")
    errors = [
        f"{d.place}: {d.message}" for d in checked.diagnostics if d.severity is Severity.ERROR
    ]
    assert errors == []
    site = Site(checked.library, checked.library.countries["ca"])
    return {output.uri: output.content for output in outputs(site)}


@pytest.mark.parametrize(
    "uri",
    [
        "conditions/sore-hinge.md",
        "signs/squeak.md",
        "signs/snap.md",
        "exercises/slow-swing.md",
        "programmes/back-to-swinging.md",
        "regions/gate.md",
        "references/smith-2020.md",
        "api/v1/conditions/sore-hinge.json",
    ],
)
def test_output_is_as_it_was(uri: str, made: dict[str, str]) -> None:
    kept = GOLDEN / "expected" / uri
    if os.environ.get("UPDATE_GOLDENS"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(made[uri], encoding="utf-8")
    assert made[uri] == kept.read_text(encoding="utf-8")


def test_addresses_are_made_once(made: dict[str, str]) -> None:
    checked = load_and_check(GOLDEN / "data")
    site = Site(checked.library, checked.library.countries["ca"])
    assert len(list(outputs(site))) == len(made)
