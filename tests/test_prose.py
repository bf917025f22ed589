"""Untrusted text stays text: on its own, and in every field of every page."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import markdown
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup, escape
from mkdocs.utils.yaml import yaml_load
from small import ROOT, change, findings_of, sound_checked, sound_copy, within

from generator.library.library import Library
from generator.library.site import Site
from generator.model.kinds import KINDS
from generator.model.quality import GlossaryEntry
from generator.model.record import Located
from generator.model.schema import fields_of
from generator.pages.pages import pages
from generator.pages.prose import _MARKDOWN, inline_html, paragraphs, plain_text, prose_html
from generator.pages.template_functions import PageTools
from generator.reading.mentions import mentions

Element = tuple[str, tuple[str, ...]]
"""A tag, with the names of its attributes."""


def link(id_: str, words: str) -> Markup:
    """A mention as tests see it: any id is known."""
    return Markup('<a href="/{}">{}</a>').format(id_, words or "Its name")


def name_of(id_: str) -> str:
    return "Its name"


# What is allowed


@pytest.mark.parametrize(
    "text, html",
    [
        ("", ""),
        ("Plain words.", "<p>Plain words.</p>"),
        ("One.\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("It is **so**.", "<p>It is <strong>so</strong>.</p>"),
        ("It is *so*.", "<p>It is <em>so</em>.</p>"),
        ("3 * 4 * 5", "<p>3 * 4 * 5</p>"),
        ("Try [[plank]].", '<p>Try <a href="/plank">Its name</a>.</p>'),
        ("Try [[plank|this one]].", '<p>Try <a href="/plank">this one</a>.</p>'),
        ("[[ plank | this one ]]", '<p><a href="/plank">this one</a></p>'),
        ("[[plank|]]", '<p><a href="/plank">Its name</a></p>'),
        ("**[[plank]]**", '<p><strong><a href="/plank">Its name</a></strong></p>'),
        ("[[a]][[b]]", '<p><a href="/a">Its name</a><a href="/b">Its name</a></p>'),
        ("[plank]", "<p>[plank]</p>"),
        ("[[plank", "<p>[[plank</p>"),
        ("[[plank]", "<p>[[plank]</p>"),
        ("[[a[[b]]", '<p>[[a<a href="/b">Its name</a></p>'),
        ("[[[plank]]]", '<p>[<a href="/plank">Its name</a>]</p>'),
    ],
)
def test_prose(text: str, html: str) -> None:
    assert prose_html(text, link).rstrip("\n") == html


def test_list() -> None:
    html = re.sub(r"\n|</?p>", "", prose_html("- one\n- two", link))
    assert html == "<ul><li>one</li><li>two</li></ul>"


def test_inline_has_no_paragraph() -> None:
    assert inline_html("It is **so**.", link) == "It is <strong>so</strong>."


@pytest.mark.parametrize(
    "text, words",
    [
        ("It is **so**.", "It is so."),
        ("It is *so*.", "It is so."),
        ("3 * 4 * 5", "3 * 4 * 5"),
        ("Try [[plank]] or [[dead-bug|this]].", "Try Its name or this."),
        (" One.\n\n Two. ", "One. Two."),
        ("<b>", "<b>"),
    ],
)
def test_plain_text(text: str, words: str) -> None:
    assert plain_text(text, name_of) == words


# What is not: HTML, links, images, code, and whatever opens them

PAYLOADS: Final = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>x</a>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<style>@import '//evil.example';</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<form action=//evil.example><button>x</button></form>",
    "<object data=//evil.example></object>",
    "<math><mi xlink:href=javascript:alert(1)>",
    "<!-- --><b>x</b>",
    "<![CDATA[<b>x</b>]]>",
    "<?php echo 1 ?>",
    "</div></section></li></ul><b>out</b>",
    "</textarea><b>out</b>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '"><img src=x onerror=alert(1)>',
    "`onclick=alert(1)`",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<b>x</b>",
    "https://evil.example/",
    "www.evil.example",
    "a@evil.example",
    "[x](javascript:alert(1))",
    "[x](https://evil.example)",
    "[x](//evil.example 'title')",
    "[x](<javascript:alert(1)>)",
    "[x][1]\n\n[1]: https://evil.example",
    "[1]: https://evil.example",
    "![x](x onerror=alert(1))",
    "![x](https://evil.example/x.png)",
    "<https://evil.example>",
    "<javascript:alert(1)>",
    "<a@evil.example>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&#x3c;b&#x3e;",
    "&amp;lt;b&amp;gt;",
    "&nbsp;&copy;&quot;",
    "# Heading",
    "Heading\n===",
    "> quote",
    "    code",
    "\tcode",
    "```\ncode\n```",
    "~~~html\n<b>x</b>\n~~~",
    "`code`",
    "| a | b |\n|---|---|\n| c | d |",
    "---",
    "***",
    "___",
    "~~x~~",
    "x {: onclick=alert(1) }",
    "{: .x onclick=alert(1) }",
    "x {: #red-flags }",
    "[TOC]",
    "[^1]\n\n[^1]: note",
    "*[x]: abbreviation",
    "\\<b\\>x\\</b\\>",
    "\\[x](javascript:alert(1))",
    "{{ 7 * 7 }}{% raw %}",
    "{emergency} {advice} {0} %s %(x)s",
    "\x02wzxhzdk:0\x03",
    "<\u0000script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "\u202e<b>x</b>",
]
BATCH: Final = 13
"""How many payloads share a page, to save time."""


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_payload_in_a_line(payload: str) -> None:
    assert _skeleton(inline_html(payload, link)) == []
    assert Markup(inline_html(payload, link)).unescape().split() == _shown(payload).split()


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_payload_in_prose(payload: str) -> None:
    html = prose_html(payload, link)
    assert {tag for tag, _ in _skeleton(html)} <= {"p"}
    assert Markup(html).striptags().split() == _shown(payload).split()


@pytest.mark.parametrize("payload", ["<b>x</b>", "<img src=x onerror=alert(1)>", '" onclick="x'])
@pytest.mark.parametrize(
    "frame",
    ["[[id|{}]]", "[[{}]]", "[[{}|words]]", "**{}**", "*{}*", "- {}", "1. {}", "a [[b]] {}"],
)
def test_payload_in_what_is_allowed(frame: str, payload: str) -> None:
    allowed = {"p": (), "ul": (), "ol": (), "li": (), "strong": (), "em": (), "a": ("href",)}
    for html in (prose_html(frame.format(payload), link), inline_html(frame.format(payload), link)):
        for tag, attributes in _skeleton(html):
            assert (tag, attributes) in allowed.items()
        assert str(escape(payload)) in html or "href" in html


@given(st.text())
def test_any_text_keeps_its_letters(text: str) -> None:
    """Markdown takes marks away, and never a letter or a digit."""
    shown = Markup(prose_html(text, link)).striptags()
    if "[[" not in text and not re.search(r"^\s*\d+[.)]", text, re.MULTILINE):
        assert _letters(shown) == _letters(text)


PIECES: Final = ["[[", "]]", "|", "[", "]", "plank", " ", "*", "**", "_", "\n", "é", "<", "- "]


@example("[[plank|an *easy* plank]]")
@example("[[plank|an\neasy plank]]")
@example("[[plank|_easy_]]")
@example("*[[plank]]*")
@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_a_page_links_what_the_checks_count(text: str) -> None:
    """Each mention that is checked becomes a link, and nothing else does."""
    html = prose_html(text, link)
    assert html.count("<a ") == len(list(mentions(text)))


@given(st.text("[]| abc-\n"))
def test_mentions_lie_within_the_text_in_order(text: str) -> None:
    end = 0
    for mention in mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.start + 2] == "[["
        assert text[mention.end - 2 : mention.end] == "]]"
        assert mention.id == mention.id.strip() and mention.words == mention.words.strip()
        end = mention.end


@pytest.mark.parametrize("text", ["[[", "[[ ", "[[a|", "[[a| ", " [[", "[[a|b|"])
def test_brackets_that_never_close_take_no_time(text: str) -> None:
    with within(1):
        assert list(mentions(text + " " * 20_000)) == []
        assert list(mentions(text * 20_000)) == []


# On pages, whether or not the checks let the text pass


@pytest.fixture(scope="module")
def plain_pages() -> dict[str, list[Element]]:
    """The elements of every page whose texts are all plain words."""
    return {uri: _fixed_elements(html) for uri, _, html in _pages_of("words")}


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, len(PAYLOADS), BATCH))
@pytest.mark.parametrize("between", [" ", "\n\n"], ids=ascii)
def test_payloads_in_every_field_of_every_page(
    between: str, start: int, plain_pages: dict[str, list[Element]]
) -> None:
    """The page has the same elements with the same attributes as one of plain words."""
    text = between.join(PAYLOADS[start : start + BATCH])
    for uri, front_matter, html in _pages_of(text):
        assert _fixed_elements(html) == plain_pages[uri], uri
        for value in front_matter.values():
            assert not re.search(r"[<>\"]", str(value))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "evil.example",
        "../",
        "https://",
        "https://example.org/ x",
    ],
)
def test_a_reference_has_the_address_of_a_site(address: str, tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    change(data / "references.yaml", "https://example.org/rathleff", f'"{address}"')
    assert [place[:2] for place in findings_of(data)] == [("references.yaml", 17)]


def _shown(payload: str) -> str:
    """Markdown shows U+FFFD for NUL."""
    return payload.replace("\x00", "\ufffd")


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _fixed_elements(html: str) -> list[Element]:
    """All elements but those that text may make."""
    return [element for element in _skeleton(html) if element[0] not in ("p", "em", "strong")]


def _skeleton(html: str) -> list[Element]:
    """Every element, in order."""
    elements: list[Element] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            elements.append((tag, tuple(name for name, _ in attrs)))

        def handle_comment(self, data: str) -> None:
            elements.append(("comment", ()))

        def unknown_decl(self, data: str) -> None:
            elements.append(("declaration", ()))

        def handle_pi(self, data: str) -> None:
            elements.append(("instruction", ()))

    reader = Reader()
    reader.feed(html)
    reader.close()
    return elements


CONFIG: Final = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))


def _pages_of(text: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(uri, front matter, HTML) of every page of the sound library with `text` in each field."""
    sound = sound_checked().library
    records = {
        kind.name: {r.id: _filled(r, text) for r in sound.of_kind(kind.name).values()}
        for kind in KINDS
    }
    vocabulary = {
        name: {word: _filled(label, text) for word, label in words.items()}
        for name, words in sound.vocabulary.items()
    }
    articles = tuple(dataclasses.replace(article, title=text) for article in sound.articles)
    library = Library(records, vocabulary, articles)
    reader = _markdown()
    for output in pages(Site(library, library.countries["ca"])):
        _, front_matter, body = re.split(r"^---$", output.content, maxsplit=2, flags=re.MULTILINE)
        yield output.uri, yaml.safe_load(front_matter), reader.reset().convert(body)


