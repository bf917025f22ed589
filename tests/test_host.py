"""Our pages and the search index, read without Python-Markdown, are what MkDocs makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from material.plugins.search.plugin import Parser
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from generator.host.document import document
from generator.host.page import GeneratedPage
from generator.host.search import ELSEWHERE, LightIndex, sections
from generator.pages import pages
from generator.site import Site

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def texts(site: Site) -> dict[str, str]:
    """The source of every page of the project."""
    return {output.uri: output.content for output in pages(site)}


def test_every_page_reads_as_mkdocs_reads_it(texts: dict[str, str]) -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    config.plugins._current_plugin = "strideguide"
    for uri, text in texts.items():
        assert document(get_data(text)[0]), f"{uri} is read by Python-Markdown, which is slow"
        ours = GeneratedPage(None, File.generated(config, uri, content=text), config)
        theirs = Page(None, File.generated(config, uri, content=text), config)
        for page in (ours, theirs):
            page.read_source(config)
            page.render(config, Files([]))
        assert ours.content == theirs.content, uri
        assert str(ours.toc) == str(theirs.toc), uri
        assert ours.present_anchor_ids == theirs.present_anchor_ids, uri
        assert ours.title == theirs.title, uri


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
