"""Every link of the built site arrives, and nothing is loaded from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from lxml.html import HtmlElement
from mkdocs.utils.yaml import yaml_load
from reading import Document, Pages, assert_none, file_at, walk, words
from small import ROOT

from generator import routes
from generator.library.library import Library
from generator.model.record import Reviewed

CONFIG: Final[dict[str, Any]] = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
SITE_URL: Final = str(CONFIG["site_url"])
NOT_FOUND: Final = "404.html"
MOST_NAV_LINKS: Final = 25


@pytest.fixture(scope="session")
def record_urls(library: Library) -> dict[str, str]:
    """Address -> id of every record with a page."""
    return {routes.page_url(kind.name, id_): id_ for id_, (kind, _) in library.pages.items()}


# Links and origins


def addresses(page: Document) -> Iterator[tuple[HtmlElement, str, str]]:
    """Every address in a page: its element, the attribute, and the address."""
    for element in walk(page.root):
        for name, value in element.attrib.items():
            if name == "srcset":
                for candidate in value.split(","):
                    yield element, name, candidate.split()[0]
            elif name in ("href", "src", "poster", "data", "action", "formaction", "xlink:href"):
                yield element, name, value
            elif name == "style":
                for address in css_addresses(value):
                    yield element, name, address
        if element.tag == "style":
            for address in css_addresses(words(element)):
                yield element, "url()", address


def css_addresses(text: str) -> Iterator[str]:
    for match in re.finditer(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", text):
        yield match[1] or match[2]


def stays_here(element: HtmlElement, address: str) -> bool:
    """Whether an address is on the site; a plain link to https may lead away, or dial a number."""
    is_ours = not re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE)
    is_link_away = element.tag == "a" and address.startswith(("https://", "tel:"))
    rel = element.get("rel", "").strip()
    is_reported = rel in ("canonical", "alternate") and address.startswith(SITE_URL)
    return is_ours or is_link_away or is_reported


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
    for select in page.root.iter("select"):
        for option in select.iter("option"):
            yield f"{select.get('data-key')}={option.get('value')}"


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
            elif target == routes.BUILDER and fragment.startswith(("1;", "make=")):
                continue  # Not a place on the page: its script adds exercises, or makes a plan.
            elif fragment and target in ids and fragment not in ids[target]:
                troubles.add(f"{url}: {name}={address} has no such place")
    assert_none(troubles)


def test_ids_that_elements_point_at_exist(pages: Pages) -> None:
    """Labels, popovers, filters and ARIA name elements of their own page."""
    pointers = ("for", "popovertarget", "aria-labelledby", "aria-describedby", "data-filter")
    troubles = [
        f"{url}: <{element.tag} {name}={element.attrib[name]}>"
        for url, page in pages.items()
        for ids in (set(page.ids),)
        for element in walk(page.article)
        for name in pointers
        if not set(element.get(name, "").split()) <= ids
    ]
    assert_none(troubles)


def test_controls_are_not_nested(pages: Pages) -> None:
    """No link, button or summary within another: neither could be pressed."""
    kinds = ("a", "button", "summary", "label")
    troubles = [
        f"{url}: <{inner.tag}> “{words(inner)}” within <{outer.tag}> “{words(outer)}”"
        for url, page in pages.items()
        for outer in page.article.iter(*kinds)
        for inner in outer.iter(*kinds)
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
        links = [a.attrib["href"] for a in pages[url].root.iter("a") if is_edit_link(a)]
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
        links = [a.attrib["href"] for a in page.root.iter("a") if is_edit_link(a)]
        if links != [base + uri]:
            troubles.append(f"{page.url}: {links}")
    assert_none(troubles)


def is_edit_link(link: HtmlElement) -> bool:
    return link.get("rel") == "edit"


def test_the_worklist_edits_the_line_of_each_record(pages: Pages, library: Library) -> None:
    base = f"{CONFIG['repo_url']}/edit/main/"
    hrefs = {a.get("href", "") for a in pages["worklist/"].article.iter("a")}
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
    primary = next(nav for nav in page.root.iter("nav") if "md-nav--primary" in nav.classes)
    contents = {a for nav in primary.find_class("md-nav--secondary") for a in nav.iter("a")}
    links = [a for a in primary.find_class("md-nav__link") if a.tag == "a" and a not in contents]
    return sorted({page.resolve(a.attrib["href"]) for a in links})


def test_addresses_resolve_as_a_browser_does() -> None:
    """The reader's own arithmetic, on which every test above rests."""
    page = Document("signs/calf-pop/", HtmlElement(""), ())
    assert page.resolve("../../exercises/plank/") == "exercises/plank/"
    assert page.resolve("#sources") == "signs/calf-pop/#sources"
    assert page.resolve("../..") == ""
    assert page.resolve("https://doi.org/10") == "https://doi.org/10"
