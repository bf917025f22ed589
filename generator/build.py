"""The whole way on one screen: data files -> library and findings -> outputs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.api import api
from generator.articles import Article, load_articles
from generator.builder import builder_data
from generator.checks import check
from generator.diagnostics import Diagnostic, Severity, in_order
from generator.figures import figures
from generator.finder import finder_data
from generator.library import Library
from generator.load import load
from generator.outputs import Output
from generator.pages import pages
from generator.render import Site
from generator.report import Texts


@dataclass(frozen=True, slots=True)
class Checked:
    """A library with everything that is wrong with it; `texts` are the files, for reports."""

    library: Library
    diagnostics: tuple[Diagnostic, ...]
    texts: Texts

    def stops_build(self, *, strict: bool) -> bool:
        """Whether the findings are bad enough: errors always, warnings under `strict`."""
        return any(strict or d.severity is Severity.ERROR for d in self.diagnostics)


def load_and_check(data_dir: Path, content_dir: Path | None = None) -> Checked:
    """Read the data folder, and the articles where there are any, and apply every rule."""
    loaded = load(data_dir, shown_path(data_dir))
    articles: tuple[Article, ...] = ()
    found = list(loaded.diagnostics)
    texts = dict(loaded.texts)
    if content_dir:
        articles, unreadable, article_texts = load_articles(content_dir, shown_path(content_dir))
        found += unreadable
        texts |= article_texts
    library = Library(loaded.records, loaded.vocabulary, articles)
    return Checked(library, tuple(in_order([*found, *check(library)])), texts)


def shown_path(path: Path) -> str:
    """A path as messages show it: relative where it lies below the working directory."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix() or "."
    except ValueError:
        return path.as_posix()


def outputs(site: Site) -> Iterator[Output]:
    """Everything that a sound library makes: pages, figures, the API, and what scripts load."""
    yield from pages(site)
    yield from figures(site.library)
    yield from api(site.library)
    yield finder_data(site.library)
    yield builder_data(site)
