"""The built HTML, read file by file: links, headings, red flags, edit links, navigation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from mkdocs.utils.yaml import yaml_load
from reading import Document, Element, Pages, assert_none, file_at

from generator import routes
from generator.library.library import Library
from generator.library.red_flags import red_flags
from generator.library.review import review_status
from generator.model.record import Reviewed

ROOT: Final = Path(__file__).parent.parent
CONFIG: Final[dict[str, Any]] = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
SITE_URL: Final = str(CONFIG["site_url"])
NOT_FOUND: Final = "404.html"
MOST_NAV_LINKS: Final = 25

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
        f"{url}: {found[0]} in “{page.article.text[max(0, found.start() - 40) : found.end() + 40]}”"
        for url, page in pages.items()
        if url not in ABOUT_SYNTAX and (found := marks.search(page.article.text))
    ]
    assert_none(troubles)


def test_descriptions_are_plain_text(pages: Pages) -> None:
    assert_none(
        f"{url}: {meta.attributes['content']}"
        for url, page in pages.items()
        for meta in page.root.all("meta")
        if meta.attributes.get("name") == "description"
        and re.search(r"[*<>\[\]{}&]", meta.attributes["content"].replace(" & ", " and "))
    )


def test_sentences_end_once(pages: Pages) -> None:
    """A title that ends in a question mark takes no full stop."""
    assert_none(
        f"{url}: …{found[0]}"
        for url, page in pages.items()
        if (found := re.search(r".{0,40}[?!.]\.(?= |$)", page.article.text))
    )


def test_ids_are_unique_in_a_page(pages: Pages) -> None:
    troubles = [
        f"{url}: {id_} × {times}"
        for url, page in pages.items()
        for id_, times in Counter(page.ids).items()
        if times > 1
    ]
    assert_none(troubles)


# Links and origins


def addresses(page: Document) -> Iterator[tuple[Element, str, str]]:
    """Every address in a page: its element, the attribute, and the address."""
    for element in page.root.walk():
        for name, value in element.attributes.items():
            if name == "srcset":
                for candidate in value.split(","):
                    yield element, name, candidate.split()[0]
            elif name in ("href", "src", "poster", "data", "action", "formaction", "xlink:href"):
                yield element, name, value
            elif name == "style":
                for address in css_addresses(value):
                    yield element, name, address
        if element.tag == "style":
            for address in css_addresses(element.text):
                yield element, "url()", address


def css_addresses(text: str) -> Iterator[str]:
    for match in re.finditer(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", text):
        yield match[1] or match[2]


def stays_here(element: Element, address: str) -> bool:
    """Whether an address is on the site; a plain link to https may lead away, or dial a number."""
    is_ours = not re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE)
    is_link_away = element.tag == "a" and address.startswith(("https://", "tel:"))
    rel = element.attributes.get("rel", "").strip()
    is_told = rel in ("canonical", "alternate") and address.startswith(SITE_URL)
    return is_ours or is_link_away or is_told


def test_nothing_is_loaded_from_elsewhere(pages: Pages) -> None:
    troubles = {
        f"{url}: <{element.tag} {name}={address}>"
        for url, page in pages.items()
        for element, name, address in addresses(page)
        if not stays_here(element, address)
    }
    assert_none(troubles)


def test_style_sheets_load_nothing_from_elsewhere(site_dir: Path) -> None:
    troubles = [
        f"{path.relative_to(site_dir)}: {address[:80]}"
        for path in sorted(site_dir.rglob("*.css"))
        for address in css_addresses(path.read_text(encoding="utf-8"))
        if not address.startswith(("data:", "#"))
        and not (path.parent / address.partition("#")[0].partition("?")[0]).is_file()
    ]
    assert_none(troubles)


def choices(page: Document) -> Iterator[str]:
    """What may be picked in the page's filters, as fragments say it."""
    for select in page.root.all("select"):
        for option in select.all("option"):
            yield f"{select.attributes.get('data-key')}={option.attributes.get('value')}"


