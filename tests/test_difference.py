"""`strideguide diff`: a change in clinical words, red flags first."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from small import SOUND, change, sign, sound_copy

from generator.cli import main as cli
from generator.diff.as_markdown import PUSHED, markdown_text
from generator.diff.as_text import json_text, terminal_text
from generator.diff.compare import Difference, State, States, difference
from generator.diff.field_changes import Change
from generator.diff.git_state import read
from generator.diff.link_changes import LinkChange
from generator.diff.markdown import escaped
from generator.diff.sentences import NOTHING, SIGNED_NOTE
from generator.diff.touched_pages import touched
from generator.diff.vignette_changes import CaseChange

EDITS = {
    "dose": ("conditions.yaml", "dose: {sets: 3, reps: 12, every_days: 2}",
             "dose: {sets: 4, reps: 12, every_days: 2}"),
    "source": ("conditions.yaml", "pain_source: [alfredson-1998]", "pain_source: general"),
    "wording": ("conditions.yaml", "aliases: [Sore Achilles tendon]",
                "aliases: [Aching Achilles tendon]"),
    "goal": ("conditions.yaml", "goal: Calm the tendon.", "goal: Let the tendon calm down."),
    "statement": ("conditions.yaml", "- text: Wear soft shoes.", "- text: Wear soft, warm shoes."),
    "reworded": ("conditions.yaml", "- text: Wear soft shoes.",
                 "- text: Wear shoes that are soft."),
    "alias": ("conditions.yaml", "aliases: [Sore Achilles tendon]",
              "aliases: [Not a torn Achilles tendon]"),
    "rule": ("pain-rules.yaml", "stop: Pain goes over 3", "stop: Pain goes over 8"),
    "care": ("care.yaml", "action: Call {emergency} now.", "action: Call {emergency} soon."),
    "country": ("countries.yaml", 'number: "911"', 'number: "119"'),
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


def read_of(data: Path) -> State:
    return read(data, data.parent / "content", "ca", ("data", "content"))


def states_of(before: Path, after: Path) -> States:
    return States(read_of(before), read_of(after))


def after(tmp_path: Path, *names: str) -> tuple[States, Difference]:
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
    assert (
        terminal_text(found, touched(states.before.site, states.after.site, found))
        == f"{NOTHING}\n"
    )
    assert markdown_text(found, None) == f"{NOTHING}\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dose", ("clinical", "changed", "stage 2 (Build strength), Calf raise, dose",
                  "3 sets of 12, every other day", "4 sets of 12, every other day")),
        ("source", ("clinical", "changed", "stage 2 (Build strength), pain source",
                    "Alfredson 1998", "general")),
        ("wording", ("wording", "changed", "aliases",
                     "Sore Achilles tendon", "Aching Achilles tendon")),
        ("goal", ("statement", "changed", "stage 1 (Settle it), goal",
                  "Calm the tendon.", "Let the tendon calm down.")),
        ("statement", ("statement", "changed", "self care, do, text",
                       "Wear soft shoes.", "Wear soft, warm shoes.")),
        ("reworded", ("statement", "changed", "self care, do, text",
                      "Wear soft shoes.", "Wear shoes that are soft.")),
        ("alias", ("clinical", "changed", "aliases",
                   "Sore Achilles tendon", "Not a torn Achilles tendon")),
        ("rule", ("clinical", "changed", "during, stop",
                  "Pain goes over 3 out of 10.", "Pain goes over 8 out of 10.")),
        ("country", ("clinical", "changed", "emergency 1, number", "911", "119")),
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
    sign(signed, "conditions", "achilles-tendinopathy")
    before = read_of(signed)
    change(signed / "conditions.yaml", EDITS["wording"][1], EDITS["wording"][2])
    found = difference(States(before, read_of(signed)))
    assert [r.undone for r in found.records] == [""]
    change(signed / "conditions.yaml", EDITS["source"][1], EDITS["source"][2])
    found = difference(States(before, read_of(signed)))
    assert [r.undone for r in found.records] == ["A. Example"]
    assert "SIGNATURE UNDONE: A. Example must read it again" in terminal_text(found, None)
    assert "> **Signatures undone.**" in markdown_text(found, None)


@pytest.mark.parametrize(
    ("before", "after", "weight"),
    [
        ("Run in cushioned shoes.", "Wear cushioned shoes to run.", "statement"),
        ("If it swells, rest it for a day.", "Rest it for a day if it swells.", "statement"),
        ("Don't run on hills.", "On hills, do not run.", "statement"),
        ("Walk on hills, do not run.", "Run on hills, do not walk.", "clinical"),
        ("Rest it for 2 days.", "Rest it for 2 weeks.", "clinical"),
        ("Rest it for two days.", "Rest it for three days.", "clinical"),
        ("You may run on hills.", "You must run on hills.", "clinical"),
        ("Run on hills until it hurts.", "Run on hills after it hurts.", "clinical"),
    ],
)
def test_a_statement_that_was_put_in_other_words(
    tmp_path: Path, before: str, after: str, weight: str
) -> None:
    """It reads as one change, and as a clinical one where a word turns the meaning."""
    old, new = sound_copy(tmp_path / "old"), sound_copy(tmp_path / "new")
    for data, text in ((old, before), (new, after)):
        change(data / "conditions.yaml", "- text: Wear soft shoes.", f'- text: "{text}"')
    found = difference(states_of(old, new))
    assert [row[1:3] for row in changes(found)] == [(weight, "changed")]
    assert "added" not in markdown_text(found, None)


@pytest.mark.parametrize("name", ["rule", "care", "country"])
def test_numbers_to_call_care_and_pain_rules_are_with_the_red_flags(
    tmp_path: Path, name: str
) -> None:
    _, found = after(tmp_path, name)
    alert, _, rest = markdown_text(found, None).partition("\n\n")
    assert alert.startswith("> [!CAUTION]\n> **Red flags changed.")
    new = EDITS[name][2].partition(" ")[2].strip('"').rsplit(" ", 1)[-1].rstrip(".")
    assert new in alert and new not in rest
    assert terminal_text(found, None).startswith("\x1b[37m\x1b[41m\x1b[1m RED FLAGS ")


FRANCE: Final = """\
fr:
  name: France
  emergency: [{number: "112"}]
  advice: [{number: "116117"}]
  crisis: [{number: "3114"}]
  source: general
