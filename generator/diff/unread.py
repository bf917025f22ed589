"""Records that can't be compared, because something in one of the two states can't be read. Pure.

A value that can't be read is blank, and a record that can't be read is missing. Compared as if
that were what they say, a typo would be told as a dose of 0 or as a red flag that is gone. So
such a record counts as it is in the other state, and is named with its finding.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from generator.checks.graph import loose_links, unknown_words
from generator.diagnostics import Diagnostic, in_order
from generator.library.library import Library
from generator.library.site import Site
from generator.model.kinds import KINDS, VOCABULARY_FILE, Kind, kind_of
from generator.model.record import ID, Located, Record, Reviewed
from generator.model.schema import Shape, fields_by_name, fields_of
from generator.model.vocabulary import Vocabulary
from generator.reading.composing import UNREADABLE, record_texts
from generator.reading.load import Loaded
from generator.reading.outward import RETIRED_FILE, renamed_ids

T = TypeVar("T", bound=Located)

ANY_MISSING: Final = ""
"""The id under which a finding stands for every record that is missing."""

Findings = Mapping[str, Mapping[str, Diagnostic]]
"""Kind -> id -> the first finding because of which nobody knows what the record says."""


@dataclass(frozen=True, slots=True)
class AsRead:
    """A site of what some folders say, and what in it could not be read."""

    site: Site
    findings: Findings
    has_words: bool = True
    """Whether vocabulary.yaml could be read."""
    texts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Path -> text of what holds no records: articles, vocabulary, clinics …"""


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that was not compared, and why; `before` where only that state is unsound."""

    kind: str
    id: str
    name: str
    finding: Diagnostic
    before: bool = False


@dataclass(frozen=True, slots=True)
class Comparable:
    """Two states in which every record says what its author meant, and those left out for it."""

    before: Site
    after: Site
    unread: tuple[Unread, ...]
    texts_before: Mapping[str, str] = dataclasses.field(default_factory=dict)
    texts_after: Mapping[str, str] = dataclasses.field(default_factory=dict)
    files: tuple[str, ...] = ()
    """Those that changed and are not compared."""
    committers: tuple[str, ...] = ()
    """Who made the change, as git says."""
    as_signed: Mapping[str, tuple[Reviewed, Library]] = dataclasses.field(default_factory=dict)
    """Kind/id -> a record under its last signature, where that had ceased to hold before."""


def as_read(
    loaded: Loaded, site: Site, outward_form: Sequence[Diagnostic], texts: Mapping[str, str]
) -> AsRead:
    """A site, and the findings about the form of its files put down to its records."""
    form = [d for d in in_order(loaded.diagnostics) if not d.value_stands]
    found: dict[str, dict[str, Diagnostic]] = {}
    for kind in KINDS:
        own = [d for d in form if d.place.path.endswith(f"/{kind.file}")]
        ids = found[kind.name] = dict(_by_record(own, loaded.texts, kind))
        for lost in loaded.lost if own else ():
            if lost.kind == kind.name:
                ids.setdefault(lost.id, own[0])
        for d in outward_form:
            if d.place.path.endswith(f"/{RETIRED_FILE}"):
                ids.setdefault(ANY_MISSING, d)
    has_words = not any(d.place.path.endswith(f"/{VOCABULARY_FILE}") for d in form)
    return AsRead(site, found, has_words, texts)


def _by_record(
    found: Sequence[Diagnostic], texts: Mapping[str, str], kind: Kind
) -> Iterator[tuple[str, Diagnostic]]:
    """The last finding first, so that the first stays; ids of records that nobody knows are ""."""
    if not found:
        return
    lines = texts.get(found[0].place.path, "").split("\n")
    for d in found:
        if d.rewrite:
            lines[d.place.line - 1] = d.rewrite
    fields = fields_by_name(kind.type)
    starts = [
        (line, key)
        for line, part in record_texts("\n".join(lines))
        if (key := part.partition(":")[0].strip("\"' ")) not in fields
    ]
    for d in reversed(found):
        at = bisect_right(starts, d.place.line, key=lambda start: start[0])
        line, key = starts[at - 1] if at else (0, "")
        is_id = bool(ID.fullmatch(key))
        is_twice = d.code == "duplicate-key" and d.place.line == line
        if not is_id or is_twice or (d.code in UNREADABLE and not d.rewrite):
            yield ANY_MISSING, d
        if is_id:
            yield key, d


def comparable(before: AsRead, after: AsRead) -> Comparable:
    """Both states, with each record that only one of them can tell taken from that one."""
    ids = renamed_ids(before.site.outward, after.site.outward)
    old_ids = {new: old for old, new in ids.items()}
    old, new = before.site.library, after.site.library
    if not after.has_words:
        new = _library(new, {}, old.vocabulary)
    named = {*ids, *after.site.outward.retired}
    unread = list(_unread(after.findings, new, old, named))
    new = _taken_over(unread, old, new, old_ids, ids)
    loose = list(_changed_into_nowhere(old, new, old_ids, ids))
    new = _taken_over(loose, old, new, old_ids, ids)
    again = [
        dataclasses.replace(one, before=True)
        for one in _unread(before.findings, old, new, old_ids)
        if ids.get(one.id, one.id) in new.of_kind(one.kind)
        and ids.get(one.id, one.id) not in after.findings[one.kind]
    ]
    old = _taken_over(again, new, old, ids, old_ids)
    mended = [
        dataclasses.replace(one, before=True)
        for one in _changed_into_nowhere(new, old, ids, old_ids)
        if ids.get(one.id, one.id) in new.of_kind(one.kind)
    ]
    old = _taken_over(mended, new, old, ids, old_ids)
    return Comparable(
        dataclasses.replace(before.site, library=old),
        dataclasses.replace(after.site, library=new),
        (*unread, *loose, *again, *mended),
        before.texts,
        after.texts,
    )


def _unread(
    findings: Findings, here: Library, there: Library, accounted_for: Container[str]
) -> Iterator[Unread]:
    """What could not be read here, and what is only there if it may stand here unread."""
    for kind, by_id in findings.items():
        records, others = here.of_kind(kind), there.of_kind(kind)
        missing = (i for i in others if i not in records and i not in accounted_for)
        ids = {id_: d for id_, d in by_id.items() if id_ != ANY_MISSING}
        if ANY_MISSING in by_id:
            ids = dict.fromkeys(missing, by_id[ANY_MISSING]) | ids
        for id_, finding in ids.items():
            record = others.get(id_) or records.get(id_)
            yield Unread(kind, id_, record.name if record else id_, finding)


def _changed_into_nowhere(
    old: Library, new: Library, old_ids: Mapping[str, str], ids: Mapping[str, str]
) -> Iterator[Unread]:
    """Records that changed and now name what there is not: likely a typo in an id or a word."""
    seen: set[tuple[str, str]] = set()
    for record, finding in [*loose_links(new), *unknown_words(new)]:
        kind = kind_of(record).name
        was = old.of_kind(kind).get(old_ids.get(record.id, record.id))
        is_changed = was is None or with_ids(was, ids) != dataclasses.replace(record, id=was.id)
        if is_changed and (kind, record.id) not in seen:
            seen.add((kind, record.id))
            yield Unread(kind, record.id, record.name, finding)


def _taken_over(
    unread: Iterable[Unread],
    source: Library,
    target: Library,
    source_ids: Mapping[str, str],
    ids: Mapping[str, str],
) -> Library:
    """`target` with these records as they are in `source`, under the ids of `target`."""
    records: dict[str, dict[str, Record]] = {}
    for one in unread:
        of_kind = records.setdefault(one.kind, dict(target.of_kind(one.kind)))
        record = source.of_kind(one.kind).get(source_ids.get(one.id, one.id))
        if record:
            of_kind[one.id] = dataclasses.replace(with_ids(record, ids), id=one.id)
        else:
            of_kind.pop(one.id, None)
    return _library(target, records, target.vocabulary) if records else target


def _library(
    library: Library, records: Mapping[str, Mapping[str, Record]], vocabulary: Vocabulary
) -> Library:
    every = {kind.name: records.get(kind.name, library.of_kind(kind.name)) for kind in KINDS}
    return Library(every, vocabulary, library.articles)


def with_ids(part: T, ids: Mapping[str, str]) -> T:
    """The part with other ids in its fields; mentions in text stay."""
    changed: dict[str, Any] = {}
    for field in fields_of(type(part)) if ids else ():
        value = getattr(part, field.name)
        new = _value_with_ids(value, field.shape, ids)
        if new != value:
            changed[field.name] = new
    return dataclasses.replace(part, **changed) if changed else part


def _value_with_ids(value: object, shape: Shape, ids: Mapping[str, str]) -> object:
    match value:
        case tuple():
            return tuple(_value_with_ids(item, shape.item or shape, ids) for item in value)
        case Located():
            return with_ids(value, ids)
        case str() if shape.ref:
            return ids.get(value, value)
    return value
