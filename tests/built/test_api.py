"""The JSON API of the built site: form, order, addresses, and links that agree both ways."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from reading import assert_none, file_at, read_page
from small import ROOT

from generator import routes
from generator.exports.api_links import SECTIONS
from generator.library.library import Library
from generator.library.review import review_status
from generator.library.site import Site
from generator.model.kinds import KINDS
from generator.model.record import Reviewed
from generator.model.sign import TIERS
from generator.pages.template_functions import description_of

Json = dict[str, Any]
Api = Mapping[str, Json]

SITE_URL: Final = "https://strideguide.example/"
LINK_ROWS: Final = ("links_from_here", "links_to_here")


@pytest.fixture(scope="session")
def texts(site_dir: Path) -> dict[str, str]:
    """The text of each document by its site-relative address."""
    paths = sorted((site_dir / routes.API_ROOT).rglob("*.json"))
    paths = [path for path in paths if path.parent.name != "schema"]
    return {p.relative_to(site_dir).as_posix(): p.read_text(encoding="utf-8") for p in paths}


@pytest.fixture(scope="session")
def api(texts: dict[str, str]) -> Api:
    """Each document, parsed."""
    return {uri: json.loads(text) for uri, text in texts.items()}


@pytest.fixture(scope="session")
def records(api: Api) -> Api:
    """The documents of single records."""
    return {uri: body for uri, body in api.items() if "fields" in body}


def test_each_kind_and_record_has_a_document(api: Api, library: Library) -> None:
    wanted = {routes.api_index_uri(), *(routes.api_kind_uri(kind.name) for kind in KINDS)}
    wanted |= {routes.api_record_uri(kind.name, r.id) for kind, r in library.all_records()}
    assert_none(wanted ^ set(api))


def test_documents_are_laid_out_alike(texts: dict[str, str], api: Api) -> None:
    """Plain letters, one blank for each level, one line end; and the version in each."""
    assert_none(
        uri
        for uri, text in texts.items()
        if text != json.dumps(api[uri], ensure_ascii=False, indent=1) + "\n"
        or api[uri]["api_version"] != routes.API_VERSION
    )


def test_lists_are_sorted(api: Api, library: Library) -> None:
    def sorted_by(rows: list[Json], *names: str) -> bool:
        keys = [tuple(row[name] for name in names) for row in rows]
        return keys == sorted(keys)

    troubles = [
        f"{uri}: {name}"
        for uri, body in api.items()
        for name in LINK_ROWS
        if not sorted_by(body.get(name, []), "kind", "id", "field")
    ]
    index = api[routes.api_index_uri()]
    if not sorted_by(index["records"], "kind", "id"):
        troubles.append("index: records")
    for kind in KINDS:
        if not sorted_by(api[routes.api_kind_uri(kind.name)]["records"], "id"):
            troubles.append(f"{kind.name}: records")
    assert_none(troubles)
    assert [row["kind"] for row in index["kinds"]] == [kind.name for kind in KINDS]
    assert list(index["vocabulary"]) == list(library.vocabulary)


def test_a_record_reads_the_same_in_each_document(api: Api, records: Api) -> None:
    """In the index, in the list of its kind, and in its own document."""
    in_index = {row["api"]: row for row in api[routes.api_index_uri()]["records"]}
    in_lists = {
        row["api"]: row for kind in KINDS for row in api[routes.api_kind_uri(kind.name)]["records"]
    }
    assert in_index == in_lists
    assert set(in_index) == set(records)
    assert_none(
        f"{uri}: {name}"
        for uri, row in in_index.items()
        for name, value in row.items()
        if records[uri][name] != value
    )


NOT_FOR_THE_PAGE: Final = ("review", "registered", "figure", "red_flag.told_by", "red_flag.short")
"""Fields that the record's own page says in another way: told_by is for search, short for lists."""


