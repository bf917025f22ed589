"""Fixtures of tests that need the built site, a browser or a build of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from cards import Open
from devices import FIRST, Origin, publish
from hosts import Host, host_site
from once import made_once
from page_pool import PHONE, PagePool, PooledPage
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from reading import Pages, read_page
from serving import from_folder, served
from small import ROOT
from synthetic_project import synthetic_project
from waiting import PATIENCE_MS

from generator import routes
from generator.library.site import Site

WITHOUT_THEME = ("offline.html", "embed/", "cards/", "for/", routes.SELF_TEST)
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def site_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site. `mkdocs build --strict` must pass for any test that uses it."""

    def build(folder: Path) -> None:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout + result.stderr

    return made_once(tmp_path_factory, "site", build)


@pytest.fixture(scope="session")
def base_url(site_dir: Path) -> Iterator[str]:
    """The built site on this machine; ends in a slash."""
    with served(from_folder(site_dir)) as url:
        yield url


def patient(opens: Callable[..., Any]) -> Callable[..., Any]:
    """What opens a context or a page, for machines that are busy."""

    def opened(**options: Any) -> Any:
        # Each new context would fetch the whole site; tests of offline use say "allow".
        made = opens(**{"service_workers": "block", **options})
        made.set_default_timeout(PATIENCE_MS)
        return made

    return opened


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; a machine without one fails the test."""
    found = subprocess.run(["sh", "tools/browser.sh"], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    flags = ["--disable-gpu", "--disable-background-networking"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found.stdout.strip(), args=flags, timeout=PATIENCE_MS
        )
        chromium.new_context = patient(chromium.new_context)
        chromium.new_page = patient(chromium.new_page)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def page_pool(browser: Browser) -> PagePool:
    return PagePool(browser)


@pytest.fixture
def new_page(page_pool: PagePool, base_url: str) -> Iterator[Callable[..., Page]]:
    """Gives pages of the built site, clean, in a context of the options that it is called with."""
    with ExitStack() as pooled:
        yield (
            lambda **options: (
                pooled.enter_context(page_pool.page(base_url=base_url, **options)).page
            )
        )


@pytest.fixture
def phone(page_pool: PagePool, base_url: str) -> Iterator[Page]:
    """A page of 390 px that fails the test on a console error or a request to elsewhere."""
    with page_pool.page(viewport=PHONE, base_url=base_url) as pooled:
        yield pooled.page
    assert pooled.errors + pooled.exceptions == []
    assert pooled.requests_outside(base_url) == []


@pytest.fixture
def plain(new_page: Callable[..., Page]) -> Page:
    """A phone that runs no scripts."""
    return new_page(viewport=PHONE, java_script_enabled=False)


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_site() as site:
        yield site


@pytest.fixture
def open_page(page_pool: PagePool, base_url: str, host: Host) -> Iterator[Open]:
    """Opens pages that fail the test on a console error or a request to a third origin."""
    seen: list[PooledPage] = []
    with ExitStack() as stack:

        def opened(url: str, width: int = 640, **options: Any) -> Page:
            viewport = ViewportSize(width=width, height=900)
            pooled = stack.enter_context(page_pool.page(viewport=viewport, **options))
            seen.append(pooled)
            pooled.page.goto(url)
            return pooled.page

        yield opened
    for pooled in seen:
        assert pooled.errors + pooled.exceptions + pooled.requests_outside(base_url, host.url) == []


@pytest.fixture(scope="session")
def pages(site_dir: Path) -> Pages:
    """Every built page by its address; `test_embed_files.py` has those without theme."""
    documents = (read_page(site_dir, path) for path in sorted(site_dir.rglob("*.html")))
    return {d.url: d for d in documents if not d.url.startswith(WITHOUT_THEME)}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small synthetic project; the working directory is there."""
    monkeypatch.chdir(tmp_path)
    return synthetic_project(tmp_path)


@pytest.fixture
def device(browser: Browser) -> Iterator[Page]:
    """A browser that lets service workers in."""
    context = browser.new_context(service_workers="allow")
    yield context.new_page()
    context.close()


@pytest.fixture
def origin(tmp_path: Path, site: Site) -> Iterator[Origin]:
    """A small site at the root of an origin of its own."""
    publish(tmp_path, site, FIRST)
    origin = Origin(tmp_path)
    yield origin
    origin.stop()
