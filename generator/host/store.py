"""What an earlier build left behind, on disk. It may vanish at any time, and is never wrong.

SQLite keeps it whole through a killed process, a full disk and two builds at once. Each row
carries the digest of what went into it and one of itself, so a row is used only when both
fit; and any trouble with the file means no more than a build from the start.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Final
from zlib import crc32

FORMAT: Final = 2
_ROWS_AT_ONCE: Final = 200
_PATIENCE_SECONDS: Final = 2.0


class Store:
    """Keeps, for each name, one value under the key of what it was made from."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._waiting: list[tuple[str, str, bytes, int]] = []
        self._database: sqlite3.Connection | None = None
        self._only: set[str] | None = None
        """The names that there can be, as far as this process put them; None: any."""
        if path:
            self._open(path)

    def get(self, name: str, key: str) -> bytes | None:
        """The value under this name, if it was kept under this very key."""
        row = self._row(name)
        if row is None or row[0] != key or row[2] != _checksum(name, key, row[1]):
            return None
        return row[1]

    def put(self, name: str, key: str, value: bytes) -> None:
        """Keep a value; it is on disk at the latest after `flush`."""
        if self._database:
            self._waiting.append((name, key, value, _checksum(name, key, value)))
            if self._only is not None:
                self._only.add(name)
            if len(self._waiting) >= _ROWS_AT_ONCE:
                self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if self._database and self._waiting:
            try:
                with self._database:
                    self._database.executemany(
                        "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", self._waiting
                    )
            except sqlite3.Error:
                self._give_up()
        self._waiting = []

    def close(self) -> None:
        """Write what waits, and let the file go."""
        self.flush()
        if self._database:
            self._database.close()
            self._database = None

    def _row(self, name: str) -> tuple[str, bytes, int] | None:
        if not self._database or (self._only is not None and name not in self._only):
            return None
        try:
            found = self._database.execute(
                "SELECT key, value, checksum FROM kept WHERE name = ?", (name,)
            )
            row: tuple[str, bytes, int] | None = found.fetchone()
            return row
        except sqlite3.Error:
            self._give_up()
            return None

    def _open(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connect(path)
        except (OSError, sqlite3.OperationalError):
            self._give_up()
        except sqlite3.DatabaseError:
            # Not a database, or a broken one.
            self._give_up()
            try:
                path.unlink(missing_ok=True)
                self._connect(path)
            except (OSError, sqlite3.Error):
                self._give_up()

    def _connect(self, path: Path) -> None:
        self._database = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, check_same_thread=False)
        # Rows check themselves, so the disk need not be waited for.
        self._database.execute("PRAGMA synchronous = OFF")
        with self._database:
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, key TEXT NOT NULL, "
                "value BLOB NOT NULL, checksum INTEGER NOT NULL)"
            )
        if not self._database.execute("SELECT 1 FROM kept LIMIT 1").fetchone():
            self._only = set()

    def _give_up(self) -> None:
        self._waiting = []
        if self._database:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
        self._database = None


def _checksum(name: str, key: str, value: bytes) -> int:
    """Tells a row that a disk has harmed; what went into it is told by its key."""
    return crc32(f"{FORMAT}\0{name}\0{key}".encode(), crc32(value))