def test_each_fact_is_on_the_page(records: Api, library: Library, site_dir: Path) -> None:
    """Every sentence of a record's document, folded or not, is in the HTML of its page."""
    site = Site(library, library.countries["ca"])
    missing = []
    for body in records.values():
        if "url" not in body:
            continue
        article = read_page(site_dir, file_at(site_dir, body["url"])).article
        for aside in article.xpath(".//*[@popover]|.//*[contains(@class, 'sg-cite')]"):
            aside.drop_tree()
        shown = letters("".join(article.itertext()))
        missing += [
            f"{body['id']}: {path}: {sentence}"
            for path, text in sentences(body["fields"])
            if not path.startswith(NOT_FOR_THE_PAGE)
            for sentence in re.split(r"(?<=[.?!:;])\s", description_of(site, text))
            if letters(sentence) not in shown
        ]
    assert_none(missing)


def letters(text: str) -> str:
    """Its letters and digits alone: marks around words are the page's own."""
    return re.sub(r"[\W_]+", "", text).lower()


def sentences(fields: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Each text of more than one word, with the names of the fields that it is in."""
    if isinstance(fields, dict):
        for name, value in fields.items():
            yield from sentences(value, f"{path}.{name}" if path else name)
    elif isinstance(fields, list):
        for value in fields:
            yield from sentences(value, path)
    elif isinstance(fields, str) and " " in fields:
        yield path, fields


def values(body: object, matches: Callable[[str], bool]) -> Iterator[str]:
    """The texts under these names, at any depth."""
    if isinstance(body, dict):
        for name, value in body.items():
            if matches(name) and isinstance(value, str):
                yield value
            else:
                yield from values(value, matches)
    elif isinstance(body, list):
        for item in body:
            yield from values(item, matches)


def test_addresses_exist(api: Api, site_dir: Path) -> None:
    """Every address, but for that of a published source, leads to a file."""
    troubles = set()
    for uri, body in api.items():
        ours = {name: value for name, value in body.items() if name not in ("fields", "addresses")}
        found = set(values(ours, lambda name: name in ("api", "url")))
        for address in values(body.get("addresses", {}), lambda name: name != "id"):
            assert address.startswith(SITE_URL), f"{uri}: {address}"
            found.add(address.removeprefix(SITE_URL).partition("#")[0])
        found |= {body[n].removeprefix(SITE_URL) for n in ("figure", "figure_card") if n in body}
        troubles |= {f"{uri}: {a}" for a in found if not file_at(site_dir, a).is_file()}
    assert_none(troubles)


@pytest.mark.parametrize("kind", SECTIONS)
def test_sections_are_those_that_every_page_has(
    kind: str, records: Api, library: Library, site_dir: Path
) -> None:
    common: list[str] | None = None
    for id_ in library.of_kind(kind):
        url = routes.page_url(kind, id_)
        page = read_page(site_dir, site_dir / url / "index.html")
        ids = page.ids
        common = [found for found in common if found in ids] if common is not None else ids
        listed = records[routes.api_record_uri(kind, id_)]["addresses"]["sections"]
        assert [row["url"] for row in listed] == [f"{SITE_URL}{url}#{row['id']}" for row in listed]
    assert [found for found in common or () if found in SECTIONS[kind]] == list(SECTIONS[kind])


def test_each_record_with_a_page_says_its_review(records: Api, library: Library) -> None:
    for kind, record in library.all_records():
        body = records[routes.api_record_uri(kind.name, record.id)]
        assert ("review" in body) == isinstance(record, Reviewed)
        if isinstance(record, Reviewed):
            assert body["review"]["state"] == review_status(record, library).state


def test_links_agree_both_ways(records: Api) -> None:
    """A record that links to another is among the links to it, by the same field and facts."""

    def row(start: Json, end: Json, link: Json) -> tuple[str, ...]:
        facts = json.dumps(link.get("facts"), sort_keys=True)
        return (start["kind"], start["id"], end["kind"], end["id"], link["field"], facts)

    outward = {row(body, k, k) for body in records.values() for k in body["links_from_here"]}
    inward = {row(k, body, k) for body in records.values() for k in body["links_to_here"]}
    assert len(outward) > len(records)
    assert_none(f"only links_from_here: {row}" for row in outward - inward)
    assert_none(f"only links_to_here: {row}" for row in inward - outward)


def test_links_show_the_name_and_address_of_the_other_record(records: Api) -> None:
    by_key = {(body["kind"], body["id"]): body for body in records.values()}
    assert_none(
        f"{uri}: {name}: {link['id']}"
        for uri, body in records.items()
        for name in LINK_ROWS
        for link in body[name]
        for other in (by_key[link["kind"], link["id"]],)
        if (link["name"], link.get("url")) != (other["name"], other.get("url"))
    )


def test_links_hold_every_id_that_the_fields_name(records: Api) -> None:
    """A client may follow the links alone."""
    names = {"signs": "sign", "causes": "cause", "treatments": "treatment"}
    troubles = []
    for uri, body in records.items():
        if body["kind"] == "conditions":
            linked = {(link["kind"], link["id"]) for link in body["links_from_here"]}
            wanted = {(k, e[name]) for k, name in names.items() for e in body["fields"][k]}
            for stage in body["fields"]["stages"]:
                wanted |= {("exercises", row["exercise"]) for row in stage["exercises"]}
            troubles += [f"{uri}: {key}" for key in wanted - linked]
    assert_none(troubles)


def test_red_flags_are_reported_most_urgent_first(records: Api) -> None:
    """Conditions and exercises carry them, so that no client has to put them together."""
    troubles = []
    for uri, body in records.items():
        if body["kind"] not in ("conditions", "exercises"):
            continue
        flags = body.get("red_flags", [])
        tiers = [TIERS.index(flag["tier"]) for flag in flags]
        if not flags or tiers != sorted(tiers):
            troubles.append(f"{uri}: {tiers}")
        troubles += [
            f"{uri}: {flag['id']}"
            for flag in flags
            if routes.api_record_uri("signs", flag["id"]) not in records
            or not (flag["name"] and flag["action"])
        ]
    assert_none(troubles)


def test_articles_are_listed(api: Api, library: Library) -> None:
    listed = api[routes.api_index_uri()]["articles"]
    assert [row["url"] for row in listed] == [article.url for article in library.articles]
    assert all(row["name"] for row in listed)


# Names


@pytest.mark.parametrize(
    "kind",
    [
        "conditions",
        "signs",
        "exercises",
        "exercise_groups",
        "regions",
        "runner_levels",
        "topics",
        "causes_named",
        "treatments_named",
    ],
)
def test_all_that_the_first_article_names_is_there(kind: str, site_dir: Path) -> None:
    """Found by a name or alias, in the API alone. `entities.yaml` lists what the article names."""
    entities = yaml.safe_load((ROOT / "tests/entities.yaml").read_text(encoding="utf-8"))
    index = json.loads((site_dir / "api" / "v1" / "index.json").read_text(encoding="utf-8"))
    known = {name.casefold() for name in names_in(index, kind)}
    missing = []
    for entry in entities[kind]:
        names = entry["any_of"] if isinstance(entry, dict) else [entry.partition(" (")[0]]
        if not any(name.casefold() in known for name in names):
            missing.append(names[0])
    assert_none(missing)


def names_in(index: dict[str, Any], kind: str) -> Iterator[str]:
    """Every name of a kind of entity, as the API's index has it."""
    if kind == "topics":
        yield from (article["name"] for article in index["articles"])
    elif kind == "runner_levels":
        yield from (level["name"] for level in index["vocabulary"]["runner-levels"])
    else:
        kinds = {
            "exercise_groups": "groups",
            "causes_named": "causes",
            "treatments_named": "treatments",
        }
        for record in index["records"]:
            if record["kind"] == kinds.get(kind, kind):
                yield from (record["name"], *record["aliases"])