"""


def test_a_country_that_is_new_is_with_the_red_flags(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    path = data / "countries.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n{FRANCE}")
    text = markdown_text(difference(states_of(SOUND / "data", data)), None)
    assert "> - **New country: France**" in text.replace("\\", "")


def test_a_shared_text_undoes_the_signatures_of_what_shows_it(tmp_path: Path) -> None:
    signed = sound_copy(tmp_path)
    sign(signed, "conditions", "achilles-tendinopathy")
    sign(signed, "exercises", "calf-raise")
    before = read_of(signed)
    change(signed / "pain-rules.yaml", *EDITS["rule"][1:])
    found = difference(States(before, read_of(signed)))
    assert [(r.id, r.undone) for r in found.records] == [
        ("achilles-tendinopathy", "A. Example"), ("mild-pain-rule", ""),
    ]  # fmt: skip
    said = "its page shows what changed elsewhere: Pain rule for mild pain (pain rule)"
    assert said in terminal_text(found, None)
    change(signed / "signs.yaml", *EDITS["flag"][1:])
    found = difference(States(before, read_of(signed)))
    assert {r.id for r in found.records if r.undone} == {"achilles-tendinopathy", "calf-raise"}
    assert "elsewhere: A numb foot (sign)" in terminal_text(found, None)


def signed_lines(before: State, data: Path) -> str:
    """What the report says of signatures, each line without its markup."""
    text = markdown_text(difference(States(before, read_of(data))), None)
    _, heading, rest = text.partition("### Signed in this pull request\n")
    lines = rest.partition("\n### ")[0].split(PUSHED)[-1].strip() if heading else ""
    return lines.replace("\\", "").replace("*", "")


def test_every_new_signature_is_reported(tmp_path: Path) -> None:
    """By whom, over what, and what changed in it since the last one."""
    data = sound_copy(tmp_path)
    path = data / "conditions.yaml"
    unsigned = read_of(data)
    title = "- Achilles tendinopathy (condition): "
    sign(data, "conditions", "achilles-tendinopathy")
    first = "A. Example (None 1) on 2026-01-02"
    assert signed_lines(unsigned, data) == f"{title}signed by {first}, for the first time"
    signed = read_of(data)
    assert signed_lines(signed, data) == ""

    change(path, *EDITS["source"][1:])
    sign(data, "conditions", "achilles-tendinopathy", date(2026, 2, 3))
    again = "A. Example (None 1) on 2026-02-03"
    assert signed_lines(signed, data).splitlines() == [
        f"{title}signed by {again}, in place of {first}",
        "  - Stage 2 (Build strength) › pain source: ~~Alfredson 1998~~ → general",
    ]

    change(path, 'by: "A. Example"', 'by: "B. Stranger"')
    stranger = "B. Stranger (None 1) on 2026-02-03"
    swapped = signed_lines(signed, data).splitlines()[0]
    assert swapped.startswith(f"{title}signed by {stranger}, in place of {first}")
    assert swapped.endswith("IT DOES NOT COVER THE RECORD AS IT IS NOW")

    assert signed_lines(signed, SOUND / "data") == f"{title}the signature of {first} is gone"


def test_a_record_that_goes_takes_its_signature_along(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    sign(data, "conditions", "achilles-tendinopathy")
    before = read_of(data)
    path = data / "conditions.yaml"
    records = re.split(r"^(?=\S)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text("".join(r for r in records if not r.startswith("achilles")), encoding="utf-8")
    assert "the signature of A. Example (None 1) on 2026-01-02 is gone" in signed_lines(
        before, data
    )
    new = signed_lines(read_of(data), tmp_path / "sound/data")
    assert new == ""


def test_an_incomplete_signature_stops_no_report(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    path = data / "conditions.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{state: draft}", "{state: signed, by: Nobody}", 1), "utf-8")
    assert "signed by Nobody" in signed_lines(read_of(SOUND / "data"), data)


def test_an_article_shows_its_old_and_new_lines(tmp_path: Path) -> None:
    before, data = sound_copy(tmp_path / "before"), sound_copy(tmp_path / "after")
    lines = ["# Running again", "", "You may jog from day 2.", "", "Walk first.", "", "Rest well."]
    new = ["# Running again", "", "You may race from day 2.", "", "Rest well.", "", "Walk first."]
    for folder, text in ((before, lines), (data, new)):
        (folder.parent / "content/again.md").write_text("\n".join(text), encoding="utf-8")
    (data.parent / "content/new.md").write_text("# New\n", encoding="utf-8")
    found = difference(states_of(before, data))
    text = markdown_text(found, None)
    assert "### Articles and other texts\n\n**content/again.md**" in text
    assert "- Line 3: You may ~~jog~~ **race** from day 2." in text
    assert "in another order" in text and "~~Walk first.~~" not in text
    assert "**content/new.md**\n- Line 1: added **\\# New**" in text
    assert NOTHING not in text and NOTHING not in terminal_text(found, None)
    assert "content/again.md, line 3: " in terminal_text(found, None)


def test_words_of_the_vocabulary_are_reported(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    change(data / "vocabulary.yaml", "One trial", "Several good trials")
    text = markdown_text(difference(states_of(SOUND / "data", data)), None)
    assert "**data/vocabulary.yaml**" in text and "~~One trial" in text


def test_a_long_list_is_folded(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    lines = "\n".join(f"Line {word} here.\n" for word in map(str, range(200)))
    (data.parent / "content/long.md").write_text(f"# Long\n\n{lines}", encoding="utf-8")
    text = markdown_text(difference(states_of(SOUND / "data", data)), None)
    shown, _, folded = text.partition("<details><summary>")
    assert 30 < shown.count("added") < 60
    assert folded.startswith(f"{201 - shown.count('added')} more lines</summary>")
    assert folded.count("added") == 201 - shown.count("added")


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
    reached = touched(states.before.site, states.after.site, found)
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


def test_a_link_is_reported_once(tmp_path: Path) -> None:
    """By the change of its own record, or else in a list of its own."""
    _, found = after(tmp_path, "flag")
    lost = "A numb foot lost the region Foot"
    text = markdown_text(found, None)
    assert "Regions: removed ~~Foot~~" in text and lost not in text
    assert lost not in terminal_text(found, None)
    alone = dataclasses.replace(found, records=())
    assert lost in markdown_text(alone, None) and lost in terminal_text(alone, None)


def test_what_is_alike_is_reported_together() -> None:
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
    reached = touched(states.before.site, states.after.site, found)
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
    assert touched(states.before.site, states.after.site, found) is None
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


def committed(folder: Path, words: str) -> None:
    """Everything of the folder, committed by somebody."""
    by = ["-c", "user.name=P. Usher", "-c", "user.email=p@example.org"]
    for arguments in (["init", "--quiet"], ["add", "."], [*by, "commit", "--quiet", "-m", words]):
        subprocess.run(["git", *arguments], cwd=folder, check=True)


def test_what_changed_since_the_last_signature_is_found_in_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where that signature had ceased to hold long before."""
    data = sound_copy(tmp_path)
    monkeypatch.chdir(data.parent)
    sign(data, "conditions", "achilles-tendinopathy")
    committed(data.parent, "Signed")
    change(data / "conditions.yaml", *EDITS["source"][1:])
    committed(data.parent, "Another source")
    change(data / "pain-rules.yaml", *EDITS["rule"][1:])
    change(data / "countries.yaml", *EDITS["country"][1:])
    committed(data.parent, "Another rule")
    sign(data, "conditions", "achilles-tendinopathy", date(2026, 2, 3))
    committed(data.parent, "Signed again")
    shown = CliRunner().invoke(cli.cli, ["diff", "HEAD~1", "--no-pages"]).output
    assert shown.splitlines() == [
        "Signed in this pull request",
        f"  {SIGNED_NOTE}",
        "  Git names P. Usher <p@example.org>. Anybody can write any name there.",
        "Achilles tendinopathy (condition): signed by A. Example (None 1) on 2026-02-03,"
        " in place of A. Example (None 1) on 2026-01-02",
        "  stage 2 (Build strength), pain source: Alfredson 1998 → general",
        "  its page shows what changed elsewhere: Pain rule for mild pain (pain rule)",
    ]


def test_the_command_reads_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = sound_copy(tmp_path)
    monkeypatch.chdir(data.parent)
    committed(data.parent, "All")
    assert CliRunner().invoke(cli.cli, ["diff", "HEAD"]).output == f"{NOTHING}\n"
    change(data / "conditions.yaml", *EDITS["dose"][1:])
    result = CliRunner().invoke(cli.cli, ["diff", "HEAD"])
    assert result.exit_code == 0
    assert "3 sets of 12, every other day → 4 sets of 12, every other day" in result.output
    wrong = CliRunner().invoke(cli.cli, ["diff", "no-such-revision"])
    assert wrong.exit_code == 2
