"""The library now and at a revision of git, read without touching the working tree."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from generator.changes.unread import AsRead, Comparable, as_read, comparable
from generator.library import Library
from generator.model.context import Country
from generator.model.record import Source
from generator.reading.articles import Article, load_articles
from generator.reading.load import load
from generator.reading.outward import load_outward
from generator.site import Site

NOWHERE: Final = Country(
    id="none", name="none", emergency=(), advice=(), crisis=(), source=Source()
)


class GitTrouble(Exception):
    """Git could not do what was asked; the message says why."""


def compared_with(revision: str, data_dir: Path, content_dir: Path, country: str) -> Comparable:
    """The library and its neighbours at a revision, and as they are now."""
    shown = (data_dir.name, content_dir.name)
    with folders_at(revision, data_dir, content_dir) as (data, content):
        before = read(data, content, country, shown)
    return comparable(before, read(data_dir, content_dir, country, shown))


def read(data: Path, content: Path, country: str, shown: tuple[str, str]) -> AsRead:
    """A site of what the folders say, and what of it can't be read."""
    loaded = load(data, shown[0])
    articles: tuple[Article, ...] = ()
    if content.is_dir():
        articles, _, _ = load_articles(content, shown[1])
    library = Library(loaded.records, loaded.vocabulary, articles)
    outward, form, _ = load_outward(data, shown[0])
    site = Site(library, library.countries.get(country, NOWHERE), outward=outward)
    return as_read(loaded, site, form)


@contextmanager
def folders_at(revision: str, *folders: Path) -> Iterator[list[Path]]:
    """Copies of these folders as they were at a revision, for as long as the context lasts."""
    top = Path(git("rev-parse", "--show-toplevel").decode().strip())
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
    """Plain files only: a link of a stranger's revision could lead anywhere."""
    for member in archive:
        if member.isfile() and (source := archive.extractfile(member)):
            target = folder / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read())


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
