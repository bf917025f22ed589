"""rename, retire, new: every mention follows, and nothing else changes."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from real import real_copy
from small import change, sign, sound_copy

from generator.build import outputs
from generator.check import load_and_check, shown_path
from generator.cli import main as cli
from generator.edits import refactor
from generator.edits.plan import Plan, Refused, State
from generator.edits.text_edits import read_text
from generator.library.review import review_status
from generator.library.site import Site
from generator.model.kinds import FIXED_KINDS, KINDS, Kind
from generator.model.record import Record

pytestmark = pytest.mark.slow

DAY: Final = date(2026, 11, 24)
NEW: Final = "an-id-that-is-new"
PAGED: Final = [kind for kind in KINDS if kind.has_pages]


_COPY: Final = tempfile.TemporaryDirectory()


def real_state(newline: str) -> State:
    """The project's own data, from a copy: other tests load the original from many folders."""
    folder = real_copy(Path(_COPY.name) / str(len(newline)))
    checked = load_and_check(folder / "data", folder / "content")
    files = [*(folder / "data").rglob("*.yaml"), *(folder / "content").rglob("*.md")]
    texts = {shown_path(p): read_text(p).replace("\n", newline) for p in files}
    return State(checked.library, checked.published_state, texts, shown_path(folder / "data"))


STATES: Final = {"\n": real_state("\n"), "\r\n": real_state("\r\n")}


def pick(draw: st.DrawFn, kinds: list[Kind]) -> tuple[Kind, list[str]]:
    kind = draw(st.sampled_from(kinds))
    return kind, list(STATES["\n"].library.of_kind(kind.name))


@st.composite
def records(draw: st.DrawFn, kinds: list[Kind] = KINDS) -> tuple[Kind, str]:
    kind, ids = pick(draw, list(kinds))
    return kind, draw(st.sampled_from(ids))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Kind, str, str]:
    kind, ids = pick(draw, PAGED)
    old, new = draw(st.permutations(ids))[:2]
    return kind, old, new


def comments(texts: dict[str, str]) -> Counter[str]:
    """Every comment that has a line of its own."""
    found = (
        re.findall(r"^[ \t]*(#.*?)\r?$", text, re.M) for p, text in texts.items() if ".yaml" in p
    )
    return Counter(comment for file in found for comment in file)


def after(plan: Plan) -> dict[str, str]:
    return {**plan.state.texts, **plan.texts()}


def names_it(plan: Plan, kind: Kind, id_: str) -> list[str]:
    """Where the id still stands as a word of its own, addresses that are gone left out."""
    word = re.compile(rf"(?<![\w-]){re.escape(id_)}(?![\w-])")
    mention = re.compile(rf"\[\[\s*{re.escape(id_)}\s*[\]|]")
    return [
        path
        for path, text in after(plan).items()
        if not path.endswith("retired.yaml")
        and (mention.search(text) if path.endswith(".md") or kind.has_pages else word.search(text))
    ]


# On the real data


@settings(max_examples=60)
@given(records(), st.sampled_from(["\n", "\r\n"]))
def test_a_rename_and_its_reverse_are_the_same_bytes(
    record: tuple[Kind, str], newline: str
) -> None:
    kind, id_ = record
    state = STATES[newline]
    plan = refactor.rename(state, kind, id_, NEW, DAY)
    new = plan.texts()
    tombstone = new.pop(f"{state.data}/retired.yaml", "")
    assert {path: text.replace(NEW, id_) for path, text in new.items()} == {
        path: state.texts[path] for path in new
    }
    assert bool(tombstone) == kind.has_pages
    assert not kind.has_pages or not names_it(plan, kind, id_)


@settings(max_examples=60)
@given(pairs(), st.sampled_from(["\n", "\r\n"]))
def test_a_retirement_keeps_comments_and_all_that_it_does_not_touch(
    pair: tuple[Kind, str, str], newline: str
) -> None:
    kind, old, successor = pair
    state = STATES[newline]
    gone = state.library.of_kind(kind.name)[old]
    try:
        plan = refactor.retire(state, kind, old, successor, DAY)
    except Refused as refusal:
        assert old in str(refusal)
        assume(False)
    assert not names_it(plan, kind, old)
    _only_touched(plan, allowed=successor, gone=gone)


