"""What machines read, by judges that are not ours: the grammars of Atom and CSV, oEmbed's rules."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from reading import assert_none
from small import ROOT

from generator.check import Checked
from generator.library.library import Library
from generator.library.review import review_status
from generator.model.record import Reviewed
from generator.reading.published_state import last_change

ATOM: Final = {"atom": "http://www.w3.org/2005/Atom"}
RULES: Final = {
    "a feed has an author, unless each entry has one": (
        "/atom:feed[not(atom:author)]/atom:entry[not(atom:author)]"
    ),
    "an entry has content, or a link to its alternate": (
        "//atom:entry[not(atom:content) and not(atom:link[not(@rel) or @rel='alternate'])]"
    ),
    "an entry's id is its own": "//atom:entry[atom:id = preceding-sibling::atom:entry/atom:id]",
    "ids are addresses": "//atom:id[not(contains(., ':'))]",
    "content is not empty": "//atom:content[not(normalize-space())]",
}
"""What RFC 4287 says in prose or Schematron, as the nodes that break it."""
SPOILED: Final = (
    ("<updated>", "<updated>on "),
    ("<id>", "<id>x</id><id>"),
    ("<title>", '<title type="markdown">'),
    ('rel="self"', 'rel=""'),
    (' href="', ' address="'),
    ("</author>", "<email>nobody</email></author>"),
    ('xml:lang="en"', 'xml:lang="?"'),
    ("<entry>", "<entry><entry/>"),
)


@pytest.fixture(scope="session")
def grammar() -> Any:
    return etree.RelaxNG(etree.parse(ROOT / "tests" / "atom" / "atom.rng"))


def test_feeds_keep_to_the_grammar_of_atom(site_dir: Path, grammar: Any) -> None:
    found = []
    paths = [site_dir / "feed.xml", *sorted((site_dir / "feeds").rglob("*.xml"))]
    for path in paths:
        feed = etree.parse(path)
        name = path.relative_to(site_dir).as_posix()
        if not grammar.validate(feed):
            found.append(f"{name}: {grammar.error_log.last_error}")
        found += [
            f"{name}: {rule}" for rule, bad in RULES.items() if feed.xpath(bad, namespaces=ATOM)
        ]
    assert_none(found)
    assert len(paths) > 40


@pytest.mark.parametrize(("right", "wrong"), SPOILED)
def test_the_grammar_can_say_no(site_dir: Path, grammar: Any, right: str, wrong: str) -> None:
    text = (site_dir / "feed.xml").read_text(encoding="utf-8")
    assert right in text
    assert not grammar.validate(etree.fromstring(text.replace(right, wrong, 1).encode()))


ADDRESS: Final = {"type": "string", "pattern": r"^https?://[^\s\"<>]+$"}
SIZE: Final = {"type": "integer", "minimum": 1}
OEMBED: Final = {
    "type": "object",
    "required": ["type", "version"],
    "properties": {
        "type": {"enum": ["photo", "video", "link", "rich"]},
        "version": {"const": "1.0"},
        "title": {"type": "string", "minLength": 1},
        "author_name": {"type": "string", "minLength": 1},
        "author_url": ADDRESS,
        "provider_name": {"type": "string", "minLength": 1},
        "provider_url": ADDRESS,
        "cache_age": {"type": "integer", "minimum": 0},
        "thumbnail_url": ADDRESS,
        "thumbnail_width": SIZE,
        "thumbnail_height": SIZE,
        "html": {"type": "string", "minLength": 1},
        "width": SIZE,
        "height": SIZE,
    },
    "dependentRequired": {
        "thumbnail_url": ["thumbnail_width", "thumbnail_height"],
        "thumbnail_width": ["thumbnail_url", "thumbnail_height"],
        "thumbnail_height": ["thumbnail_url", "thumbnail_width"],
    },
    "allOf": [
        {
            "if": {"properties": {"type": {"enum": ["rich", "video"]}}},
            "then": {"required": ["html", "width", "height"]},
        },
        {
            "if": {"properties": {"type": {"const": "photo"}}},
            "then": {"required": ["url", "width", "height"]},
        },
    ],
}
"""Section 2.3.4 of the specification, oembed.com: what each response says, by its type."""


def test_oembed_keeps_to_its_specification(site_dir: Path) -> None:
    judge = Draft202012Validator(OEMBED)
    found = []
    for path in sorted((site_dir / "oembed").rglob("*.json")):
        name = path.relative_to(site_dir).as_posix()
        raw = path.read_bytes()
        if raw.startswith(b"\xef\xbb\xbf"):
            found.append(f"{name}: a byte order mark")
        body = json.loads(raw)
        found += [f"{name}: {error.message[:100]}" for error in judge.iter_errors(body)]
    assert_none(found)


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 1.0},
        {"type": "card"},
        {"width": "100%"},
        {"height": None},
        {"html": ""},
        {"thumbnail_width": 0},
        {"provider_url": "strideguide"},
    ],
)
def test_the_specification_can_say_no(site_dir: Path, wrong: dict[str, Any]) -> None:
    path = site_dir / "oembed/conditions/sciatica.json"
    body = json.loads(path.read_text(encoding="utf-8"))
    assert list(Draft202012Validator(OEMBED).iter_errors(body | wrong))


FIELD: Final = r'(?>"(?>[^"]|"")*+"|[^",\r\n]*+)'
TABLE: Final = re.compile(rf"(?>{FIELD}(?>,{FIELD})*+\r\n)++")
"""The grammar of RFC 4180, section 2, with a line end after the last record too."""


def test_tables_keep_to_the_grammar_of_csv(site_dir: Path) -> None:
    paths = sorted((site_dir / "api" / "v1").glob("*.csv"))
    assert_none(p.name for p in paths if not TABLE.fullmatch(p.read_bytes().decode("utf-8")))
    assert len(paths) > 8


@pytest.mark.parametrize("wrong", ['a,b"\r\n', '"a"b\r\n', '"a\r\n', "a,b\n", "a,b"])
def test_the_grammar_of_csv_can_say_no(wrong: str) -> None:
    assert not TABLE.fullmatch(wrong)
    assert TABLE.fullmatch('a,"b ""c"",\r\nd"\r\n"",\r\n')


def test_no_markup_gets_out_of_the_script(site_dir: Path) -> None:
    """Each page's JSON-LD is one script that parses, whatever the texts hold."""
    found = []
    for path in sorted((site_dir / "conditions").rglob("index.html")):
        text = path.read_text(encoding="utf-8")
        scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
        if path.parent.name != "conditions" and len(scripts) != 1:
            found.append(f"{path}: {len(scripts)} scripts")
        for script in scripts:
            if "<" in script or not json.loads(script)["@graph"]:
                found.append(str(path))
    assert_none(found)


def test_the_sitemap_is_dated_by_what_changed(
    site_dir: Path, checked: Checked, library: Library
) -> None:
    """From signatures and change records, not from the day of the build."""
    tree = etree.parse(site_dir / "sitemap.xml")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    days = {
        url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod")
        for url in tree.getroot().iter(f"{space}url")
    }
    for kind, record in library.pages.values():
        signed = review_status(record, library).on if isinstance(record, Reviewed) else ""
        wanted = last_change(checked.published_state, record.id, signed) or None
        assert days[f"https://strideguide.example/{kind.name}/{record.id}/"] == wanted
    assert days["https://strideguide.example/about/"] is None
