"""Data broken on purpose: the whole report, place by place.

Each mistake in `mistakes/` has a comment `MISTAKE: code` on the line above it; several
mistakes of one line have a comment each. After a change of wording, write the report anew and
read what changed:

    .venv/bin/strideguide check tests/mistakes/data --content-dir tests/mistakes/content \
        --format concise > tests/mistakes/expected.txt
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from small import ROOT
from test_content import CONTENT_CODES
from test_hostile_files import HOSTILE_CODES

from generator.check import Checked, load_and_check
from generator.checks.report_formats import concise_text
from generator.diagnostics import RULES
from generator.model.kinds import KINDS, VOCABULARY_FILE

MISTAKES = Path("tests/mistakes")


@pytest.fixture
def mistakes(monkeypatch: pytest.MonkeyPatch) -> Checked:
    monkeypatch.chdir(ROOT)
    return load_and_check(MISTAKES / "data", MISTAKES / "content")


def test_the_whole_report(mistakes: Checked) -> None:
    expected = (ROOT / MISTAKES / "expected.txt").read_text(encoding="utf-8")
    assert concise_text(mistakes.diagnostics, {}) == expected


def test_each_finding_stands_under_the_comment_of_its_mistake(mistakes: Checked) -> None:
    found = Counter((d.place.path, d.place.line, d.code) for d in mistakes.diagnostics)
    assert found == Counter(_seeded())


def test_each_finding_has_help(mistakes: Checked) -> None:
    assert [f"{d.place}: {d.message}" for d in mistakes.diagnostics if not d.help] == []


def test_each_message_is_a_sentence(mistakes: Checked) -> None:
    """On one line, ending in a full stop, and with no code within code."""
    sentence = re.compile(r"(?:[^`\n]|`[^`\n]+`(?!`))+\.")
    wrong = [d.message for d in mistakes.diagnostics if not sentence.fullmatch(d.message)]
    assert wrong == []


def test_there_are_many_mistakes_and_every_file_is_read(mistakes: Checked) -> None:
    assert len(list(_seeded())) > 100
    data = (MISTAKES / "data").as_posix()
    files = {f"{data}/{name}" for name in (*(kind.file for kind in KINDS), VOCABULARY_FILE)}
    assert files <= set(mistakes.texts)


def test_each_rule_is_tested(mistakes: Checked) -> None:
    source = (ROOT / "tests" / "test_published_state.py").read_text(encoding="utf-8")
    quoted = {code for code in RULES if f'"{code}"' in source}
    tested = {d.code for d in mistakes.diagnostics} | HOSTILE_CODES | CONTENT_CODES | quoted
    assert sorted(set(RULES) - tested) == []


def _seeded() -> Iterator[tuple[str, int, str]]:
    """(file, line, code) of each mistake, read from the comments."""
    for path in sorted((ROOT / MISTAKES).rglob("*.*")):
        if path.suffix not in (".yaml", ".md") and path.name != "published.txt":
            continue
        waiting: list[str] = []
        shown = path.relative_to(ROOT).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if comment := re.match(r"\s*(?:#|<!--) MISTAKE: ([a-z0-9-]+)", line):
                waiting.append(comment[1])
            else:
                yield from ((shown, number, code) for code in waiting)
                waiting = []
