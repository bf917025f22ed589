"""Signatures: what they cover, when they run out, and how they are written."""

from __future__ import annotations

import dataclasses
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from real import real_checked, real_copy
from small import sign as sign_as

from generator.check import Checked
from generator.cli.main import cli
from generator.diagnostics import Severity
from generator.library.library import Library
from generator.library.review import due_date, review_status, signed_content
from generator.model.record import Review

SIGN = ["sign", "conditions", "sciatica", "--by", "A. Nobody", "--registration", "Test 1"]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return real_copy(tmp_path) / "data"


@pytest.fixture(scope="module")
def signed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data with one condition signed. Nobody may change it."""
    data_dir = real_copy(tmp_path_factory.mktemp("signed")) / "data"
    assert sign(data_dir)[0] == 0
    assert status(data_dir) == "signed"
    return data_dir


@pytest.fixture
def signed_dir(signed_once: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    shutil.copytree(signed_once.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data"


def sign(data_dir: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, [*(arguments or SIGN), "--data-dir", str(data_dir)])
    return result.exit_code, result.output


def state_in(checked: Checked) -> str:
    """The state of the signature of the condition."""
    return review_status(checked.library.conditions["sciatica"], checked.library).state


def status(data_dir: Path) -> str:
    return state_in(real_checked(data_dir.parent))


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


def edit(path: Path, id_: str, old: str, new: str) -> None:
    """Replace the first `old` within the record."""
    text = path.read_text(encoding="utf-8")
    start = text.index(f"\n{id_}:\n")
    assert old in text[start:]
    path.write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")


def codes(data_dir: Path) -> set[str]:
    return {d.code for d in real_checked(data_dir.parent).diagnostics}


@pytest.mark.parametrize(
    ("kind", "id_", "old", "new"),
    [
        ("conditions", "sciatica", "pain_limit: 3", "pain_limit: 9"),
        ("conditions", "sciatica", "goal: Ease the leg pain",
         "goal: Raise the load as fast as you can, and do not stop for pain"),
        ("conditions", "sciatica", "goal: Ease the leg pain", "goal: Calm the leg pain"),
        ("conditions", "sciatica", "- name: Settle the leg", "- name: Stretch the leg"),
        ("conditions", "sciatica", "name: ", "name: Harmless "),
        ("conditions", "sciatica", "gaps: ", "gaps: It always heals. "),
        ("conditions", "sciatica", "aliases: [", "aliases: [No need to stop, "),
        ("pain-rules", "mild-pain-rule", "stop: Pain goes over 3", "stop: Pain goes over 8"),
        ("pain-rules", "mild-pain-rule", "summary: ", "summary: In short. "),
        ("care", "emergency", "action: ", "action: If you like. "),
        ("care", "emergency", 'heading: "', 'heading: "Soon. '),
        ("signs", "leg-going-weak", "tier: ", "tier: within-days # "),
        ("signs", "leg-going-weak", "name: ", "name: Mostly harmless "),
    ],
)  # fmt: skip
def test_what_can_mislead_undoes_the_signature(
    signed_dir: Path, kind: str, id_: str, old: str, new: str
) -> None:
    edit(signed_dir / f"{kind}.yaml", id_, old, new)
    checked = real_checked(signed_dir.parent)
    assert state_in(checked) == "changed"
    assert "changed-since-review" in {d.code for d in checked.diagnostics}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("gaps: ", "gaps: It always heals. "),
        ('by: "A. Nobody"', 'by: "B. Stranger"'),
        ("    on: 20", "    on: 29"),
    ],
)
def test_what_was_changed_can_be_signed_again(signed_dir: Path, old: str, new: str) -> None:
    edit(signed_dir / "conditions.yaml", "sciatica", old, new)
    assert sign(signed_dir)[0] == 0
    checked = real_checked(signed_dir.parent)
    assert state_in(checked) == "signed"
    found = {d.code for d in checked.diagnostics}
    assert found.isdisjoint({"changed-since-review", "invalid-signature"})


def test_a_lost_red_flag_of_a_region_undoes_signatures(signed_dir: Path) -> None:
    edit(signed_dir / "signs.yaml", "back-pain-with-weak-bones", "[lower-back]", "[thigh]")
    assert status(signed_dir) == "changed"


def test_a_picture_that_shows_another_movement_undoes_the_signature(data_dir: Path) -> None:
    def state() -> str:
        library = real_checked(data_dir.parent).library
        return review_status(library.exercises["calf-raise"], library).state

    arguments = ("sign", "exercises", "calf-raise", "--by", "A. Nobody", "--registration", "T 1")
    assert sign(data_dir, *arguments)[0] == 0
    pose = real_checked(data_dir.parent).library.exercises["calf-raise"].figure
    assert pose and state() == "signed"
    edit(data_dir / "poses.yaml", pose.pose, "name: ", "name: Other ")
    assert state() == "changed"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("aliases: [", "aliases: [Leg nerve pain, "),
        ("goal: Ease the leg pain", "goal: >-\n        Ease  the leg pain"),
        ("  gaps:", "  # Not read by anybody.\n  gaps:"),
    ],
)
def test_other_names_and_layout_keep_the_signature(signed_dir: Path, old: str, new: str) -> None:
    edit(signed_dir / "conditions.yaml", "sciatica", old, new)
    assert status(signed_dir) == "signed"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('by: "A. Nobody"', 'by: "B. Stranger"', "digest:"),
        ('registration: "Test 1"', 'registration: "Test 2"', "digest:"),
        ("    on: 20", "    on: 19", "digest:"),
        ("    on: 20", "    on: 29", "on:"),
        ('digest: "', 'digest: "0123', "digest:"),
    ],
)
def test_a_signature_that_was_changed_by_hand_is_an_error(
    signed_dir: Path, old: str, new: str, line: str
) -> None:
    path = signed_dir / "conditions.yaml"
    edit(path, "sciatica", old, new)
    checked = real_checked(signed_dir.parent)
    [found] = [d for d in checked.diagnostics if "signature" in d.code]
    assert (found.code, found.severity) == ("invalid-signature", Severity.ERROR)
    assert path.read_text("utf-8").splitlines()[found.place.line - 1].strip().startswith(line)
    assert state_in(checked) == "changed" or line == "on:"


def test_a_day_that_has_not_come_anywhere_is_an_error(data_dir: Path) -> None:
    sign_as(data_dir, "conditions", "sciatica", date(2031, 1, 1))
    assert codes(data_dir) >= {"invalid-signature"}
    sign_as(data_dir, "conditions", "sciatica", date.today())
    assert "invalid-signature" not in codes(data_dir)


def test_a_signature_of_another_record_is_an_error(signed_dir: Path) -> None:
    path = signed_dir / "conditions.yaml"
    review = re.search(r"  review:\n(?: {4}.*\n)+", path.read_text(encoding="utf-8"))
    assert review
    edit(path, "medial-tibial-stress-syndrome", "  review: {state: draft}\n", review[0])
    assert "invalid-signature" in codes(signed_dir)


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
