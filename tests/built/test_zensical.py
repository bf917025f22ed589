"""Zensical builds the same site from what `strideguide write` leaves: page by page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from once import made_once
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


class Article(HTMLParser):
    """The words, links and headings of a page's article; links as addresses."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = f"https://site.example/{url}"
        self.words: list[str] = []
        self.links: list[str] = []
        self.headings: list[tuple[str, str | None]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._inside |= tag == "article"
        if self._inside and tag in ("a", "img", "iframe"):
            target = found.get("href") or found.get("src")
            if target:
                self.links.append(urljoin(self.url, target))
        if self._inside and re.fullmatch(r"h[1-6]", tag):
            self.headings.append((tag, found.get("id")))

    def handle_endtag(self, tag: str) -> None:
        self._inside &= tag != "article"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.words += data.split()


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
        one, two = (Article(uri.removesuffix("index.html")) for _ in sites)
        one.feed(_from_article(path))
        two.feed(_from_article(theirs[uri]))
        assert one.words, uri
        for what in ("words", "links", "headings"):
            if getattr(one, what) != getattr(two, what) and uri not in EXPECTED_DIFFERENCES:
                pairs = zip(getattr(one, what), getattr(two, what), strict=False)
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
