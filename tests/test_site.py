"""The built HTML, read file by file: links, headings, red flags, edit links, search, names."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from mkdocs.utils.yaml import yaml_load
from reading import Document, Element, assert_none, file_at, read_page

from generator import routes
from generator.library import Library
from generator.model.record import Reviewed
from generator.review import review_status

ROOT: Final = Path(__file__).parent.parent
CONFIG: Final[dict[str, Any]] = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
SITE_URL: Final = str(CONFIG["site_url"])
NOT_FOUND: Final = "404.html"
MOST_NAV_LINKS: Final = 25
LEAST_NEIGHBOURS: Final = 3

Pages = Mapping[str, Document]
ABOUT_SYNTAX: Final = (routes.FIELDS, routes.CODES)
"""Pages that tell contributors how mentions are written."""

WITHOUT_THEME: Final = ("offline.html", "embed/", "cards/", "for/", routes.SELF_TEST)


@pytest.fixture(scope="session")
def pages(site_dir: Path) -> Pages:
    """Every built page by its address; `test_embed_files.py` has those without theme."""
    documents = (read_page(site_dir, path) for path in sorted(site_dir.rglob("*.html")))
    return {d.url: d for d in documents if not d.url.startswith(WITHOUT_THEME)}


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
    """Whether an address is on the site; a plain link to https may lead away."""
    is_ours = not re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE)
    is_link_away = element.tag == "a" and address.startswith("https://")
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


def test_internal_links_arrive(pages: Pages, site_dir: Path) -> None:
    """Each address leads to a file that is there, each fragment to an id on that page."""
    ids = {url: set(page.ids) for url, page in pages.items()}
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


# Neighbours: links go both ways


def neighbours(page: Document, section: str, kind: str, css_class: str = "") -> set[str]:
    """The records of a kind that a section links to."""
    within = page.section(section)
    parts = within.all(css_class=css_class) if css_class else [within]
    links = {link for part in parts for link in page.links(part)}
    return {link for link in links if link.startswith(f"{kind}/") and link != f"{kind}/"}


def test_conditions_and_signs_link_both_ways(pages: Pages, library: Library) -> None:
    troubles = []
    for id_ in library.conditions:
        url = routes.page_url("conditions", id_)
        signs = neighbours(pages[url], "signs", "signs")
        if len(signs) < LEAST_NEIGHBOURS:
            troubles.append(f"{url} links to {len(signs)} signs")
        troubles += [
            f"{url} -> {sign}, and not back"
            for sign in sorted(signs)
            if url not in neighbours(pages[sign], "behind-it", "conditions")
        ]
    for id_ in library.signs:
        url = routes.page_url("signs", id_)
        troubles += [
            f"{url} -> {condition}, and not back"
            for condition in sorted(neighbours(pages[url], "behind-it", "conditions"))
            if url not in neighbours(pages[condition], "signs", "signs")
        ]
    assert_none(troubles)


def test_conditions_and_exercises_link_both_ways(pages: Pages, library: Library) -> None:
    name = "sg-exercise__name"
    troubles = []
    for id_ in library.conditions:
        url = routes.page_url("conditions", id_)
        exercises = neighbours(pages[url], "plan", "exercises", name)
        if len(exercises) < LEAST_NEIGHBOURS:
            troubles.append(f"{url} links to {len(exercises)} exercises")
        troubles += [
            f"{url} -> {exercise}, and not back"
            for exercise in sorted(exercises)
            if url not in neighbours(pages[exercise], "used-for", "conditions")
        ]
    for id_ in library.exercises:
        url = routes.page_url("exercises", id_)
        troubles += [
            f"{url} -> {condition}, and not back"
            for condition in sorted(neighbours(pages[url], "used-for", "conditions"))
            if url not in neighbours(pages[condition], "plan", "exercises", name)
        ]
    assert_none(troubles)


def test_lookalikes_link_both_ways(pages: Pages, library: Library) -> None:
    def lookalikes(url: str) -> set[str]:
        parts = pages[url].article.all(css_class="sg-lookalikes")
        return {link for part in parts for link in pages[url].links(part)} & conditions

    conditions = {routes.page_url("conditions", id_) for id_ in library.conditions}
    troubles = [
        f"{url} -> {other}, and not back"
        for url in sorted(conditions)
        for other in sorted(lookalikes(url))
        if url not in lookalikes(other)
    ]
    assert_none(troubles)


def test_red_flags_lead_back_to_the_condition(pages: Pages, library: Library) -> None:
    """To its page, or to a region of it, which lists it."""
    troubles = []
    for id_, condition in library.conditions.items():
        url = routes.page_url("conditions", id_)
        ways_back = {url, *(routes.page_url("regions", region) for region in condition.regions)}
        for flag in sorted(neighbours(pages[url], "red-flags", "signs")):
            if not ways_back & set(pages[flag].links(pages[flag].article)):
                troubles.append(f"{url} -> {flag}, and not back")
    assert_none(troubles)


def test_exercises_say_which_conditions_leave_them_out(pages: Pages, library: Library) -> None:
    """A plan that says "leave out for now" is known on the exercise's own page too."""
    troubles = []
    for id_, condition in library.conditions.items():
        url = routes.page_url("conditions", id_)
        for avoided in (item for stage in condition.stages for item in stage.avoid):
            exercise = routes.page_url("exercises", avoided.exercise)
            if url not in pages[exercise].links(pages[exercise].article):
                troubles.append(f"{url} -> {exercise}, and not back")
    assert_none(troubles)


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
    """The first section of each condition, sign, exercise, programme and region.

    A sign that is itself a red flag says first what to do; one without any has no section.
    """
    troubles = []
    for kind in ("conditions", "signs", "exercises", "programmes", "regions"):
        for id_, record in library.of_kind(kind).items():
            page = pages[routes.page_url(kind, id_)]
            expected = ["red-flags"]
            if sign := library.signs.get(id_):
                others = [s for s in library.red_flags(regions=sign.regions) if s is not sign]
                expected = (["act"] if sign.red_flag else []) + (["red-flags"] if others else [])
            first = [h.attributes.get("id") for h in page.headings if h.tag == "h2"]
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
        flags = library.red_flags(
            regions=condition.regions, tissue=condition.tissue, own=condition.red_flags
        )
        shown = page.links(page.section("red-flags"))
        wanted = [routes.page_url("signs", flag.id) for flag in flags]
        if shown != wanted:
            troubles.append(f"{page.url}: {sorted(set(wanted) ^ set(shown)) or 'order'}")
    assert_none(troubles)


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
            state = review_status(record, library.house).state
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


