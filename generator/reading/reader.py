"""Nodes -> records, by their declared shape, with a finding for all that does not fit it."""

from __future__ import annotations

import dataclasses
import re
from array import array
from collections.abc import Mapping as MappingType
from datetime import date
from typing import Any, Final, TypeVar

from generator.diagnostics import Diagnostic
from generator.model.dose import Span
from generator.model.fields import Text
from generator.model.kinds import Kind
from generator.model.record import Key, Located, Record, Source
from generator.model.vocabulary import Label, Vocabulary
from generator.reading import value_findings as findings
from generator.reading.cures import (
    day_cure,
    field_cure,
    form_cure,
    is_cured,
    list_cure,
    source_cure,
)
from generator.reading.line_slips import in_quotes
from generator.reading.mentions import half_mention
from generator.reading.nodes import Comment, Mapping, Node, Scalar, Sequence
from generator.reading.places import Places, Shift, Spot, layout_of, place_at
from generator.reading.units import fields_of_dose, number_cure, truth
from generator.shape import Field, Shape, fields_by_name, required_of

T = TypeVar("T", bound=Located)

ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SPAN: Final = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
HTML: Final = re.compile(r"<[a-zA-Z/!?][^>]*>?|&#?\w+;")
CURLY: Final = re.compile("[“„][^“”]*[”“]|‘[^‘]*’")
ADDRESS: Final = re.compile(
    r"(?:https?|ftp|file)://\S*|(?:javascript|vbscript|data):\S+|www\.\S+"
    r"|\b[\w.+-]{1,64}@[\w-]{1,64}\.\w+",
    re.IGNORECASE,
)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
WEB_ADDRESS: Final = re.compile(
    r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[^\s\"'<>\\\\]*)?", re.IGNORECASE
)
_MARKS: Final = re.compile("[`~_!#*]|^[-+•] ", re.MULTILINE)
_MARKDOWN: Final = re.compile(
    r"`[^`]*`?|~~\S*|!\[[^\]]*\]\(|\b__\w+|(?<!\w)_[^_\s][^_\n]*_(?!\w)|^#{1,6} .*|^[-+•] .*",
    re.MULTILINE,
)
WORDS: Final = 120
"""Characters that a field allows which is for words; shorter ones may hold a number alone."""
MAX_ID_LENGTH: Final = 60
RESERVED_ID: Final = re.compile("index|con|prn|aux|nul|(?:com|lpt)[1-9]")
"""The page that lists all records of a kind, and files that Windows can't hold."""
MOST_MISSING: Final = 3
"""Fields of a part that are told one by one."""


class Reader:
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
        if not isinstance(node, Mapping):
            self.found.append(_not_fields(node, owner, next(iter(fields))))
            return _blank(type_, self.placed(start, spots) if own else None, own)
        for key, value in node.entries:
            word = key.text
            field = fields.get(word)
            if field is None:
                self.unknown(key, node, owner, fields)
                continue
            spots[word,] = value.at
            if isinstance(value, Sequence):
                for i, item in enumerate(value.items):
                    spots[word, i] = item.at
            values[word] = self.value(field.shape, value, word, owner, key)
        missing = [field for field in required_of(type_) if field.name not in values]
        if missing:
            self.missing(missing, node, owner, fields, start)
        return _blank(type_, self.placed(start, spots), own | values)

    def unknown(
        self, key: Scalar, node: Mapping, owner: str, fields: MappingType[str, Field]
    ) -> None:
        """A field that may not stand here; or the half of a number behind its decimal comma."""
        if key.text.isdigit() and (whole := _before(key, node)):
            name, value = whole
            text = f"{value.text},{key.text}"
            place = dataclasses.replace(value.place, length=len(text))
            field = fields.get(name.text)
            may_be_range = bool(field and field.shape.base is Span)
            wanted = _wanted(field.shape) if field else "a whole number"
            cure = number_cure(text, name.text, may_be_range=may_be_range)
            self.found.append(findings.wrong_type(place, name.text, wanted, f"`{text}`", cure))
            return
        if words := _cut_at_a_comma(key, node, fields):
            field_name, text = words
            holds = "A text with a comma must stand in quotation marks within braces: write "
            self.found.append(
                findings.unknown_field(
                    key.place, key.text, owner, f'{holds}`{field_name}: "{text}"`.'
                )
            )
            return
        cure = field_cure(key.text, fields, [key.text for key, _ in node.entries])
        self.found.append(findings.unknown_field(key.place, key.text, owner, cure))

    def missing(
        self,
        missing: list[Field],
        node: Mapping,
        owner: str,
        fields: MappingType[str, Field],
        start: Node,
    ) -> None:
        """Fields that must be there; told together where so many are gone that a part is cut."""
        present = [key.text for key, _ in node.entries]
        told = [field for field in missing if not is_cured(field.name, fields, present)]
        if len(told) > MOST_MISSING:
            names = [field.name for field in told]
            self.found.append(findings.missing_fields(start.place, names, owner))
            return
        for field in told:
            self.found.append(findings.missing_field(start.place, field.name, owner, field.help))

    def placed(self, start: Node, spots: MappingType[Key, Spot]) -> Places:
        keys, packed = tuple(spots), array("Q", spots.values())
        return Places(start.path, layout_of(keys), packed, self.shift)

    def value(self, shape: Shape, node: Node, name: str, owner: str, start: Node) -> Any:
        if isinstance(node, Scalar) and node.is_told:
            return _blank_value(shape)
        if shape.base is str and isinstance(node, Scalar):
            return self.scalar(shape, node, name, start)
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
            cure = list_cure(node.text) if isinstance(node, Scalar) else _BRACES_CURE
            self.found.append(_wrong(node, name, "a list", cure))
            return ()
        if len(node.items) < shape.at_least:
            place = (node if node.items else start).place
            self.found.append(findings.empty_list(place, name, shape.at_least, len(node.items)))
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
                cure = source_cure(node.text, name)
                self.found.append(_wrong(node, name, "`general` or a list of reference ids", cure))
            return Source(places=self.placed(node, spots))
        if isinstance(node, Mapping):
            self.found.append(_wrong(node, name, "`general` or a list of reference ids"))
            return Source(places=self.placed(node, spots))
        if not node.items:
            self.found.append(findings.empty_list(node.place, name, 1, 0))
        ids: list[str] = []
        for i, item in enumerate(node.items):
            if not isinstance(item, Scalar) or not item.text:
                self.found.append(_wrong(item, f"{name}[{i + 1}]", "a reference's id"))
                continue
            spots["references", len(ids)] = item.at
            ids.append(item.text)
        return Source(references=tuple(ids), places=self.placed(node, spots))

    def scalar(self, shape: Shape, node: Scalar, name: str, start: Node) -> Any:
        text = "" if node.text in _NOTHING and not node.quoted else node.text.strip()
        if shape.text and node.comment:
            self.found.append(_after_hash(node, node.comment, name))
        elif not text:
            place = (node if node.quoted else start).place
            self.found.append(findings.empty_text(place, name))
        if not text:
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
                _wrong(node, name, _wanted(shape), number_cure(text, name, may_be_range=True))
            )
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
            low, high = bounds.low, bounds.high
            self.found.append(findings.out_of_bounds(node.place, name, low, high, str(span)))
        return span

    def text(self, shape: Shape, node: Scalar, text: str, name: str) -> str:
        if shape.text and not shape.text.markup and "\n" in text:
            text = " ".join(text.split())  # A name or phrase has no lines, however it was typed.
        if shape.is_day and not _is_day(text):
            self.found.append(_wrong(node, name, "a date", day_cure(text)))
        if shape.choices and text not in shape.choices:
            self.found.append(findings.unknown_value(node.place, name, text, shape.choices))
        if shape.text:
            if len(text) > shape.text.limit:
                limit = shape.text.limit
                finding = findings.text_too_long(node.place, name, len(text), limit)
                self.found.append(finding)
            if shape.is_address:
                if not WEB_ADDRESS.fullmatch(text):
                    self.found.append(findings.bad_address(node.place, name, text))
            elif shape.form:
                if not re.fullmatch(shape.form.pattern, text, re.ASCII):
                    cure = form_cure(text, shape.form)
                    self.found.append(_wrong(node, name, shape.form.wanted, cure))
            else:
                self.words(shape.text, node, text, name)
        return text

    def words(self, limits: Text, node: Scalar, text: str, name: str) -> None:
        """Whether a text is plain words."""
        if CURLY.fullmatch(text):
            self.found.append(findings.curly_quotes(node.place, name))
        elif lone := ('"' in text or "“" in text or "”" in text) and _lone_quotation(text):
            self.found.append(findings.lone_quotation(node.place, name, lone))
        if limits.markup and "[" in text and (half := half_mention(text)):
            self.found.append(findings.half_mention(node.place, half))
        if limits.limit >= WORDS and "[[" not in text and not any(map(str.isalpha, text)):
            self.found.append(findings.no_words(node.place, name, text))
        # Most texts hold none of these signs, which is told sooner than what they would mean.
        may_be_marked = limits.limit >= WORDS and _MARKS.search(text)
        if may_be_marked and (marks := _MARKDOWN.search(text) or _lone_stars(text)):
            self.found.append(findings.markdown_in_text(node.place, marks[0]))
        if html := ("<" in text or "&" in text) and HTML.search(text):
            self.found.append(findings.raw_html(node.place, html[0]))
        # Every address holds one of these, and they are found sooner.
        if (":" in text or "www." in text.lower() or "@" in text) and (
            address := ADDRESS.search(text)
        ):
            self.found.append(findings.link_in_text(node.place, address[0]))


