"""The files that MkDocs gets from us, and which of them need not be written again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs.structure.files import File

from generator.exports.markdown_twins import TWIN_SUFFIX
from generator.host.code import code_digest
from generator.host.noting import MadeOutput
from generator.model.digests import digest_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

BUILT: Final = "site.json"
_CACHE: Final = ".cache/strideguide"
_OUR_PLUGINS: Final = frozenset(("strideguide",))
_NOT_SEEN: Final = frozenset(("plugins", "hooks", "theme", "site_dir", "docs_dir", "watch"))
"""Settings that no page shows."""


class GeneratedFile(File):
    """A file of ours, whose content is a file of the cache.

    MkDocs asks `is_modified` in a dirty build, where it skips what has not changed.
    """

    key = ""
    """A digest of all that its place in the site rests on."""
    is_unchanged = False

    def is_modified(self) -> bool:
        return not self.is_unchanged


class Article(File):
    """An article. It shows names of records, so that it is made in every build."""

    def is_modified(self) -> bool:
        return True


def generated_file(made: MadeOutput, config: MkDocsConfig) -> GeneratedFile:
    """The file of an output; those that are Markdown have no page yet."""
    file = GeneratedFile.generated(config, made.uri, abs_src_path=str(made.path))
    assert isinstance(file, GeneratedFile)
    file.edit_uri = _edit_uri(made, config)
    file.key = made.digest
    if made.uri.endswith(TWIN_SUFFIX):
        file.dest_uri = made.uri.removesuffix(".txt")
    return file


def article_file(file: File) -> Article:
    """The same file, as an article."""
    return Article(file.src_uri, file.src_dir, file.dest_dir, file.use_directory_urls)


def _edit_uri(made: MadeOutput, config: MkDocsConfig) -> str | None:
    """The edit link's address, from the docs folder: the line of the output's facts."""
    if made.source is None:
        return None
    path = _from_docs(made.source.path, config.docs_dir, os.getcwd())
    return f"{path}#L{made.source.line}" if path else made.uri


@lru_cache(maxsize=64)
def _from_docs(path: str, docs_dir: str, here: str) -> str:
    """The way from the docs folder to a file beside it, or ""."""
    root = Path(docs_dir).resolve().parent
    file = (Path(here) / path).resolve()
    return f"../{file.relative_to(root).as_posix()}" if file.is_relative_to(root) else ""


def cache_folder(config: MkDocsConfig) -> Path:
    """What builds of this project leave for later ones."""
    return (Path(config.config_file_path).parent if config.config_file_path else Path()) / _CACHE


def surroundings(config: MkDocsConfig) -> str:
    """A digest of all that pages show beside their own content; "" where it can't be known.

    It can't where somebody else's plugin or hook has a hand in pages.
    """
    if config.hooks or not _OUR_PLUGINS.issuperset(config.plugins):
        return ""
    settings = {name: value for name, value in config.items() if name not in _NOT_SEEN}
    theme = {name: config.theme[name] for name in config.theme}
    packages = [f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "jinja2")]
    custom = config.theme.custom_dir
    texts = [path.read_text("utf-8", "replace") for path in _below(custom)] if custom else []
    seen = json.dumps([settings, theme], default=repr, sort_keys=True)
    return digest_of(code_digest(), seen, *packages, *texts)


def _below(folder: str | Path) -> list[Path]:
    return sorted(path for path in Path(folder).rglob("*") if path.is_file())


class BuiltSite:
    """What the last build left in `site_dir`: the key of each file of ours, in the file `notes`."""

    def __init__(self, notes: Path, site_dir: Path) -> None:
        self._notes, self._site_dir = notes, site_dir
        self.keys: Mapping[str, str] = {}
        self._docs = ""
        self._stats: dict[str, list[int]] = {}
        with suppress(OSError, ValueError, TypeError):
            self.keys, self._docs, self._stats = json.loads(notes.read_bytes())

    def can_go_on(self, docs_dir: Path) -> bool:
        """Whether nobody has touched the site since, and no article or asset has changed."""
        return bool(self._stats) and self._docs == _stamp(docs_dir) and self._stats == self._now()

    def take(self, files: Iterable[GeneratedFile]) -> None:
        """Mark the files that are as they would be made again, and delete what went."""
        made = {file.dest_uri for file in files}
        for uri in self.keys.keys() - made:
            (self._site_dir / uri).unlink(missing_ok=True)
        for file in files:
            file.is_unchanged = bool(file.key) and self.keys.get(file.dest_uri) == file.key

    def note(self, docs_dir: Path) -> None:
        """Note what this build leaves."""
        self._docs, self._stats = _stamp(docs_dir), self._now()
        self._notes.parent.mkdir(parents=True, exist_ok=True)
        self._notes.write_text(json.dumps([self.keys, self._docs, self._stats]), encoding="utf-8")

    def forget(self) -> None:
        """A build begins: until it has ended nobody knows what is in the folder."""
        self._notes.unlink(missing_ok=True)

    def _now(self) -> dict[str, list[int]]:
        return dict(_stats(str(self._site_dir), len(str(self._site_dir)) + 1))


def _stats(folder: str, start: int) -> Iterator[tuple[str, list[int]]]:
    """The size and time of each file in a folder, by its way from `start` on."""
    if not os.path.isdir(folder):
        return
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield from _stats(entry.path, start)
            else:
                stat = entry.stat(follow_symlinks=False)
                yield entry.path[start:].replace(os.sep, "/"), [stat.st_size, stat.st_mtime_ns]


def _stamp(docs_dir: Path) -> str:
    return digest_of(json.dumps(dict(_stats(str(docs_dir), 0)), sort_keys=True))


def nav_items(nav: Any) -> Iterator[tuple[str, str]]:
    """The titles and source files of the navigation; "" where it leaves the title to the page."""
    match nav:
        case str():
            yield "", nav
        case list():
            for item in nav:
                yield from nav_items(item)
        case dict():
            for title, inner in nav.items():
                if isinstance(inner, str):
                    yield title, inner
                else:
                    yield from nav_items(inner)