def _only_touched(plan: Plan, allowed: str, gone: Record | None = None) -> None:
    """No comment is lost, and each line is an old one or has a reason to be new."""
    before, now = dict(plan.state.texts), after(plan)
    assert not comments(before) - comments(now)
    for path, text in plan.texts().items():
        if path.endswith("retired.yaml"):
            continue
        old = Counter(before[path].splitlines(keepends=True))
        unlinked = {_without_links(line, gone) for line in old} if gone else set()
        for line in Counter(text.splitlines(keepends=True)) - old:
            # A list that lost an item is a part of its old line, or is empty.
            shorter = line.strip().endswith("[]") or any(_is_shortened(line, o) for o in old)
            assert allowed in line or shorter or line in unlinked, line


def _without_links(line: str, gone: Record) -> str:
    mention = rf"\[\[{re.escape(gone.id)}(?:\|([^\]]*))?\]\]"
    return re.sub(mention, lambda match: match[1] or gone.name, line)


def _is_shortened(line: str, other: str) -> bool:
    key = line.split("[")[0]
    return "[" in line and other.startswith(key) and len(line) < len(other)


def test_a_mention_in_prose_follows() -> None:
    """Real articles name real records."""
    state = STATES["\n"]
    named = Counter(m.id for a in state.library.articles for m, _ in a.mentions)
    id_, _ = named.most_common(1)[0]
    kind, record = state.library.pages[id_]
    plan = refactor.rename(state, kind, id_, NEW, DAY)
    changed = [p for p in plan.texts() if p.endswith(".md")]
    assert changed
    assert all(f"[[{NEW}" in plan.texts()[p] for p in changed)
    other = next(i for i in state.library.of_kind(kind.name) if i != id_)
    try:
        unlinked = refactor.retire(state, kind, id_, other, DAY).texts()
    except Refused:
        return
    assert all(f"[[{id_}" not in unlinked[p] for p in changed)
    assert record.name


# On a small library, through the command


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = sound_copy(tmp_path)
    monkeypatch.chdir(folder.parent)
    return folder


def run(*arguments: str, answer: str = "y\n") -> Result:
    return CliRunner().invoke(cli.cli, list(arguments), input=answer)


MORE: Final = (
    "    - sign: achilles-morning-stiffness\n      typicality: common\n      source: general\n"
)


def with_a_fourth_sign(data: Path) -> None:
    """So that the condition can spare one."""
    arch = "    - sign: arch-pain\n"
    change(data / "conditions.yaml", arch, MORE + arch)


def is_sound(data: Path) -> bool:
    return not load_and_check(data, data.parent / "content").stops_build(strict=False)


def test_a_plan_is_shown_and_asked_about(data: Path) -> None:
    before = {p: p.read_bytes() for p in data.parent.rglob("*.*") if p.is_file()}
    result = run("rename", "exercises", "heel-drop", "heel-lower", answer="n\n")
    assert result.exit_code == 0
    assert "`heel-drop` becomes `heel-lower`" in result.output
    assert "Change 3 files?" in result.output
    assert result.output.endswith("Nothing was changed.\n")
    assert {p: p.read_bytes() for p in data.parent.rglob("*.*") if p.is_file()} == before


def test_rename_leaves_a_redirect_and_a_tombstone(data: Path) -> None:
    assert run("rename", "conditions", "plantar-fasciitis", "plantar-heel-pain").exit_code == 0
    checked = load_and_check(data, data.parent / "content")
    assert not checked.stops_build(strict=True)
    gone = checked.published_state.retired["plantar-fasciitis"]
    assert (gone.kind, gone.fate, gone.now) == ("conditions", "renamed", "plantar-heel-pain")
    library = checked.library
    site = Site(library, library.countries["ca"], published_state=checked.published_state)
    made = {output.uri: output.content for output in outputs(site)}
    assert '"gone"' in made["api/v1/conditions/plantar-fasciitis.json"]
    assert any("plantar-fasciitis" in uri and uri.endswith(".html") for uri in made)
    assert "[[plantar-heel-pain|a sore heel]]" in (data.parent / "content/about.md").read_text()


def test_renaming_twice_leads_old_addresses_to_the_last(data: Path) -> None:
    assert run("rename", "exercises", "heel-drop", "heel-lower").exit_code == 0
    assert run("rename", "exercises", "heel-lower", "heel-descent").exit_code == 0
    retired = load_and_check(data).published_state.retired
    assert {g.id: g.now for g in retired.values()} == {
        "heel-drop": "heel-descent",
        "heel-lower": "heel-descent",
    }
    assert run("rename", "exercises", "heel-descent", "heel-drop").exit_code == 1


