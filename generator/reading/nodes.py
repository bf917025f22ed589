"""The only reader of YAML: text becomes nodes that keep raw words and exact places.

`yaml.safe_load` would turn `1:30` into 90 and `no` into False, let a repeated key win
silently and forget every position, so the event stream is composed here instead.
Aliases, anchors and tags are refused: data files need none, and they are how a small
file becomes a huge one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from generator.diagnostics import Diagnostic, Place
from generator.reading import form_findings as findings
from generator.reading import slips
from generator.reading.chunks import chunks
from generator.reading.places import Spot, place_at, spot

MAX_BYTES: Final = 8_000_000
"""Of a record, and of a file that can't be read record by record."""
MAX_FILE_BYTES: Final = 64_000_000
MAX_DEPTH: Final = 24
MAX_PLACE_LENGTH: Final = 200
MOST_BROKEN_RECORDS: Final = 20
"""Of a file, in which slips are looked for."""
FEW_REPEATED: Final = 2
"""Fields that somebody may have pasted twice; where more come again, it is another record."""

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Control characters, and line ends that YAML knows but editors do not count."""
_WIDTHLESS: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""What word processors and chats put into words without showing it."""
UNREADABLE: Final = frozenset({"yaml-syntax", "nested-too-deep"})
"""Findings after which the rest of a text can't be read."""
_COMMENT: Final = re.compile(r"[ \t]+(#.*)")
_TOP_LEVEL_KEY: Final = re.compile(r"^[^\s#\-\[\]{}][^\n]*?:(?=\s|$)", re.MULTILINE)


class Comment(NamedTuple):
    """What stands behind a value on its line, from its `#` on; `line` is all of that line."""

    text: str
    at: Spot
    line: str


class Scalar(NamedTuple):
    """A word or text as it was written; `quoted` tells `"3"` from `3`."""

    text: str
    path: str
    at: Spot
    quoted: bool = False
    comment: Comment | None = None
    """What a text without quotation marks has lost, unless it is meant as a comment."""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return place_at(self.path, self.at)


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    path: str
    at: Spot

    @property
    def place(self) -> Place:
        """Where it begins."""
        return place_at(self.path, self.at)


class Mapping(NamedTuple):
    """Keys and values in file order; a repeated key keeps its first value and is reported."""

    entries: tuple[tuple[Scalar, Node], ...]
    path: str
    at: Spot

    @property
    def place(self) -> Place:
        """Where it begins."""
        return place_at(self.path, self.at)

    def get(self, key: str) -> Node | None:
        """The value of `key`, if it is there."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | Sequence | Mapping


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


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file's records look like: `fields` of theirs, `findings` in some that were read.

    `parents` says which fields hold the parts that have a field.
    """

    fields: frozenset[str]
    findings: Callable[[Mapping], int]
    parents: slips.Parents


def compose(
    text: str, path: str, first_line: int = 1, expected: Expected | None = None
) -> tuple[Mapping | None, list[Diagnostic]]:
    """The top-level mapping of a data file, with every finding about its form.

    Where the file can't be read to its end, its records are read one by one, so that one
    broken record hides nothing of the others. If it is known what is `expected`, they are read
    as if their likely slips were put right; the text itself stays as it is.
    """
    unseen: list[Diagnostic] = []
    if _may_hide(text) and (_UNSEEN.search(text) or _WIDTHLESS.search(text)):
        unseen += _unseen_characters(text, path, first_line)
        text = _UNSEEN.sub(" ", _WIDTHLESS.sub("", text))
    if expected:
        text, misplaced = _lines_in_place(text, path, first_line, expected)
        unseen += misplaced
    node, found = _compose_part(text, path, first_line)
    if not any(d.code in UNREADABLE for d in found):
        return _top_mapping(node, path, found), [*unseen, *found]
    entries: dict[str, tuple[Scalar, Node]] = {}
    by_record: list[Diagnostic] = []
    tries = MOST_BROKEN_RECORDS
    for first_line, part in record_texts(text):
        node, part_found = _compose_part(part, path, first_line)
        if expected and any(d.code == "yaml-syntax" for d in part_found) and tries:
            tries -= 1
            node, part_found = _without_slips(part, path, first_line, expected)
        by_record += part_found
        if isinstance(node, Mapping):
            for key, value in node.entries:
                if key.text in entries:
                    first = entries[key.text][0].place
                    by_record.append(findings.duplicate_id(key.place, key.text, first))
                entries.setdefault(key.text, (key, value))
        elif node is not None:
            by_record.append(findings.not_records(node.place))
    if not any(d.code in UNREADABLE for d in by_record):
        by_record += [d for d in found if d.code in UNREADABLE]
    return Mapping(tuple(entries.values()), path, spot(1, 1, 1)), [*unseen, *by_record]


