"""What others rely on: clinics' looks, addresses for ever, feeds, tables, schemas."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from reading import assert_none
from small import ROOT, sound_copy

from generator import routes
from generator.build import outputs
from generator.check import load_and_check
from generator.checks.published_state import check_published_state
from generator.cli.main import cli
from generator.embeds.branding import (
    FONTS,
    LEAST_CONTRAST,
    PAPER,
    PAPER_DARK,
    contrast,
    readable,
    skin_of,
)
from generator.embeds.cards import Card, card_html
from generator.embeds.clinic_pages import takeaway_html
from generator.exports.csv_tables import table_text
from generator.exports.linked_data import linked_data
from generator.library.library import Library
from generator.library.site import Site
from generator.model.kinds import KINDS
from generator.model.published_state import Change, Clinic, Retired
from generator.pages.environment import index_title
from generator.reading.published_state import PublishedState, last_change

pytestmark = pytest.mark.slow

ADDRESS: Final = "https://site.example/"
ATOM: Final = "{http://www.w3.org/2005/Atom}"
Json = dict[str, Any]


@pytest.fixture(scope="module")
def gone() -> Retired:
    return Retired(
        id="old-sciatica",
        kind="conditions",
        fate="merged",
        on="2027-01-31",
        now="sciatica",
        why="It was merged with a newer page.",
    )


@pytest.fixture(scope="module")
def made(library: Library, gone: Retired) -> dict[str, str]:
    """Every output of the real data, with one retired id, at a known address."""
    checked = load_and_check(ROOT / "data", ROOT / "content")
    published_state = replace(checked.published_state, retired={gone.id: gone})
    site = Site(
        checked.library,
        checked.library.countries["ca"],
        address=ADDRESS,
        published_state=published_state,
    )
    return {output.uri: output.content for output in outputs(site)}


def clinic(**fields: Any) -> Clinic:
    given = {
        "id": "test-clinic",
        "name": "Test clinic",
        "country": "ca",
        "url": "https://clinic.example/",
        "conditions": ("sciatica",),
    }
    return Clinic(**(given | fields))


# Addresses for ever


def test_a_retired_page_leads_on(made: dict[str, str]) -> None:
    page = made["conditions/old-sciatica/index.html"]
    assert '<meta http-equiv="refresh" content="0; url=../sciatica/">' in page
    assert f'<link rel="canonical" href="{ADDRESS}conditions/sciatica/">' in page
    assert f'href="{ADDRESS}oembed/conditions/old-sciatica.json"' in page


def test_a_retired_card_shows_its_successor(made: dict[str, str]) -> None:
    for part in ("", "can-i-run/", "stages/", "red-flags/", "exercises/"):
        card = made[f"embed/conditions/old-sciatica/{part}index.html"]
        assert "This page has moved. It was merged with a newer page." in card
        assert "Sciatica" in card
        assert f'href="{ADDRESS}conditions/sciatica/"' in card


def test_a_retired_record_has_oembed_and_a_tombstone(made: dict[str, str]) -> None:
    body = json.loads(made["oembed/conditions/old-sciatica.json"])
    assert f'src="{ADDRESS}embed/conditions/old-sciatica/"' in body["html"]
    stone = json.loads(made["api/v1/conditions/old-sciatica.json"])
    assert stone["gone"]["fate"] == "merged"
    assert stone["gone"]["api"] == "api/v1/conditions/sciatica.json"
    assert stone["gone"]["api"] in made


def test_what_was_published_stays(library: Library) -> None:
    place = load_and_check(ROOT / "data").published_state.published["conditions/sciatica"]
    published_state = PublishedState(
        published={"conditions/gone": place, "conditions/sciatica": place}
    )
    assert [d.code for d in check_published_state(library, published_state)] == [
        "published-id-gone"
    ]
    stone = Retired(
        id="gone", kind="conditions", fate="renamed", on="2027-01-01", now="sciatica", why="Moved."
    )
    kept = replace(published_state, retired={"gone": stone})
    assert list(check_published_state(library, kept)) == []
    lost = replace(published_state, retired={"gone": replace(stone, now="nowhere")})
    assert [d.code for d in check_published_state(library, lost)] == ["bad-successor"]


def test_publish_only_adds(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    published = data / "published.txt"
    lines = published.read_text(encoding="utf-8").splitlines(keepends=True)
    cut = "".join(lines[5:]).removesuffix("\n")  # As some editors leave it.
    published.write_text(cut, encoding="utf-8")
    run = CliRunner().invoke(cli, ["publish", "--data-dir", str(data)])
    assert run.exit_code == 0, run.output
    assert "Added 5 " in run.output
    assert sorted(published.read_text(encoding="utf-8").splitlines(keepends=True)) == sorted(lines)


def test_all_ids_are_published(library: Library) -> None:
    """A release runs `strideguide publish`; nothing that is online may be missing."""
    listed = (ROOT / "data/published.txt").read_text(encoding="utf-8").split()
    wanted = [f"{kind.name}/{id_}" for id_, (kind, _) in library.pages.items()]
    assert_none(address for address in wanted if address not in listed)
    assert len(listed) == len(set(listed))


def test_the_newest_day_counts() -> None:
    changes = (
        Change(id="b", on="2027-03-01", title="B", text="B.", conditions=("sciatica",)),
        Change(id="a", on="2027-01-01", title="A", text="A."),
    )
    published_state = PublishedState(changes=changes)
    assert last_change(published_state, "sciatica") == "2027-03-01"
    assert last_change(published_state, "plank") == "2027-01-01"
    assert last_change(published_state, "plank", "2027-02-01") == "2027-02-01"
    assert last_change(PublishedState(), "plank") == ""


# Looks


def test_looks_that_cannot_be_read_fall_back() -> None:
    assert "--accent-light:#7a2e5d" in skin_of(clinic(accent="#7A2E5D")).css
    assert "--accent" not in skin_of(clinic(accent="#ffe08a", accent_dark="#202020")).css
    for bad in ("red", "#fff", "#12345g", "#000000;}</style>", "", "url(x)"):
        assert not readable(bad, PAPER)
        assert "--accent" not in skin_of(clinic(accent=bad)).css
    assert contrast("#767676", PAPER) >= LEAST_CONTRAST > contrast("#777777", PAPER)
    assert contrast(PAPER, PAPER_DARK) == contrast(PAPER_DARK, PAPER)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "http://clinic.example/",
        "https://a:b@clinic.example/",
        'https://clinic.example/"><script>',
        "//clinic.example",
        "https://",
        "data:text/html,x",
    ],
)
def test_a_clinics_link_is_https(library: Library, url: str) -> None:
    bad = clinic(url=url, cta="Book")
    assert skin_of(bad).cta == ""
    published_state = PublishedState(clinics={bad.id: bad})
    assert "unsound-clinic" in [d.code for d in check_published_state(library, published_state)]


def test_a_clinics_card(made: dict[str, str]) -> None:
    card = made["embed/for/ottawa-health/conditions/achilles-tendinopathy/index.html"]
    assert "--accent-light:#7a2e5d" in card
    assert "Book with us (example)" in card
    assert 'class="flags' in card and "CC BY 4.0" in card
    door = made["for/ottawa-health/index.html"]
    assert 'href="https://clinic.example/"' in door
    page = made["for/ottawa-health/conditions/achilles-tendinopathy/index.html"]
    assert f'href="{ADDRESS}oembed/for/ottawa-health/conditions/achilles-tendinopathy.json"' in page


def test_a_card_knows_the_same_letters_by_its_data_and_by_its_address() -> None:
    script = (ROOT / "generator/templates/embed/card.js").read_text(encoding="utf-8")
    stacks = re.search(r"var stacks = \{(.*?)\};", script, re.DOTALL)
    assert stacks
    found = {
        name: a or b for name, a, b in re.findall(r"""(\w+): (?:'(.*?)'|"(.*?)")""", stacks[1])
    }
    assert found == FONTS


def test_cards_and_site_share_one_set_of_colours() -> None:
    """The card's style sheet holds the tokens of assets/tokens.css, which it can't load."""
    site_css = (ROOT / "content/assets/tokens.css").read_text(encoding="utf-8")
    card_css = (ROOT / "generator/templates/embed/style.css.jinja").read_text(encoding="utf-8")

    def tokens(text: str, prefix: str) -> dict[str, str]:
        rows = re.findall(rf"--{prefix}([a-z-]+):\s*(#[0-9a-f]{{3,6}})\b", text)
        return dict(rows)

    site_light = tokens(site_css.split(":root {")[1].split("}")[0], "sg-")
    site_dark = tokens(site_css.split('"slate"] {')[1].split("}")[0], "sg-")
    card_light = tokens(card_css.split(":root{")[1].split("}")[0], "")
    card_dark = tokens(card_css.split("{% macro dark() %}")[1].split("{% endmacro %}")[0], "")
    assert len(card_light) > 10 and len(card_dark) > 10
    for card, site in ((card_light, site_light), (card_dark, site_dark)):
        assert_none(f"{name}: {value}" for name, value in card.items() if site.get(name) != value)


# Hostile data


HOSTILE: Final = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
    "</style><script>alert(1)</script>", "</title><script>alert(1)</script>", "{{ 7*7 }}",
    "{% raw %}", "]]><x>", "<!-- -->", "&lt;script&gt;", "javascript:alert(1)",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_the_data_becomes_markup(site: Site, text: str) -> None:
    """Names and texts as an attacker would write them, in every card, card to print and feed."""
    library = site.library
    condition = library.conditions["sciatica"]
    hostile = replace(
        condition,
        name=text,
        aliases=(text,),
        answer=replace(condition.answer, text=text),
        can_i_run=replace(condition.can_i_run, short=text),
        recovery=replace(condition.recovery, short=text),
    )
    records = {k.name: dict(library.of_kind(k.name)) for k in KINDS}
    records["conditions"]["sciatica"] = hostile
    bad = clinic(name=text, cta=text[:40], phone=text[:40], accent=text[:40])
    change = Change(id="2027-01-01-x", on="2027-01-01", title=text, text=text)
    published_state = PublishedState(clinics={bad.id: bad}, changes=(change,))
    copy = Site(
        Library(records, library.vocabulary),
        site.country,
        address=ADDRESS,
        published_state=published_state,
    )
    plain = card_html(site, Card("conditions", "sciatica"))
    for part in ("", "can-i-run", "stages", "red-flags", "exercises"):
        for where in ("", bad.id):
            made = card_html(copy, Card("conditions", "sciatica", part, where))
            assert made.count("<script") == plain.count("<script")
            assert "<img" not in made and "onmouseover='" not in made
            assert made.count("</style>") == 1 and "<x>" not in made
    assert "<script" not in takeaway_html(copy, "sciatica")
    made_all = {o.uri: o for o in outputs(copy)}
    ET.fromstring(made_all["feed.xml"].content)
    ET.fromstring(made_all["feeds/conditions/sciatica.xml"].content)
    json.loads(made_all["oembed/conditions/sciatica.json"].content)
    graph = linked_data(copy.library, ADDRESS, "conditions", hostile, text, [])
    assert json.loads(json.dumps(graph))["@graph"][0]["name"] == text


# For machines


def test_every_document_satisfies_its_schema(made: dict[str, str]) -> None:
    found = []
    for kind in KINDS:
        schema = json.loads(made[f"api/schemas/{kind.name}.json"])
        Draft202012Validator.check_schema(schema)
        judge = Draft202012Validator(schema)
        for uri, text in made.items():
            body = json.loads(text) if uri.startswith(f"api/v1/{kind.name}/") else None
            if body and "gone" not in body:
                found += [
                    f"{uri}: {e.json_path}: {e.message[:120]}" for e in judge.iter_errors(body)
                ]
    for name, uris in (("list", [f"api/v1/{kind.name}.json" for kind in KINDS]),
                       ("index", ["api/v1/index.json"])):  # fmt: skip
        judge = Draft202012Validator(json.loads(made[f"api/schemas/{name}.json"]))
        for uri in uris:
            found += [f"{uri}: {e.message[:120]}" for e in judge.iter_errors(json.loads(made[uri]))]
    assert_none(found)


def test_schemas_can_say_no(made: dict[str, str]) -> None:
    body = json.loads(made["api/v1/conditions/sciatica.json"])
    judge = Draft202012Validator(json.loads(made["api/schemas/conditions.json"]))
    spoilers: list[Callable[[Json], object]] = [
        lambda b: b["fields"].pop("answer"),
        lambda b: b["fields"].update(made_up=1),
        lambda b: b["fields"].update(stages=[]),
        lambda b: b.update(red_flags=[]),
        lambda b: b["fields"]["can_i_run"].update(verdict="maybe"),
    ]
    for spoil in spoilers:
        copy = json.loads(json.dumps(body))
        spoil(copy)
        assert list(judge.iter_errors(copy))


def test_openapi_is_valid_and_names_real_documents(made: dict[str, str]) -> None:
    body = json.loads(made["api/openapi.json"])
    OpenAPIV31SpecValidator(body).validate()
    for path in body["paths"]:
        assert path.removeprefix("/").replace("{id}", "") != ""
        if "{id}" not in path:
            assert path.removeprefix("/") in made
    stems = {path.split("{id}")[0].removeprefix("/") for path in body["paths"] if "{id}" in path}
    documents = {uri for uri in made if re.fullmatch(r"api/v1/[a-z-]+/[a-z0-9-]+\.json", uri)}
    documents = {uri for uri in documents if not uri.startswith("api/v1/schema/")}
    assert_none(uri for uri in documents if not uri.startswith(tuple(stems)))


def test_tables_hold_every_record(made: dict[str, str], library: Library) -> None:
    for kind in KINDS:
        text = made[f"api/v1/{kind.name}.csv"]
        rows = list(csv.reader(io.StringIO(text), strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert [row[0] for row in rows[1:]] == sorted(library.of_kind(kind.name))
        cells = [cell for row in rows for cell in row]
        assert_none(cell for cell in cells if cell.startswith(("=", "+", "@", "-")))
        assert "\r\n" in text


def test_a_formula_stays_text(library: Library) -> None:
    sign = replace(next(iter(library.signs.values())), name='=HYPERLINK("https://evil.example")')
    records = {k.name: dict(library.of_kind(k.name)) for k in KINDS}
    records["signs"] = {sign.id: sign}
    kind = next(k for k in KINDS if k.name == "signs")
    rows = list(csv.reader(io.StringIO(table_text(Library(records, {}), kind))))
    assert rows[1][1].startswith("'=")


def test_feeds_are_atom(made: dict[str, str], library: Library) -> None:
    """RFC 4287's rules: one id, title, updated; entries with unique ids; times; links."""
    uris = ["feed.xml", *(routes.feed_uri(id_) for id_ in library.conditions)]
    for uri in uris:
        feed = ET.fromstring(made[uri])
        assert feed.tag == f"{ATOM}feed"
        for name in ("id", "title", "updated", "author"):
            assert len(feed.findall(ATOM + name)) == 1, (uri, name)
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == ADDRESS + uri
        entries = feed.findall(f"{ATOM}entry")
        assert entries
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(ids) == len(set(ids))
        times = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
        assert times == sorted(times, reverse=True)
        for entry in entries:
            assert entry.findtext(f"{ATOM}title")
            assert entry.findtext(f"{ATOM}content")
            assert entry.find(f"{ATOM}link") is not None
        for time in (*times, feed.findtext(f"{ATOM}updated") or ""):
            datetime.fromisoformat(time.replace("Z", "+00:00"))


