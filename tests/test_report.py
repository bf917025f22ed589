"""Each format over one fixed set of findings."""

from __future__ import annotations

import json
from typing import Final

import click
import pytest

from generator.diagnostics import Diagnostic, Note, Place, Severity, did_you_mean, in_order
from generator.report import FORMATS, concise_text, full_text, github_text, json_text, summary_text

LONG_LINE: Final = f"  note: {'so ' * 60}<b>{' on' * 60}"
TEXTS: Final = {
    "data/signs.yaml": f"calf-pop:\n  name: Calf pop\n\tkind: pian\n{LONG_LINE}\n  name: Calf tear\n",
    "data/50%, or: so.yaml": "a: b\n",
}
SAMPLE: Final = (
    Diagnostic(
        code="yaml-syntax",
        place=Place("data/signs.yaml", 3, 1, 1),
        message="This must be valid YAML: found a tab.",
        cure="Replace the tab by spaces.",
    ),
    Diagnostic(
        code="unknown-value",
        place=Place("data/signs.yaml", 3, 8, 4),
        message="`kind` must be one of the known words, not `pian`.",
        cure="Did you mean `pain`?",
    ),
    Diagnostic(
        code="raw-html",
        place=Place("data/signs.yaml", 4, 189, 3),
        message="Text must not hold HTML, such as `<b>`.",
    ),
    Diagnostic(
        code="duplicate-key",
        place=Place("data/signs.yaml", 5, 3, 4),
        message="`name` must stand only once here.",
        cure="Keep one of the two.",
        notes=(Note(Place("data/signs.yaml", 2, 3, 4), "first here"),),
    ),
    Diagnostic(
        code="orphan",
        place=Place("data/50%, or: so.yaml"),
        message="100% unused:\r\nnobody, anywhere, uses it.",
        cure="Take it out.",
        severity=Severity.WARNING,
    ),
    Diagnostic(
        code="missing-file",
        place=Place("data/causes.yaml"),
        message="This file must exist.",
        cure="Bring it back.",
    ),
)


def test_full() -> None:
    shown = f"{'so ' * 16}so <b>{' on' * 18}"
    assert click.unstyle(full_text(SAMPLE, TEXTS)) == (
        "error[yaml-syntax]: This must be valid YAML: found a tab.\n"
        "  --> data/signs.yaml:3:1\n"
        "     |\n"
        "   3 |  kind: pian\n"
        "     | ^\n"
        "  cure: Replace the tab by spaces.\n"
        "\n"
        "error[unknown-value]: `kind` must be one of the known words, not `pian`.\n"
        "  --> data/signs.yaml:3:8\n"
        "     |\n"
        "   3 |  kind: pian\n"
        "     |        ^^^^\n"
        "  cure: Did you mean `pain`?\n"
        "\n"
        "error[raw-html]: Text must not hold HTML, such as `<b>`.\n"
        "  --> data/signs.yaml:4:189\n"
        "     |\n"
        f"   4 | {_window(189)}\n"
        f"     | {' ' * 55}^^^\n"
        "\n"
        "error[duplicate-key]: `name` must stand only once here.\n"
        "  --> data/signs.yaml:5:3\n"
        "     |\n"
        "   5 |   name: Calf tear\n"
        "     |   ^^^^\n"
        "  first here:\n"
        "  --> data/signs.yaml:2:3\n"
        "     |\n"
        "   2 |   name: Calf pop\n"
        "     |   ^^^^\n"
        "  cure: Keep one of the two.\n"
        "\n"
        "warning[orphan]: 100% unused:\r\nnobody, anywhere, uses it.\n"
        "  --> data/50%, or: so.yaml:1:1\n"
        "     |\n"
        "   1 | a: b\n"
        "     | ^\n"
        "  cure: Take it out.\n"
        "\n"
        "error[missing-file]: This file must exist.\n"
        "  --> data/causes.yaml:1:1\n"
        "  cure: Bring it back.\n"
    ), shown