def test_internal_links_arrive(pages: Pages, site_dir: Path) -> None:
    """Each address leads to a file that is there, each fragment to an id or a choice there."""
    ids = {url: {*page.ids, *choices(page)} for url, page in pages.items()}
    exists: dict[str, bool] = {}
    troubles = set()
    for url, page in pages.items():
        for _, name, address in addresses(page):
            target, _, fragment = page.resolve(address).partition("#")
            target = target.removeprefix(SITE_URL)
            if re.match(r"[a-z]+:", target):
                continue
            if target not in exists:
                exists[target] = file_at(site_dir, target).is_file()
            if not exists[target]:
                troubles.add(f"{url}: {name}={address} leads nowhere")
            elif target == routes.BUILDER and fragment.startswith("1;"):
                continue  # Not a place on the page, but an exercise that its script adds.
            elif fragment and target in ids and fragment not in ids[target]:
                troubles.add(f"{url}: {name}={address} has no such place")
    assert_none(troubles)


def test_ids_that_elements_point_at_exist(pages: Pages) -> None:
    """Labels, popovers, filters and ARIA name elements of their own page."""
    pointers = ("for", "popovertarget", "aria-labelledby", "aria-describedby", "data-filter")
    troubles = [
        f"{url}: <{element.tag} {name}={element.attributes[name]}>"
        for url, page in pages.items()
        for ids in (set(page.ids),)
        for element in page.article.walk()
        for name in pointers
        if not set(element.attributes.get(name, "").split()) <= ids
    ]
    assert_none(troubles)


def test_controls_are_not_nested(pages: Pages) -> None:
    """No link, button or summary within another: neither could be pressed."""
    kinds = ("a", "button", "summary", "label")
    troubles = [
        f"{url}: <{inner.tag}> “{inner.text}” within <{outer.tag}> “{outer.text}”"
        for url, page in pages.items()
        for outer in page.article.all(*kinds)
        for inner in outer.all(*kinds)
        if inner is not outer
    ]
    assert_none(troubles)


def test_no_page_is_an_orphan(pages: Pages) -> None:
    """Somewhere another page links to it."""
    linked = {
        target for url, page in pages.items() for target in page.links(page.root) if target != url
    }
    assert_none(set(pages) - linked - {NOT_FOUND})


def test_the_sitemap_has_each_page(pages: Pages, site_dir: Path) -> None:
    sitemap = (site_dir / "sitemap.xml").read_text(encoding="utf-8")
    listed = re.findall(r"<loc>(.*?)</loc>", sitemap)
    assert sorted(listed) == sorted(SITE_URL + url for url in pages if url != NOT_FOUND)


@pytest.mark.parametrize("page", ["404.html", "offline.html"])
def test_what_is_no_page_of_the_site_is_in_no_index(page: str, site_dir: Path) -> None:
    text = (site_dir / page).read_text(encoding="utf-8")
    assert re.search(r'<meta name="?robots"? content="?noindex"?', text)


# What every page owes its reader


def test_each_page_has_a_title_and_a_description_of_its_own(pages: Pages) -> None:
    first: dict[str, str] = {}
    troubles = []
    for url, page in pages.items():
        if url == NOT_FOUND:
            continue
        descriptions = [
            meta.attributes["content"]
            for meta in page.root.all("meta")
            if meta.attributes.get("name") == "description"
        ]
        titles = [title.text for title in page.root.all("head")[0].all("title")]
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
            f"{url}: h{level} “{heading.text}” follows h{above}"
            for above, level, heading in zip(levels, levels[1:], page.headings[1:], strict=False)
            if level > above + 1
        ]
        troubles += [f"{url}: empty {h.tag}" for h in page.headings if not h.text]
    assert_none(troubles)


def test_the_skip_link_leads_to_the_top_of_the_content(pages: Pages) -> None:
    """It is there, and nothing of the content lies before its target: neither `h1` nor answer."""
    troubles = []
    for url, page in pages.items():
        order = [(e.tag, e.attributes.get("id", "")) for e in page.root.walk()]
        heading = next(i for i, (tag, _) in enumerate(order) if tag == "h1")
        targets = [a.attributes["href"] for a in page.root.all("a", css_class="md-skip")]
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
            places = [(e.attributes.get("id"), e) for e in page.article.walk()]
            first = [id_ for id_, e in places if id_ and (e.tag == "h2" or id_ == "red-flags")]
            if first[: len(expected)] != expected:
                troubles.append(f"{page.url}: {first[:3]} instead of {expected}, {record.name}")
            shown = next((e for id_, e in places if id_ == "red-flags"), None)
            if "red-flags" in expected and not (shown and page.links(shown)):
                troubles.append(f"{page.url}: no red flag in its cards")
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
    headings = [h.attributes.get("id") for h in pages["get-help/"].article.all("h2")]
    assert headings[:4] == list(library.care)
    waits = " ".join(library.care["self-care"].action.split())
    assert waits in " ".join(pages["get-help/"].section("self-care").text.split())


