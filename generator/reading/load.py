"""Data files -> records and findings. Everything wrong is found in one run; nothing is repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Final

from generator.diagnostics import Diagnostic
from generator.model.digests import digest_of
from generator.model.kinds import KINDS, VOCABULARY_FILE, Kind
from generator.model.record import ID, Located, Record
from generator.model.schema import fields_by_name, fields_of
from generator.model.vocabulary import Vocabulary
from generator.reading.cascade_filter import Lost, without_explained
from generator.reading.composing import Expected, compose
from generator.reading.files import read_file
from generator.reading.misplaced_records import homes_of, without_misplaced
from generator.reading.nodes import FEW_REPEATED, Mapping
from generator.reading.reader import Reader
from generator.reading.record_texts import RecordText, plain_records, record_texts

_FIELD: Final = re.compile(r"^  ([a-z_]+):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the data files say: records by kind and id, labels, and every finding about form.

    `texts` holds the text of each file by its shown path, for reports that quote lines.
    """

    records: MappingType[str, MappingType[str, Record]]
    vocabulary: Vocabulary
    diagnostics: tuple[Diagnostic, ...]
    texts: MappingType[str, str]
    entries: Entries
    """How each record was read, by kind and id."""
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it was read, and the digest of its text, wherever that is.

    Where the file could be read only as a whole, the digest is that of the file.
    """

    record: Record
    digest: str


Entries = MappingType[str, MappingType[str, Entry]]


def load(data_dir: Path, shown_dir: str) -> Loaded:
    """Read every data file of `data_dir`; messages call it `shown_dir`."""
    reader = Reader()
    entries: dict[str, MappingType[str, Entry]] = {}
    texts: dict[str, str] = {}

    def text_of(file: str) -> str | None:
        text, found = read_file(data_dir / file, f"{shown_dir}/{file}")
        reader.found += found
        if text is not None:
            texts[f"{shown_dir}/{file}"] = text
        return text

    def records_of(kind: Kind) -> dict[str, Record]:
        text = text_of(kind.file)
        entries[kind.name] = (
            _read(kind, text, f"{shown_dir}/{kind.file}", reader.found) if text is not None else {}
        )
        return {id_: entry.record for id_, entry in entries[kind.name].items()}

    words = text_of(VOCABULARY_FILE)
    vocabulary = reader.vocabulary(
        _top_level(words, f"{shown_dir}/{VOCABULARY_FILE}", reader.found)
    )
    records = {kind.name: records_of(kind) for kind in KINDS}
    form = tuple(without_explained(reader.found, reader.found, texts))
    lost = tuple(_lost(records, texts, shown_dir, form)) if form else ()
    return Loaded(records, vocabulary, form, texts, entries, lost)


def _lost(
    records: MappingType[str, MappingType[str, Record]],
    texts: MappingType[str, str],
    shown_dir: str,
    form: tuple[Diagnostic, ...],
) -> Iterator[Lost]:
    """The records that are in the files and were not read, or only in part."""
    damaged = [d for d in form if d.explains == "record"]
    for kind in KINDS:
        text = texts.get(f"{shown_dir}/{kind.file}")
        if not text or not records[kind.name]:
            yield Lost(kind.name, "", "")
            continue
        seen: set[str] = set()
        fields = fields_by_name(kind.type)
        for one in record_texts(text):
            part, line = one.text, one.line
            key = one.key.strip("\"' ")
            if key in fields:
                continue
            lines = range(line, line + part.count("\n") + 1)
            for d in damaged:
                if d.place.path == f"{shown_dir}/{kind.file}" and d.place.line in lines:
                    yield Lost(kind.name, key if ID.fullmatch(key) else "", part)
                    if d.code == "duplicate-key":
                        yield Lost(kind.name, "", part)
            if key not in records[kind.name]:
                yield Lost(kind.name, key if ID.fullmatch(key) else "", part)
            if key in seen or not ID.fullmatch(key) or _begins_again(part):
                yield Lost(kind.name, "", part)
            seen.add(key)


def _begins_again(record: str) -> bool:
    """Whether a second record is within this one, because its id is lost."""
    keys = _FIELD.findall(record)
    return keys.count("name") > 1 and len(keys) - len(set(keys)) > FEW_REPEATED


def _read(kind: Kind, text: str, shown: str, found: list[Diagnostic]) -> MappingType[str, Entry]:
    """The records of a file: one by one where all are valid, and otherwise the file as a whole."""
    parts = plain_records(text)
    entries = [*takewhile(bool, (_read_alone(kind, part, shown) for part in parts or ()))]
    if parts is not None and len(entries) == len(parts):
        return {entry.record.id: entry for entry in entries if entry}
    reader = Reader()
    top = _top_level(text, shown, found, kind)
    if top:
        top, misplaced = without_misplaced(kind, top)
        found += misplaced
    records = reader.records(kind, top)
    found += reader.found
    digest = digest_of(text)
    return {id_: Entry(record, digest) for id_, record in records.items()}


@lru_cache(maxsize=10_000)
def _read_alone(kind: Kind, one: RecordText, shown: str) -> Entry | None:
    """A record alone, or None if anything is wrong with it, so that the whole file is read.

    `serve` reads again after each save, when nearly all records are as they were.
    """
    reader = Reader()
    top, found = compose(one.text, shown, one.line)
    records = reader.records(kind, top)
    if found or reader.found or set(records) != {one.key}:
        return None
    return Entry(records[one.key], digest_of(one.text.rstrip()))


def _top_level(
    text: str | None, shown: str, found: list[Diagnostic], kind: Kind | None = None
) -> Mapping | None:
    if text is None:
        return None
    mapping, unsound = compose(text, shown, expected=expected_of(kind) if kind else None)
    found += unsound
    return mapping


def expected_of(kind: Kind) -> Expected:
    """What `compose` has to know to read records of a kind in spite of typos."""

    def findings_in(records: Mapping) -> list[Diagnostic]:
        reader = Reader()
        reader.records(kind, records)
        return reader.found

    fields = frozenset(field.name for field in fields_of(kind.type))
    parents: dict[str, list[str]] = {name: [] for name in sorted(fields)}
    _add_parents(kind.type, parents)
    return Expected(
        fields,
        findings_in,
        lambda record: bool(homes_of(record, kind)),
        {child: tuple(names) for child, names in parents.items()},
    )


def _add_parents(type_: type[Located], parents: dict[str, list[str]]) -> None:
    """The fields of a type that hold parts, by the fields of these; and so on within them."""
    for field_ in fields_of(type_):
        if part := field_.shape.part:
            for child in fields_of(part):
                names = parents.setdefault(child.name, [])
                if field_.name not in names:
                    names.append(field_.name)
            _add_parents(part, parents)
