"""Data files -> records and findings. Everything wrong is found in one run; nothing is repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from generator.diagnostics import Diagnostic, did_you_mean
from generator.digests import digest_of
from generator.model.dose import Span
from generator.model.kinds import KINDS, VOCABULARY_FILE, Kind
from generator.model.record import Key, Located, Record, Source
from generator.model.vocabulary import Label, Vocabulary
from generator.reading import findings
from generator.reading.chunks import Chunk, chunks
from generator.reading.follow_ups import Lost
from generator.reading.nodes import (
    Expected,
    Mapping,
    Node,
    Scalar,
    Sequence,
    compose,
    read_file,
    record_texts,
)
from generator.reading.places import Places, Shift, Spot
from generator.reading.units import fields_of_dose, number_cure, truth
from generator.shape import Field, Shape, fields_by_name, fields_of, required_of

T = TypeVar("T", bound=Located)

ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SPAN: Final = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
HTML: Final = re.compile(r"<[a-zA-Z/!?][^>]*>?|&#?\w+;")
CURLY: Final = re.compile("[“„][^“”]*”")
ADDRESS: Final = re.compile(
    r"(?:https?|ftp|file)://\S*|(?:javascript|vbscript|data):\S+|www\.\S+", re.IGNORECASE
)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
WEB_ADDRESS: Final = re.compile(
    r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[^\s\"'<>\\\\]*)?", re.IGNORECASE
)
MAX_ID_LENGTH: Final = 60


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the data files say: records by kind and id, labels, and every finding about form.

    `texts` holds the text of each file by its shown path, for reports that quote lines.
    """

    records: MappingType[str, MappingType[str, Record]]
    vocabulary: Vocabulary
    diagnostics: tuple[Diagnostic, ...]
    texts: MappingType[str, str]
    digests: MappingType[str, MappingType[str, str]]
    """Of each record, by kind and id: differs whenever the record does, wherever it stands."""
    lost: tuple[Lost, ...] = ()


def load(data_dir: Path, shown_dir: str, last: LastRead | None = None) -> Loaded:
    """Read every data file of `data_dir`; messages call it `shown_dir`.

    `last` holds what was read before: a record whose text is as it was is not read again.
    """
    reader = _Reader()
    last = LastRead() if last is None else last
    digests: dict[str, dict[str, str]] = {}
    texts: dict[str, str] = {}

    def text_of(file: str) -> str | None:
        text, found = read_file(data_dir / file, f"{shown_dir}/{file}")
        reader.found += found
        if text is not None:
            texts[f"{shown_dir}/{file}"] = text
        return text

    def records_of(kind: Kind) -> dict[str, Record]:
        text = text_of(kind.file)
        entries = (
            _read(kind, text, f"{shown_dir}/{kind.file}", reader.found, last)
            if text is not None
            else {}
        )
        digests[kind.name] = {id_: entry.digest for id_, entry in entries.items()}
        return {id_: entry.record for id_, entry in entries.items()}

    words = text_of(VOCABULARY_FILE)
    vocabulary = reader.vocabulary(
        _top_level(words, f"{shown_dir}/{VOCABULARY_FILE}", reader.found)
    )
    records = {kind.name: records_of(kind) for kind in KINDS}
    last.finish()
    form = tuple(reader.found)
    lost = tuple(_lost(records, texts, shown_dir)) if form else ()
    return Loaded(records, vocabulary, form, texts, digests, lost)


