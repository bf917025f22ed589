"""Nodes -> records, by their declared shape, with a finding for all that does not fit it.

What a single value may be is in `values`.
"""

from __future__ import annotations

import dataclasses
import re
from array import array
from collections.abc import Mapping as MappingType
from typing import Any, Final, TypeVar

from generator.diagnostics import Diagnostic
from generator.model.dose import Span
from generator.model.kinds import Kind
from generator.model.record import ID, MAX_ID_LENGTH, RESERVED_ID, Key, Located, Record, Source
from generator.model.schema import Field, Shape, fields_by_name, required_of
from generator.model.vocabulary import Label, Vocabulary
from generator.reading import value_findings as findings
from generator.reading.help_texts import field_help, is_offered, list_help, source_help
from generator.reading.nodes import Mapping, Node, Scalar, Sequence
from generator.reading.places import Places, Spot, layout_of
from generator.reading.units import fields_of_dose, number_help
from generator.reading.values import (
    TO_BE_CHOSEN,
    empty_value,
    to_be_chosen,
    value_of,
    wanted_by,
    what_is,
    wrong,
)

T = TypeVar("T", bound=Located)

MOST_ITEMS: Final = 100
"""Of a list: more than any page can show."""
MOST_MISSING: Final = 3
"""Missing fields of a part that are reported one by one."""


class Reader:
    """Nodes -> dataclasses, by their declared shape. A field that can't be read becomes empty."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def vocabulary(self, top: Mapping | None) -> Vocabulary:
        """The lists of words in vocabulary.yaml."""
        lists: dict[str, dict[str, Label]] = {}
        for name, node in top.entries if top else ():
            if not isinstance(node, Mapping):
                self.found.append(
                    wrong(node, name.text, "a list of words with their labels", _LABEL_HELP)
                )
                continue
            lists[name.text] = {
                word.text: self.part(Label, value, f"The word `{word.text}`", word)
                for word, value in node.entries
                if self.good_id(word)
            }
        return lists

    def records(self, kind: Kind, top: Mapping | None) -> dict[str, Record]:
        """A file's records, except those whose id is invalid."""
        records: dict[str, Record] = {}
        for key, node in top.entries if top else ():
            if self.good_id(key):
                owner = f"The {kind.singular} `{key.text}`"
                records[key.text] = self.part(kind.type, node, owner, key, id=key.text)
        return records

    def good_id(self, key: Scalar) -> bool:
        """Whether a key may be an id; if not, it is reported."""
        if RESERVED_ID.fullmatch(key.text):
            self.found.append(findings.reserved_id(key.place, key.text))
            return False
        if ID.fullmatch(key.text) and len(key.text) <= MAX_ID_LENGTH:
            return True
        self.found.append(findings.bad_id(key.place, key.text, MAX_ID_LENGTH))
        return False

    def part(self, type_: type[T], node: Node, owner: str, start: Node, **own: object) -> T:
        """A dataclass from a mapping; `owner` names it in messages, its place is at `start`."""
        spots: dict[Key, Spot] = {(): start.at}
        values: dict[str, Any] = {}
        fields = fields_by_name(type_)
        merges = False
        if not isinstance(node, Mapping):
            if not (isinstance(node, Scalar) and node.is_reported):
                self.found.append(_not_fields(node, owner, next(iter(fields))))
            return _blank(type_, self._placed(start, spots) if own else None, own)
        for key, value in node.entries:
            word = key.text
            field = fields.get(word)
            if field is None:
                if isinstance(value, Scalar) and value.is_reported:
                    merges = True
                    continue
                self._unknown(key, node, owner, fields)
                continue
            spots[word,] = value.at
            if isinstance(value, Sequence):
                for i, item in enumerate(value.items):
                    spots[word, i] = item.at
            values[word] = self._value(field.shape, value, word, owner, key)
        missing = [field for field in required_of(type_) if field.name not in values]
        if missing and not merges:
            self._missing(missing, node, owner, fields, start, is_record=bool(own))
        return _blank(type_, self._placed(start, spots), own | values)

    def _unknown(
        self, key: Scalar, node: Mapping, owner: str, fields: MappingType[str, Field]
    ) -> None:
        """A field that is not allowed here; or the half of a number behind its decimal comma."""
        if key.text.isdigit() and (whole := _before(key, node)):
            name, value = whole
            text = f"{value.text},{key.text}"
            place = dataclasses.replace(value.place, length=len(text))
            field = fields.get(name.text)
            may_be_range = bool(field and field.shape.base is Span)
            wanted = wanted_by(field.shape) if field else "a whole number"
            help_text = number_help(text, name.text, may_be_range=may_be_range)
            self.found.append(findings.wrong_type(place, name.text, wanted, f"`{text}`", help_text))
            return
        if words := _cut_at_a_comma(key, node, fields):
            field_name, text = words
            holds = "A text with a comma must be in quotation marks within braces: write "
            self.found.append(
                findings.unknown_field(
                    key.place, key.text, owner, f'{holds}`{field_name}: "{text}"`.'
                )
            )
            return
        help_text = field_help(key.text, fields, [key.text for key, _ in node.entries])
        self.found.append(findings.unknown_field(key.place, key.text, owner, help_text))

    def _missing(
        self,
        missing: list[Field],
        node: Mapping,
        owner: str,
        fields: MappingType[str, Field],
        start: Node,
        *,
        is_record: bool,
    ) -> None:
        """Required fields; reported together where so many are gone that a part is cut."""
        present = [key.text for key, _ in node.entries]
        missing_here = [field for field in missing if not is_offered(field.name, fields, present)]
        if len(missing_here) > (1 if is_record else MOST_MISSING):
            names = [field.name for field in missing_here]
            self.found.append(
                findings.missing_fields(start.place, names, owner, is_record=is_record)
            )
            return
        for field in missing_here:
            self.found.append(findings.missing_field(start.place, field.name, owner, field.help))

    def _placed(self, start: Node, spots: MappingType[Key, Spot]) -> Places:
        keys, packed = tuple(spots), array("Q", spots.values())
        return Places(start.path, layout_of(keys), packed)

    def _value(self, shape: Shape, node: Node, name: str, owner: str, start: Node) -> Any:
        """What is at a field or item; `start` is its key, where an empty one is reported."""
        if isinstance(node, Scalar):
            if node.is_reported:
                return _blank_of(shape)
            if node.text == TO_BE_CHOSEN and shape.base is not tuple:
                self.found.append(to_be_chosen(shape, node, name))
                return _blank_of(shape)
            if shape.base is str:  # Most values, in one step.
                return value_of(shape, node, name, start, self.found)
        if shape.base is Source:
            return self._source(node, name)
        if shape.base is tuple:
            assert shape.item is not None
            return self._items(shape, node, name, owner, start)
        if issubclass(shape.base, Located):
            return self.part(shape.base, node, f"{owner}: `{name}`", start)
        return value_of(shape, node, name, start, self.found)

    def _items(
        self, shape: Shape, node: Node, name: str, owner: str, start: Node
    ) -> tuple[Any, ...]:
        assert shape.item is not None
        if not isinstance(node, Sequence):
            help_text = list_help(node.text) if isinstance(node, Scalar) else _BRACES_HELP
            self.found.append(wrong(node, name, "a list", help_text))
            return ()
        if len(node.items) < shape.at_least:
            place = (node if node.items else start).place
            self.found.append(findings.empty_list(place, name, shape.at_least, len(node.items)))
        if len(node.items) > MOST_ITEMS:
            self.found.append(findings.long_list(node.place, name, MOST_ITEMS, len(node.items)))
        return tuple(
            self._value(shape.item, item, f"{name}[{i + 1}]", owner, item)
            for i, item in enumerate(node.items[:MOST_ITEMS])
        )

    def _source(self, node: Node, name: str) -> Source:
        spots: dict[Key, Spot] = {(): node.at}
        if isinstance(node, Scalar):
            if node.text == "general":
                return Source(places=self._placed(node, spots))
            if not node.text:
                self.found.append(findings.empty_text(node.place, name))
            else:
                help_text = source_help(node.text, name)
                self.found.append(
                    wrong(node, name, "`general` or a list of reference ids", help_text)
                )
            return Source(places=self._placed(node, spots))
        if isinstance(node, Mapping):
            self.found.append(wrong(node, name, "`general` or a list of reference ids"))
            return Source(places=self._placed(node, spots))
        if not node.items:
            self.found.append(findings.empty_list(node.place, name, 1, 0))
        ids: list[str] = []
        for i, item in enumerate(node.items):
            if not isinstance(item, Scalar) or not item.text:
                self.found.append(wrong(item, f"{name}[{i + 1}]", "a reference's id"))
                continue
            spots["references", len(ids)] = item.at
            ids.append(item.text)
        return Source(references=tuple(ids), places=self._placed(node, spots))


