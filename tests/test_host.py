"""The fast ways give the bytes of the slow ones, and take no more steps than an edit asks for."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from material.plugins.search.plugin import Parser
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data
from synthetic import write
from synthetic_project import built, edited, made, site_bytes

from generator.checking import load_and_check
from generator.host.document import document
from generator.host.page import GeneratedPage
from generator.host.press import Press
from generator.host.search import ELSEWHERE, LightIndex, sections
from generator.host.store import Store
from generator.outputs import Output
from generator.pages import pages
from generator.reading.load import LastRead
from generator.site import Site

ROOT = Path(__file__).parent.parent


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


def _with_two_swapped(rng: random.Random, text: str) -> str:
    """With a record before the one that it came after."""
    starts = [match.start() for match in re.finditer(r"^[a-z]", text, re.MULTILINE)]
    if len(starts) < 3:
        return text
    at = rng.randrange(len(starts) - 2)
    one, two, end = starts[at : at + 3]
    return text[:one] + text[two:end] + text[one:two] + text[end:]


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
    ("signs.yaml", _with_two_swapped),
    ("glossary.yaml", _with_two_swapped),
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
