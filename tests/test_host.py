"""The fast ways give the bytes of the slow ones, and take no more steps than an edit asks for."""

from __future__ import annotations

import json
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from material.plugins.search.plugin import Parser
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data
from mkdocs.utils.yaml import yaml_load

from generator.checking import load_and_check
from generator.host.document import document
from generator.host.page import GeneratedPage
from generator.host.press import Press
from generator.host.records import KeptRead, kept_beside
from generator.host.search import ELSEWHERE, LightIndex, sections
from generator.host.store import Store
from generator.library import Library
from generator.model.record import Located
from generator.outputs import Output
from generator.pages import pages
from generator.reading import composing
from generator.reading.chunks import chunks
from generator.reading.load import LastRead, load
from generator.shape import fields_of
from generator.site import Site

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "bench"))

from synthetic import write  # noqa: E402


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small synthetic project; the working directory is there."""
    write(tmp_path / "data", conditions=12, seed=1)
    shutil.copytree(ROOT / "content/assets", tmp_path / "content/assets")
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    (tmp_path / "content/article.md").write_text("# An article\n\nSee [[condition-0001]].\n")
    config = yaml_load((ROOT / "mkdocs.yml").read_text())
    config["nav"] = [{"Home": "index.md"}, {"Conditions": "conditions/index.md"}]
    config["not_in_nav"] = "*"
    config["extra"] |= {"pictures": False, "policy": ""}  # As in a preview.
    config["plugins"][1]["strideguide"]["offline"] = False
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(
    store: Store | None = None, press: Press | None = None, last: LastRead | None = None
) -> tuple[dict[str, str], Press]:
    """Every text of the project, and the press that made it."""
    checked = load_and_check(Path("data"), Path("content"), last)
    assert not checked.stops_build(strict=False)
    site = Site(checked.library, checked.library.countries["ca"], checked.diagnostics, "https://e/")
    press = press or Press(store or Store(None), lasting=False)
    texts = {output.uri: text.decode() for output, text in press.texts(site, checked.entries)}
    press.finish()
    return texts, press


def edited(file: str, old: str, new: str) -> None:
    path = Path("data", file)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def site_bytes(target: Path) -> dict[str, bytes]:
    """Every file of a site; the packed sitemap carries the second of the build."""
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file() and path.name != "sitemap.xml.gz"
    }


def built(target: Path, *, cold: bool = False) -> dict[str, bytes]:
    """The site as a process of its own builds it; `cold` starts from nothing."""
    if cold:
        shutil.rmtree(".cache", ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", str(target)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return site_bytes(target)


@pytest.fixture
def served(project: Path) -> Iterator[Any]:
    """The plugin after the first build of `mkdocs serve`, into site/."""
    config = load_config("mkdocs.yml", site_dir=str(project / "site"))
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    yield config.plugins["strideguide"]
    config.plugins.on_shutdown()


@pytest.fixture(scope="module")
def texts(site: Site) -> dict[str, str]:
    """The source of every page of the project."""
    return {output.uri: output.content for output in pages(site)}


def test_every_page_reads_as_mkdocs_reads_it(texts: dict[str, str]) -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    config.plugins._current_plugin = "strideguide"
    quick = 0
    for uri, text in texts.items():
        ours = GeneratedPage(None, File.generated(config, uri, content=text), config)
        theirs = Page(None, File.generated(config, uri, content=text), config)
        for page in (ours, theirs):
            page.read_source(config)
            page.render(config, Files([]))
        assert ours.content == theirs.content, uri
        assert str(ours.toc) == str(theirs.toc), uri
        assert ours.present_anchor_ids == theirs.present_anchor_ids, uri
        assert ours.title == theirs.title, uri
        quick += ours.is_at_sight
    assert quick > 0


@pytest.mark.parametrize(
    "body",
    [
        "## Sign it\n",
        "## Sign *it* {: #a }\n\n<p>x</p>\n",
        "<div>\n<p>x</p>\n",
        "<div><p>x</p></div> and more\n",
        "<p>x</p>\n\n```\ncode\n```\n",
        '<p id="a">x</p>\n\n## Again {: #a }\n',
        "<p>x</p><!-- hidden -->\n",
        "plain words\n",
    ],
)
def test_other_markdown_is_left_to_markdown(body: str) -> None:
    assert document(body) is None


def test_every_heading_that_material_finds_is_found(texts: dict[str, str]) -> None:
    for uri, text in texts.items():
        page = document(get_data(text)[0])
        if page is None:
            continue
        parser = Parser()
        parser.feed(page.content)
        parser.close()
        theirs = [
            (s.id, "".join(s.title).strip())
            for s in parser.data[1:]
            if s.id not in (ELSEWHERE | {"top"} if uri.count("/") == 1 else {"top"})
        ]
        found = list(sections(page.content, uri.removesuffix(".md") + "/", ()))
        assert [(s.id, s.title) for s in found[1:]] == theirs, uri


def test_a_page_is_found_by_its_names_and_its_own_words() -> None:
    content = (
        '<h1 id="a">A</h1><p>Signs</p>'
        f'<h2 id="top">A</h2><p>Also: Alias one</p><p>{"It " * 120}</p>'
        f'<h2 id="what-to-do">What &amp; when</h2><p>Rest<sup>2</sup>, <b>or</b> not</p>{"w " * 99}'
        '<h2 id="sources">Sources</h2><p>A journal</p>'
    )
    page, section = sections(content, "signs/a/", ("Alias one",))
    assert page.text.startswith("Signs Also: Alias one It It")
    assert 200 < len(page.text) <= 211
    assert (section.id, section.title) == ("what-to-do", "What &amp; when")
    assert section.text.startswith("Rest, or not w w") and len(section.text) <= 150
    assert [part.text for part in sections(content, "signs/", ())][1:] == ["", ""]


def test_entries_of_a_large_site_keep_less_but_for_articles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = LightIndex(lang=["en"], separator=" ", pipeline=[], fields={})
    entry = {"location": "a/", "title": "A", "text": "word " * 40}
    index._by_page = {"a/": [entry] * 4, "article/": [{**entry, "location": "article/"}]}
    index._light = {"a/"}

    def lengths() -> list[int]:
        return [len(doc["text"]) for doc in json.loads(index.generate_search_index(None))["docs"]]

    assert lengths() == [200, 200, 200, 200, 200]
    monkeypatch.setattr("generator.host.search._FULL_ENTRIES", 2)
    assert lengths() == [79, 79, 79, 79, 200]


def test_a_build_from_what_the_last_one_left_is_the_same(project: Path) -> None:
    cold = built(project / "site", cold=True)
    assert built(project / "site") == cold
    edited("conditions.yaml", "name: Condition 0003", "name: Another name")
    warm = built(project / "site")
    assert warm != cold
    assert warm == built(project / "site", cold=True)


def test_the_theme_and_the_settings_are_seen_too(project: Path) -> None:
    before = built(project / "site", cold=True)
    logo = project / "theme/partials/logo.html"
    logo.write_text(logo.read_text() + "<!-- another logo -->")
    after = built(project / "site")
    assert after["conditions/condition-0001/index.html"].count(b"another logo") > 0
    config = Path("mkdocs.yml")
    config.write_text(config.read_text().replace("site_name: StrideGuide", "site_name: Other"))
    renamed = built(project / "site")
    assert renamed == built(project / "site", cold=True)
    assert len({before["index.html"], after["index.html"], renamed["index.html"]}) == 3


def test_a_save_is_served_as_a_build_would_show_it(project: Path, served: Any) -> None:
    plugin = served
    plugin._press.counters.rendered.clear()
    edited("conditions.yaml", "place: The", "place: Right at the")
    assert plugin._rebuild()
    rendered = plugin._press.counters.rendered
    assert "conditions/condition-0001.md" in rendered
    assert "conditions/condition-0002.md" not in rendered
    saved = site_bytes(project / "site")
    assert saved == built(project / "built", cold=True)
    edited("conditions.yaml", "name: Condition 0001", "name: Renamed")
    assert plugin._rebuild()
    assert b"Renamed" in (project / "site/article/index.html").read_bytes()
    assert site_bytes(project / "site") == built(project / "built", cold=True)


def test_what_a_save_cannot_keep_is_built_in_full(served: Any) -> None:
    Path("content/new.md").write_text("# New\n")
    assert not served._rebuild()


def test_an_edit_makes_only_what_it_touches(project: Path) -> None:
    store = Store(project / "texts.sqlite")
    before, press = made(store)
    everything = len(press.counters.made)
    _, press = made(store)
    assert press.counters.made == []
    edited("conditions.yaml", "onset: Little by little", "onset: All at once")
    after, press = made(store)
    again = set(press.counters.made)
    differ = {uri for uri in after if after[uri] != before[uri]}
    assert "conditions/condition-0001.md" in differ <= again
    assert {uri for uri in again if _NEIGHBOUR.match(uri)} <= differ
    assert len(again) < everything / 10


_NEIGHBOUR = re.compile(r"(api/v1/)?(signs|exercises|causes|treatments|references)/.*\d")
"""Records that a condition names: what they say of it is not how it begins."""


def _without_one(rng: random.Random, text: str) -> str:
    """Without one record at the end of a file."""
    starts = [match.start() for match in re.finditer(r"^[a-z]", text, re.MULTILINE)]
    return text[: starts[-1]] if len(starts) > 1 else text


EDITS: tuple[tuple[str, Callable[[random.Random, str], str]], ...] = (
    ("conditions.yaml", lambda r, t: _replaced(r, t, r"place: .*", f"place: Spot {r.random()}")),
    ("conditions.yaml", lambda r, t: _replaced(r, t, r"name: Cond.*", f"name: Cond {r.random()}")),
    ("conditions.yaml", lambda r, t: _replaced(r, t, r"sign: sign-00\d\d", "sign: sign-0010")),
    ("signs.yaml", lambda r, t: _replaced(r, t, r"  kind: pain", "  kind: swelling")),
    ("signs.yaml", lambda r, t: _replaced(r, t, r"\nsign-00", "\n# a line more\nsign-00")),
    ("conditions.yaml", lambda r, t: f"# a line more\n{t}"),
    ("exercises.yaml", lambda r, t: f"{t}# a line more\n"),
    ("exercises.yaml", lambda r, t: _replaced(r, t, r"level: start", "level: build")),
    ("conditions.yaml", _without_one),
    ("glossary.yaml", _without_one),
    (
        "glossary.yaml",
        lambda r, t: f"{t}a-{r.randrange(10**6)}:\n  name: Word\n  meaning: A word.\n",
    ),
    ("references.yaml", lambda r, t: _replaced(r, t, r"title: .*", f"title: T {r.random()}")),
    ("regions.yaml", lambda r, t: _replaced(r, t, r"name: Reg.*", f"name: Reg {r.random()}")),
    ("care.yaml", lambda r, t: _replaced(r, t, r"  name: .*", f"  name: Soon {r.random()}")),
    ("glossary.yaml", lambda r, t: _replaced(r, t, r"meaning: .*", f"meaning: M {r.random()}.")),
    (
        "pain-rules.yaml",
        lambda r, t: _replaced(r, t, r"    stop: .*", f"    stop: S {r.random()}."),
    ),
)


def _replaced(rng: random.Random, text: str, pattern: str, new: str) -> str:
    found = list(re.finditer(pattern, text))
    at = rng.choice(found) if found else None
    return text[: at.start()] + new + text[at.end() :] if at else text


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_any_edits_give_what_a_start_from_nothing_gives(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rng = random.Random(seed)
    folder = tmp_path_factory.mktemp("edits")
    write(folder / "data", conditions=6, seed=seed % 7)
    (folder / "content").mkdir()
    store = Store(folder / "texts.sqlite")
    serving, last = Press(Store(None), lasting=True), LastRead()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for _ in range(3):
            file, edit = rng.choice(EDITS)
            path = Path("data", file)
            path.write_text(edit(rng, path.read_text()))
            if not load_and_check(Path("data")).stops_build(strict=False):
                warm, _ = made(store)
                served, _ = made(press=serving, last=last)
                cold, press = made()
                assert warm == cold
                assert served == cold
                assert "conditions/condition-0001.md" in press.counters.made


def test_an_edit_whose_build_failed_is_not_forgotten(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serving, last = Press(Store(None), lasting=True), LastRead()
    made(press=serving, last=last)
    edited("conditions.yaml", "place: The", "place: Right at the")
    with monkeypatch.context() as patch:
        patch.setattr("generator.finder.compact_json", lambda body: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            made(press=serving, last=last)
    served, _ = made(press=serving, last=last)
    assert served == made()[0]


def test_what_makes_an_output_holds_no_record(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be called after the next edit, when the record says something else."""

    def outputs(site: Site) -> Iterator[Output]:
        for sign in site.library.signs.values():
            yield Output(f"{sign.id}.txt", lambda sign=sign: sign.name)

    monkeypatch.setattr("generator.host.press.outputs", outputs)
    with pytest.raises(TypeError, match="keep the id"):
        made()


