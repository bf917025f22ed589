"""Our pages and the search index, read without Python-Markdown, are what MkDocs makes of them."""

from __future__ import annotations

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data
from small import ROOT

from generator.host.document import document
from generator.host.page import GeneratedPage
from generator.library.site import Site
from generator.pages.pages import pages


@pytest.fixture(scope="module")
def texts(site: Site) -> dict[str, str]:
    """The source of every page of the project."""
    return {output.uri: output.content for output in pages(site)}


@pytest.mark.slow
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
