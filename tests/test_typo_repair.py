"""Typos that a physiotherapist makes in GitHub's web editor: each is reported once, with help."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st
from small import ROOT, change, sound_copy
from typos import NOTE, TEXT, TYPOS, Typo

from generator.check import load_and_check
from generator.cli import main as cli
from generator.diagnostics import RULES, Diagnostic
from generator.edits.text_edits import read_text
from generator.model.kinds import KINDS, Kind
from generator.reading.cascade_filter import ELSEWHERE, LOOSE, WITHIN
from generator.reading.composing import compose
from generator.reading.load import expected_of
from generator.reading.nodes import Mapping, Node, Scalar, Sequence

TEXTS: Final = {k.name: (ROOT / "data" / k.file).read_text(encoding="utf-8") for k in KINDS}


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sound folder with its fields in their order. Nobody may change it."""
    copy = sound_copy(tmp_path_factory.mktemp("in-order"))
    assert fix(copy) == 0
    return copy.parent


@pytest.fixture
def data(in_order: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return shutil.copytree(in_order, tmp_path / "sound") / "data"


def fix(data: Path) -> int:
    wish = ["check", str(data), "--content-dir", str(data.parent / "content"), "--fix", "--yes"]
    return CliRunner().invoke(cli.cli, wish).exit_code


def found_in(data: Path) -> tuple[Diagnostic, ...]:
    return load_and_check(data, data.parent / "content").diagnostics


def typo_in(path: Path, old: str, new: str) -> None:
    text = read_text(path)
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


@pytest.mark.parametrize("typo", TYPOS.values(), ids=TYPOS)
def test_a_typo_is_reported_once(typo: Typo, data: Path) -> None:
    old, new, line, message, help_text = typo
    path = data / "conditions.yaml"
    typo_in(path, old, new)
    [finding] = found_in(data)
    assert finding.place.path.endswith("conditions.yaml")
    assert line in read_text(path).split("\n")[finding.place.line - 1]
    assert message in finding.message
    assert help_text in finding.help
    # With the line ends and byte order mark of Windows, the same finding is at the same place.
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert found_in(data) == (finding,)


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["Unix", "Windows"])
def test_fix_keeps_text_behind_a_number_sign(end: str, data: Path) -> None:
    """Where a space follows the sign, only its author knows whether it is a comment."""
    path = data / "conditions.yaml"
    typo_in(path, NOTE, "      note: It starts in toe #1.\n")
    typo_in(path, "goal: Calm the first steps.", "goal: Calm the first steps. # Or rest?")
    path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    assert fix(data) == 1
    assert f'      note: "It starts in toe #1."{end}' in read_text(path)
    [finding] = found_in(data)
    assert (finding.code, finding.rewrite) == ("text-after-hash", "")


def test_comments_may_stand_where_they_hide_nothing(data: Path) -> None:
    """On lines of their own, behind numbers, ids and quotation marks, and within long texts."""
    path = data / "conditions.yaml"
    typo_in(path, "  tissue: fascia\n", "  # A band.\n  tissue: fascia  # or tendon?\n")
    typo_in(path, "pain_limit: 5\n", "pain_limit: 5 # of 10\n")
    typo_in(path, "regions: [foot]\n", "regions: [foot] # and heel\n")
    typo_in(path, NOTE, '      note: "It eases."  # Soon.\n')
    typo_in(path, TEXT, "      You can ease pain #1 yourself.\n")
    assert found_in(data) == ()


MENDED: Final = [
    name
    for name, (_, _, _, message, help_text) in TYPOS.items()
    if "space" in message or "line up" in message or "colon." in message or "comma" in message
    or "must close" in message or "indented" in message
    if "of this line and of" not in help_text
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", MENDED)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["Unix", "Windows"])
def test_fix_writes_the_line_as_it_was(name: str, newline: str, data: Path) -> None:
    path = data / "conditions.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", newline.encode()))
    before = path.read_bytes()
    old, new, _, _, _ = TYPOS[name]
    typo_in(path, old.replace("\n", newline), new.replace("\n", newline))
    assert fix(data) == 0
    assert path.read_bytes() == before


def test_two_records_with_one_id_are_reported_once(data: Path) -> None:
    change(data / "conditions.yaml", "\nachilles-tendinopathy:\n", "\nplantar-fasciitis:\n")
    (data / "published.txt").write_text("conditions/achilles-tendinopathy\n")
    [finding] = found_in(data)
    assert finding.message == "`plantar-fasciitis` must be the id of one record only."
    assert "give this one an id of its own" in finding.help


def test_a_record_whose_id_is_lost_is_reported_once(data: Path) -> None:
    """Its neighbour is read, and nothing is said of all the places that name it."""
    change(data / "conditions.yaml", "\nachilles-tendinopathy:\n", "\n")
    (data / "published.txt").write_text("conditions/achilles-tendinopathy\n")
    [finding] = found_in(data)
    assert finding.message == (
        "`name` must appear only once in a record, and here another one seems to begin."
    )
    assert "Put the id of that record on its own line above this one" in finding.help


