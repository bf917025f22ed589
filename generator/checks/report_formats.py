"""Findings as text: one function for each format, over the same diagnostics."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from urllib.parse import quote

import click

from generator import __version__
from generator.diagnostics import RULES, Diagnostic, Place, Severity

MAX_SHOWN: Final = 110
"""Characters of a quoted line."""

Texts = Mapping[str, str]
"""Shown path of a data file -> its text."""


def full_text(diagnostics: Sequence[Diagnostic], texts: Texts) -> str:
    """For people: the line with a caret, the second place where there is one, and the help."""
    return "\n".join(_full(diagnostic, texts) for diagnostic in diagnostics)


def concise_text(diagnostics: Sequence[Diagnostic], texts: Texts) -> str:
    """`path:line:column: code message`, one finding a line."""
    return "".join(f"{d.place}: {d.code} {_sentence(d)}\n" for d in diagnostics)


def github_text(diagnostics: Sequence[Diagnostic], texts: Texts) -> str:
    """Workflow commands that GitHub shows beside the line of a pull request."""
    lines = []
    for d in diagnostics:
        place = f"file={_property(d.place.path)},line={d.place.line},col={d.place.column}"
        lines.append(
            f"::{d.severity} {place},title={d.code}::{_data(f'{d.message} {d.help}'.strip())}\n"
        )
    return "".join(lines)


def json_text(diagnostics: Sequence[Diagnostic], texts: Texts) -> str:
    """A list of objects, for other programs."""
    rows = [
        {
            "code": d.code,
            "severity": str(d.severity),
            **_place_json(d.place),
            "message": d.message,
            "help": d.help,
            "notes": [{**_place_json(note.place), "text": note.text} for note in d.notes],
        }
        for d in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def sarif_text(diagnostics: Sequence[Diagnostic], texts: Texts) -> str:
    """SARIF 2.1.0, which code scanning and many editors read."""
    codes = sorted({d.code for d in diagnostics})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": _first_sentence(RULES[code])},
            "fullDescription": {"text": " ".join(inspect.cleandoc(RULES[code]).split())},
        }
        for code in codes
    ]
    results = [
        {
            "ruleId": d.code,
            "ruleIndex": codes.index(d.code),
            "level": str(d.severity),
            "message": {"text": _sentence(d)},
            "locations": [_location(d.place)],
            "relatedLocations": [
                {"id": i, "message": {"text": note.text}, **_location(note.place)}
                for i, note in enumerate(d.notes, start=1)
            ],
        }
        for d in diagnostics
    ]
    driver = {"name": "strideguide", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    body = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


FORMATS: Final[Mapping[str, Callable[[Sequence[Diagnostic], Texts], str]]] = {
    "full": full_text,
    "concise": concise_text,
    "github": github_text,
    "json": json_text,
    "sarif": sarif_text,
}


def summary_text(diagnostics: Sequence[Diagnostic]) -> str:
    """How many of each severity, in one line."""
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    warnings = len(diagnostics) - errors
    if not diagnostics:
        return "No findings: the data is valid."
    parts = [(errors, "error"), (warnings, "warning")]
    counted = [f"{n} {word}{'s' if n > 1 else ''}" for n, word in parts if n]
    return f"Found {' and '.join(counted)}."


def _full(d: Diagnostic, texts: Texts) -> str:
    colour = "red" if d.severity is Severity.ERROR else "yellow"
    head = click.style(f"{d.severity}[{d.code}]", fg=colour, bold=True)
    parts = [f"{head}: {click.style(d.message, bold=True)}", *_quote(d.place, texts, colour)]
    for note in d.notes:
        parts += [f"  {note.text}:", *_quote(note.place, texts, "cyan")]
    if d.help:
        parts.append(f"  {click.style('help', fg='green', bold=True)}: {d.help}")
    return "\n".join(parts) + "\n"


def _quote(place: Place, texts: Texts, colour: str) -> list[str]:
    """The place and, where the file is known, its line with a caret under the word."""
    shown = [f"  --> {place}"]
    lines = texts.get(place.path, "").split("\n")
    if place.line > len(lines) or not lines[place.line - 1].strip():
        return shown
    line = lines[place.line - 1]
    start = max(0, place.column - 1 - MAX_SHOWN // 2) if len(line) > MAX_SHOWN else 0
    window = line[start : start + MAX_SHOWN].replace("\t", " ")
    before = place.column - 1 - start
    width = max(1, min(place.length, len(window) - before))
    number = str(place.line)
    gutter = " " * len(number)
    caret = click.style("^" * width, fg=colour, bold=True)
    return [
        *shown,
        f"   {gutter} |",
        f"   {number} | {window}",
        f"   {gutter} | {' ' * before}{caret}",
    ]


def _sentence(d: Diagnostic) -> str:
    return " ".join(f"{d.message} {d.help}".split())


def _first_sentence(text: str) -> str:
    return " ".join(inspect.cleandoc(text).split("\n\n")[0].split())


def _location(place: Place) -> dict[str, object]:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endColumn": place.column + place.length,
    }
    uri = {"uri": quote(place.path)}
    return {"physicalLocation": {"artifactLocation": uri, "region": region}}


def _place_json(place: Place) -> dict[str, str | int]:
    return {"path": place.path, "line": place.line, "column": place.column}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
