"""What the documents say works: commands are run, examples are loaded, links lead somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from click.testing import CliRunner, Result
from real import real_checked, real_copy
from small import ROOT, change

from generator.cli import main as cli
from generator.diagnostics import RULES, Severity
from generator.library.library import Library
from generator.library.readability import reading_grade
from generator.library.site import Site
from generator.model.dose import Dose
from generator.model.schema import fields_of
from generator.pages.pages import pages

DOCUMENTS: Final = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md")
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING: Final = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
NOT_RUN: Final = frozenset({"serve", "pose", "build", "write"})
"""Commands that run until they are stopped or take long; other tests run them."""


def fenced(text: str, language: str = "") -> list[str]:
    """The code blocks of a language, without the indent of the list that they stand in."""
    blocks = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", body, flags=re.MULTILINE) for indent, body in blocks]


def commands(text: str) -> list[list[str]]:
    """Every `strideguide` command of the code blocks and of the text."""
    lines = [line for block in fenced(text) for line in block.replace("\\\n", " ").splitlines()]
    lines += re.findall(r"`(strideguide [^`]+)`", text)
    return [
        shlex.split(line, comments=True)[1:] for line in lines if line.startswith("strideguide ")
    ]


ALL_COMMANDS: Final = [c for name in DOCUMENTS for c in commands((ROOT / name).read_text("utf-8"))]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real data and articles, with a history."""
    real_copy(tmp_path)
    git = ["git", "-c", "user.name=A. Example", "-c", "user.email=a@example.org"]
    for wish in (["init", "-q", "-b", "main"], ["add", "--all"], ["commit", "-qm", "Start"]):
        subprocess.run([*git, *wish], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.cli, list(arguments), input="y\n")


@pytest.mark.parametrize("command", ALL_COMMANDS, ids=" ".join)
def test_a_command_exists_with_its_options(command: list[str]) -> None:
    name, *rest = command
    known = cli.cli.commands[name]
    options = {option for parameter in known.params for option in parameter.opts}
    assert {word.split("=")[0] for word in rest if word.startswith("--")} <= options


@pytest.mark.parametrize(
    "command", [c for c in commands(CONTRIBUTING) if c[0] not in NOT_RUN], ids=" ".join
)
def test_a_command_does_what_it_says(project: Path, command: list[str]) -> None:
    if len(command) == 1 and command[0] in ("diff", "sign", "report", "new"):
        return  # Only its name stands there.
    result = run(*command)
    assert result.exit_code == 0, result.output
    left = {d.code for d in real_checked(project).diagnostics if d.severity is Severity.ERROR}
    assert left == ({"to-be-chosen"} if command[0] == "new" else set())


def test_each_way_to_refactor_is_shown() -> None:
    shown = {command[0] for command in commands(CONTRIBUTING) if len(command) > 1}
    assert {"check", "diff", "new", "rename", "retire", "sign"} <= shown


def test_make_targets_exist() -> None:
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE):
            assert re.search(rf"^{target}:", rules, re.MULTILINE), f"{name}: make {target}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_between_files_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_forms_that_are_linked_exist() -> None:
    named = re.findall(r"template=([\w.-]+)", CONTRIBUTING)
    assert named
    assert all((ROOT / ".github/ISSUE_TEMPLATE" / name).is_file() for name in named)


# The first look


def test_the_yaml_of_the_readme_is_in_the_data() -> None:
    [shown] = fenced(README, "yaml")
    whole = yaml.load((ROOT / "data/conditions.yaml").read_text("utf-8"), yaml.BaseLoader)
    assert is_part(yaml.load(shown, yaml.BaseLoader), whole)


def is_part(shown: Any, whole: Any) -> bool:
    """Whether nothing is shown that the whole does not hold."""
    if isinstance(shown, dict):
        return all(key in whole and is_part(part, whole[key]) for key, part in shown.items())
    if isinstance(shown, list):
        return all(any(is_part(part, one) for one in whole) for part in shown)
    return bool(shown == whole)


