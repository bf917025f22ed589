"""`check --fix`, `--changed-since` and SARIF: what is mended, and that nothing else is."""

from __future__ import annotations

import json
import random
import re
import subprocess
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from small import ROOT, change, sound_copy

from generator.checks.report_formats import sarif_text
from generator.cli import main as cli
from generator.diagnostics import Place
from generator.edits import formatting
from generator.edits.text_edits import BYTE_ORDER_MARK, Edit, FileText, applied
from generator.model.kinds import KIND_OF, KINDS, Kind

TEXTS: Final = {k.name: (ROOT / "data" / k.file).read_text(encoding="utf-8") for k in KINDS}
STEPS: Final = (formatting.spacing, formatting.forms, formatting.order)


def formatted(text: str, kind: Kind) -> str:
    for step in STEPS:
        text = applied(text, step(text, kind))
    return text


def fix(data: Path, *more: str, answers: str = "") -> Result:
    arguments = ["check", str(data), "--content-dir", str(data.parent / "content"), "--fix", *more]
    return CliRunner().invoke(cli.cli, arguments, input=answers)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The sound folder with its fields in their order."""
    copy = sound_copy(tmp_path)
    assert fix(copy).exit_code == 0
    return copy


# Real data, damaged at random and mended


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_real_data_is_tidy(kind: Kind) -> None:
    assert formatted(TEXTS[kind.name], kind) == TEXTS[kind.name]


@given(
    kind=st.sampled_from(["conditions", "signs", "exercises", "programmes", "causes", "regions"]),
    seed=st.integers(0, 2**16),
    newline=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", BYTE_ORDER_MARK]),
)
def test_layout_is_brought_back_byte_for_byte(
    kind: str, seed: int, newline: str, mark: str
) -> None:
    """Comments, blank lines and all that is not wrong included."""
    rng = random.Random(seed)
    record = rng.choice(re.findall(r"^[a-z0-9-]+:\n(?: .*\n|\n(?= ))+", TEXTS[kind], re.M))
    whole = f"# Above\n\n{record.strip()}\n\n# Below\n"
    whole = whole.replace("  review:", "  # Not yet read by anybody.\n  review:")
    damaged = _damaged(whole, rng)
    original = mark + whole.replace("\n", newline)
    assert formatted(mark + damaged.replace("\n", newline), KIND_OF[kind]) == original


def _damaged(text: str, rng: random.Random) -> str:
    start = re.search(r"^[a-z0-9-]+:\n", text, re.MULTILINE)
    assert start
    head, body = text[: start.end()], text[start.end() :]
    body, _, foot = body.partition("\n\n# Below")
    blocks = re.findall(r"(?:^  #.*\n)*^  [a-z_]+:.*\n(?:^(?:   .*|  - .*|)\n)*", f"{body}\n", re.M)
    assert "".join(blocks) == f"{body}\n"
    rng.shuffle(blocks)
    lines = "".join(blocks).splitlines()
    for i in rng.sample(range(len(lines)), min(4, len(lines))):
        if ">-" not in lines[i]:
            lines[i] = re.sub(r"(?<=\d)-(?=\d+[,}])", rng.choice(["–", " - ", " to "]), lines[i])
            lines[i] += " " * rng.randint(1, 3)
    if rng.random() < 0.5:
        i = rng.randrange(len(lines))
        lines[i] = re.sub(r"^(  [a-z_]+:) (?=\S)", r"\1   ", lines[i])
    return f"{head}{chr(10).join(lines)}\n\n# Below{foot}"


# One by one


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [
        ("sets: 3, reps: 12, every_days", "sets: 3 sets, reps: 12, every_days", ""),
        ("reps: 10-15}", "reps: 10–15}", ""),
        ("reps: 10-15}", "reps: 10 - 15}", ""),
        ("reps: 10-15}", "reps: 10 to 15 reps}", ""),
        ("hold_seconds: 10,", "hold_seconds: 10 s,", ""),
        ("hold_seconds: 10,", 'hold_seconds: "10",', ""),
        ("per_side: true, times_per_day: 2, weeks: 12}\n          source: [alf",
         "per_side: yes, times_per_day: 2, weeks: 12 weeks}\n          source: [alf", ""),
        ("hold_seconds: 10,", "hold_seconds: 1 minute,", "kept"),
        ("hold_seconds: 10,", "hold_seconds: about 10,", "kept"),
    ],
)  # fmt: skip
def test_dose_forms(data: Path, field: str, wrong: str, right: str) -> None:
    path = data / "conditions.yaml"
    before = path.read_text(encoding="utf-8")
    change(path, field, wrong) if before.count(field) == 1 else path.write_text(
        before.replace(field, wrong, 1), encoding="utf-8"
    )
    result = fix(data)
    after = path.read_text(encoding="utf-8")
    if right == "kept":
        assert wrong in after
        assert result.exit_code == 1
    else:
        assert after == before
        assert result.exit_code == 0


def test_near_misses_are_asked_about(data: Path) -> None:
    path = data / "conditions.yaml"
    before = path.read_text(encoding="utf-8")
    change(path, "exercise: heel-drop\n          dose: {sets: 3, reps: 15, per_side: true}\n",
           "exercise: heel-drp\n          dose: {sets: 3, reps: 15, per_side: true}\n")  # fmt: skip
    wrong = path.read_text(encoding="utf-8")
    assert fix(data, answers="n\n").exit_code == 1
    assert path.read_text(encoding="utf-8") == wrong
    result = fix(data, answers="y\n")
    assert result.exit_code == 0
    assert "write `heel-drop` in place of `heel-drp`?" in result.output
    assert path.read_text(encoding="utf-8") == before


def test_without_an_answer_nothing_is_guessed(data: Path) -> None:
    path = data / "signs.yaml"
    change(path, "kind: stiffness", "kind: stifness")
    wrong = path.read_text(encoding="utf-8")
    assert fix(data).exit_code == 1
    assert path.read_text(encoding="utf-8") == wrong


def test_yes_mends_all_near_misses(data: Path) -> None:
    before = {p: p.read_bytes() for p in data.parent.rglob("*.*") if p.is_file()}
    change(data / "signs.yaml", "kind: stiffness", "kind: stifness")
    change(data / "signs.yaml", "See also [[arch-pain]].", "See also [[arch-pian]].")
    change(data / "regions.yaml", "order: 2", "oder: 2")
    change(data.parent / "content/about.md", "[[calf-raise]]", "[[ calf-rase ]]")
    result = fix(data, "--yes")
    assert result.exit_code == 0, result.output
    after = {p: p.read_bytes().replace(b"[[ calf-raise ]]", b"[[calf-raise]]") for p in before}
    assert after == before


def test_fix_on_sound_data_changes_nothing(data: Path) -> None:
    result = fix(data)
    assert result.exit_code == 0
    assert "Changed 0 files." in result.output


def test_edits_that_overlap_do_not_garble() -> None:
    assert applied("abcdef", [Edit(1, 3, "X"), Edit(2, 4, "Y"), Edit(4, 5, "")]) == "aXdf"


def test_places_lead_to_positions() -> None:
    file = FileText(f"{BYTE_ORDER_MARK}a: 1\r\nbé: 2\r\n")
    assert file.text[file.at(Place("x", 2, 5))] == "2"
    assert file.text[file.at(Place("x", 1, 1))] == "a"
    assert (file.line_count, file.line(2), file.newline) == (2, "bé: 2\r\n", "\r\n")


# What is new


def test_only_new_findings_wherever_they_stand(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data.parent)
    change(data / "signs.yaml", "kind: stiffness", "kind: stifness")
    _git("init", "--quiet")
    _git("add", ".")
    _git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "all")
    quiet = CliRunner().invoke(cli.cli, ["check", "--changed-since", "HEAD"])
    assert (quiet.exit_code, quiet.output) == (0, "No findings: the data is valid.\n")
    change(data / "exercises.yaml", "heel-drop:\n", "heel-lowering:\n")
    found = CliRunner().invoke(cli.cli, ["check", "--changed-since", "HEAD", "--format", "concise"])
    assert found.exit_code == 1
    files = {line.split(":")[0] for line in found.output.splitlines()}
    assert "data/conditions.yaml" in files
    assert "data/signs.yaml" not in files
    assert CliRunner().invoke(cli.cli, ["check", "--changed-since", "nowhere"]).exit_code == 2


def _git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True)


# SARIF


def test_sarif(data: Path) -> None:
    change(data / "conditions.yaml", "  tissue: fascia\n", "  tissue: fascia\n  tissue: bone\n")
    arguments = ["check", str(data), "--format", "sarif"]
    body = json.loads(CliRunner().invoke(cli.cli, arguments).output)
    run = body["runs"][0]
    assert (body["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    result = next(r for r in run["results"] if r["ruleId"] == "duplicate-key")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "duplicate-key"
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 8, "startColumn": 3, "endColumn": 9}
    related = result["relatedLocations"][0]
    assert related["message"]["text"] == "first here"
    assert related["physicalLocation"]["region"]["startLine"] == 7
    assert json.loads(sarif_text([], {}))["runs"][0]["results"] == []