def test_a_rename_keeps_signatures(data: Path) -> None:
    sign(data, "conditions", "achilles-tendinopathy")
    assert run("rename", "exercises", "heel-drop", "heel-lower").exit_code == 0
    library = load_and_check(data).library
    now = library.conditions["achilles-tendinopathy"]
    assert review_status(now, library).state == "signed"


def test_a_plan_that_would_break_the_data_is_refused(data: Path) -> None:
    before = (data / "conditions.yaml").read_bytes()
    result = run("retire", "exercises", "calf-stretch", "--for", "calf-raise")
    assert result.exit_code == 1
    assert (data / "conditions.yaml").read_bytes() == before


def test_a_statement_is_not_given_to_another_source(data: Path) -> None:
    result = run("retire", "references", "rathleff-2015", "--for", "alfredson-1998")
    assert result.exit_code == 1
    assert "rests on `rathleff-2015` alone" in result.output


def test_comments_of_a_record_that_goes_are_kept(data: Path) -> None:
    with_a_fourth_sign(data)
    change(data / "signs.yaml", "  name: Pain in the arch\n",
           "  # Named by runners themselves.\n  name: Pain in the arch\n")  # fmt: skip
    assert run("retire", "signs", "arch-pain", "--for", "pain-while-running").exit_code == 0
    assert "# Named by runners themselves.\narch-pain:" in (data / "retired.yaml").read_text()


def test_wishes_that_make_no_sense(data: Path) -> None:
    wishes = [
        ["rename", "signs", "no-such-sign", "other"],
        ["rename", "signs", "arch-pain", "Arch Pain"],
        ["rename", "signs", "arch-pain", "numb-foot"],
        ["rename", "signs", "arch-pain", "index"],
        ["new", "signs", "com1", "--name", "A sign"],
        ["retire", "signs", "arch-pain"],
        ["new", "conditions", "sore-toe", "--name", "Sore toe"],
    ]
    for wish in wishes:
        result = run(*wish)
        assert (result.exit_code, result.output[:7]) == (1, "Error: "), wish
    assert "`con` is kept for" in run("new", "signs", "con", "--name", "A sign").output


def test_broken_data_are_left_alone(data: Path) -> None:
    change(data / "signs.yaml", "kind: stiffness", "kind: stifness")
    assert "Fix them first" in run("rename", "signs", "arch-pain", "arch-ache").output


NEW_ONES: Final = [k for k in KINDS if k.name not in (*FIXED_KINDS, "conditions")]


@pytest.mark.parametrize("kind", NEW_ONES, ids=lambda k: k.name)
def test_a_new_record_is_explained_and_holds_no_fact(kind: Kind, data: Path) -> None:
    add_new(data, kind)


def test_a_new_condition_is_explained_and_holds_no_fact(data: Path) -> None:
    kind = next(k for k in KINDS if k.name == "conditions")
    add_new(data, kind, "--source", "alfredson-1998")


def test_records_can_be_begun_while_others_are_incomplete(data: Path) -> None:
    for name in ("First one", "Second one"):
        result = run("new", "signs", name.casefold().replace(" ", "-"), "--name", name)
        assert result.exit_code == 0, result.output
    change(data / "signs.yaml", "name: First one", "nam: First one")
    assert run("new", "exercises", "third-one", "--name", "Third one").exit_code == 0


def add_new(data: Path, kind: Kind, *more: str) -> None:
    """Everything that was there stays byte for byte."""
    before = (data / kind.file).read_bytes()
    result = run("new", kind.name, "brand-new-thing", "--name", "Brand new: a thing", *more)
    assert result.exit_code == 0, result.output
    checked = load_and_check(data, data.parent / "content")
    assert checked.library.of_kind(kind.name)["brand-new-thing"].name == "Brand new: a thing"
    text = (data / kind.file).read_bytes()
    assert text.startswith(before)
    assert text[len(before) :].count(b"  # ") >= 2
    lines = text.decode().split("\n")
    found = {d.place.line: d.code for d in checked.diagnostics}
    for number in range(before.count(b"\n") + 1, len(lines)):
        line = lines[number - 1]
        is_filled = re.search(r": +[^\s\[{]|: {sets|- [^:]+$", line)
        if is_filled and not line.lstrip().startswith(("#", "name: ", "review: ")):
            assert found[number] in ("to-be-chosen", "to-be-written"), line
    codes = {d.code for d in checked.diagnostics}
    assert codes <= {"to-be-chosen", "to-be-written", "orphan", "region-without-shape"}
