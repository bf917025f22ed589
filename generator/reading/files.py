"""A data file's bytes as text, or why there is none; and the files that are not used."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from generator.diagnostics import Diagnostic, Place
from generator.reading import file_findings as findings
from generator.reading.record_texts import plain_records

MAX_BYTES: Final = 8_000_000
"""Of a record, and of a file that can't be read record by record."""
MAX_FILE_BYTES: Final = 64_000_000


def read_file(path: Path, shown: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a data file, or the reason why there is none. `shown` is its path in messages."""
    try:
        if path.exists() and not _stays(path):
            return None, [findings.link_leaves(shown)]
        if path.exists() and not path.is_file():
            return None, [findings.not_a_file(shown)]
        if path.stat().st_size > MAX_FILE_BYTES:
            return None, [findings.file_too_large(shown, MAX_FILE_BYTES)]
        raw = path.read_bytes()
    except FileNotFoundError:
        return None, [findings.missing_file(shown, _near(path))]
    except OSError as error:
        return None, [findings.unreadable_file(shown, error.strerror or "unknown reason")]
    if raw.count(0) > len(raw) // 4:  # UTF-16 without its mark, which is UTF-8 full of NULs
        return None, [findings.not_utf8(Place(shown))]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        return None, [findings.not_utf8(Place(shown, line, column))]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(raw) > MAX_BYTES:
        records = plain_records(text)
        if records is None or any(len(record.text) > MAX_BYTES for record in records):
            return None, [findings.file_too_large(shown, MAX_BYTES)]
    return text, []


def unread_files(data_dir: Path, shown_dir: str, known: Collection[str]) -> Iterator[Diagnostic]:
    """A finding for each YAML file of the folder, or of a folder in it, that is not `known`.

    One that could be meant for a missing file is reported there.
    """
    for path in sorted((*data_dir.glob("*"), *data_dir.glob("*/*"))):
        name = path.relative_to(data_dir).as_posix()
        if name in known or not _stem(path) or not path.is_file():
            continue
        home = next((file for file in known if _stem(path).startswith(file[: -len(".yaml")])), "")
        if not home or (data_dir / home).exists():
            help_text = (
                f"Put what is new in it at the end of {home or 'the file of its kind'}, and "
            )
            help_text += "delete this file."
            if path.suffix != ".yaml" and path.parent != data_dir:
                help_text = f"Rename it to `{_stem(path)}.yaml`."
            yield findings.unread_file(f"{shown_dir}/{name}", help_text)


def _stays(path: Path) -> bool:
    """Whether it is no link out of its folder: a report would show the lines of another file."""
    return not path.is_symlink() or path.resolve().is_relative_to(path.parent.resolve())


def _near(missing: Path) -> str:
    """A file that was meant, such as `exercises.yml` for `exercises.yaml`; or ""."""
    folder = missing.parent
    near = (path for path in sorted((*folder.glob("*"), *folder.glob("*/*"))) if _is(path, missing))
    return next((path.relative_to(folder).as_posix() for path in near), "")


def _is(path: Path, meant: Path) -> bool:
    return _stem(path) == meant.stem and path.is_file()


def _stem(path: Path) -> str:
    """The name of a YAML file without its ending, in small letters; "" for another file.

    >>> _stem(Path("Exercises.YAML.txt")), _stem(Path("notes.txt"))
    ('exercises', '')
    """
    name = path.name.casefold().removesuffix(".txt")
    stem, dot, ending = name.rpartition(".")
    return stem if dot and ending in ("yaml", "yml") and not stem.startswith((".", "#")) else ""