def test_records_read_one_by_one_read_as_their_file_reads(site: Site) -> None:
    for path in sorted((ROOT / "data").glob("*.yaml")):
        assert chunks(path.read_text()) is not None, path


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  x: 1\n---\nb:\n  x: 1\n",
        "a:\n  x: 1\na:\n  x: 2\n",
        "a: 1\n",
        "- a\n",
        "a:\n\tx: 1\n",
    ],
)
def test_other_files_are_read_as_a_whole(text: str) -> None:
    assert chunks(text) is None


def test_what_is_read_again_moves_and_what_others_read_stays(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def line(last: LastRead | None = None) -> tuple[Library, int]:
        library = load_and_check(Path("data"), last=last).library
        return library, library.conditions["condition-0002"].signs[1].where("sign").line

    other = tmp_path / "other"
    shutil.copytree("data", other / "data")
    last = LastRead()
    first, before = line(last)
    file = Path("data/conditions.yaml")
    file.write_text(f"# one\n# two\n{file.read_text()}")
    again, after = line(last)
    assert after == before + 2
    assert again.conditions["condition-0002"] is first.conditions["condition-0002"]
    monkeypatch.chdir(other)
    elsewhere, there = line()
    assert there == before
    assert line()[0].conditions["condition-0002"] is not elsewhere.conditions["condition-0002"]
    assert again.conditions["condition-0002"].signs[1].where("sign").line == after


def test_the_size_limit_is_of_a_record(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.reading.files.MAX_BYTES", 20_000)
    assert Path("data/conditions.yaml").stat().st_size > 20_000
    assert not load_and_check(Path("data")).stops_build(strict=False)
    monkeypatch.setattr("generator.reading.files.MAX_BYTES", 2_000)
    found = load_and_check(Path("data")).diagnostics
    assert ("data/conditions.yaml", "file-too-large") in [(d.place.path, d.code) for d in found]


def test_a_row_counts_only_under_its_own_key(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.sqlite")
    store.put("a", "made from this", b"text")
    store.close()
    store = Store(tmp_path / "s.sqlite")
    assert store.get("a", "made from this") == b"text"
    assert store.get("a", "made from that") is None


def test_a_broken_row_or_file_is_as_none(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    store = Store(path)
    store.put("a", "k", b"some text that can be found in the file")
    store.close()
    path.write_bytes(path.read_bytes().replace(b"some text", b"sane text"))
    assert Store(path).get("a", "k") is None
    path.write_bytes(b"no database at all" * 100)
    store = Store(path)
    store.put("a", "k", b"again")
    store.close()
    assert Store(path).get("a", "k") == b"again"


def test_a_full_disk_costs_no_more_than_the_cache(project: Path) -> None:
    store = Store(project / "s.sqlite")
    assert store._database
    store._database.execute("PRAGMA max_page_count = 4")
    texts, _ = made(store)
    assert texts == made()[0]
    assert store._database is None


def test_two_builds_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    one, two = Store(tmp_path / "s.sqlite"), Store(tmp_path / "s.sqlite")
    for number in range(500):
        one.put(f"name {number % 50}", "one", b"1" * number)
        two.put(f"name {number % 50}", "two", b"2" * number)
    one.close()
    two.close()
    left = Store(tmp_path / "s.sqlite")
    for number in range(50):
        of_one, of_two = left.get(f"name {number}", "one"), left.get(f"name {number}", "two")
        assert (of_one is None) != (of_two is None)
        assert set(of_one or of_two or b"") <= set(b"1" if of_one else b"2")


def test_a_killed_build_leaves_a_store_that_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    script = (
        "import sys; from pathlib import Path; from generator.host.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for n in range(10**9): store.put(f'n {n % 300}', 'k', str(n).encode() * 999)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(path)], cwd=ROOT) as writer:
        waited = _until(lambda: path.exists() and path.stat().st_size > 1_000_000)
        writer.send_signal(signal.SIGKILL)
    assert waited
    store = Store(path)
    rows = [store.get(f"n {n}", "k") for n in range(300)]
    assert any(rows)
    assert all(len(set(_parts(row))) == 1 for row in rows if row)


def _parts(row: bytes) -> Iterator[bytes]:
    size = len(row) // 999
    return (row[at : at + size] for at in range(0, len(row), size))


def _until(holds: Callable[[], bool]) -> bool:
    for _ in range(600):
        if holds():
            return True
        time.sleep(0.05)
    return False


def test_the_options_and_the_country_are_part_of_every_key(project: Path) -> None:
    checked = load_and_check(Path("data"), Path("content"))
    countries = list(checked.library.countries.values())
    store = Store(project / "s.sqlite")
    site = Site(checked.library, countries[0], checked.diagnostics)
    press = Press(store, lasting=False)
    first = {o.uri: text for o, text in press.texts(site, checked.entries)}
    other = replace(site, country=countries[1])
    second = {o.uri: text for o, text in press.texts(other, checked.entries)}
    assert first["get-help.md"] != second["get-help.md"]


def _everything(value: Any) -> Any:
    """A record with all its places, for comparison."""
    match value:
        case Located():
            inner = [_everything(getattr(value, field.name)) for field in fields_of(type(value))]
            return type(value), dict(value.places), inner
        case tuple():
            return [_everything(item) for item in value]
    return value


def test_kept_records_are_those_that_were_read(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")

    def read() -> tuple[dict[str, Any], dict[str, Any]]:
        store = Store(tmp_path / "records.sqlite")
        loaded = load(tmp_path / "data", "data", KeptRead(store))
        store.close()
        records = {
            f"{kind} {id_}": _everything(record)
            for kind, by_id in loaded.records.items()
            for id_, record in by_id.items()
        }
        return records, {
            kind: {id_: entry.digest for id_, entry in entries.items()}
            for kind, entries in loaded.entries.items()
        }

    first = read()
    assert read() == first
    path = tmp_path / "data/conditions.yaml"
    path.write_text("# A line more\n" + path.read_text().replace("name: ", "name: New ", 1))
    moved = read()
    assert moved != first
    (tmp_path / "records.sqlite").unlink()
    assert moved == read()


def test_an_edit_reads_one_record(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    compose = composing.compose

    def composed(text: str, path: str, *rest: Any, **more: Any) -> Any:
        read.append(f"{path} {text.partition(':')[0]}")
        return compose(text, path, *rest, **more)

    monkeypatch.setattr("generator.reading.load.compose", composed)
    load_and_check(Path("data"), last=kept_beside(Path("mkdocs.yml")))
    assert "data/signs.yaml sign-0001" in read
    read.clear()
    edited("conditions.yaml", "onset: Little by little", "onset: All at once")
    load_and_check(Path("data"), last=kept_beside(Path("mkdocs.yml")))
    assert [one for one in read if "vocabulary" not in one] == [
        "data/conditions.yaml condition-0001"
    ]


@pytest.mark.parametrize("row", [b"", b"[]", b'["d", 1, [], []]', b'["d", 1, [[]], [0, [1], 2]]'])
def test_a_kept_record_that_makes_no_sense_is_read_again(project: Path, row: bytes) -> None:
    class Senseless(Store):
        def get(self, name: str, key: str) -> bytes | None:
            return row

    texts, _ = made(last=KeptRead(Senseless(None)))
    assert texts == made()[0]