def _lost(
    records: MappingType[str, MappingType[str, Record]],
    texts: MappingType[str, str],
    shown_dir: str,
) -> Iterator[Lost]:
    """The records that stand in the files and were not read."""
    for kind in KINDS:
        text = texts.get(f"{shown_dir}/{kind.file}")
        if not text or not records[kind.name]:
            yield Lost(kind.name, "", text or "")
            continue
        seen: set[str] = set()
        for _, part in record_texts(text):
            key = part.partition(":")[0].strip("\"' ")
            if key not in records[kind.name]:
                yield Lost(kind.name, key if ID.fullmatch(key) else "", part)
            if key in seen or not ID.fullmatch(key):
                yield Lost(kind.name, "", part)
            seen.add(key)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it was read, and the digest of its text; `line` is where it then began."""

    record: Record
    digest: str
    text: str = ""
    line: int = 1
    shift: Shift = field(default_factory=Shift)


class LastRead:
    """The sound records of a folder as it was last read, for whoever reads it again.

    Records that stay move to their new lines, in every library that holds them: whoever keeps
    this lets the libraries of earlier readings go.
    """

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, Entry]] = {}

    def recall(self, kind: Kind, chunk: Chunk, shown: str) -> Entry | None:
        """A record that an earlier process has read from this text."""
        return None

    def keep(self, kind: Kind, chunk: Chunk, shown: str, entry: Entry) -> None:
        """Keep it for later processes."""

    def finish(self) -> None:
        """The whole folder is read."""


def _read(
    kind: Kind, text: str, shown: str, found: list[Diagnostic], last: LastRead
) -> MappingType[str, Entry]:
    """The records of a file, each read anew only if its text has changed since the last time."""
    before = last.entries.pop(shown, {})
    entries: dict[str, Entry] = {}
    parts = chunks(text)
    for part in parts or ():
        known = before.get(part.key)
        if known and known.text == part.text:
            known.shift.lines = part.line - known.line
            entries[part.key] = known
        elif recalled := last.recall(kind, part, shown):
            entries[part.key] = recalled
        elif entry := _read_chunk(kind, part, shown):
            entries[part.key] = entry
            last.keep(kind, part, shown, entry)
        else:
            parts = None
            break
    if parts is None:
        reader = _Reader()
        records = reader.records(kind, _top_level(text, shown, found, kind))
        found += reader.found
        digest = digest_of(text)
        return {id_: Entry(record, digest) for id_, record in records.items()}
    last.entries[shown] = entries
    return entries


def _read_chunk(kind: Kind, chunk: Chunk, shown: str) -> Entry | None:
    """A record by itself, or None if anything is wrong with it, so that the whole file is read."""
    shift = Shift()
    reader = _Reader(shift)
    top, found = compose(chunk.text, shown, chunk.line)
    records = reader.records(kind, top)
    if found or reader.found or set(records) != {chunk.key}:
        return None
    digest = digest_of(chunk.text.rstrip())
    return Entry(records[chunk.key], digest, chunk.text, chunk.line, shift)


def _top_level(
    text: str | None, shown: str, found: list[Diagnostic], kind: Kind | None = None
) -> Mapping | None:
    if text is None:
        return None
    mapping, unsound = compose(text, shown, expected=expected_of(kind) if kind else None)
    found += unsound
    return mapping


def expected_of(kind: Kind) -> Expected:
    """What `compose` has to know to read records of a kind in spite of slips."""

    def findings_in(records: Mapping) -> int:
        reader = _Reader()
        reader.records(kind, records)
        return len(reader.found)

    return Expected(frozenset(field.name for field in fields_of(kind.type)), findings_in)


class _Reader:
    """Nodes -> dataclasses, by their declared shape. A field that can't be read becomes blank."""

    def __init__(self, shift: Shift | None = None) -> None:
        self.found: list[Diagnostic] = []
        self.shift = shift or Shift()

    def vocabulary(self, top: Mapping | None) -> Vocabulary:
        lists: dict[str, dict[str, Label]] = {}
        for name, node in top.entries if top else ():
            if not isinstance(node, Mapping):
                self.found.append(
                    _wrong(node, name.text, "a list of words with their labels", _LABEL_CURE)
                )
                continue
            lists[name.text] = {
                word.text: self.part(Label, value, f"The word `{word.text}`", word)
                for word, value in node.entries
                if self.good_id(word)
            }
        return lists

    def records(self, kind: Kind, top: Mapping | None) -> dict[str, Record]:
        records: dict[str, Record] = {}
        for key, node in top.entries if top else ():
            if self.good_id(key):
                owner = f"The {kind.singular} `{key.text}`"
                records[key.text] = self.part(kind.type, node, owner, key, id=key.text)
        return records

    def good_id(self, key: Scalar) -> bool:
        if ID.fullmatch(key.text) and len(key.text) <= MAX_ID_LENGTH:
            return True
        self.found.append(findings.bad_id(key.place, key.text, MAX_ID_LENGTH))
        return False

    def part(self, type_: type[T], node: Node, owner: str, start: Node, **own: object) -> T:
        """A dataclass from a mapping; `owner` names it in messages, its place is at `start`."""
        spots: dict[Key, Spot] = {(): start.at}
        values: dict[str, Any] = {}
        fields = fields_by_name(type_)
        if not isinstance(node, Mapping):
            self.found.append(_not_fields(node, owner, next(iter(fields))))
            return _blank(type_, self.placed(start, spots) if own else None, own)
        for key, value in node.entries:
            if key.text not in fields:
                finding = findings.unknown_field(key.place, key.text, owner, fields)
                self.found.append(finding)
                continue
            field = fields[key.text]
            spots[key.text,] = value.at
            if isinstance(value, Sequence):
                spots |= {(key.text, i): item.at for i, item in enumerate(value.items)}
            values[key.text] = self.value(field.shape, value, field.name, owner, key)
        for field in required_of(type_):
            if field.name not in values:
                if _close_to_misspelt(field.name, node, fields):
                    continue
                finding = findings.missing_field(start.place, field.name, owner, field.help)
                self.found.append(finding)
        return _blank(type_, self.placed(start, spots), own | values)

    def placed(self, start: Node, spots: MappingType[Key, Spot]) -> Places:
        return Places(start.path, tuple(spots), spots.values(), self.shift)

    def value(self, shape: Shape, node: Node, name: str, owner: str, start: Node) -> Any:
        if shape.base is Source:
            return self.source(node, name)
        if shape.base is tuple:
            assert shape.item is not None
            return self.items(shape, node, name, owner, start)
        if hasattr(shape.base, "__dataclass_fields__") and shape.base is not Span:
            return self.part(shape.base, node, f"{owner}: `{name}`", start)
        if not isinstance(node, Scalar):
            self.found.append(
                _wrong(node, name, _wanted(shape), _TEXT_CURE if shape.base is str else "")
            )
            return _blank_value(shape)
        return self.scalar(shape, node, name, start)

    def items(
        self, shape: Shape, node: Node, name: str, owner: str, start: Node
    ) -> tuple[Any, ...]:
        assert shape.item is not None
        if not isinstance(node, Sequence):
            cure = "Start each item on a line of its own with `- `, or wrap it in [ ]."
            self.found.append(_wrong(node, name, "a list", cure))
            return ()
        if len(node.items) < shape.at_least:
            place = (node if node.items else start).place
            self.found.append(findings.empty_list(place, name, shape.at_least))
        return tuple(
            self.value(shape.item, item, f"{name}[{i + 1}]", owner, item)
            for i, item in enumerate(node.items)
        )

    def source(self, node: Node, name: str) -> Source:
        spots: dict[Key, Spot] = {(): node.at}
        if isinstance(node, Scalar):
            if node.text == "general":
                return Source(places=self.placed(node, spots))
            if not node.text:
                self.found.append(findings.empty_text(node.place, name))
            else:
                self.found.append(
                    findings.wrong_type(
                        node.place,
                        name,
                        "`general` or a list of reference ids",
                        _found(node),
                        f"Write `{name}: [{node.text[:60]}]`, or `{name}: general`.",
                    )
                )
            return Source(places=self.placed(node, spots))
        if isinstance(node, Mapping):
            self.found.append(_wrong(node, name, "`general` or a list of reference ids"))
            return Source(places=self.placed(node, spots))
        if not node.items:
            self.found.append(findings.empty_list(node.place, name, 1))
        ids: list[str] = []
        for i, item in enumerate(node.items):
            if not isinstance(item, Scalar) or not item.text:
                self.found.append(_wrong(item, f"{name}[{i + 1}]", "a reference's id"))
                continue
            spots["references", len(ids)] = item.at
            ids.append(item.text)
        return Source(references=tuple(ids), places=self.placed(node, spots))

    def scalar(self, shape: Shape, node: Scalar, name: str, start: Node) -> Any:
        text = node.text.strip()
        if not text:
            place = (node if node.quoted else start).place
            self.found.append(findings.empty_text(place, name))
            return _blank_value(shape)
        if shape.base is str:
            return self.text(shape, node, text, name)
        if shape.base is bool:
            if text in ("true", "false") and not node.quoted:
                return text == "true"
            cure = f"Write `{word}`." if (word := truth(text)) and not node.quoted else ""
            wanted = "Write true or false, without quotation marks."
            self.found.append(_wrong(node, name, "true or false", cure or wanted))
        elif shape.base is Span:
            if match := _SPAN.fullmatch(text.replace("–", "-")):
                span = Span(int(match[1]), int(match[2] or match[1]))
                return self.bounded(span, shape, node, name)
            self.found.append(
                _wrong(
                    node, name, "a whole number or a range such as 10-15",
                    number_cure(text, name, may_be_range=True),
                )
            )  # fmt: skip
        elif shape.base is int:
            if re.fullmatch(r"-?\d{1,6}", text):
                self.bounded(Span(int(text), int(text)), shape, node, name)
                return int(text)
            cure = number_cure(text, name, may_be_range=False)
            self.found.append(_wrong(node, name, "a whole number", cure))
        return _blank_value(shape)

    def bounded(self, span: Span, shape: Shape, node: Scalar, name: str) -> Span:
        bounds = shape.between
        if span.low > span.high:
            self.found.append(
                findings.wrong_type(
                    node.place, name, "a range from low to high", f"`{span}`",
                    f"Write `{span.high}-{span.low}`.",
                )
            )  # fmt: skip
        elif bounds and not (bounds.low <= span.low and span.high <= bounds.high):
            wanted = f"between {bounds.low} and {bounds.high}"
            cure = "Check the number and its unit."
            self.found.append(findings.wrong_type(node.place, name, wanted, f"`{span}`", cure))
        return span

    def text(self, shape: Shape, node: Scalar, text: str, name: str) -> str:
        if shape.is_day and not _is_day(text):
            cure = "Write the year, month and day, as in 2027-01-31."
            self.found.append(_wrong(node, name, "a date", cure))
        if shape.choices and text not in shape.choices:
            self.found.append(findings.unknown_value(node.place, name, text, shape.choices))
        if shape.text:
            if len(text) > shape.text.limit:
                limit = shape.text.limit
                finding = findings.text_too_long(node.place, name, len(text), limit)
                self.found.append(finding)
            if CURLY.fullmatch(text):
                self.found.append(findings.curly_quotes(node.place, name))
            if html := HTML.search(text):
                self.found.append(findings.raw_html(node.place, html[0]))
            if shape.is_address:
                if not WEB_ADDRESS.fullmatch(text):
                    self.found.append(findings.bad_address(node.place, name, text))
            elif address := ADDRESS.search(text):
                self.found.append(findings.link_in_text(node.place, address[0]))
        return text


