"""The built HTML, read file by file: links, headings, red flags, edit links, navigation."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import pytest
from reading import Pages, assert_none, walk, words

from generator import routes
from generator.library.library import Library
from generator.library.red_flags import red_flags
from generator.library.review import review_status
from generator.model.record import Reviewed

NOT_FOUND: Final = "404.html"

ABOUT_SYNTAX: Final = (routes.FIELDS, routes.CODES)
"""Pages that tell contributors how mentions are written."""


@pytest.fixture(scope="session")
def record_urls(library: Library) -> dict[str, str]:
    """Address -> id of every record with a page."""
    return {routes.page_url(kind.name, id_): id_ for id_, (kind, _) in library.pages.items()}


def test_each_record_has_its_page(pages: Pages, record_urls: dict[str, str]) -> None:
    assert_none(set(record_urls) - set(pages))


def test_tags_pair(pages: Pages) -> None:
    troubles = [f"{url}: {page.unbalanced[0]}" for url, page in pages.items() if page.unbalanced]
    assert_none(troubles)


def test_nothing_of_a_template_is_left_over(pages: Pages) -> None:
    """Neither Jinja, nor a mention that no page answers, nor Markdown inside HTML."""
    marks = re.compile(r"\[\[|\]\]|\{\{|\{%|\{: ?#|\*\*|\{emergency\}|\{advice\}")
    troubles = [
        f"{url}: {found[0]} in “{text[max(0, found.start() - 40) : found.end() + 40]}”"
        for url, page in pages.items()
        for text in (words(page.article),)
        if url not in ABOUT_SYNTAX and (found := marks.search(text))
    ]
    assert_none(troubles)


def test_descriptions_are_plain_text(pages: Pages) -> None:
    assert_none(
        f"{url}: {meta.attrib['content']}"
        for url, page in pages.items()
        for meta in page.root.iter("meta")
        if meta.get("name") == "description"
        and re.search(r"[*<>\[\]{}&]", meta.attrib["content"].replace(" & ", " and "))
    )


def test_sentences_end_once(pages: Pages) -> None:
    """A title that ends in a question mark takes no full stop."""
    assert_none(
        f"{url}: …{found[0]}"
        for url, page in pages.items()
        if (found := re.search(r".{0,40}[?!.]\.(?= |$)", words(page.article)))
    )


def test_ids_are_unique_in_a_page(pages: Pages) -> None:
    troubles = [
        f"{url}: {id_} × {times}"
        for url, page in pages.items()
        for id_, times in Counter(page.ids).items()
        if times > 1
    ]
    assert_none(troubles)


# What every page owes its reader


def test_each_page_has_a_title_and_a_description_of_its_own(pages: Pages) -> None:
    first: dict[str, str] = {}
    troubles = []
    for url, page in pages.items():
        if url == NOT_FOUND:
            continue
        descriptions = [
            meta.attrib["content"]
            for meta in page.root.iter("meta")
            if meta.get("name") == "description"
        ]
        titles = [words(title) for title in page.root.find("head").iter("title")]
        for what, values in (("title", titles), ("description", descriptions)):
            if len(values) != 1 or not values[0].strip():
                troubles.append(f"{url}: {what}s {values}")
                continue
            other = first.setdefault(f"{what} {values[0]}", url)
            if other != url:
                troubles.append(f"{url}: the {what} of {other or 'home'}: {values[0]}")
    assert_none(troubles)


def test_headings_form_an_outline(pages: Pages) -> None:
    """One `h1`, which comes first, and no level left out on the way down."""
    troubles = []
    for url, page in pages.items():
        levels = [int(heading.tag[1]) for heading in page.headings]
        if levels.count(1) != 1 or levels[0] != 1:
            troubles.append(f"{url}: levels {levels[:8]}")
        troubles += [
            f"{url}: h{level} “{words(heading)}” follows h{above}"
            for above, level, heading in zip(levels, levels[1:], page.headings[1:], strict=False)
            if level > above + 1
        ]
        troubles += [f"{url}: empty {h.tag}" for h in page.headings if not words(h)]
    assert_none(troubles)


def test_the_skip_link_leads_to_the_top_of_the_content(pages: Pages) -> None:
    """It is there, and nothing of the content lies before its target: neither `h1` nor answer."""
    troubles = []
    for url, page in pages.items():
        order = [(e.tag, e.get("id", "")) for e in walk(page.root)]
        heading = next(i for i, (tag, _) in enumerate(order) if tag == "h1")
        targets = [a.attrib["href"] for a in page.root.find_class("md-skip")]
        at = [i for i, (_, id_) in enumerate(order) if id_ and targets == [f"#{id_}"]]
        if url != NOT_FOUND and (not at or at[0] > heading):
            troubles.append(f"{url}: {targets}")
    assert_none(troubles)


def test_red_flags_come_first(pages: Pages, library: Library) -> None:
    """Before the first section of each condition, sign, exercise, programme and region.

    A sign that is itself a red flag says first what to do; one without any shows none.
    """
    troubles = []
    for kind in ("conditions", "signs", "exercises", "programmes", "regions"):
        for id_, record in library.of_kind(kind).items():
            page = pages[routes.page_url(kind, id_)]
            expected = ["red-flags"]
            if sign := library.signs.get(id_):
                others = [s for s in red_flags(library, sign) if s is not sign]
                expected = (["act"] if sign.red_flag else []) + (["red-flags"] if others else [])
            places = [(e.get("id"), e.tag) for e in page.article.iter("h2", "div")]
            first = [id_ for id_, tag in places if id_ in ("act", "red-flags") or tag == "h2"]
            first = [id_ for id_ in first if id_ != "warning-signs"]
            if first[: len(expected)] != expected:
                troubles.append(f"{page.url}: {first[:3]} instead of {expected}, {record.name}")
            if "red-flags" in expected and not page.links(page.section("red-flags")):
                troubles.append(f"{page.url}: no red flag in its section")
    assert_none(troubles)


def test_each_red_flag_of_a_condition_is_on_its_page(pages: Pages, library: Library) -> None:
    """Its own, and those of its regions and its tissue."""
    troubles = []
    for id_, condition in library.conditions.items():
        page = pages[routes.page_url("conditions", id_)]
        shown = page.links(page.section("red-flags"))
        calls = [link for link in shown if link.startswith("tel:")]
        shown = [link for link in shown if link not in calls]
        wanted = [routes.page_url("signs", flag.id) for flag in red_flags(library, condition)]
        if shown != wanted:
            troubles.append(f"{page.url}: {sorted(set(wanted) ^ set(shown)) or 'order'}")
    assert_none(troubles)


def test_what_can_wait_stands_below_every_red_flag(pages: Pages, library: Library) -> None:
    headings = [h.get("id") for h in pages["get-help/"].article.iter("h2")]
    assert headings[:4] == list(library.care)
    waits = " ".join(library.care["self-care"].action.split())
    assert waits in words(pages["get-help/"].section("self-care"))


def test_each_page_says_whether_it_was_reviewed(pages: Pages, library: Library) -> None:
    starts = {
        "draft": "Not yet clinically reviewed",
        "signed": "Reviewed by ",
        "changed": "Changed since ",
    }
    troubles = []
    for kind, record in library.all_records():
        if kind.has_pages and isinstance(record, Reviewed):
            page = pages[routes.page_url(kind.name, record.id)]
            lines = [words(p) for p in page.article.find_class("sg-review") if p.tag == "p"]
            state = review_status(record, library).state
            if len(lines) != 1 or not lines[0].startswith(starts[state]):
                troubles.append(f"{page.url}: {lines}")
            elif "not a diagnosis" not in lines[0]:
                troubles.append(f"{page.url}: does not say that it is no diagnosis")
    assert_none(troubles)
