"""What stands in the site's folder from the last build, and need not be written again.

MkDocs empties the folder before it builds. What is in it is put aside meanwhile; whatever this
build would write once more, byte for byte, is put back, and MkDocs makes the rest. A file counts
as that of the last build as long as it has its size and its time, and one build works in a
folder at a time; where that can't be told, nothing stands.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from mkdocs.plugins import get_plugin_logger

from generator.digests import digest_of
from generator.host.code import programme_digest
from generator.host.store import Store

if sys.platform != "win32":
    import fcntl

log = get_plugin_logger("strideguide")


class Left(NamedTuple):
    """A file as the last build left it: its key, and what of it goes into other files.

    That is its `version` on a reader's device, "" where it is not kept there, and for a page
    what is `seen` of it.
    """

    key: str
    size: int
    mtime_ns: int
    version: str
    seen: Any


class LastSite:
    """What the last build left in `site_dir`; `cache` is a folder on the same disk."""

    def __init__(self, site_dir: Path, cache: Path, store: Store) -> None:
        self._site_dir = site_dir
        name = digest_of(str(site_dir))[:16]
        self._aside = cache / f"site-{name}"
        self._row = f"site {name}"
        self._store = store
        self._lock: IO[str] | None = _locked(cache / f"site-{name}.lock")
        self._left: dict[str, Left] = {}

    def put_aside(self) -> None:
        """Take the site out of the way of MkDocs, if it is known what is in it."""
        row = self._store.get(self._row, programme_digest()) if self._lock else None
        if row is None or self._site_dir.is_symlink():
            return
        with suppress(OSError):
            if self._site_dir.is_dir():
                if any(path.name.startswith(".") for path in self._site_dir.iterdir()):
                    return  # MkDocs leaves alone what is hidden, such as a repository.
                shutil.rmtree(self._aside, ignore_errors=True)
                self._site_dir.rename(self._aside)
            self._left = {uri: Left(*left) for uri, left in json.loads(row).items()}

    def put_back(self, keys: Mapping[str, str]) -> dict[str, Left]:
        """Put back the files that would be made again of the same, which their keys tell.

        Gives back those that stand now, by their addresses.
        """
        if not self._left:
            return {}
        stands: dict[str, Left] = {}
        start = len(f"{self._aside}{os.sep}")

        def is_same(file: os.DirEntry[str]) -> bool:
            uri = file.path[start:].replace(os.sep, "/")
            left, stat = self._left.get(uri), file.stat(follow_symlinks=False)
            if left is None or left.key != keys.get(uri):
                return False
            if (left.size, left.mtime_ns) != (stat.st_size, stat.st_mtime_ns):
                return False
            stands[uri] = left
            return True

        try:
            _take_away(self._aside, is_same)
            self._aside.rename(self._site_dir)
        except OSError:
            shutil.rmtree(self._aside, ignore_errors=True)
            stands = {}
        return stands

    def as_it_is(self, uri: str, key: str, version: str, seen: Any) -> Left | None:
        """A file as this build leaves it; None if it is not there."""
        try:
            stat = os.stat(self._site_dir / uri)
        except OSError:
            return None
        return Left(key, stat.st_size, stat.st_mtime_ns, version, seen)

    def remember(self, left: Mapping[str, Left]) -> None:
        """Note how this build leaves the files of these addresses."""
        if self._lock:
            self._store.put(self._row, programme_digest(), json.dumps(left).encode())

    def let_go(self) -> None:
        """Let another build begin. If this one made no site, the last one comes back whole."""
        if self._lock and self._aside.is_dir():
            if self._site_dir.exists():
                shutil.rmtree(self._aside, ignore_errors=True)
            else:
                with suppress(OSError):
                    self._aside.rename(self._site_dir)
        if self._lock:
            self._lock.close()
            self._lock = None


def _take_away(folder: str | Path, stays: Callable[[os.DirEntry[str]], bool]) -> bool:
    """Take away all files that do not stay, and folders without any; whether none stayed."""
    is_empty = True
    with os.scandir(folder) as found:
        entries = [*found]
    for entry in entries:
        if not entry.is_dir(follow_symlinks=False):
            if stays(entry):
                is_empty = False
            else:
                os.unlink(entry.path)
        elif _take_away(entry.path, stays):
            os.rmdir(entry.path)
        else:
            is_empty = False
    return is_empty


def _locked(path: Path) -> IO[str] | None:
    """The lock of the one build that works in a folder; None where there are no such locks."""
    if sys.platform == "win32":
        return None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            log.info("Another build of this site is at work: waiting until it ends.")
            fcntl.flock(lock, fcntl.LOCK_EX)
    except OSError:
        return None
    return lock