def _lines_in_place(
    text: str, path: str, first_line: int, expected: Expected
) -> tuple[str, list[Diagnostic]]:
    """The text with one side of each merge conflict, and with ids and fields where they belong."""
    text, conflicts = slips.one_side(text)
    found = [findings.merge_conflict(Place(path, first_line + n, 1, 7)) for n in conflicts]
    for misplaced in (slips.odd_ids, slips.indented_ids, slips.loose_fields):
        lines = text.split("\n")
        for slip in misplaced(text, expected.fields):
            found.append(_slip_finding(slip, lines[slip.line], path, first_line))
            lines[slip.line] = slip.new
        text = "\n".join(lines)
    return text, found


def _without_slips(
    text: str, path: str, first_line: int, expected: Expected
) -> tuple[Node | None, list[Diagnostic]]:
    """A record that can't be read, as it is likely meant, with a finding for each slip."""

    def read(text: str) -> slips.Attempt:
        composer = _Composer(path, 1)
        try:
            node = composer.document(text)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            start = error.context_mark.line if error.context_mark else None
            return slips.Attempt(slips.Trouble(_within(text, mark)[0] if mark else 0, start))
        except _TooDeep as error:
            return slips.Attempt(slips.Trouble(error.place.line - 1))
        if not isinstance(node, Mapping):
            return slips.Attempt(None, len(text))
        return slips.Attempt(None, expected.findings(node) + len(composer.found))

    better = slips.mended(text, read, expected.parents)
    lines = text.split("\n")
    node, found = _compose_part(better.text, path, first_line, better.added)
    return node, [
        *(_slip_finding(slip, lines[slip.line], path, first_line) for slip in better.slips),
        *found,
    ]


def _slip_finding(slip: slips.Slip, line: str, path: str, first_line: int) -> Diagnostic:
    length = min(MAX_PLACE_LENGTH, max(1, len(line.rstrip()) - slip.column))
    place = Place(path, slip.line + first_line, slip.column + 1, length)
    return findings.yaml_slip(place, slip.holds, slip.cure, slip.new if slip.is_line else "")


def _may_hide(text: str) -> bool:
    """Whether what can't be seen may be in a text: told in one step, and for most it is not."""
    return not text.replace("\n", "").isprintable()


def _unseen_characters(text: str, path: str, first_line: int) -> Iterator[Diagnostic]:
    """The first of each line: a line that was pasted from elsewhere may be full of them."""
    for number, line in enumerate(text.split("\n"), start=first_line):
        if match := _WIDTHLESS.search(line) or _UNSEEN.search(line):
            place = Place(path, number, match.start() + 1)
            rewrite = "" if _UNSEEN.search(new := _WIDTHLESS.sub("", line)) else new
            yield findings.bad_character(place, ord(match[0]), rewrite)


def _top_mapping(node: Node | None, path: str, found: list[Diagnostic]) -> Mapping | None:
    if isinstance(node, Mapping):
        return node
    if node is not None:
        found.append(findings.not_records(node.place))
    elif not found:
        found.append(findings.empty_file(path))
    return None


