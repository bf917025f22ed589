"""Zensical builds the same site from what `strideguide write` leaves: page by page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from lxml import html
from once import made_once
from reading import words
from small import ROOT

from generator import routes
from generator.pages.raster import png_of

EDIT_BASE = "https://github.com/strideguide/strideguide/edit/main/"

ONLY_OURS = ("offline.html", "sw.js", "_headers", "manifest.webmanifest")
"""The service worker with its manifest, and the policy of scripts: no written file holds them."""
OF_THE_ENGINE = tuple(
    f"assets/{name}/" for name in ("images", "javascripts", "joined", "stylesheets")
)
UNDRAWN = """
from generator.cli import main as cli
from generator.pages import raster
raster.png_of = str.encode
cli.main()
"""
"""The command, with preview pictures as they are before they are drawn, which takes long."""
EXPECTED_DIFFERENCES = {
    "404.html": "each engine has its own words",
}
"""Page -> why it differs. Nothing else may."""


def article(url: str, path: Path) -> dict[str, list[Any]]:
    """The words, links and headings of a page's article; links as addresses."""
    root = html.document_fromstring(_from_article(path))
    targets = (e.get("href") or e.get("src") for e in root.iter("a", "img", "iframe"))
    return {
        "words": words(root).split(),
        "links": [urljoin(f"https://site.example/{url}", target) for target in targets if target],
        "headings": [(e.tag, e.get("id")) for e in root.iter("h1", "h2", "h3", "h4", "h5", "h6")],
    }


@pytest.fixture(scope="module")
def sites(site_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The site of MkDocs and the site of Zensical."""

    def make(project: Path) -> None:
        shutil.copy(ROOT / "mkdocs.yml", project)
        shutil.copytree(ROOT / "theme", project / "theme")
        addresses = ("--edit-base", EDIT_BASE, "--site-url", "https://strideguide.example/")
        _run(ROOT, "-c", UNDRAWN, "write", str(project / "content"), *addresses)
        _run(project, "-m", "zensical", "build")

    return site_dir, made_once(tmp_path_factory, "zensical", make) / "site"


def _run(folder: Path, *arguments: str) -> None:
    """In an order of sets that is not the one of the build."""
    result = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def _from_article(path: Path) -> str:
    """The page's own part, without what the theme puts before and behind it."""
    text = path.read_text("utf-8")
    return text[text.index("<article") : text.rindex("</article>") + len("</article>")]


def _pages(site: Path) -> dict[str, Path]:
    return {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}


def test_every_page_says_and_links_the_same(sites: tuple[Path, Path]) -> None:
    ours, theirs = map(_pages, sites)
    assert set(ours) - set(ONLY_OURS) == set(theirs)
    different = []
    for uri, path in ours.items():
        if uri in ONLY_OURS:
            continue
        if path.read_bytes() == theirs[uri].read_bytes():
            continue  # A card, which has no theme.
        one, two = (article(uri.removesuffix("index.html"), p) for p in (path, theirs[uri]))
        assert one["words"], uri
        for what in one:
            if one[what] != two[what] and uri not in EXPECTED_DIFFERENCES:
                pairs = zip(one[what], two[what], strict=False)
                different.append((uri, what, next((p for p in pairs if p[0] != p[1]), "length")))
    assert different == []


def test_every_other_file_of_ours_is_there(sites: tuple[Path, Path]) -> None:
    ours, theirs = sites
    drawn = []
    for path in sorted(ours.rglob("*")):
        uri = path.relative_to(ours)
        is_theme = uri.as_posix().startswith(OF_THE_ENGINE)
        if path.is_file() and path.suffix != ".html" and not is_theme:
            if uri.parts[0] in (*ONLY_OURS, "search", "sitemap.xml", "sitemap.xml.gz"):
                continue
            # Zensical makes a page of every `.md`, so there the pages' twins end in `.md.txt`.
            there = theirs / f"{uri}.txt" if path.suffix == ".md" else theirs / uri
            if ours / routes.PICTURES in path.parents:
                drawn.append((path, there.read_text(encoding="utf-8")))
                continue
            assert there.read_bytes() == path.read_bytes(), uri
    for path, svg in drawn[::100]:
        assert png_of(svg) == path.read_bytes(), path
    assert len(drawn) > 200
