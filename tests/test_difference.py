"""`strideguide diff`: a change in clinical words, red flags first."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from small import SOUND, change, sound_copy

from generator import cli
from generator.changes.before import read
from generator.changes.case_changes import CaseChange
from generator.changes.difference import Difference, difference
from generator.changes.difference_markdown import markdown_text
from generator.changes.difference_text import json_text, terminal_text
from generator.changes.difference_words import NOTHING
from generator.changes.field_changes import Change
from generator.changes.link_changes import LinkChange
from generator.changes.markdown import escaped
from generator.changes.sign import signed_text
from generator.changes.touched import touched
from generator.changes.unread import AsRead, Comparable, comparable

EDITS = {
    "dose": ("conditions.yaml", "dose: {sets: 3, reps: 12, every_days: 2}",
             "dose: {sets: 4, reps: 12, every_days: 2}"),
    "source": ("conditions.yaml", "pain_source: [alfredson-1998]", "pain_source: general"),
    "wording": ("conditions.yaml", "goal: Calm the tendon.", "goal: Let the tendon calm down."),
    "statement": ("conditions.yaml", "- text: Wear soft shoes.", "- text: Wear soft, warm shoes."),
    "not": ("conditions.yaml", "- text: Run on flat ground.", "- text: Never run on flat ground."),
    "sign": ("conditions.yaml", "    - sign: arch-pain\n      typicality: common\n"
             "      source: general\n", ""),
    "typicality": ("conditions.yaml",
                   "typicality: sometimes\n      source: general\n  red_flags: []",
                   "typicality: common\n      source: general\n  red_flags: []"),
    "flag": ("signs.yaml", "name: A numb foot\n  regions: [foot, whole-body]",
             "name: A numb foot\n  regions: [whole-body]"),
    "tier": ("signs.yaml", "tier: same-day", "tier: within-days"),
    "grade": ("exercises.yaml", "purpose: It loads the tendon on the way down.",
              "purpose: It considerably overloads the tendinous structures during lowering."),
    "case": ("conditions.yaml", "    - sign: first-step-heel-pain\n      typicality: sometimes\n"
             "      source: general\n", ""),
}  # fmt: skip
"""Name -> (file, before, after)."""


def read_of(data: Path) -> AsRead:
    return read(data, data.parent / "content", "ca", ("data", "content"))


def states_of(before: Path, after: Path) -> Comparable:
    return comparable(read_of(before), read_of(after))


def after(tmp_path: Path, *names: str) -> tuple[Comparable, Difference]:
    """The sound site before and after these edits, and what differs."""
    data = sound_copy(tmp_path)
    for name in names:
        file, old, new = EDITS[name]
        change(data / file, old, new)
    states = states_of(SOUND / "data", data)
    return states, difference(states)


def changes(found: Difference) -> list[tuple[str, str, str, str, str, str]]:
    return [
        (r.id, c.weight, c.sort, c.where, c.before, c.after)
        for r in found.records
        for c in r.changes
    ]


def test_no_change(tmp_path: Path) -> None:
    states, found = after(tmp_path)
    assert found.is_empty
    assert terminal_text(found, touched(states.before, states.after, found)) == f"{NOTHING}\n"
    assert markdown_text(found, None) == f"{NOTHING}\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dose", ("clinical", "changed", "stage 2 (Build strength), Calf raise, dose",
                  "3 sets of 12, every other day", "4 sets of 12, every other day")),
        ("source", ("clinical", "changed", "stage 2 (Build strength), pain source",
                    "Alfredson 1998", "general")),
        ("wording", ("wording", "changed", "stage 1 (Settle it), goal",
                     "Calm the tendon.", "Let the tendon calm down.")),
        ("statement", ("statement", "changed", "self care, do, text",
                       "Wear soft shoes.", "Wear soft, warm shoes.")),
        ("not", ("clinical", "changed", "can i run, advice, text",
                 "Run on flat ground.", "Never run on flat ground.")),
        ("sign", ("clinical", "lost", "signs",
                  "sign: Pain in the arch; typicality: common; source: general", "")),
        ("typicality", ("clinical", "changed", "Pain while running, typicality",
                        "sometimes", "common")),
        ("flag", ("clinical", "lost", "regions", "Foot", "")),
        ("tier", ("clinical", "changed", "red flag, tier", "same-day", "within-days")),
    ],
)  # fmt: skip
def test_one_edit_is_one_change(
    tmp_path: Path, name: str, expected: tuple[str, str, str, str, str]
) -> None:
    _, found = after(tmp_path, name)
    assert [row[1:] for row in changes(found)] == [expected]


def test_a_flag_that_leaves_a_region_leaves_every_page_in_it(tmp_path: Path) -> None:
    _, found = after(tmp_path, "flag")
    assert {(f.flag, f.gained) for f in found.flags} == {("numb-foot", False)}
    named = {f.id for f in found.flags}
    assert {"plantar-fasciitis", "achilles-tendinopathy", "calf-raise", "foot"} <= named


def test_reading_grade(tmp_path: Path) -> None:
    _, found = after(tmp_path, "grade")
    grades = found.records[0].grades
    assert grades
    assert grades[1] > grades[0]


def test_a_case_that_ends_elsewhere(tmp_path: Path) -> None:
    _, found = after(tmp_path, "case")
    assert [(c.id, c.lost, c.gained) for c in found.cases] == [
        ("sore-heel", ("Achilles tendinopathy",), ())
    ]


def test_signatures_undone(tmp_path: Path) -> None:
    """By a clinical edit, and not by wording."""
    signed = sound_copy(tmp_path / "signed")
    record = read_of(signed).site.library.conditions["achilles-tendinopathy"]
    path = signed / "conditions.yaml"
    text = path.read_text(encoding="utf-8")
    text = signed_text(text, record, by="A. Example", registration="None 1", on=date(2026, 1, 2))
    path.write_text(text, encoding="utf-8")
    before = read_of(signed)
    found = difference(comparable(read_of(SOUND / "data"), before))
    assert [r.signed for r in found.records] == ["A. Example"]
    change(path, EDITS["wording"][1], EDITS["wording"][2])
    found = difference(comparable(before, read_of(signed)))
    assert [r.undone for r in found.records] == [""]
    change(path, EDITS["source"][1], EDITS["source"][2])
    found = difference(comparable(before, read_of(signed)))
    assert [r.undone for r in found.records] == ["A. Example"]
    assert "SIGNATURE UNDONE: A. Example must read it again" in terminal_text(found, None)
    assert "> **Signatures undone.**" in markdown_text(found, None)


def test_records_that_come_and_go(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    text = (data / "groups.yaml").read_text(encoding="utf-8")
    extra = "\nbalance:\n  name: Balance\n  summary: Standing on one leg.\n"
    (data / "groups.yaml").write_text(text + extra, encoding="utf-8")
    found = difference(states_of(SOUND / "data", data))
    assert [(r.id, r.state) for r in found.records] == [("balance", "added")]
    found = difference(states_of(data, SOUND / "data"))
    assert [(r.id, r.state) for r in found.records] == [("balance", "removed")]
    gone = "Gone exercise group: Balance (balance, WITH NO SUCCESSOR)"
    assert gone in terminal_text(found, None)


def test_the_whole_report(tmp_path: Path) -> None:
    states, found = after(tmp_path, "dose", "statement", "wording", "flag", "tier")
    reached = touched(states.before, states.after, found)
    assert reached
    shown = terminal_text(found, None)
    lines = shown.replace("\x1b", "").splitlines()
    assert "RED FLAGS" in lines[0]
    assert lines[1].find("A numb foot (within days) NO LONGER SHOWS on: ") > 0
    order = [shown.index(t) for t in ("RED FLAGS", "Clinical changes", "Statements reworded",
                                      "Wording only")]  # fmt: skip
    assert order == sorted(order)
    markdown = markdown_text(found, reached, "https://example.org/pr/1/")
    assert markdown.startswith("> [!CAUTION]\n> **Red flags changed. Check these first.**")
    assert "· [see it](https://example.org/pr/1/conditions/plantar-fasciitis/)" in markdown
    assert "Self care › do: Wear ~~soft~~ **soft, warm** shoes." in markdown
    body = json.loads(json_text(found, reached))
    assert {row["id"] for row in body["records"]} >= {"plantar-fasciitis", "numb-foot"}
    assert "embed/conditions/plantar-fasciitis/" in body["touched"]["cards"]


def test_a_link_is_told_once(tmp_path: Path) -> None:
    """By the change of its own record, or else in a list of its own."""
    _, found = after(tmp_path, "flag")
    lost = "A numb foot lost the region Foot"
    text = markdown_text(found, None)
    assert "Regions: removed ~~Foot~~" in text and lost not in text
    assert lost not in terminal_text(found, None)
    alone = dataclasses.replace(found, records=())
    assert lost in markdown_text(alone, None) and lost in terminal_text(alone, None)


def test_what_is_alike_is_told_together() -> None:
    links = tuple(
        LinkChange("conditions", "toe", "Sore toe", "exercise", "exercises", to, name, True)
        for to, name in (("plank", "Plank"), ("calf-raise", "Calf raise"))
    )
    cases = tuple(
        CaseChange(id_, name, lost=(), gained=("Sore toe",), flag_before="", flag_after="")
        for id_, name in (("one", "Case one"), ("two", "Case two"))
    )
    found = Difference(records=(), flags=(), links=links, cases=cases)
    text = terminal_text(found, None)
    assert "Sore toe gained 2 exercises, Plank, Calf raise (exercise)" in text
    assert "2 cases: now leads to Sore toe (Case one, Case two)" in text


def test_a_statement_shows_its_words(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    change(data / "conditions.yaml", "Hills and fast runs load the tendon most.",
           "Hills and quick runs load the tendon most.")  # fmt: skip
    text = markdown_text(difference(states_of(SOUND / "data", data)), None)
    assert "note: Hills and ~~fast~~ **quick** runs load the tendon most." in text


def test_only_what_differs_is_touched(tmp_path: Path) -> None:
    states, found = after(tmp_path, "wording")
    reached = touched(states.before, states.after, found)
    assert reached
    assert dict(reached.pages) == {"conditions/achilles-tendinopathy/": "Achilles tendinopathy"}
    assert "api/v1/conditions/achilles-tendinopathy.json" in reached.documents
    assert all("plantar" not in url for url in reached.cards)


def test_a_state_that_cannot_be_rendered_touches_nothing(tmp_path: Path) -> None:
    """A red flag that is gone is gone, whoever still names it."""
    data = sound_copy(tmp_path)
    path = data / "signs.yaml"
    records = re.split(r"^(?=\S)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    kept = [record for record in records if not record.startswith("numb-foot:")]
    path.write_text("".join(kept), encoding="utf-8")
    states = states_of(SOUND / "data", data)
    found = difference(states)
    assert touched(states.before, states.after, found) is None
    assert "NO LONGER SHOWS" in terminal_text(found, None)


def test_a_contributors_text_is_no_markup() -> None:
    hostile = "<img src=x> [click](https://evil.example) @everyone **bold** `x` #1 www.evil.example"
    text = escaped(hostile)
    for mark in ("<img", "](", "https://", "@everyone", " **", " `", " #1", "www.evil"):
        assert mark not in text


def test_every_change_has_a_place_in_words(tmp_path: Path) -> None:
    _, found = after(tmp_path, "dose", "source", "statement", "not", "flag")
    every: list[Change] = [c for r in found.records for c in r.changes]
    assert all(c.where and "_" not in c.where for c in every)


def test_the_command_reads_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = sound_copy(tmp_path)
    monkeypatch.chdir(data.parent)
    for arguments in (
        ["init", "--quiet"],
        ["add", "."],
        ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "all"],
    ):
        subprocess.run(["git", *arguments], check=True)
    assert CliRunner().invoke(cli.cli, ["diff", "HEAD"]).output == f"{NOTHING}\n"
    change(data / "conditions.yaml", *EDITS["dose"][1:])
    result = CliRunner().invoke(cli.cli, ["diff", "HEAD"])
    assert result.exit_code == 0
    assert "3 sets of 12, every other day → 4 sets of 12, every other day" in result.output
    wrong = CliRunner().invoke(cli.cli, ["diff", "no-such-revision"])
    assert wrong.exit_code == 2
