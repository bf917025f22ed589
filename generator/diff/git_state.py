"""The library now and at a revision of git, read without touching the working tree."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from generator.checks.graph import loose_links, unknown_words
from generator.diagnostics import in_order, meant
from generator.diff.compare import State, States
from generator.library.library import Library
from generator.library.review import review_status
from generator.library.site import Site
from generator.model.context import Country
from generator.model.kinds import KINDS
from generator.model.record import Reviewed, Source
from generator.reading.articles import Article, load_articles
from generator.reading.load import load
from generator.reading.published_state import PUBLISHED_FILE, RETIRED_FILE, load_published_state

NOWHERE: Final = Country(
    id="none", name="none", emergency=(), advice=(), crisis=(), source=Source()
)


class GitTrouble(Exception):
    """Git could not do what was asked; the message says why."""


def compared_with(revision: str, data_dir: Path, content_dir: Path, country: str) -> States:
    """The library and its neighbours at a revision, and as they are now."""
    shown = (data_dir.name, content_dir.name)
    with folders_at(revision, data_dir, content_dir) as (data, content):
        before = read(data, content, country, shown)
    after = read(data_dir, content_dir, country, shown)
    texts = [Path(path) for path in (*before.texts, *after.texts)]
    folders = dict(zip(shown, (data_dir, content_dir), strict=True))
    compared = {(folders[path.parts[0]] / Path(*path.parts[1:])).resolve() for path in texts}
    compared |= {(data_dir / kind.file).resolve() for kind in KINDS}
    return States(
        before,
        after,
        files=tuple(_other_files(revision, compared)),
        committers=tuple(_committers(revision, data_dir)),
        as_signed=_as_signed(revision, before.site.library, after.site.library, data_dir),
    )


def _as_signed(
    revision: str, before: Library, after: Library, data_dir: Path
) -> Mapping[str, tuple[Reviewed, Library]]:
    """Kind/id -> a record that is signed again, as it was under its last signature.

    Only where that signature had ceased to hold before the revision, and git still knows.
    """
    found: dict[str, tuple[Reviewed, Library]] = {}
    for kind, old in before.all_records():
        new = after.of_kind(kind.name).get(old.id)
        if not (isinstance(old, Reviewed) and isinstance(new, Reviewed)):
            continue
        if new.review == old.review or not old.review.digest:
            continue
        if review_status(old, before).state != "changed":
            continue
        path = (data_dir / kind.file).as_posix()
        log = git("log", "--format=%H", f"-S{old.review.digest}", revision, "--", path)
        for commit in log.decode().split()[-1:]:
            with folders_at(commit, data_dir) as (data,):
                loaded = load(data, data_dir.name)
            library = Library(loaded.records, loaded.vocabulary)
            record = library.of_kind(kind.name).get(old.id)
            if isinstance(record, Reviewed) and review_status(record, library).state == "signed":
                found[f"{kind.name}/{old.id}"] = record, library
    return found


def _other_files(revision: str, compared: Container[Path]) -> Iterator[str]:
    """Files that changed since, and that nothing here compares."""
    top = _top()
    changed = git("diff", "--name-only", "-z", "--end-of-options", revision, "--", at=top)
    added = git("ls-files", "--others", "--exclude-standard", "-z", at=top)
    for name in sorted(filter(None, (changed + added).decode("utf-8", "replace").split("\0"))):
        if (top / name).resolve() not in compared:
            yield name


def _committers(revision: str, data_dir: Path) -> Iterator[str]:
    """Who git says made the commits since: anybody can write any name there."""
    names = git(
        "log", "--format=%an <%ae>%n%cn <%ce>", "--end-of-options", f"{revision}..HEAD", "--",
        str(data_dir),
    )  # fmt: skip
    return iter(dict.fromkeys(names.decode("utf-8", "replace").splitlines()))


def read(data: Path, content: Path, country: str, shown: tuple[str, str]) -> State:
    """A site of what the folders say, and what of it can't be read."""
    loaded = load(data, shown[0])
    articles: tuple[Article, ...] = ()
    texts: dict[str, str] = {}
    if content.is_dir():
        articles, _, texts = load_articles(content, shown[1])
    library = Library(loaded.records, loaded.vocabulary, articles)
    published_state, form, published_texts = load_published_state(data, shown[0])
    site = Site(library, library.countries.get(country, NOWHERE), published_state=published_state)
    texts = {**texts, **loaded.texts, **published_texts}
    lists = [*(kind.file for kind in KINDS), RETIRED_FILE, PUBLISHED_FILE]
    for file in lists:
        texts.pop(f"{shown[0]}/{file}", None)
    blank = [d for d in (*loaded.diagnostics, *form) if not d.keeps_value]
    loose = (*(finding for _, finding in loose_links(library)), *unknown_words(library))
    typos = [finding for finding in loose if meant(finding)]
    return State(site, tuple(in_order(blank or typos)), texts)


@contextmanager
def folders_at(revision: str, *folders: Path) -> Iterator[list[Path]]:
    """Copies of these folders as they were at a revision, for as long as the context lasts."""
    top = _top()
    commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    paths = [folder.resolve().relative_to(top).as_posix() for folder in folders]
    known = [p for p in paths if git("ls-tree", "-d", commit.decode().strip(), "--", p, at=top)]
    with tempfile.TemporaryDirectory() as temporary:
        if known:
            packed = git("archive", "--format=tar", commit.decode().strip(), "--", *known, at=top)
            with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
                _unpack(archive, Path(temporary))
        yield [Path(temporary) / path for path in paths]


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Plain files only: a link in an unknown revision could lead anywhere."""
    for member in archive:
        if member.isfile() and (source := archive.extractfile(member)):
            target = folder / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read())


def _top() -> Path:
    return Path(git("rev-parse", "--show-toplevel").decode().strip())


def git(*arguments: str, at: Path | None = None) -> bytes:
    """What git prints."""
    try:
        result = subprocess.run(["git", *arguments], cwd=at, capture_output=True, check=False)
    except FileNotFoundError:
        raise GitTrouble("git is not installed, and this command needs it.") from None
    if result.returncode:
        said = result.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitTrouble(said[-1] if said else f"git does not know `{arguments[-1]}`.")
    return result.stdout