# Names: everything can be found


def test_search_knows_every_name_of_a_condition(site_dir: Path, library: Library) -> None:
    index = json.loads((site_dir / "search" / "search_index.json").read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    for entry in index["docs"]:
        url = entry["location"].partition("#")[0]
        words[url] = words.get(url, "") + html.unescape(f"{entry['title']} {entry['text']} ")
    troubles = [
        f"{condition.id}: {name}"
        for condition in library.conditions.values()
        for name in (condition.name, *condition.aliases)
        if name not in words.get(routes.page_url("conditions", condition.id), "")
    ]
    assert_none(troubles)


def test_search_is_light_and_knows_every_sign(site_dir: Path, library: Library) -> None:
    packed = (site_dir / "search" / "search_index.json").read_bytes()
    assert len(gzip.compress(packed, 6)) < 150_000
    found = {entry["location"]: entry for entry in json.loads(packed)["docs"]}
    for sign in library.signs.values():
        entry = found[routes.page_url("signs", sign.id)]
        assert html.unescape(entry["title"]) == sign.name
        assert [html.unescape(tag) for tag in entry.get("tags", [])] == list(sign.aliases)


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
    entities = yaml.safe_load((ROOT / "tests" / "entities.yaml").read_text(encoding="utf-8"))
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


def test_addresses_resolve_as_a_browser_does() -> None:
    """The reader's own arithmetic, on which every test above rests."""
    page = Document("signs/calf-pop/", Element(""), ())
    assert page.resolve("../../exercises/plank/") == "exercises/plank/"
    assert page.resolve("#sources") == "signs/calf-pop/#sources"
    assert page.resolve("../..") == ""
    assert page.resolve("https://doi.org/10") == "https://doi.org/10"