def _blank(type_: type[T], places: Places | None, values: dict[str, Any]) -> T:
    """An instance in which required fields that could not be read are empty."""
    blanks = {
        field.name: _blank_value(field.shape)
        for field in required_of(type_)
        if field.name not in values
    }
    return type_(places={} if places is None else places, **blanks, **values)


def _blank_value(shape: Shape) -> Any:
    if shape.base in (str, tuple, int, bool):
        return shape.base()
    if shape.base is Span:
        return Span(0, 0)
    return _blank(shape.base, None, {})


def _before(key: Scalar, node: Mapping) -> tuple[Scalar, Scalar] | None:
    """The field before a key without a value, if a number stands there."""
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


_NOTHING: Final = ("~", "null", "Null", "NULL")
"""As YAML says that a value is empty; readers would see the word."""
_BRACES_CURE: Final = (
    "Write a list in [ ] and not in { }; or start each item on a line of its own with `- `."
)
_LABEL_CURE: Final = "Put each word on a line of its own, as in `word: {name: Label}`."
_TEXT_CURE: Final = (
    "Write text; wrap it in double quotation marks if it holds a colon or starts with a bracket."
)


def _not_fields(node: Node, owner: str, example: str) -> Diagnostic:
    if isinstance(node, Scalar) and not node.text and not node.quoted:
        return findings.no_fields(node.place, owner, example)
    dose = fields_of_dose(node.text) if isinstance(node, Scalar) else ""
    cure = f"Write `{dose}`." if dose and owner.endswith("`dose`") else ""
    if isinstance(node, Sequence):
        cure = "Put the fields in { } and not in [ ]; or each on a line of its own, indented."
    return findings.not_fields(node.place, owner, example, _found(node), cure)


def _after_hash(node: Scalar, comment: Comment, name: str) -> Diagnostic:
    """Something like `#1` is text; words behind `# ` may be a comment."""
    is_text = not comment.text.startswith(("# ", "##"))
    rewrite = in_quotes(comment.line) if is_text else ""
    place = place_at(node.path, comment.at)
    return findings.text_after_hash(place, name, comment.text, rewrite)


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
    if shape.base is Span:
        return "a whole number or a range such as 10-15"
    if shape.base is int:
        return "a whole number"
    return "text"


def _lone_quotation(text: str) -> str:
    """The quotation mark that has no partner, or ""; one that opens „so“ may close otherwise."""
    if text.count('"') % 2:
        return '"'
    curly = re.findall("[“”„]", text)
    return curly[-1] if len(curly) % 2 else ""


def _lone_stars(text: str) -> re.Match[str] | None:
    """The two stars that no others close."""
    if "**" not in text or text.count("**") % 2 == 0:
        return None
    return re.search(r"\*\*\S*(?!.*\*\*)", text, re.DOTALL)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
