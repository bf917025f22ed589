"""What `check --fix` fixes: what has one right answer, and near misses that somebody confirms.

Each function gives edits and changes nothing. Layout edits leave every record as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from generator.diagnostics import Diagnostic, meant
from generator.edits.text_edits import BYTE_ORDER_MARK, Edit, FileText
from generator.model.dose import Span
from generator.model.kinds import Kind
from generator.model.record import Source
from generator.model.schema import Field, Shape, fields_by_name, fields_of
from generator.reading.composing import compose
from generator.reading.mentions import mentions
from generator.reading.nodes import Mapping as NodeMapping
from generator.reading.nodes import Node, Scalar, Sequence
from generator.reading.units import has_own_unit, truth

_BLANKS_AT_END: Final = re.compile(r"[ \t]+(?=\r?$)", re.MULTILINE)
_NUMBER: Final = re.compile(r"(\d{1,6})(?:\s*(?:-|–|—|to)\s*(\d{1,6}))?(?:\s*([A-Za-z]+))?")
_FOUND: Final = re.compile(r"`([^`]*)`")


@dataclass(frozen=True, slots=True)
class Question:
    """A near miss that has a likely fix, to be asked about."""

    diagnostic: Diagnostic
    found: str
    meant: str
    edit: Edit


def spacing(text: str, kind: Kind) -> Iterator[Edit]:
    """No spaces at the ends of lines, one space after a colon, a line end at the end."""
    for match in _BLANKS_AT_END.finditer(text):
        yield Edit(match.start(), match.end(), "", "spaces at the end of a line")
    file = FileText(text)
    for key, value in _pairs(_top(text)):
        if key.place.line == value.place.line:
            start, end = file.at(key.place) + key.place.length, file.at(value.place)
            if re.fullmatch(r":[ \t]{2,}", text[start:end]):
                yield Edit(start, end, ": ", "more than one space after a colon")
    if text and not text.endswith(("\n", "\r")):
        yield Edit(len(text), len(text), FileText(text).newline, "no line end at the end")


def forms(text: str, kind: Kind) -> Iterator[Edit]:
    """Numbers in digits, alone or as `10-15`; true and false in full."""
    file = FileText(text)
    for field, shape, node in _scalars(_top(text), kind.type):
        right = right_form(node.text, field, shape)
        if right and (right != node.text or node.quoted):
            start = file.at(node.place)
            end = start + node.place.length
            yield Edit(start, end, right, f"`{field.name}` must be written `{right}`")


def right_form(text: str, field: Field, shape: Shape) -> str:
    """How a number or a yes-or-no must be written; "" where only its author can say."""
    if shape.base is bool:
        return truth(text)
    match = _NUMBER.fullmatch(text.strip())
    if shape.base not in (int, Span) or not match or (shape.base is int and match[2]):
        return ""
    if match[3] and not has_own_unit(match[3], field.name):
        return ""
    return f"{match[1]}-{match[2]}" if match[2] and match[2] != match[1] else match[1]


def order(text: str, kind: Kind) -> Iterator[Edit]:
    """The fields of each record in the order of their declaration: `review` comes last.

    A comment moves with the field below it.
    """
    file = FileText(text)
    top = _top(text)
    if not top or not text.endswith(("\n", "\r")):
        return
    rank = {name: i for i, name in enumerate(field_order(kind.type))}
    for id_, record in top.entries:
        if isinstance(record, NodeMapping) and (blocks := _blocks(file, record)):
            right = sorted(blocks, key=lambda block: rank.get(block[0], len(rank)))
            if right != blocks and all(name in rank for name, _, _ in blocks):
                start, end = blocks[0][1], blocks[-1][2]
                new = "".join(text[a:b] for _, a, b in right)
                why = f"the fields of `{id_.text}` must be in their order"
                yield Edit(start, end, new, why)


def field_order(type_: type[Any]) -> list[str]:
    """The names of a record's fields as a file gives them."""
    names = [field.name for field in fields_of(type_)]
    return [*(n for n in names if n != "review"), *(n for n in names if n == "review")]


