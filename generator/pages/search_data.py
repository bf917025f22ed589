"""What search ranks: every page by its names and first words, and what lay words stand for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from generator import routes
from generator.exports.json_text import compact_json
from generator.library.library import Library
from generator.library.site import Site
from generator.model.condition import Condition
from generator.model.kinds import KIND_OF
from generator.model.record import Record
from generator.model.sign import Sign
from generator.model.vocabulary import LayWords
from generator.outputs import Output
from generator.pages import spots
from generator.pages.environment import kind_name
from generator.pages.numbers import numbers_of, plain_numbers
from generator.pages.pages import text_of_record
from generator.pages.template_functions import description_of
from generator.reading.articles import Article

NOT_SEARCHED: Final = frozenset(("references",))
"""Kinds that nobody looks for in words of their own."""
TEXT_LETTERS: Final = 360
_FRONT: Final = re.compile(r"^(title|description): (.+)$", re.MULTILINE)
_HEADING: Final = re.compile(r"^## (.+?)(?: \{: #[a-z0-9-]+ \})?$", re.MULTILINE)
_EXCLUDED: Final = "\n  exclude: true"


def search_data(site: Site, pages: Sequence[Output]) -> Output:
    """One file that scripts load when a reader turns to search. `pages` are all generated pages."""
    others = [page for page in pages if not _is_record(page.uri)]
    return Output(routes.SEARCH_DATA, partial(_text, site, others))


def _is_record(uri: str) -> bool:
    kind, _, rest = uri.partition("/")
    return kind in KIND_OF and rest != "index.md"


def _text(site: Site, others: Sequence[Output]) -> str:
    library = site.library
    signs = {id_: number for number, id_ in enumerate(library.signs)}
    rows = [_row(site, kind.name, record, signs) for kind, record in _signs_first(library)]
    body = {
        "kinds": {kind: kind_name(kind) for kind, *_ in rows},
        "tiers": {care.id: care.name for care in library.care.values()},
        "actions": {
            care.id: plain_numbers(care.action, site.country) for care in library.care.values()
        },
        "pictures": _pictures(library),
        "regions": {region.id: region.name for region in library.regions.values()},
        "numbers": numbers_of(site.country),
        "layWords": {
            entry.id: [list(entry.regions), _larger(library, entry), entry.name, *entry.words]
            for entry in library.lay_words.values()
        },
        "misspellings": {
            word: label.name for word, label in library.vocabulary.get("misspellings", {}).items()
        },
        "pages": rows,
        "others": [*_generated(site, others), *map(_article, library.articles)],
    }
    return compact_json(body)


def _pictures(library: Library) -> dict[str, str]:
    """Kind -> the address of the picture of its records, with `{id}` in it."""
    found = {kind: routes.spot_uri(kind, "{id}") for kind in spots.KINDS}
    return {**found, "exercises": routes.figure_card_uri("{id}")} if library.motions else found


def _larger(library: Library, part: LayWords) -> list[str]:
    """Every part of the body that holds this one."""
    known: dict[str, None] = {}
    ahead = [*part.part_of]
    while ahead:
        id_ = ahead.pop(0)
        if id_ not in known:
            known[id_] = None
            ahead += library.lay_words[id_].part_of
    return [*known]


def _signs_first(library: Library) -> Iterator[tuple[Any, Record]]:
    """Every record with a page that is searched; signs first, because conditions count them."""
    searched = [
        (kind, record)
        for kind, record in library.all_records()
        if kind.has_pages and kind.name not in NOT_SEARCHED
    ]
    return iter(sorted(searched, key=lambda pair: pair[0].name != "signs"))


def _row(site: Site, kind: str, record: Record, signs: dict[str, int]) -> list[Any]:
    regions = [record.id] if kind == "regions" else [*getattr(record, "regions", ())]
    flag = record.red_flag if isinstance(record, Sign) else None
    listed = record.signs if isinstance(record, Condition) else ()
    return [
        kind,
        record.id,
        record.name,
        regions,
        _cut(description_of(site, text_of_record(kind, record)) + _pattern(record)),
        list(record.aliases),
        list(flag.told_by) if flag else [],
        [flag.tier, plain_numbers(flag.action, site.country)] if flag else None,
        [[signs[edge.sign], edge.typicality] for edge in listed],
    ]


def _pattern(record: Record) -> str:
    if not isinstance(record, Condition):
        return ""
    pattern = record.pattern
    return f" {pattern.place}. {pattern.onset}. {pattern.brought_on_by}. {pattern.over_the_day}."


def _generated(site: Site, pages: Sequence[Output]) -> Iterator[list[Any]]:
    for page in pages:
        text = site.text_of(page)
        front, _, body = text.partition("\n---\n")
        if _EXCLUDED in front or not page.uri.endswith(".md"):
            continue
        said = {name: _plain(value) for name, value in _FRONT.findall(front)}
        headings = [_tagless(heading) for heading in _HEADING.findall(body)]
        yield [_url(page.uri), said.get("title", ""), said.get("description", ""), headings]


def _article(article: Article) -> list[Any]:
    return [article.url, article.title, article.description, _HEADING.findall(article.text)]


def _plain(value: str) -> str:
    return str(json.loads(value)) if value.startswith('"') else value


def _tagless(heading: str) -> str:
    return re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), heading)


def _url(uri: str) -> str:
    """The address of a page's source.

    >>> _url("index.md"), _url("signs/index.md"), _url("find.md")
    ('', 'signs/', 'find/')
    """
    stem = uri.removesuffix(".md")
    return stem.removesuffix("index") if stem.endswith("index") else f"{stem}/"


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_LETTERS else text[:TEXT_LETTERS].rpartition(" ")[0]
