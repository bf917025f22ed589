"""Fixtures that all tests share: the real library. What needs more is in `tests/built/`."""

from __future__ import annotations

import os

import pytest
from small import ROOT

from generator.check import Checked, load_and_check
from generator.library.library import Library
from generator.library.site import Site


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """With `-n auto` one more than cores, because tests wait for browsers."""
    return (os.cpu_count() or 1) + 1 if config.option.numprocesses == "auto" else None


@pytest.fixture(scope="session")
def checked() -> Checked:
    """The project's own data and articles, with every finding."""
    return load_and_check(ROOT / "data", ROOT / "content")


@pytest.fixture(scope="session")
def library(checked: Checked) -> Library:
    return checked.library


@pytest.fixture(scope="session")
def site(library: Library) -> Site:
    return Site(library, library.countries["ca"])