def test_each_page_says_whether_it_was_reviewed(pages: Pages, library: Library) -> None:
    words = {
        "draft": "Not yet clinically reviewed",
        "signed": "Reviewed by ",
        "changed": "Changed since ",
    }
    troubles = []
    for kind, record in library.all_records():
        if kind.has_pages and isinstance(record, Reviewed):
            page = pages[routes.page_url(kind.name, record.id)]
            lines = [p.text for p in page.article.all("p", css_class="sg-review")]
            state = review_status(record, library).state
            if len(lines) != 1 or not lines[0].startswith(words[state]):
                troubles.append(f"{page.url}: {lines}")
            elif "not a diagnosis" not in lines[0]:
                troubles.append(f"{page.url}: does not say that it is no diagnosis")
    assert_none(troubles)


# Edit links and navigation


def test_edit_links_lead_to_the_line_of_the_record(
    pages: Pages, record_urls: dict[str, str]
) -> None:
    base = f"{CONFIG['repo_url']}/edit/main/"
    lines = {
        f"data/{path.name}": path.read_text(encoding="utf-8").splitlines()
        for path in (ROOT / "data").glob("*.yaml")
    }
    troubles = []
    for url, id_ in record_urls.items():
        links = [a.attributes["href"] for a in pages[url].article.all("a") if is_edit_link(a)]
        match = re.fullmatch(re.escape(base) + r"(data/[a-z-]+\.yaml)#L([1-9]\d*)", " ".join(links))
        file = match[1] if match else ""
        line = lines[file][int(match[2]) - 1] if match and file in lines else ""
        if file != f"data/{url.partition('/')[0]}.yaml" or not line.startswith(f"{id_}:"):
            troubles.append(f"{url}: {links} -> {line!r}")
    assert_none(troubles)


def test_articles_are_edited_where_they_were_written(pages: Pages) -> None:
    base = f"{CONFIG['repo_url']}/edit/main/content/"
    troubles = []
    for path in sorted((ROOT / "content").rglob("*.md")):
        uri = path.relative_to(ROOT / "content").as_posix()
        page = pages[uri.removesuffix(".md") + "/"]
        links = [a.attributes["href"] for a in page.article.all("a") if is_edit_link(a)]
        if links != [base + uri]:
            troubles.append(f"{page.url}: {links}")
    assert_none(troubles)


def is_edit_link(link: Element) -> bool:
    return link.attributes.get("rel") == "edit"


def test_the_worklist_edits_the_line_of_each_record(pages: Pages, library: Library) -> None:
    base = f"{CONFIG['repo_url']}/edit/main/"
    hrefs = {a.attributes.get("href", "") for a in pages["worklist/"].article.all("a")}
    places = [r.where() for _, r in library.all_records() if isinstance(r, Reviewed)]
    wanted = [f"{base}{place.path}#L{place.line}" for place in places]
    assert_none(href for href in wanted if href not in hrefs)


def test_the_navigation_is_small_and_the_same_everywhere(
    pages: Pages, record_urls: dict[str, str]
) -> None:
    """Generated pages stay out of it, however many there are."""
    seen: dict[tuple[str, ...], str] = {}
    for url, page in pages.items():
        if url != NOT_FOUND:
            seen.setdefault(tuple(nav_links(page)), url)
    assert len(seen) == 1, list(seen.values())[:5]
    links = next(iter(seen))
    assert 0 < len(links) <= MOST_NAV_LINKS
    assert [link for link in links if link in record_urls] == []


def nav_links(page: Document) -> list[str]:
    """Where the navigation leads, without the page's own table of contents."""
    primary = next(nav for nav in page.root.all("nav") if "md-nav--primary" in nav.classes)
    contents = {
        id(a) for nav in primary.all("nav", css_class="md-nav--secondary") for a in nav.all("a")
    }
    links = [a for a in primary.all("a", css_class="md-nav__link") if id(a) not in contents]
    return sorted({page.resolve(a.attributes["href"]) for a in links})


def test_addresses_resolve_as_a_browser_does() -> None:
    """The reader's own arithmetic, on which every test above rests."""
    page = Document("signs/calf-pop/", Element(""), ())
    assert page.resolve("../../exercises/plank/") == "exercises/plank/"
    assert page.resolve("#sources") == "signs/calf-pop/#sources"
    assert page.resolve("../..") == ""
    assert page.resolve("https://doi.org/10") == "https://doi.org/10"
