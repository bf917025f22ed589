"""Mending and refactoring real data: what is not touched keeps its bytes, git undoes the rest."""

from __future__ import annotations

import random
import re
import subprocess
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from real import real_copy
from small import ROOT

from generator.cli import main as cli
from generator.edits import formatting
from generator.edits.text_edits import applied
from generator.model.kinds import KINDS, Kind
from generator.reading.record_texts import plain_records

pytestmark = pytest.mark.slow

TEXTS: Final = {k.name: (ROOT / "data" / k.file).read_text(encoding="utf-8") for k in KINDS}
COMMENTS: Final = ("# {left} [open: 1", "#", "#\ttab", "# key: value # twice", "# – “quoted” …")


# Records of the real file in a row, with comments and damage at random places


@given(
    kind=st.sampled_from(KINDS), seed=st.integers(0, 2**16), newline=st.sampled_from(["\n", "\r\n"])
)
def test_autofix_of_real_records_changes_the_damage_alone(
    kind: Kind, seed: int, newline: str
) -> None:
    rng = random.Random(seed)
    records = [record.text for record in plain_records(TEXTS[kind.name]) or ()]
    start = rng.randrange(len(records))
    lines = "".join(records[start : start + 12]).splitlines()
    fields = [i for i, line in enumerate(lines) if re.match(r" +(- )?[a-z_]+: \S", line)]
    folded = {i for i in fields if re.search(r": [>|]", lines[i])}
    safe = [i for i in fields if i not in folded]
    whole = list(lines)
    for i in sorted(rng.sample(safe, min(6, len(safe))), reverse=True):
        indent = re.match(r" *", lines[i])
        assert indent
        whole.insert(i, f"{indent[0]}{rng.choice(COMMENTS)}")
    damaged = list(whole)
    spots = [i for i, line in enumerate(whole) if re.match(r" +(- )?[a-z_]+: [^>|\s]", line)]
    for i in rng.sample(spots, min(6, len(spots))):
        if rng.random() < 0.5:
            damaged[i] += " " * rng.randint(1, 3)
        elif "#" not in damaged[i]:
            damaged[i] = re.sub(r"^( +(?:- )?[a-z_]+:) (?=\S)", r"\1   ", damaged[i])
    text = "".join(f"{line}{newline}" for line in damaged)
    for step in (formatting.spacing, formatting.forms, formatting.order):
        text = applied(text, step(text, kind))
    assert text == "".join(f"{line}{newline}" for line in whole)


# Through the command, in a repository


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data and articles with a history, and a file of somebody else."""
    folder = tmp_path_factory.mktemp("undo")
    real_copy(folder)
    (folder / "notes.txt").write_text("Not ours: heel-drop.\n")
    for wish in (["init", "-q"], ["add", "--all"], ["commit", "-qm", "Start"]):
        git(folder, *wish)
    return folder


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=A. Example", "-c", "user.email=a@example.org", *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.cli, list(arguments))


def every_byte(folder: Path) -> dict[Path, bytes]:
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and ".git" not in p.parts}


@pytest.mark.parametrize(
    "command",
    [
        ["rename", "signs", "arch-pain", "sore-arch", "--yes"],
        ["rename", "conditions", "achilles-tendinopathy", "sore-achilles-tendon", "--yes"],
        ["rename", "references", "alfredson-1998", "alfredson-and-others-1998", "--yes"],
        ["rename", "regions", "knee", "the-knee", "--yes"],
        ["retire", "exercises", "short-foot", "--for", "calf-raise", "--yes"],
        ["new", "signs", "toe-tingle", "--name", "A toe that tingles", "--yes"],
        ["check", "--fix", "--yes"],
    ],
    ids=lambda command: " ".join(command[:3]),
)
def test_git_undoes_it_all(
    repository: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(repository)
    before = every_byte(repository)
    if command[0] == "check":
        path = repository / "data/signs.yaml"
        path.write_text(path.read_text("utf-8").replace("regions: [", "regions:   [", 3), "utf-8")
        git(repository, "commit", "-qam", "Untidy")
    was = every_byte(repository)
    result = run(*command)
    assert result.exit_code == 0, result.output
    changed = {p for p, raw in every_byte(repository).items() if was.get(p) != raw}
    assert changed
    assert all(p.relative_to(repository).parts[0] in ("data", "content") for p in changed)
    git(repository, "checkout", "-q", "--", ".")
    git(repository, "clean", "-qfd")
    assert every_byte(repository) == was
    if command[0] == "check":
        git(repository, "reset", "-q", "--hard", "HEAD~1")
        assert every_byte(repository) == before