def test_every_page_has_its_markdown(made: dict[str, str]) -> None:
    found = []
    twins = {uri for uri in made if uri.endswith(".md.txt")}
    for uri in twins:
        text = made[uri]
        if (
            re.search(r"<(?!https?:)[a-z/][^>]*>", text)
            or "{:" in text
            or not text.startswith("# ")
        ):
            found.append(f"{uri}: {text[:80]!r}")
    assert_none(found)
    listed = re.findall(r"\]\((https://[^)]+)\)", made["llms.txt"])
    assert_none(
        link
        for link in listed
        if link.removeprefix(ADDRESS).removesuffix(".md") + ".md.txt" not in twins
    )
    sections = re.findall(r"^## (.+)$", made["llms.txt"], re.MULTILINE)
    lists = [index_title(kind.name) for kind in KINDS if kind.has_pages]
    assert set(sections) == {"Start here", "Good to know", *lists}
    twin = made["conditions/sciatica.md.txt"]
    assert "## All warning signs" in twin
    assert f"]({ADDRESS}signs/" in twin


def test_headers_let_others_in_and_frames_through(made: dict[str, str]) -> None:
    text = made["_headers"]
    assert "X-Frame-Options" not in text and "frame-ancestors" not in text
    for path in ("/embed/*", "/api/*", "/oembed/*", "/embed.js"):
        block = text.split(f"\n{path}\n")[1].split("\n/")[0]
        assert "Access-Control-Allow-Origin: *" in block


def test_a_file_that_is_cut_off_is_reported_once(tmp_path: Path) -> None:
    """The records that are gone are no news wherever they were named, or published."""
    data = sound_copy(tmp_path)
    path = data / "signs.yaml"
    text = path.read_text(encoding="utf-8")
    ids = re.findall(r"^([a-z-]+):$", text, re.M)
    (data / "published.txt").write_text("".join(f"signs/{id_}\n" for id_ in ids))
    path.write_text(text[: text.index(f"\n{ids[1]}:\n") + 1])
    [finding] = load_and_check(data, data.parent / "content").diagnostics
    assert finding.code == "records-gone"
    assert f"{len(ids) - 1} that were published are gone, among them `{ids[1]}`" in finding.message