def test_the_page_of_the_readme_says_what_the_site_says(site: Site) -> None:
    [page] = [made for made in pages(site) if made.uri == "conditions/achilles-tendinopathy.md"]
    text = " ".join(re.sub(r"<[^>]*>", " ", page.content).split())
    lines = re.findall(r"^> (.+)$", README, re.MULTILINE)
    plain = [re.sub(r"\]\(.*?\)|[\[\]*]", "", line) for line in lines]
    phrases = [part for line in plain for part in re.split(r": |\? | (?=10$)|\.$", line) if part]
    assert len(phrases) >= 6
    assert [phrase for phrase in phrases if phrase not in text] == []


# The three ways


def test_the_dose_of_the_guide_can_be_written(project: Path) -> None:
    [dose] = [block for block in fenced(CONTRIBUTING, "yaml") if block.startswith("dose:")]
    path = project / "data/conditions.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("exercise: heel-drop")
    old = text[text.index("dose:", start) : text.index("\n", text.index("dose:", start))]
    path.write_text(text[:start] + text[start:].replace(old, dose.strip(), 1), encoding="utf-8")
    assert not real_checked(project).stops_build(strict=False)
    assert "3 sets of 10 to 15" in run("diff", "main", "--no-pages").output


def test_the_words_of_a_dose_are_all_there() -> None:
    line = next(line for line in CONTRIBUTING.splitlines() if "The words are fixed:" in line)
    named = re.findall(r"`([a-z_]+)`", line.split("Numbers stand")[0])
    assert sorted(named) == sorted(field.name for field in fields_of(Dose))


def test_another_name_undoes_nothing(project: Path) -> None:
    change(project / "data/conditions.yaml", "aliases: [March fracture", "aliases: [Marching foot")
    result = run("report", "main", "--into", "told")
    assert (result.exit_code, result.output) == (0, "")
    comment = (project / "told/comment.md").read_text(encoding="utf-8")
    assert "### Wording only" in comment
    assert "Clinical changes" not in comment


def test_what_yaml_does_not_forgive(project: Path) -> None:
    """Each right form is taken, each wrong one is told once, and the cure is the right one."""
    table = CONTRIBUTING[CONTRIBUTING.index("| YAML wants | not | because |") :].split("\n\n")[0]
    pairs = [re.findall(r"`([^`]+)`", row)[:2] for row in table.splitlines()[2:]]
    path = project / "data/conditions.yaml"
    text = path.read_text(encoding="utf-8")
    assert len([pair for pair in pairs if pair]) == 5
    for right, wrong in filter(None, pairs):
        item = right if right.startswith("- ") else f"- sign: arch-pain\n      {right}"
        rest = "\n      typicality: common\n      source: general\n"
        new = f"  signs:\n    {item}{rest}"
        for form in (right, wrong):
            broken = text.replace("  signs:\n", new.replace(right, form), 1)
            path.write_text(broken, encoding="utf-8")
            found = [d for d in real_checked(project).diagnostics if d.severity == "error"]
            assert [d.rewrite.strip() for d in found] == ([] if form == right else [right])


# Words and codes


def test_retired_ids_as_in_the_guide(project: Path) -> None:
    [block] = [b for b in fenced(CONTRIBUTING, "yaml") if b.startswith("old-id:")]
    assert set(yaml.load(block, yaml.BaseLoader)["old-id"]) == {"kind", "fate", "on", "now", "why"}


def test_the_strengths_are_those_of_the_data(library: Library) -> None:
    rows = re.findall(r"^  \| `([a-z-]+)` \| (.+) \|$", CONTRIBUTING, re.MULTILINE)
    assert dict(rows) == {
        word: label.name for word, label in library.vocabulary["strengths"].items()
    }


def test_good_words_are_plainer_than_bad_ones(library: Library) -> None:
    table = CONTRIBUTING[CONTRIBUTING.index("| write | not |") :].split("\n\n")[0]
    pairs = [row.strip("| ").split(" | ") for row in table.splitlines()[2:]]
    assert len(pairs) >= 8
    for good, _ in pairs:
        assert all(len(sentence.split()) <= 20 for sentence in re.split(r"[.?!]", good)), good
    sentences = [(good, bad) for good, bad in pairs if good.endswith(".") and bad.endswith(".")]
    known = library.true_syllables
    assert reading_grade([good for good, _ in sentences], known) <= 7
    assert reading_grade([bad for _, bad in sentences], known) > 10


def test_codes_that_are_named_exist() -> None:
    assert set(re.findall(r"explain ([a-z-]+)`", CONTRIBUTING)) <= set(RULES)
