"""Whole outputs of a few invented records, kept as files: a change of wording shows in a diff.

After a change that is meant: `UPDATE_GOLDENS=1 .venv/bin/pytest tests/test_golden.py`, then
read what `git diff tests/golden` says.
"""

from __future__ import annotations

import os
from typing import Final

import pytest
from small import ROOT

from generator.build import outputs
from generator.check import load_and_check
from generator.diagnostics import Severity
from generator.exports.api import api
from generator.library.site import Site
from generator.pages.pages import pages

GOLDEN: Final = ROOT / "tests" / "golden"


@pytest.fixture(scope="module")
def site() -> Site:
    """The invented data, which must be sound."""
    checked = load_and_check(GOLDEN / "data")
    errors = [
        f"{d.place}: {d.message}" for d in checked.diagnostics if d.severity is Severity.ERROR
    ]
    assert errors == []
    return Site(checked.library, checked.library.countries["ca"])


@pytest.fixture(scope="module")
def made(site: Site) -> dict[str, str]:
    """Every page and API document by its address."""
    return {output.uri: output.content for output in (*pages(site), *api(site))}


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


def test_sound_data_make_a_whole_site(site: Site) -> None:
    """No address is made twice, and no output needs a record that the checks don't ask for."""
    uris = [output.uri for output in outputs(site)]
    assert len(uris) == len(set(uris))
