"""JSON-LD of every page against schema.org's own types, domains and ranges."""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Final

import pytest
from reading import assert_none
from small import ROOT

from generator.exports.linked_data import linked_data
from generator.library.library import Library
from generator.library.review import signature
from generator.library.site import Site
from generator.pages.pages import record_page

VOCABULARY: Final = ROOT / "tests" / "schema-org"
TEXTS: Final = {"Text", "URL", "Date", "DateTime", "Number", "Integer", "Boolean"}
Json = dict[str, Any]
KINDS: Final = ("conditions", "signs", "exercises", "programmes", "regions", "causes",
                "treatments", "references")  # fmt: skip
WAY: Final = [("conditions/", "Conditions")]


@cache
def parents() -> Mapping[str, tuple[str, ...]]:
    with (VOCABULARY / "types.csv").open(encoding="utf-8") as file:
        return {row["type"]: tuple(row["subTypeOf"].split()) for row in csv.DictReader(file)}


@cache
def properties() -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    with (VOCABULARY / "properties.csv").open(encoding="utf-8") as file:
        return {
            row["property"]: (
                frozenset(row["domainIncludes"].split()),
                frozenset(row["rangeIncludes"].split()),
            )
            for row in csv.DictReader(file)
        }


@cache
def lineage(type_: str) -> frozenset[str]:
    """The type and all that it is a kind of."""
    return frozenset({type_}).union(*(lineage(parent) for parent in parents().get(type_, ())))


def troubles(node: Json, by_id: Mapping[str, Json], where: str) -> Iterator[str]:
    """What schema.org would not have: unknown words, wrong domains, wrong ranges."""
    types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
    for type_ in types:
        if type_ not in parents():
            yield f"{where}: there is no type {type_}"
    all_types = frozenset().union(*(lineage(type_) for type_ in types))
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in properties():
            yield f"{where}: there is no property {name}"
            continue
        domain, range_ = properties()[name]
        if not domain & all_types:
            yield f"{where}: {name} is not for {types}"
        for item in value if isinstance(value, list) else [value]:
            yield from range_troubles(name, item, range_, by_id, where)


def range_troubles(
    name: str, item: object, range_: frozenset[str], by_id: Mapping[str, Json], where: str
) -> Iterator[str]:
    if isinstance(item, dict):
        known = item if "@type" in item else by_id.get(item["@id"], {})
        if "@type" not in known:
            yield f"{where}: {name} leads nowhere"
            return
        if known is item:
            yield from troubles(item, by_id, f"{where}/{name}")
        types = known["@type"] if isinstance(known["@type"], list) else [known["@type"]]
        if not range_ & frozenset().union(*(lineage(type_) for type_ in types)):
            yield f"{where}: {name} may not be {types}"
    elif isinstance(item, bool):
        if "Boolean" not in range_:
            yield f"{where}: {name} may not be true or false"
    elif isinstance(item, int):
        if not range_ & {"Number", "Integer"}:
            yield f"{where}: {name} may not be a number"
    elif isinstance(item, str):
        # schema.org's data model takes an address for any thing that it names.
        is_address = bool(re.fullmatch(r"https://\S+", item))
        is_date = bool(re.fullmatch(r"\d{4}(-\d\d-\d\d)?", item))
        fits = "Text" in range_ or (is_address and range_ - TEXTS | {"URL"} & range_)
        if not (fits or (is_date and "Date" in range_)):
            yield f"{where}: {name} may not be the text {item[:40]!r}"
    else:
        yield f"{where}: {name} holds {type(item).__name__}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_keeps_to_the_vocabulary(library: Library, kind: str) -> None:
    found = []
    for record in library.of_kind(kind).values():
        graph = linked_data(library, "https://site.example/", kind, record, "About it.", WAY)
        by_id = {node["@id"]: node for node in graph["@graph"]}
        for node in graph["@graph"]:
            found += troubles(node, by_id, record.id)
    assert_none(found)


@pytest.mark.parametrize("kind", KINDS)
def test_the_way_to_a_page_is_the_one_that_it_shows(site: Site, kind: str) -> None:
    record = next(iter(site.library.of_kind(kind).values()))
    text = str(record_page(replace(site, address="https://site.example/"), kind, record).content)
    crumbs = text.split('<nav class="sg-crumbs"', 1)[1].split("</nav>", 1)[0]
    shown = [html.unescape(name) for name in re.findall(r"<a [^>]*>(.*?)</a>", crumbs)]
    line = re.search(r'^linked_data: (".*")$', text, re.MULTILINE)
    assert line
    graph = json.loads(json.loads(line[1]))["@graph"]
    steps = next(node for node in graph if node["@type"] == "BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in steps] == [*shown, record.name]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))


def test_a_signature_is_reported(library: Library) -> None:
    condition = library.conditions["sciatica"]
    signed = replace(
        condition,
        review=signature(
            condition,
            library,
            by="A. Clinician",
            registration="Register 1",
            on=date(2026, 12, 1),
        ),
    )
    graph = linked_data(library, "https://site.example/", "conditions", signed, "About it.", WAY)
    page = graph["@graph"][0]
    assert page["lastReviewed"] == "2026-12-01"
    assert page["reviewedBy"]["name"] == "A. Clinician"
    assert_none(troubles(page, {node["@id"]: node for node in graph["@graph"]}, "signed"))


def test_the_judge_can_say_no() -> None:
    wrong = {"@type": "MedicalCondition", "@id": "x", "repetitions": 3, "madeUp": 1,
             "signOrSymptom": {"@type": "Person", "@id": "y"}}  # fmt: skip
    assert len(list(troubles(wrong, {}, "wrong"))) == 3
