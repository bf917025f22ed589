"""Each format over one fixed set of findings."""

from __future__ import annotations

import json
from typing import Final

import click
import pytest

from generator.checks.report_formats import (
    FORMATS,
    concise_text,
    full_text,
    github_text,
    json_text,
    summary_text,
)
from generator.diagnostics import Diagnostic, Note, Place, Severity, did_you_mean, in_order

LONG_LINE: Final = f"  note: {'so ' * 60}<b>{' on' * 60}"
SIGNS: Final = ["calf-pop:", "  name: Calf pop", "\tkind: pian", LONG_LINE, "  name: Calf tear", ""]
TEXTS: Final = {
    "data/signs.yaml": "\n".join(SIGNS),
    "data/50%, or: so.yaml": "a: b\n",
}
SAMPLE: Final = (
    Diagnostic(
        code="yaml-syntax",
        place=Place("data/signs.yaml", 3, 1, 1),
        message="This must be valid YAML: found a tab.",
        help="Replace the tab by spaces.",
    ),
    Diagnostic(
        code="unknown-value",
        place=Place("data/signs.yaml", 3, 8, 4),
        message="`kind` must be one of the known words, not `pian`.",
        help="Did you mean `pain`?",
    ),
    Diagnostic(
        code="raw-html",
        place=Place("data/signs.yaml", 4, 189, 3),
        message="Text must not hold HTML, such as `<b>`.",
    ),
    Diagnostic(
        code="duplicate-key",
        place=Place("data/signs.yaml", 5, 3, 4),
        message="`name` must appear only once here.",
        help="Keep one of the two.",
        notes=(Note(Place("data/signs.yaml", 2, 3, 4), "first here"),),
    ),
    Diagnostic(
        code="orphan",
        place=Place("data/50%, or: so.yaml"),
        message="100% unused:\r\nnobody, anywhere, uses it.",
        help="Take it out.",
        severity=Severity.WARNING,
    ),
    Diagnostic(
        code="missing-file",
        place=Place("data/causes.yaml"),
        message="This file must exist.",
        help="Bring it back.",
    ),
)


def test_full() -> None:
    cut = f" {'so ' * 18}<b>{' on' * 17} "
    assert click.unstyle(full_text(SAMPLE, TEXTS)) == (
        "error[yaml-syntax]: This must be valid YAML: found a tab.\n"
        "  --> data/signs.yaml:3:1\n"
        "     |\n"
        "   3 |  kind: pian\n"
        "     | ^\n"
        "  help: Replace the tab by spaces.\n"
        "\n"
        "error[unknown-value]: `kind` must be one of the known words, not `pian`.\n"
        "  --> data/signs.yaml:3:8\n"
        "     |\n"
        "   3 |  kind: pian\n"
        "     |        ^^^^\n"
        "  help: Did you mean `pain`?\n"
        "\n"
        "error[raw-html]: Text must not hold HTML, such as `<b>`.\n"
        "  --> data/signs.yaml:4:189\n"
        "     |\n"
        f"   4 | {cut}\n"
        f"     | {' ' * 55}^^^\n"
        "\n"
        "error[duplicate-key]: `name` must appear only once here.\n"
        "  --> data/signs.yaml:5:3\n"
        "     |\n"
        "   5 |   name: Calf tear\n"
        "     |   ^^^^\n"
        "  first here:\n"
        "  --> data/signs.yaml:2:3\n"
        "     |\n"
        "   2 |   name: Calf pop\n"
        "     |   ^^^^\n"
        "  help: Keep one of the two.\n"
        "\n"
        "warning[orphan]: 100% unused:\r\nnobody, anywhere, uses it.\n"
        "  --> data/50%, or: so.yaml:1:1\n"
        "     |\n"
        "   1 | a: b\n"
        "     | ^\n"
        "  help: Take it out.\n"
        "\n"
        "error[missing-file]: This file must exist.\n"
        "  --> data/causes.yaml:1:1\n"
        "  help: Bring it back.\n"
    )


def test_full_is_coloured_by_severity() -> None:
    shown = full_text(SAMPLE, TEXTS)
    assert "\x1b[31m\x1b[1merror[yaml-syntax]\x1b[0m" in shown
    assert "\x1b[33m\x1b[1mwarning[orphan]\x1b[0m" in shown