def test_a_record_that_is_gone_is_reported_once(data: Path) -> None:
    """Where it was published, and not at each place that names it."""
    text = read_text(data / "signs.yaml")
    gone = re.search(r"^arch-pain:\n(?:  .*\n|\n(?=  ))+", text, re.M)
    assert gone
    (data / "signs.yaml").write_text(text.replace(gone[0], ""))
    (data / "published.txt").write_text("signs/arch-pain\nsigns/first-step-heel-pain\n")
    [finding] = found_in(data)
    assert (finding.code, finding.place.line) == ("published-id-gone", 1)
    assert "Bring the record back" in finding.help
    assert "named here" in finding.notes[0].text


def test_an_id_that_was_changed_by_hand_is_reported_once(data: Path) -> None:
    change(data / "signs.yaml", "\narch-pain:\n", "\nsore-arch:\n")
    text = read_text(data / "signs.yaml")
    known = re.findall(r"^([a-z-]+):$", text, re.M)
    (data / "published.txt").write_text(
        "".join(f"signs/{id_}\n" for id_ in ("arch-pain", *known) if id_ != "sore-arch")
    )
    [finding] = found_in(data)
    assert finding.code == "published-id-gone"
    assert "Put the old id back in the place of `sore-arch`" in finding.help
    assert "`strideguide rename signs arch-pain sore-arch`" in finding.help
    line = finding.notes[0].place.line
    assert text.split("\n")[line - 1] == "sore-arch:"


def test_a_mention_of_what_is_retired_is_still_told(data: Path) -> None:
    change(data / "signs.yaml", "\narch-pain:\n", "\nsore-arch:\n")
    (data / "published.txt").write_text("signs/arch-pain\n")
    (data / "retired.yaml").write_text(
        "arch-pain:\n  kind: signs\n  fate: renamed\n  on: 2027-01-31\n  now: sore-arch\n"
        "  why: It has a better name.\n"
    )
    assert "unknown-reference" in {d.code for d in found_in(data)}


def test_a_line_of_published_txt_that_is_none(data: Path) -> None:
    (data / "published.txt").write_text("Signs\n")
    [finding] = found_in(data)
    assert "as in `signs/hop-pain`" in finding.message


def test_a_line_that_is_lost_shifts_no_other_finding(data: Path) -> None:
    path = data / "conditions.yaml"
    typo_in(path, "  pattern:\n", "")
    typo_in(path, "typicality: hallmark", "typicality: halmark")
    typo_in(path, "  signs:\n", "")
    typo_in(path, "  levels: [new, experienced]\n", "  levels [new, experienced]\n")
    text = read_text(path).split("\n")
    told = [(d.code, text[d.place.line - 1].strip()) for d in found_in(data)]
    assert told == [
        ("yaml-syntax", "levels [new, experienced]"),
        ("yaml-syntax", "place: Under the heel"),
        ("yaml-syntax", "- sign: first-step-heel-pain"),
        ("unknown-value", "typicality: halmark"),
    ]


def test_a_misspelt_id_is_reported_once_where_nobody_else_names_the_record(data: Path) -> None:
    change(data / "conditions.yaml", "  tissue: tendon\n", "  tissue: tendo\n")
    assert [d.code for d in found_in(data)] == ["unknown-reference"]


def test_what_follows_is_named_by_rules_that_there_are() -> None:
    assert set(RULES) >= (ELSEWHERE | WITHIN | LOOSE)


REFERENCES: Final = {
    "doi: https://doi.org/10.1111/sms.12313": "Write `10.1111/sms.12313`.",
    'doi: "DOI: 10.1111/sms.12313."': "Write `10.1111/sms.12313`.",
    "doi: 2015": "Write a DOI such as",
    "pmid: PMID 25145882": "Write `25145882`.",
    "url: <https://clinic.example/a>": "Copy it from the browser's address bar",
    """url: "https://clinic.example/'a\\"b" """: "Copy it from the browser's address bar",
}


@pytest.mark.parametrize("field, help_text", REFERENCES.items())
def test_a_number_of_a_source_has_its_form(field: str, help_text: str, data: Path) -> None:
    """The page of a source would lead nowhere."""
    typo_in(data / "references.yaml", "url: https://example.org/rathleff", field)
    [finding] = found_in(data)
    assert help_text in finding.help


TITLES: Final = {
    "Injuries at the Games of the XXX Olympiad": False,
    "Injuries at the Games of the XXXI Olympiad": False,
    "TBCs in runners": False,
    "Title XXX": True,
    "To be found: TODO, see the list": True,
    "Pain in runners ???": True,
}


