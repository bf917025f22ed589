"""A difference for a terminal and for programs (JSON), and which text each format is."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import Final

import click

from generator.diff.as_markdown import markdown_text
from generator.diff.compare import Difference
from generator.diff.field_changes import Change
from generator.diff.sentences import (
    CASES,
    FILES,
    LINKS,
    NOTHING,
    SIGNED,
    SIGNED_NOTE,
    TEXTS,
    TOUCHED,
    UNREAD,
    WEIGHT_WORDS,
    arrow,
    case_lines,
    committer_line,
    flag_edits,
    flag_lines,
    link_lines,
    listed,
    sections,
    signed_rows,
    title_of,
    touched_groups,
    unread_lines,
)
from generator.diff.touched_pages import Touched


def terminal_text(found: Difference, touched: Touched | None) -> str:
    """For people at a terminal: what can't be read, red flags, then record by record."""
    lines: list[str] = []
    if found.unread:
        lines += [click.style(UNREAD, fg="yellow", bold=True)]
        lines += [f"  {line}" for line in unread_lines(found)]
    elif found.is_empty:
        lines += [NOTHING, ""]
    flags = list(flag_lines(found))
    for record, safety in flag_edits(found):
        what = f": {safety.where}: {arrow(safety)}" if safety else ""
        flags.append(f"{title_of(record)}{what}")
    if flags:
        lines.append(click.style(" RED FLAGS ", bg="red", fg="white", bold=True))
        lines += [f"  {click.style(line, fg='red', bold=True)}" for line in flags]
        lines.append("")
    if signed := list(signed_rows(found)):
        lines.append(click.style(SIGNED, bold=True, underline=True))
        lines += [f"  {line}" for line in (SIGNED_NOTE, committer_line(found)) if line]
        for row in signed:
            lines.append(f"{title_of(row.record)}: {'; '.join(row.first)}")
            lines += [f"  {line}" for change in row.changes for line in _change_lines(change)]
            lines += [f"  {note}" for note in row.last]
        lines.append("")
    for weight, rows in sections(found):
        lines.append(click.style(WEIGHT_WORDS[weight], bold=True, underline=True))
        for row in rows:
            lines += [title_of(row.record), *(f"  {note}" for note in row.first)]
            lines += [f"  {line}" for change in row.changes for line in _change_lines(change)]
            lines += [f"  {note}" for note in row.last]
        lines.append("")
    texts = (
        f"{text.path}, {line}"
        for text in found.texts
        for change in text.changes
        for line in _change_lines(change)
    )
    for title, rest in (
        (CASES, case_lines(found)),
        (TEXTS, texts),
        (LINKS, link_lines(found)),
        (FILES, found.files),
    ):
        if shown := [f"  {line}" for line in rest]:
            lines += [click.style(title, bold=True, underline=True), *shown, ""]
    if touched and not found.is_empty:
        lines.append(click.style(TOUCHED, bold=True, underline=True))
        lines += [f"  {line}" for line in _touched_lines(touched)]
    return "\n".join(lines).rstrip() + "\n"


def json_text(found: Difference, touched: Touched | None) -> str:
    """For programs."""
    body = {
        "red_flags": [dataclasses.asdict(flag) for flag in found.flags],
        "records": [
            dataclasses.asdict(record)
            | {"place": str(record.place) if record.place else ""}
            | {"grades": list(record.grades) if record.grades else None}
            for record in found.records
        ],
        "links": [dataclasses.asdict(link) for link in found.links],
        "texts": [dataclasses.asdict(text) for text in found.texts],
        "files": found.files,
        "committers": found.committers,
        "cases": [dataclasses.asdict(case) for case in found.cases],
        "unread": [
            {"place": str(d.place), "code": d.code, "message": d.message} for d in found.unread
        ],
        "touched": dataclasses.asdict(touched) if touched else None,
    }
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _change_lines(change: Change) -> Iterator[str]:
    if change.weight == "clinical" or len(change.before) + len(change.after) < 80:
        yield f"{change.where}: {arrow(change)}"
    else:
        yield f"{change.where}:"
        yield click.style(f"  - {change.before}", fg="red")
        yield click.style(f"  + {change.after}", fg="green")


def _touched_lines(touched: Touched) -> Iterator[str]:
    for title, urls in touched_groups(touched):
        yield f"{title}: {listed([f'/{url}' for url in urls])}"


FORMATS: Final[dict[str, Callable[[Difference, Touched | None], str]]] = {
    "terminal": terminal_text,
    "markdown": markdown_text,
    "json": json_text,
}