def record_texts(text: str) -> Iterator[tuple[int, str]]:
    """Split a file at its unindented keys: (number of the first line, text of that record)."""
    starts = [match.start() for match in _TOP_LEVEL_KEY.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        yield text.count("\n", 0, start) + 1, text[start:end]


def _compose_part(
    text: str, path: str, first_line: int, added: tuple[int, ...] = ()
) -> tuple[Node | None, list[Diagnostic]]:
    composer = _Composer(path, first_line, added)
    try:
        return composer.document(text), composer.found
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = composer.place(*_within(text, mark)) if mark else Place(path, first_line)
        if "nesting depth" in str(error.problem):  # libyaml looks ahead, deeper than we go
            return None, [*composer.found, findings.nested_too_deep(place, MAX_DEPTH)]
        start = error.context_mark
        opened = composer.place(start.line, start.column) if start else None
        problem = error.problem or "it cannot be read"
        return None, [*composer.found, findings.yaml_syntax(place, problem, opened)]
    except _TooDeep as error:
        return None, [*composer.found, findings.nested_too_deep(error.place, MAX_DEPTH)]


def _within(text: str, mark: Any) -> tuple[int, int]:
    """The mark's line and column; one beyond the end of the text moves to its last words."""
    lines = text.rstrip().split("\n")
    if mark.line < len(lines):
        return mark.line, mark.column
    return len(lines) - 1, max(0, len(lines[-1]) - 1)


class _TooDeep(Exception):
    def __init__(self, place: Place) -> None:
        self.place = place


class _Composer:
    """Builds nodes from PyYAML's events; `found` collects what is wrong with the form."""

    def __init__(self, path: str, first_line: int, added: tuple[int, ...] = ()) -> None:
        self.path = path
        self.first_line = first_line
        self.added = added
        """Lines of the text that the file does not have."""
        self.found: list[Diagnostic] = []
        self.text = ""
        self.has_comments = False
        self.next: Callable[[], Any] = lambda: None
        """The next event; None at the end."""

    def place(self, line: int, column: int, length: int = 1) -> Place:
        return Place(self.path, self.line(line), column + 1, length)

    def line(self, line: int) -> int:
        """The line in the file, counted from 1."""
        before = sum(line >= added for added in self.added) if self.added else 0
        return line + self.first_line - before

    def document(self, text: str) -> Node | None:
        self.text, self.has_comments = text, "#" in text
        # What `yaml.parse` does, without a step of Python's own for each event.
        self.next = _Loader(text).get_event
        node: Node | None = None
        documents = 0
        while (event := self.next()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    start: Any = event.start_mark
                    place = self.place(start.line, start.column)
                    self.found.append(findings.second_document(place))
            elif isinstance(event, yaml.NodeEvent):
                built = self.node(event, depth=0)
                node = built if node is None else node
        return node

    def node(self, event: Any, depth: int, in_list: bool = False) -> Node:
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column
        length = end.column - column if end.line == line else MAX_PLACE_LENGTH
        if not 0 < length <= MAX_PLACE_LENGTH:
            length = MAX_PLACE_LENGTH if length > 0 else 1
        in_file = self.line(line) if self.added else line + self.first_line
        at = spot(in_file, column + 1, length)
        if depth > MAX_DEPTH:
            raise _TooDeep(place_at(self.path, at))
        kind = type(event)
        if event.anchor or kind is yaml.AliasEvent or event.tag:
            self.refuse_tricks(event, place_at(self.path, at))
        if kind is yaml.ScalarEvent:
            style, text = event.style, event.value
            if not style:
                comment = self.comment(end) if self.has_comments else None
                return Scalar(text, self.path, at, False, comment)
            # Outside of double quotation marks there are no escapes, and the text was searched.
            if style == '"' and _may_hide(text) and (unseen := _UNSEEN.search(text)):
                place = place_at(self.path, at)
                self.found.append(findings.bad_character(place, ord(unseen[0])))
            return Scalar(text, self.path, at, style == '"' or style == "'")
        if kind is yaml.SequenceStartEvent:
            items = []
            while type(inner := self.next()) is not yaml.SequenceEndEvent:
                items.append(self.node(inner, depth + 1, in_list=True))
            return Sequence(tuple(items), self.path, at)
        if kind is yaml.MappingStartEvent:
            return self.mapping(at, depth, in_list)
        return Scalar("", self.path, at)

    def comment(self, end: Any) -> Comment | None:
        """The comment on the line on which a value ends."""
        match = _COMMENT.match(self.text, end.index)
        if not match:
            return None
        column = end.column + match.start(1) - end.index
        length = min(MAX_PLACE_LENGTH, len(match[1]))
        at = spot(self.line(end.line), column + 1, length)
        return Comment(match[1], at, self.text[end.index - end.column : match.end()])

    def mapping(self, at: Spot, depth: int, in_list: bool) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        repeated: list[Diagnostic] = []
        begun: Diagnostic | None = None
        lost_hyphen = False
        while type(inner := self.next()) is not yaml.MappingEndEvent:
            key = self.node(inner, depth + 1)
            value = self.node(self.next(), depth + 1)
            if not isinstance(key, Scalar):
                self.found.append(findings.key_is_not_a_word(key.place))
            elif key.text in entries:
                first = entries[key.text][0]
                if in_list and len(entries) > 1 and key.text == next(iter(entries)):
                    repeated.append(findings.lost_hyphen(key.place, key.text, first.place))
                    lost_hyphen = True
                elif not lost_hyphen:
                    is_record = depth == 0 and isinstance(value, Mapping)
                    say = findings.duplicate_id if is_record else findings.duplicate_key
                    repeated.append(say(key.place, key.text, first.place))
                    if depth == 1 and key.text == next(iter(entries)) and len(repeated) == 1:
                        begun = findings.lost_id(key.place, key.text, first.place)
            else:
                entries[key.text] = (key, value)
        if begun and len(repeated) > FEW_REPEATED:
            repeated = [begun]
        self.found += repeated
        return Mapping(tuple(entries.values()), self.path, at)

    def refuse_tricks(self, event: Any, place: Place) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.found.append(findings.yaml_trick(place, f"*{event.anchor}"))
        elif event.anchor:
            self.found.append(findings.yaml_trick(place, f"&{event.anchor}"))
        elif getattr(event, "tag", None):
            self.found.append(findings.yaml_trick(place, f"{event.tag}"))