@pytest.mark.parametrize("title, is_reported", TITLES.items())
def test_a_kept_place_is_reported_and_a_name_is_not(
    title: str, is_reported: bool, data: Path
) -> None:
    path = data / "references.yaml"
    [old, *_] = re.findall(r"^  title: .*$", read_text(path), re.M)
    typo_in(path, old, f'  title: "{title}"')
    assert [d.code for d in found_in(data)] == ["to-be-written"] * is_reported


def test_a_file_that_is_no_text_is_reported_once(data: Path) -> None:
    path = data / "conditions.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert [d.code for d in found_in(data)] == ["not-utf8"]


def test_a_second_mistake_is_not_taken_for_a_consequence(data: Path) -> None:
    typo_in(data / "conditions.yaml", "  tissue: fascia\n", "\ttissue: fascia\n")
    typo_in(data / "conditions.yaml", "typicality: common", "typicality: comon")
    change(data / "exercises.yaml", "easier: [calf-raise]", "easier: [calf-rase]")
    codes = [d.code for d in found_in(data)]
    assert sorted(codes) == ["unknown-reference", "unknown-value", "yaml-syntax"]


# Real records, with a slip in a random line

SLIPS: Final[dict[str, Callable[[str], str]]] = {
    "tab": lambda line: f"\t{line.lstrip()}",
    "one blank more": lambda line: f" {line}",
    "one blank less": lambda line: line[1:],
    "no colon": lambda line: line.replace(":", "", 1),
    "no blank after the colon": lambda line: line.replace(": ", ":", 1),
    "no blank after the hyphen": lambda line: line.replace("- ", "-", 1),
    "not closed": lambda line: line[:-1],
}


@given(kind=st.sampled_from(KINDS), slip=st.sampled_from(sorted(SLIPS)), seed=st.integers(0, 9999))
def test_a_slip_in_a_real_record_is_reported_once(kind: Kind, slip: str, seed: int) -> None:
    """At its line, with the line as it was; the record is read as if it had not happened."""
    rng = random.Random(seed)
    record = rng.choice(re.findall(r"^[a-z0-9-]+:\n(?: .*\n|\n(?= ))+", TEXTS[kind.name], re.M))
    lines = record.split("\n")
    number = rng.randrange(1, len(lines) - 1)
    line = lines[number]
    is_key = re.match(r"\s*(?:- )?[a-z_]+:(?: |$)", line)
    assume(is_key and (slip != "no blank after the hyphen" or line.lstrip().startswith("- ")))
    assume(slip != "not closed" or line.endswith(("]", "}", '"')))
    lines[number] = SLIPS[slip](line)
    text = "\n".join(lines)
    assume(any(d.code == "yaml-syntax" for d in compose(text, "x")[1]))
    top, found = compose(text, "x", expected=expected_of(kind))
    assert [(d.place.line, d.rewrite) for d in found] == [(number + 1, line)]
    assert plain(top) == plain(compose(record, "x")[0])


def plain(node: Node | None) -> object:
    """A node without its places."""
    match node:
        case Mapping():
            return [(key.text, plain(value)) for key, value in node.entries]
        case Sequence():
            return [plain(item) for item in node.items]
        case Scalar():
            return node.text
    return None


def test_a_record_of_another_kind_is_reported_once_with_its_file(data: Path) -> None:
    cause = re.search(r"^age:\n(?: .*\n)+", read_text(data / "causes.yaml"), re.M)
    assert cause
    path = data / "conditions.yaml"
    path.write_text(read_text(path) + "\n" + cause[0].replace("age:", "old-age:"))
    [finding] = found_in(data)
    assert finding.message.startswith("`old-age` must be in causes.yaml")
    assert finding.help.startswith("Cut the whole record out here")


def test_a_whole_file_of_another_kind_is_reported_once(data: Path) -> None:
    (data / "conditions.yaml").write_text(read_text(data / "exercises.yaml"))
    (data / "published.txt").write_text("conditions/plantar-fasciitis\n")
    [finding] = found_in(data)
    assert finding.message == (
        "conditions.yaml must hold conditions, and these records look like exercises."
    )


def test_fields_that_are_too_deep_one_after_the_other_are_reported_alike(data: Path) -> None:
    """A line that may be missing brings nobody further down the file by itself."""
    path = data / "conditions.yaml"
    text = read_text(path)
    deeper = text.replace("\n      source:", "\n        source:", 3)
    path.write_text(deeper)
    found = found_in(data)
    assert len(found) == 3
    assert {d.help for d in found} == {"Delete 2 spaces at the start of the line."}


def test_a_record_that_is_cut_off_is_reported_once(data: Path) -> None:
    path = data / "exercises.yaml"
    text = read_text(path)
    path.write_text(text + "\nnew-one:\n  name: New one\n  group: calf-strength\n")
    [finding] = [d for d in found_in(data) if d.code == "missing-field"]
    assert finding.message.startswith("The exercise `new-one` must have the fields `review`, `reg")