def questions(diagnostics: tuple[Diagnostic, ...], texts: Mapping[str, str]) -> Iterator[Question]:
    """The near misses among these findings. `texts` holds the files with their own line ends."""
    for diagnostic in diagnostics:
        if diagnostic.rewrite and diagnostic.place.path in texts:
            yield _rewriting(diagnostic, FileText(texts[diagnostic.place.path]))
            continue
        new = meant(diagnostic)
        text = texts.get(diagnostic.place.path)
        if not new or text is None:
            continue
        for found in _FOUND.findall(diagnostic.message):
            if edit := _replacement(FileText(text), diagnostic, found, new):
                yield Question(diagnostic, found, new, edit)
                break


def _rewriting(diagnostic: Diagnostic, file: FileText) -> Question:
    start = file.starts[diagnostic.place.line - 1]
    found = file.line(diagnostic.place.line).rstrip("\r\n")
    edit = Edit(start, start + len(found), diagnostic.rewrite, f"becomes `{diagnostic.rewrite}`")
    return Question(diagnostic, found, diagnostic.rewrite, edit)


def _replacement(file: FileText, diagnostic: Diagnostic, found: str, meant: str) -> Edit | None:
    start = file.at(diagnostic.place)
    for quote in ("", '"', "'"):
        if file.text.startswith(f"{quote}{found}{quote}", start):
            end = start + len(found) + 2 * len(quote)
            return Edit(start, end, meant, f"`{found}` becomes `{meant}`")
    named = (one for one in mentions(file.text) if one.start >= start and one.id == found)
    if mention := next(named, None):
        at = file.text.index(found, mention.start)
        return Edit(at, at + len(found), meant, f"`{found}` becomes `{meant}`")
    return None


def _top(text: str) -> NodeMapping | None:
    plain = text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    return compose(plain, "")[0]


def _pairs(node: Node | None) -> Iterator[tuple[Scalar, Node]]:
    """Every key with its value, at any depth."""
    match node:
        case NodeMapping():
            for key, value in node.entries:
                yield key, value
                yield from _pairs(value)
        case Sequence():
            for item in node.items:
                yield from _pairs(item)


def _scalars(node: Node | None, type_: type[Any]) -> Iterator[tuple[Field, Shape, Scalar]]:
    """Every plain value of the records of a file, with its field."""
    for _, record in node.entries if isinstance(node, NodeMapping) else ():
        yield from _part_scalars(record, type_)


def _part_scalars(node: Node, type_: type[Any]) -> Iterator[tuple[Field, Shape, Scalar]]:
    fields = fields_by_name(type_)
    for key, value in node.entries if isinstance(node, NodeMapping) else ():
        if key.text not in fields:
            continue
        field = fields[key.text]
        shape = field.shape
        items: tuple[Node, ...] = (value,)
        if shape.item:
            shape = shape.item
            items = value.items if isinstance(value, Sequence) else ()
        for item in items:
            if isinstance(item, Scalar):
                yield field, shape, item
            elif shape.base not in (str, int, bool, Span, Source, tuple):
                yield from _part_scalars(item, shape.base)


def _blocks(file: FileText, record: NodeMapping) -> list[tuple[str, int, int]]:
    """(Field, start, end) of each field's own lines, comments above it included.

    Nothing where fields share lines, so that they can't be moved.
    """
    keys = [key for key, _ in record.entries]
    if not keys or any(k.place.column != keys[0].place.column for k in keys):
        return []
    lines = [key.place.line for key in keys]
    indent = " " * (keys[0].place.column - 1)
    if not indent or len(set(lines)) != len(lines) or not file.line(lines[0]).startswith(indent):
        return []
    if file.line(lines[0])[: len(indent)].strip():
        return []
    firsts = []
    for line in lines:
        first = line
        while first > 1 and re.match(rf"{indent}#", file.line(first - 1)):
            first -= 1
        firsts.append(first)
    last = lines[-1]
    while last < file.line_count and (
        not file.line(last + 1).strip()
        or file.line(last + 1).startswith(indent + " ")
        or file.line(last + 1).startswith(f"{indent}- ")
    ):
        last += 1
    while not file.line(last).strip():
        last -= 1
    ends = [*(file.starts[first - 1] for first in firsts[1:]), file.end_of(last)]
    starts = [file.starts[first - 1] for first in firsts]
    return [(k.text, a, b) for k, a, b in zip(keys, starts, ends, strict=True)]