KEPT: Final = ("url", "doi")
"""Addresses are checked instead."""


def _markdown() -> markdown.Markdown:
    """Markdown as mkdocs.yml has it."""
    names: list[str] = []
    options: dict[str, Any] = {}
    for extension in CONFIG["markdown_extensions"]:
        extension = extension if isinstance(extension, dict) else {extension: {}}
        names += extension
        options |= extension
    return markdown.Markdown(extensions=names, extension_configs=options)


def _filled(part: Any, text: str) -> Any:
    """The record or part with every text of people's own words replaced."""
    if isinstance(part, tuple):
        return tuple(_filled(item, text) for item in part)
    if not isinstance(part, Located):
        return part
    changes: dict[str, Any] = {}
    for field in fields_of(type(part)):
        value = getattr(part, field.name)
        if field.name in KEPT or (isinstance(part, GlossaryEntry) and field.name != "meaning"):
            continue
        if field.shape.text and value:
            changes[field.name] = text
        elif field.shape.item and field.shape.item.text:
            changes[field.name] = tuple(text for _ in value)
        else:
            changes[field.name] = _filled(value, text)
    return dataclasses.replace(part, **changes)


@given(st.text(st.sampled_from("aB1 .-*_[]()|&<'\"\n\\#>+~`“é"), max_size=12))
@example("Rest for 1.5 days, then walk.")
@example(" begins with a blank ")
def test_what_needs_no_parser_reads_as_the_parser_reads_it(text: str) -> None:
    env = {"link": link, "explain": escape}
    assert inline_html(text, link) == _MARKDOWN.renderInline(text, env)
    assert prose_html(text, link) == _MARKDOWN.render(paragraphs(text), env)


def test_no_line_begins_with_the_full_stop_behind_a_glossary_word(site: Site) -> None:
    html = PageTools(site, "").inline("It is the band (plantar fascia). Or a tendon's load.")
    kept = re.findall(r'<span class="sg-whole">(.).*?</span>(.*?)</span>', html)
    assert kept == [("(", ")."), ("<", "&#39;s"), ("<", ".")]
