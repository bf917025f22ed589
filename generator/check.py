"""Data files -> library and findings: all that a check needs, and nothing that makes pages."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from generator.checks import check
from generator.checks.published_state import check_published_state
from generator.checks.report_formats import Texts
from generator.diagnostics import Diagnostic, Place, Severity, in_order
from generator.library.library import Library
from generator.model.kinds import KIND_OF, KINDS, Kind
from generator.model.record import Record
from generator.reading.articles import Article, load_articles
from generator.reading.cascade_filter import Lost, without_explained, without_follow_ups
from generator.reading.content_files import links_out
from generator.reading.form_findings import records_gone
from generator.reading.load import Entries, Loaded, load
from generator.reading.published_state import PublishedState, load_published_state

POLICY: Final = KIND_OF["policy"]
FEW_GONE: Final = 5
"""Published records of a kind that may have been deleted one by one; beyond, a file was cut."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A library with everything that is wrong with it; `texts` are the files, for reports.

    `entries` are how each record was read, by kind and id.
    """

    library: Library
    diagnostics: tuple[Diagnostic, ...]
    texts: Texts
    published_state: PublishedState = field(default_factory=PublishedState)
    entries: Entries = field(default_factory=dict)

    def stops_build(self, *, strict: bool) -> bool:
        """Whether the findings are bad enough: errors always, warnings under `strict`."""
        return any(strict or d.severity is Severity.ERROR for d in self.diagnostics)


def load_and_check(data_dir: Path, content_dir: Path | None = None) -> Checked:
    """Read the data folder, and the articles where there are any, and apply every rule."""
    with no_collection():
        return _load_and_check(data_dir, content_dir)


def _load_and_check(data_dir: Path, content_dir: Path | None) -> Checked:
    loaded = load(data_dir, shown_path(data_dir))
    articles: tuple[Article, ...] = ()
    found = [*loaded.diagnostics, *links_out(data_dir, shown_path(data_dir))]
    texts = dict(loaded.texts)
    if content_dir:
        articles, unreadable, article_texts = load_articles(content_dir, shown_path(content_dir))
        found += unreadable
        texts |= article_texts
    published_state, unsound, published_texts = load_published_state(data_dir, shown_path(data_dir))
    records = loaded.records
    if any(d.place.path == f"{shown_path(data_dir)}/{POLICY.file}" for d in loaded.diagnostics):
        records = {**records, POLICY.name: {}}  # Wrong limits would be broken often.
    library = Library(records, loaded.vocabulary, articles, published_state.retired)
    texts |= published_texts
    missing = _missing(published_state, loaded.records)
    cut = [kind for kind in KINDS if _is_cut(kind, missing, loaded)]
    gone = [_records_gone(kind, missing, texts, shown_path(data_dir)) for kind in cut]
    found += gone
    found += without_follow_ups(
        [*unsound, *check(library), *check_published_state(library, published_state)],
        [*loaded.diagnostics, *gone],
        [*loaded.lost, *(Lost(kind.name, "", "") for kind in cut)],
        missing,
        texts,
    )
    return Checked(
        library,
        tuple(in_order(without_explained(found, loaded.diagnostics, texts))),
        texts,
        published_state=published_state,
        entries=loaded.entries,
    )


def _missing(
    published_state: PublishedState, records: Mapping[str, Mapping[str, Record]]
) -> Mapping[str, list[str]]:
    """The ids that were published and are no more, by kind; not those that are retired."""
    missing: dict[str, list[str]] = {}
    for address in published_state.published:
        kind, _, id_ = address.partition("/")
        if id_ not in records.get(kind, {}) and id_ not in published_state.retired:
            missing.setdefault(kind, []).append(id_)
    return missing


def _is_cut(kind: Kind, missing: Mapping[str, list[str]], loaded: Loaded) -> bool:
    """Whether a part of a file is gone, rather than that some records went or can't be read."""
    unread = {one.id for one in loaded.lost if one.kind == kind.name}
    gone = set(missing.get(kind.name, ())) - unread
    return len(gone) > FEW_GONE and "" not in unread


def _records_gone(
    kind: Kind, missing: Mapping[str, list[str]], texts: Texts, shown_dir: str
) -> Diagnostic:
    path = f"{shown_dir}/{kind.file}"
    last = texts[path].rstrip().count("\n") + 1
    ids = missing[kind.name]
    return records_gone(Place(path, last), kind, len(ids), ids[0])


@contextmanager
def no_collection() -> Iterator[None]:
    """Records hold no cycles: to search them for garbage, now or later, takes time for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()


def shown_path(path: Path) -> str:
    """A path as messages show it: relative where it is below the working directory."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix() or "."
    except ValueError:
        return path.as_posix()