@pytest.mark.parametrize(
    "place, quoted",
    [
        (Place("a.yaml", 1, 1, 3), ["   1 | one: 1", "     | ^^^"]),
        (Place("a.yaml", 1, 6, 1), ["   1 | one: 1", "     |      ^"]),
        (Place("a.yaml", 1, 6, 200), ["   1 | one: 1", "     |      ^"]),
        (Place("a.yaml", 1, 7, 1), ["   1 | one: 1", "     |       ^"]),
        (Place("a.yaml", 10, 2, 2), ["   10 | ten", "      |  ^^"]),
        (Place("a.yaml", 2, 1, 1), []),
        (Place("a.yaml", 11, 1, 1), []),
        (Place("a.yaml", 99, 9, 9), []),
        (Place("b.yaml", 1, 1, 1), []),
    ],
    ids=str,
)
def test_quoted_line(place: Place, quoted: list[str]) -> None:
    """The caret stays under the line; an empty line, or one that is not there, is not quoted."""
    texts = {"a.yaml": "one: 1\n" + "\n" * 8 + "ten\n"}
    finding = Diagnostic(code="x", place=place, message="So.")
    lines = click.unstyle(full_text([finding], texts)).splitlines()
    assert lines[:2] == ["error[x]: So.", f"  --> {place}"]
    assert lines[3:] == quoted


def test_concise() -> None:
    assert concise_text(SAMPLE[:2], TEXTS) == (
        "data/signs.yaml:3:1: yaml-syntax This must be valid YAML: found a tab. "
        "Replace the tab by spaces.\n"
        "data/signs.yaml:3:8: unknown-value `kind` must be one of the known words, not `pian`. "
        "Did you mean `pain`?\n"
    )


def test_concise_has_a_line_for_each_finding() -> None:
    assert len(concise_text(SAMPLE, TEXTS).splitlines()) == len(SAMPLE)


def test_github() -> None:
    """What would end a command or one of its properties is escaped, as GitHub's toolkit does."""
    assert github_text(SAMPLE[3:], TEXTS) == (
        "::error file=data/signs.yaml,line=5,col=3,title=duplicate-key::"
        "`name` must appear only once here. Keep one of the two.\n"
        "::warning file=data/50%25%2C or%3A so.yaml,line=1,col=1,title=orphan::"
        "100%25 unused:%0D%0Anobody, anywhere, uses it. Take it out.\n"
        "::error file=data/causes.yaml,line=1,col=1,title=missing-file::"
        "This file must exist. Bring it back.\n"
    )


def test_json() -> None:
    rows = json.loads(json_text(SAMPLE, TEXTS))
    assert [row["code"] for row in rows] == [d.code for d in SAMPLE]
    assert rows[3] == {
        "code": "duplicate-key",
        "severity": "error",
        "path": "data/signs.yaml",
        "line": 5,
        "column": 3,
        "message": "`name` must appear only once here.",
        "help": "Keep one of the two.",
        "notes": [{"path": "data/signs.yaml", "line": 2, "column": 3, "text": "first here"}],
    }
    assert rows[4]["severity"] == "warning"


def test_json_keeps_foreign_letters() -> None:
    finding = Diagnostic(code="x", place=Place("données.yaml"), message="Mangé.")
    assert '"path": "données.yaml"' in json_text([finding], {})


@pytest.mark.parametrize(
    "form, shown", [("full", ""), ("concise", ""), ("github", ""), ("json", "[]\n")]
)
def test_nothing_found(form: str, shown: str) -> None:
    assert FORMATS[form]([], {}) == shown


@pytest.mark.parametrize(
    "errors, warnings, shown",
    [
        (0, 0, "No findings: the data is valid."),
        (1, 0, "Found 1 error."),
        (2, 0, "Found 2 errors."),
        (0, 1, "Found 1 warning."),
        (2, 3, "Found 2 errors and 3 warnings."),
    ],
)
def test_summary(errors: int, warnings: int, shown: str) -> None:
    error, warning = SAMPLE[0], SAMPLE[4]
    assert summary_text([error] * errors + [warning] * warnings) == shown


def test_order_is_by_place_and_the_same_words_stay_once() -> None:
    def at(path: str, line: int, column: int, code: str = "a") -> Diagnostic:
        return Diagnostic(code=code, place=Place(path, line, column), message="So.")

    wanted = [
        at("a.yaml", 2, 9),
        at("a.yaml", 10, 1),
        at("b.yaml", 1, 1, "a"),
        at("b.yaml", 1, 1, "b"),
        at("b.yaml", 1, 2, "a"),
    ]
    assert in_order([*reversed(wanted), *wanted]) == wanted


@pytest.mark.parametrize(
    "word, help_text",
    [
        ("calf-rase", "Did you mean `calf-raise`?"),
        ("plnk", "Did you mean `plank`?"),
        ("Calf Raise", "Did you mean `calf-raise`?"),
        ("calfraise", "Did you mean `calf-raise`?"),
        ("caalf-riase", "Did you mean `calf-raise`?"),
        ("half-raise", ""),
        ("calf-raise-2", ""),
        ("raise", ""),
        ("bird-dog", ""),
        ("", ""),
    ],
)
def test_did_you_mean(word: str, help_text: str) -> None:
    assert did_you_mean(word, ["plank", "calf-raise"]) == help_text
