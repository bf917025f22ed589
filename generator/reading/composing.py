"""A data file's text to its records, in spite of typos: one broken record hides no other one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import yaml

from generator.diagnostics import Diagnostic, Place
from generator.reading import file_typos, typo_repair
from generator.reading import form_findings as findings
from generator.reading.characters import strange_characters, without_strange_characters
from generator.reading.nodes import (
    MAX_PLACE_LENGTH,
    Composer,
    Mapping,
    Node,
    Scalar,
    Sequence,
    TooDeep,
    composed,
    within,
)
from generator.reading.places import spot
from generator.reading.record_texts import record_texts
from generator.reading.typo import Typo

MOST_BROKEN_RECORDS: Final = 20
"""Of a file, in which typos are looked for."""
MOST_MOVED: Final = 3
"""Lines of a record that may be out of place each each by its own typo."""
UNREADABLE: Final = frozenset({"yaml-syntax", "nested-too-deep"})
"""Findings after which the rest of a text can't be read."""
_FIELD_LINE: Final = re.compile(r"\s+([a-z_]+):(?: |$)")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file's records look like: `fields` of theirs, `findings` in some that were read.

    `parents` says which fields hold the parts that have a field, `is_misplaced` whether a record
    plainly belongs into another file.
    """

    fields: frozenset[str]
    findings: Callable[[Mapping], list[Diagnostic]]
    is_misplaced: Callable[[Node], bool]
    parents: typo_repair.Parents


def compose(
    text: str, path: str, first_line: int = 1, expected: Expected | None = None
) -> tuple[Mapping | None, list[Diagnostic]]:
    """The top-level mapping of a data file, with every finding about its form.

    Where the file can't be read to its end, its records are read one by one, so that one
    broken record hides nothing of the others. If it is known what is `expected`, they are read
    as if their likely typos were put right; the text itself stays as it is.
    """
    unseen = list(strange_characters(text, path, first_line))
    text = without_strange_characters(text)
    if expected:
        text, misplaced = _lines_in_place(text, path, first_line, expected)
        unseen += misplaced
    node, found = composed(text, path, first_line)
    if not any(d.code in UNREADABLE for d in found):
        top = _top_mapping(node, path, found)
        if top and expected:
            top, found = _with_fields_in_place(top, found, text, path, first_line, expected)
        return top, [*unseen, *found]
    entries: dict[str, tuple[Scalar, Node]] = {}
    by_record: list[Diagnostic] = []
    tries = MOST_BROKEN_RECORDS
    for record in record_texts(text, first_line):
        part, line = record.text, record.line
        node, part_found = composed(part, path, line)
        if expected and any(d.code == "yaml-syntax" for d in part_found) and tries > 0:
            node, part_found = _without_typos(part, path, line, expected)
            # Where many lines are alike wrong, a few records say enough.
            tries -= 1 + sum(d.code == "yaml-syntax" for d in part_found) // 4
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


def _top_mapping(node: Node | None, path: str, found: list[Diagnostic]) -> Mapping | None:
    if isinstance(node, Mapping):
        return node
    if node is not None:
        found.append(findings.not_records(node.place))
    elif not found:
        found.append(findings.empty_file(path))
    return None


def _lines_in_place(
    text: str, path: str, first_line: int, expected: Expected
) -> tuple[str, list[Diagnostic]]:
    """The text with one side of each merge conflict, and with ids and fields where they belong."""
    text, conflicts = file_typos.one_side(text)
    text, ends = file_typos.one_document(text)
    found = [findings.merge_conflict(Place(path, first_line + n, 1, 7)) for n in conflicts]
    found += [findings.second_document(Place(path, first_line + n, 1, 3)) for n in ends]
    lines = text.split("\n")
    for typo in file_typos.file_typos(text, expected.fields):
        if typo.help:
            found.append(_typo_finding(typo, lines[typo.line], path, first_line))
        lines[typo.line] = typo.new
    return "\n".join(lines), found


def _with_fields_in_place(
    top: Mapping, found: list[Diagnostic], text: str, path: str, first_line: int, expected: Expected
) -> tuple[Mapping, list[Diagnostic]]:
    """The records; those in which a field is in another part by a typo are read again."""
    texts = {record.line: record.text for record in record_texts(text, first_line)}
    fixed: dict[str, tuple[Scalar, Node]] = {}
    for key, record in top.entries:
        part = texts.get(key.place.line, "")
        alone = Mapping(((key, record),), path, top.at)
        if len(fixed) == MOST_BROKEN_RECORDS or not part or expected.is_misplaced(record):
            continue
        if not _odd_lines(part, alone, expected.findings(alone), expected, key.place.line):
            continue
        node, again = _without_typos(part, path, key.place.line, expected)
        lines = range(key.place.line, key.place.line + part.count("\n") + 1)
        if isinstance(node, Mapping):
            found = [*(d for d in found if d.place.line not in lines), *again]
            fixed[key.text] = node.entries[0]
    entries = tuple(fixed.get(entry[0].text, entry) for entry in top.entries)
    return top._replace(entries=entries), found


def _without_typos(
    text: str, path: str, first_line: int, expected: Expected
) -> tuple[Node | None, list[Diagnostic]]:
    """A record that can't be read, as it is likely meant, with a finding for each typo."""

    def read(text: str) -> typo_repair.Attempt:
        composer = Composer(path, 1)
        try:
            node = composer.document(text)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            start = error.context_mark.line if error.context_mark else None
            return typo_repair.Attempt(
                typo_repair.Trouble(within(text, mark)[0] if mark else 0, start)
            )
        except TooDeep as error:
            return typo_repair.Attempt(typo_repair.Trouble(error.place.line - 1))
        if not isinstance(node, Mapping):
            return typo_repair.Attempt(None, len(text))
        found = expected.findings(node)
        odd = _odd_lines(text, node, found, expected)
        fields = sum(1 for _ in _key_lines(node))
        return typo_repair.Attempt(None, len(found) + len(composer.found), fields, odd)

    better = typo_repair.repaired(text, read, expected.parents)
    lines = text.split("\n")
    node, found = composed(better.text, path, first_line, better.added)
    reported = [_typo_finding(typo, lines[typo.line], path, first_line) for typo in better.typos]
    moved = [typo for typo in better.typos if typo.new.strip() == lines[typo.line].strip(" ")]
    if len(moved) > MOST_MOVED:
        first = min(typo.line for typo in moved)
        word = lines[first].strip().partition(":")[0]
        reported = [findings.lines_lost(Place(path, first + first_line), word)]
    return node, [*reported, *found]


def _odd_lines(
    text: str, node: Mapping, found: list[Diagnostic], expected: Expected, first_line: int = 1
) -> tuple[int, ...]:
    """The lines of fields that are in the wrong place, or that became words of a text."""
    odd = {d.place.line - first_line for d in found if d.code == "unknown-field"}
    if any(d.code == "missing-field" for d in found):
        read = {line - first_line for line in _key_lines(node)}
        for number, line in enumerate(text.split("\n")):
            match = _FIELD_LINE.match(line) if number not in read else None
            if match and match[1] in expected.parents:
                odd.add(number)
    return tuple(sorted(odd))


def _key_lines(node: Node) -> Iterator[int]:
    match node:
        case Mapping():
            for key, value in node.entries:
                yield key.place.line
                yield from _key_lines(value)
        case Sequence():
            for item in node.items:
                yield from _key_lines(item)
        case Scalar():
            return


def _typo_finding(typo: Typo, line: str, path: str, first_line: int) -> Diagnostic:
    length = min(MAX_PLACE_LENGTH, max(1, len(line.rstrip()) - typo.column))
    place = Place(path, typo.line + first_line, typo.column + 1, length)
    return findings.yaml_typo(place, typo.message, typo.help, typo.new if typo.is_line else "")