def _blank_of(shape: Shape) -> Any:
    return _blank(shape.base, None, {}) if issubclass(shape.base, Located) else empty_value(shape)


def _blank(type_: type[T], places: Places | None, values: dict[str, Any]) -> T:
    """An instance in which required fields that could not be read are empty."""
    blanks = {
        field.name: _blank_of(field.shape)
        for field in required_of(type_)
        if field.name not in values
    }
    return type_(places={} if places is None else places, **blanks, **values)


def _before(key: Scalar, node: Mapping) -> tuple[Scalar, Scalar] | None:
    """The field before a key without a value, if a number is there."""
    last: tuple[Scalar, Scalar] | None = None
    for name, value in node.entries:
        if name is key:
            return last if isinstance(value, Scalar) and not value.text else None
        is_number = isinstance(value, Scalar) and re.fullmatch(r"[\d-]+", value.text)
        last = (name, value) if is_number and isinstance(value, Scalar) else None
    return None


def _cut_at_a_comma(
    key: Scalar, node: Mapping, fields: MappingType[str, Field]
) -> tuple[str, str] | None:
    """The field before a key without a value, and its whole text, if its comma has cut it."""
    at = next(i for i, (name, _) in enumerate(node.entries) if name is key)
    (name, value), (_, rest) = node.entries[at - 1], node.entries[at]
    is_cut = at > 0 and isinstance(rest, Scalar) and not rest.text and not key.text.isdigit()
    field = fields.get(name.text)
    if not (is_cut and field and field.shape.text and isinstance(value, Scalar)):
        return None
    return name.text, f"{value.text}, {key.text}"


_BRACES_HELP: Final = (
    "Write a list in [ ] and not in { }; or start each item on its own line with `- `."
)
_LABEL_HELP: Final = "Put each word on its own line, as in `word: {name: Label}`."


def _not_fields(node: Node, owner: str, example: str) -> Diagnostic:
    if isinstance(node, Scalar) and not node.text and not node.quoted:
        return findings.no_fields(node.place, owner, example)
    dose = fields_of_dose(node.text) if isinstance(node, Scalar) else ""
    help_text = f"Write `{dose}`." if dose and owner.endswith("`dose`") else ""
    if isinstance(node, Sequence):
        help_text = "Put the fields in { } and not in [ ]; or each on its own line, indented."
    return findings.not_fields(node.place, owner, example, what_is(node), help_text)
