"""A data file's bytes as text, or why there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from generator.diagnostics import Diagnostic, Place
from generator.reading import form_findings as findings
from generator.reading.chunks import chunks

MAX_BYTES: Final = 8_000_000
"""Of a record, and of a file that can't be read record by record."""
MAX_FILE_BYTES: Final = 64_000_000


def read_file(path: Path, shown: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a data file, or the reason why there is none. `shown` is its path in messages."""
    try:
        if path.exists() and not path.is_file():
            return None, [findings.not_a_file(shown)]
        if path.stat().st_size > MAX_FILE_BYTES:
            return None, [findings.file_too_large(shown, MAX_FILE_BYTES)]
        raw = path.read_bytes()
    except FileNotFoundError:
        return None, [findings.missing_file(shown)]
    except OSError as error:
        return None, [findings.unreadable_file(shown, error.strerror or "unknown reason")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        return None, [findings.not_utf8(Place(shown, line, column))]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(raw) > MAX_BYTES:
        records = chunks(text)
        if records is None or any(len(record.text) > MAX_BYTES for record in records):
            return None, [findings.file_too_large(shown, MAX_BYTES)]
    return text, []
