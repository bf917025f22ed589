"""Signatures: what they cover, when they run out, and how they are written."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from real import real_checked, real_copy

from generator.cli import cli
from generator.library import Library
from generator.model.record import Review
from generator.review import due_date, review_status, signed_content

SIGN = ["sign", "conditions", "sciatica", "--by", "A. Nobody", "--registration", "Test 1"]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return real_copy(tmp_path) / "data"


def sign(data_dir: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, [*(arguments or SIGN), "--data-dir", str(data_dir)])
    return result.exit_code, result.output


def status(data_dir: Path) -> str:
    library = real_checked(data_dir.parent).library
    return review_status(library.conditions["sciatica"], library).state


def test_nothing_here_is_signed(library: Library) -> None:
    for kind in ("conditions", "signs", "exercises", "programmes", "causes", "treatments"):
        for record in library.of_kind(kind).values():
            assert record.review.state == "draft"


def test_signing_changes_the_review_and_no_other_byte(data_dir: Path) -> None:
    before = (data_dir / "conditions.yaml").read_bytes()
    assert sign(data_dir)[0] == 0
    after = (data_dir / "conditions.yaml").read_bytes()
    library = real_checked(data_dir.parent).library
    review = library.conditions["sciatica"].review
    assert (review.by, review.registration) == ("A. Nobody", "Test 1")
    written = after.splitlines()
    unsigned = before.splitlines()
    at = next(i for i, line in enumerate(written) if line != unsigned[i])
    assert unsigned[at] == b"  review: {state: draft}"
    assert written[:at] == unsigned[:at]
    assert written[at + 6 :] == unsigned[at + 1 :]


def test_a_clinical_change_undoes_the_signature_and_wording_does_not(data_dir: Path) -> None:
    sign(data_dir)
    path = data_dir / "conditions.yaml"
    text = path.read_text(encoding="utf-8")
    assert status(data_dir) == "signed"
    start = text.index("\nsciatica:\n")
    wording = text[:start] + text[start:].replace("  aliases: [", "  aliases: [Leg nerve pain, ", 1)
    path.write_text(wording, encoding="utf-8")
    assert status(data_dir) == "signed"
    clinical = wording[:start] + wording[start:].replace("pain_limit: ", "pain_limit: 1", 1)
    path.write_text(clinical, encoding="utf-8")
    assert status(data_dir) == "changed"
    findings = real_checked(data_dir.parent).diagnostics
    assert "changed-since-review" in {d.code for d in findings}


def test_a_record_with_open_findings_is_not_signed(data_dir: Path) -> None:
    path = data_dir / "conditions.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("\nsciatica:\n")
    broken = text[:start] + text[start:].replace("rule: mild-pain-rule", "rule: mild-pian-rule", 1)
    path.write_text(broken, encoding="utf-8")
    code, output = sign(data_dir)
    assert code == 1
    assert "open findings" in output
    assert path.read_text(encoding="utf-8") == broken


@pytest.mark.parametrize("by", ['A" B', "A\nB", "<b>", "A: {x}"])
def test_a_name_can_not_break_the_file(data_dir: Path, by: str) -> None:
    before = (data_dir / "conditions.yaml").read_bytes()
    arguments = ["sign", "conditions", "sciatica", "--by", by, "--registration", "Test 1"]
    assert sign(data_dir, *arguments)[0] == 2
    assert (data_dir / "conditions.yaml").read_bytes() == before


def test_due_dates_are_spread_and_never_late(library: Library) -> None:
    signed_on = date(2027, 1, 31)
    due = {due_date(id_, signed_on, library.house) for id_ in library.conditions}
    assert len(due) > 8
    assert max(due) <= date(2030, 1, 31)
    assert min(due) >= date(2029, 1, 1)


def test_the_digest_ignores_places_and_white_space(library: Library) -> None:
    condition = library.conditions["sciatica"]
    answer = dataclasses.replace(condition.answer, text=condition.answer.text.replace(" ", "  "))
    moved = dataclasses.replace(condition, places={}, answer=answer, review=Review(state="draft"))
    assert signed_content(moved, library) == signed_content(condition, library)
