"""The only reader of YAML: text becomes nodes that keep raw words and exact places.

`yaml.safe_load` would turn `1:30` into 90 and `no` into False, let a repeated key win
silently and forget every position, so the event stream is composed here instead.
Aliases, anchors and tags are refused: data files need none, and they are how a small
file becomes a huge one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import yaml

from generator.diagnostics import Diagnostic, Place
from generator.reading import form_findings as findings
from generator.reading.characters import first_unseen, may_hide
from generator.reading.places import Spot, place_at, spot

MAX_DEPTH: Final = 24
"""Levels of lists and groups of fields: more than any record has, and few for a computer."""
MAX_PLACE_LENGTH: Final = 200
"""Characters that a finding points at; `spot` has room for 255."""
FEW_REPEATED: Final = 2
"""Fields that somebody may have pasted twice; where more come again, it is another record."""

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT: Final = re.compile(r"[ \t]+(#.*)")


class Comment(NamedTuple):
    """What comes after a value on its line, from its `#` on; `line` is all of that line."""

    text: str
    at: Spot
    line: str


class Scalar(NamedTuple):
    """A word or text as it was written; `quoted` distinguishes `"3"` from `3`."""

    text: str
    path: str
    at: Spot
    quoted: bool = False
    comment: Comment | None = None
    """What a text without quotation marks has lost, unless it is meant as a comment."""
    is_reported: bool = False
    """Whether it is refused already, so that nothing more is to be said of it."""

    @property
    def place(self) -> Place:
        """Where it is."""
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


def composed(
    text: str, path: str, first_line: int, added: tuple[int, ...] = ()
) -> tuple[Node | None, list[Diagnostic]]:
    """What a text says, or None where it can't be read, and every finding about its form.

    `added` are lines of the text that the file does not have.
    """
    composer = Composer(path, first_line, added)
    try:
        return composer.document(text), composer.found
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = composer.place(*within(text, mark)) if mark else Place(path, first_line)
        if "nesting depth" in str(error.problem):  # libyaml looks ahead, deeper than we go
            return None, [*composer.found, findings.nested_too_deep(place, MAX_DEPTH)]
        start = error.context_mark
        opened = composer.place(start.line, start.column) if start else None
        problem = error.problem or "it cannot be read"
        return None, [*composer.found, findings.yaml_syntax(place, problem, opened)]
    except TooDeep as error:
        return None, [*composer.found, findings.nested_too_deep(error.place, MAX_DEPTH)]


def within(text: str, mark: Any) -> tuple[int, int]:
    """The mark's line and column; one beyond the end of the text moves to its last words."""
    lines = text.rstrip().split("\n")
    if mark.line < len(lines):
        return mark.line, mark.column
    return len(lines) - 1, max(0, len(lines[-1]) - 1)


class TooDeep(Exception):
    """More levels than any record needs, at a place."""

    def __init__(self, place: Place) -> None:
        self.place = place


class Composer:
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
        self.anchors: set[str] = set()
        """The values that were given a name to be used elsewhere."""

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
            raise TooDeep(place_at(self.path, at))
        kind = type(event)
        if event.anchor or kind is yaml.AliasEvent or event.tag:
            self.refuse_tricks(event, place_at(self.path, at))
            if kind is yaml.AliasEvent or kind is yaml.ScalarEvent:
                return Scalar(getattr(event, "value", ""), self.path, at, is_reported=True)
        if kind is yaml.ScalarEvent:
            style, text = event.style, event.value
            if not style:
                comment = self.comment(end) if self.has_comments else None
                return Scalar(text, self.path, at, False, comment)
            # Outside of double quotation marks there are no escapes, and the text was searched.
            if style == '"' and may_hide(text) and (unseen := first_unseen(text)):
                place = place_at(self.path, at)
                self.found.append(findings.bad_character(place, ord(unseen[0])))
            return Scalar(text, self.path, at, style == '"' or style == "'")
        built: Node
        if kind is yaml.SequenceStartEvent:
            items = []
            while type(inner := self.next()) is not yaml.SequenceEndEvent:
                items.append(self.node(inner, depth + 1, in_list=True))
            built = Sequence(tuple(items), self.path, at)
        elif kind is yaml.MappingStartEvent:
            built = self.mapping(at, depth, in_list)
        else:
            raise AssertionError(f"no node begins with {kind.__name__}")
        return Scalar("", self.path, at, is_reported=True) if event.tag else built

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
                    if depth == 1 and len(repeated) == 1:
                        is_whole = key.text == next(iter(entries))
                        begun = findings.lost_id(
                            key.place, key.text, first.place, is_whole=is_whole
                        )
            else:
                entries[key.text] = (key, value)
        if begun and len(repeated) > FEW_REPEATED:
            repeated = [begun]
        self.found += repeated
        return Mapping(tuple(entries.values()), self.path, at)

    def refuse_tricks(self, event: Any, place: Place) -> None:
        """Anchors and what names them are one mistake, reported at the first."""
        name = event.anchor
        if isinstance(event, yaml.AliasEvent):
            if name not in self.anchors:
                self.found.append(findings.yaml_trick(place, f"*{name}"))
        elif name:
            if not self.anchors:
                self.found.append(findings.yaml_trick(place, f"&{name}"))
            self.anchors.add(name)
        elif getattr(event, "tag", None):
            self.found.append(findings.yaml_trick(place, _tag(event.tag)))


def _tag(tag: str) -> str:
    """A tag as it was written: YAML spells its own in full."""
    return tag.replace("tag:yaml.org,2002:", "!!") if tag.startswith("tag:") else tag