def _blank(type_: type[T], places: Places | None, values: dict[str, Any]) -> T:
    """An instance in which required fields that could not be read are empty."""
    blanks = {
        field.name: _blank_value(field.shape)
        for field in required_of(type_)
        if field.name not in values
    }
    return type_(places=places or {}, **blanks, **values)


def _blank_value(shape: Shape) -> Any:
    if shape.base in (str, tuple, int, bool):
        return shape.base()
    if shape.base is Span:
        return Span(0, 0)
    return _blank(shape.base, None, {})


def _close_to_misspelt(name: str, node: Mapping, known: MappingType[str, Field]) -> bool:
    """Whether an unknown field was offered `name` as its cure, so that missing it is no news."""
    return any(
        key.text not in known and did_you_mean(key.text, known) == f"Did you mean `{name}`?"
        for key, _ in node.entries
    )


_LABEL_CURE: Final = "Put each word on a line of its own, as in `word: {name: Label}`."
_TEXT_CURE: Final = "Write text; wrap it in double quotation marks if it holds a colon."


def _not_fields(node: Node, owner: str, example: str) -> Diagnostic:
    if isinstance(node, Scalar) and not node.text and not node.quoted:
        return findings.no_fields(node.place, owner, example)
    dose = fields_of_dose(node.text) if isinstance(node, Scalar) else ""
    cure = f"Write `{dose}`." if dose and owner.endswith("`dose`") else ""
    return findings.not_fields(node.place, owner, example, _found(node), cure)


def _wrong(node: Node, name: str, wanted: str, cure: str = "") -> Diagnostic:
    if isinstance(node, Scalar) and not node.text and not node.quoted:
        return findings.empty_text(node.place, name)
    return findings.wrong_type(node.place, name, wanted, _found(node), cure or f"Write {wanted}.")


def _found(node: Node) -> str:
    match node:
        case Scalar():
            return f"`{node.text[:60]}`"
        case Sequence():
            return "a list"
        case Mapping():
            return "a group of fields"


def _wanted(shape: Shape) -> str:
    if shape.base is bool:
        return "true or false"
    if shape.base in (int, Span):
        return "a whole number"
    return "text"


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
