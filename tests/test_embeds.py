"""Cards on other people's sites, in a real browser: WordPress, strict policies, no scripts."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from hosts import (
    SECRET,
    WORDPRESS_SCRIPT,
    Host,
    discovered,
    host_site,
    kept_by_wordpress,
    wordpress_markup,
)
from lending import Lender, Lent
from playwright.sync_api import Browser, Frame, Page, ViewportSize, expect
from reading import assert_none, read_page

from generator.clinics.embeds import MOST_KB, VIEWS, Card, card_html, script
from generator.clinics.heights import UNMEASURED, WIDTHS, heights_of
from generator.clinics.snippets import frame_snippet
from generator.library import Library
from generator.model.kinds import KINDS
from generator.render import CARD_WEIGHT_KB, Site
from generator.review import clinical_digest, review_status
from generator.routes import embed_url

SITE: Final = "https://strideguide.example/"
CARD: Final = "embed/conditions/achilles-tendinopathy/"
EXAMPLES: Final = (
    CARD,
    f"{CARD}can-i-run/",
    f"{CARD}stages/",
    f"{CARD}red-flags/",
    f"{CARD}exercises/",
    "embed/signs/first-step-heel-pain/",
    "embed/exercises/heel-drop/",
    "embed/programmes/couch-to-5k/",
    "embed/for/ottawa-health/conditions/achilles-tendinopathy/",
    "embed/self-test/",
)
HOST_PAGES: Final = Path(__file__).parent / "host-pages"
BODY_HEIGHT: Final = "() => Math.ceil(document.body.getBoundingClientRect().height)"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_site() as site:
        yield site


@pytest.fixture
def open_page(lender: Lender, base_url: str, host: Host) -> Iterator[Open]:
    """Opens pages that fail the test on a console error or a request to a third origin."""
    seen: list[Lent] = []
    with ExitStack() as stack:

        def opened(url: str, width: int = 640, **options: Any) -> Page:
            viewport = ViewportSize(width=width, height=900)
            lent = stack.enter_context(lender.lent(viewport=viewport, **options))
            seen.append(lent)
            lent.page.goto(url)
            return lent.page

        yield opened
    for lent in seen:
        assert lent.said + lent.thrown + lent.asked_outside(base_url, host.url) == []


def card_files(site_dir: Path) -> list[Path]:
    return sorted((site_dir / "embed").rglob("index.html"))


def oembed(site_dir: Path, name: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(
        (site_dir / "oembed" / f"{name}.json").read_text(encoding="utf-8")
    )
    return body


def card_frame(page: Page, index: int = 0) -> Frame:
    return page.frames[1 + index]


def settled_height(page: Page, selector: str = "iframe") -> int:
    """The frame's height once it equals that of the card within."""
    handle = page.locator(selector).element_handle()
    assert handle
    frame = handle.content_frame()
    assert frame
    frame.wait_for_load_state()
    inner = 0
    for _ in range(300):
        inner = frame.evaluate(BODY_HEIGHT)
        if page.evaluate("frame => frame.clientHeight", handle) == inner:
            break
        page.wait_for_timeout(100)
    height: int = page.evaluate("frame => frame.clientHeight", handle)
    assert abs(height - inner) <= 1
    return height


def fits(page: Page, frame: Frame, least: int = 0) -> None:
    """Wait until the frame is as high as the card within, or as the least that its host gives."""
    for _ in range(400):
        inner = max(least, frame.evaluate(BODY_HEIGHT))
        if page.evaluate("document.querySelector('iframe').clientHeight") == inner:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"The frame never was {inner} px high.")


def heard(page: Page, frame: Frame) -> None:
    """Wait until the page has all messages that the card has sent so far."""
    frame.evaluate("parent.postMessage('all of it', '*')")
    page.wait_for_function("seen.includes('all of it')")


# What stands in the files


def test_every_page_is_discovered_once(site_dir: Path) -> None:
    found = []
    for path in sorted(site_dir.rglob("index.html")):
        url = path.parent.relative_to(site_dir).as_posix()
        if url.split("/")[0] == "cards" or url == "for/ottawa-health":
            continue
        links = discovered(path.read_text(encoding="utf-8"))
        if len(links) != 1 or not links[0].startswith(SITE):
            found.append(f"{url}: {links}")
        elif not (site_dir / links[0].removeprefix(SITE)).is_file():
            found.append(f"{url}: {links[0]} is not there")
    assert_none(found)


def test_oembed_is_what_wordpress_accepts(site_dir: Path) -> None:
    found = []
    for path in sorted((site_dir / "oembed").rglob("*.json")):
        body = json.loads(path.read_text(encoding="utf-8"))
        name = path.relative_to(site_dir).as_posix()
        if body["version"] != "1.0" or body["type"] not in ("rich", "link") or not body["title"]:
            found.append(f"{name}: form")
        if body["type"] != "rich":
            continue
        kept = kept_by_wordpress(body["html"])
        given = body["html"].replace(' class="wp-embedded-content"', "")
        if html.unescape(kept) != html.unescape(given):
            found.append(f"{name}: WordPress strips some of it")
        if not re.fullmatch(r"<blockquote><a href=\"https://[^\"]+\">[^<]+</a></blockquote>"
                            r"<iframe [^>]+></iframe>", kept):  # fmt: skip
            found.append(f"{name}: not one quote and one frame")
        src = re.search(r'<iframe src="([^"]+)"', kept)
        if not src or "#" in src[1] or not (
            site_dir / src[1].removeprefix(SITE) / "index.html"
        ).is_file():  # fmt: skip
            found.append(f"{name}: the card is not there")
        if not (isinstance(body["width"], int) and isinstance(body["height"], int)):
            found.append(f"{name}: size")
    assert_none(found)


def test_cards_ask_for_nothing(site_dir: Path) -> None:
    wrong = re.compile(
        r"localStorage|sessionStorage|document\.cookie|indexedDB|fetch\(|XMLHttpRequest|"
        r"type=[\"']module|<script[^>]+src|<link rel=\"stylesheet|@import|url\(|<use|<form|tel:"
    )
    found = []
    for path in card_files(site_dir):
        text = path.read_text(encoding="utf-8")
        name = path.parent.relative_to(site_dir).as_posix()
        found += [f"{name}: {hit}" for hit in wrong.findall(text)]
        most = MOST_KB if name.endswith(("/stages", "/exercises")) else CARD_WEIGHT_KB
        if len(gzip.compress(path.read_bytes(), mtime=0)) > most * 1000:
            found.append(f"{name}: too heavy")
        for needed in ("noindex,follow", '<link rel="canonical" href="https://', 'class="foot"',
                       "not a diagnosis", "CC BY 4.0", "Content-Security-Policy"):  # fmt: skip
            if needed not in text and (name, needed) != ("embed/self-test", "not a diagnosis"):
                found.append(f"{name}: lacks {needed}")
        if not re.search(r"<title>[^<]+</title>", text):
            found.append(f"{name}: no title")
        if "/conditions/" in f"/{name}" and 'class="flags' not in text:
            found.append(f"{name}: no red flags")
    assert_none(found)


def test_exercises_are_drawn(site_dir: Path, library: Any) -> None:
    """Each exercise's card shows its figure, named; parts show a small one beside each name."""
    for id_ in library.motions:
        text = (site_dir / embed_url("exercises", id_) / "index.html").read_text(encoding="utf-8")
        words = html.escape(library.figure_words[id_])
        assert text.count('class="sg-fig" role="img"') == 1, id_
        assert f'aria-label="{words}"' in text, id_
    for part in ("stages", "exercises"):
        text = (site_dir / CARD / part / "index.html").read_text(encoding="utf-8")
        rows = re.findall(r"<li>(.*?)</li>", text, re.DOTALL)
        drawn = [row for row in rows if '<svg xmlns="http://www.w3.org/2000/svg"' in row]
        assert len(drawn) == len([row for row in rows if "/exercises/" in row]) > 3
        assert text.count('class="sg-fig" aria-hidden="true"') == len(drawn)
    assert "sg-fig" not in (site_dir / CARD / "index.html").read_text(encoding="utf-8")


def test_cards_fit_where_wordpress_cuts_them_off(site_dir: Path) -> None:
    """WordPress shows 1000 px at most, and columns on phones are 320 px wide or more."""
    found = []
    for path in card_files(site_dir):
        url = path.parent.relative_to(site_dir).as_posix() + "/"
        heights = heights_of(url)
        if heights is UNMEASURED:
            found.append(f"{url}: not measured, run `make heights`")
        found += [f"{url}: {heights[w]} at {w}" for w in WIDTHS if w >= 320 and heights[w] > 1000]
    assert_none(found)


def test_weights(site_dir: Path) -> None:
    assert len(gzip.compress((site_dir / "embed.js").read_bytes(), mtime=0)) < 3000
    assert len(gzip.compress(script().encode(), mtime=0)) < 2600


def test_cards_are_in_no_index(site_dir: Path) -> None:
    assert "/embed/" not in (site_dir / "sitemap.xml").read_text(encoding="utf-8")
    assert '"embed/' not in (site_dir / "search/search_index.json").read_text(encoding="utf-8")


def test_small_pages_are_sound(site_dir: Path) -> None:
    """Cards, cards to print and doors: tags pair, ids are unique, links arrive on the site."""
    found = []
    for path in sorted(site_dir.rglob("index.html")):
        url = path.parent.relative_to(site_dir).as_posix() + "/"
        if not url.startswith(("embed/", "cards/", "for/", "for-clinics/self-test/")):
            continue
        page = read_page(site_dir, path)
        found += [f"{url}: {trouble}" for trouble in page.unbalanced]
        if len(page.ids) != len(set(page.ids)):
            found.append(f"{url}: an id twice")
        for link in page.root.all("a"):
            target = page.resolve(link.attributes.get("href") or "./").partition("#")[0]
            if "://" not in target and not (site_dir / target / "index.html").is_file():
                found.append(f"{url}: {target} is not there")
    assert_none(found)


def test_every_record_has_its_card(site_dir: Path, library: Any) -> None:
    assert_none(
        url
        for kind in VIEWS
        for id_ in library.of_kind(kind)
        if not (site_dir / (url := embed_url(kind, id_)) / "index.html").is_file()
    )


# WordPress


def wordpress_page(
    host: Host, site_dir: Path, base_url: str, name: str, *, script: bool = True
) -> str:
    markup = oembed(site_dir, name)["html"].replace(SITE, base_url)
    body = wordpress_markup(markup)
    assert body
    tail = f"<script>{WORDPRESS_SCRIPT}</script>" if script else ""
    return host.page(f"{name.replace('/', '-')}.html", f"<h1>A clinic</h1>{body}{tail}")


def test_a_minified_page_is_discovered_too() -> None:
    """Without quotes, and not where an attribute before holds a mark of markup."""
    href = "https://strideguide.example/oembed/conditions/sciatica.json"
    minified = f"<head><link type=application/json+oembed href={href} rel=alternate></head>"
    assert discovered(minified) == [href]
    assert discovered(f'<link title="A > B" type="application/json+oembed" href="{href}">') == []
    assert discovered(f'</head><link type="application/json+oembed" href="{href}">') == []


FRAME: Final = '<iframe src="https://x.example/embed/"></iframe>'
QUOTE: Final = (
    '<blockquote class="wp-embedded-content"><a href="https://x.example/">X</a></blockquote>'
)


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        (QUOTE + FRAME, True),
        ("\n" + QUOTE + FRAME, False),
        ("words" + QUOTE + FRAME, False),
        (QUOTE + "<p>between</p>" + FRAME, True),
        (QUOTE + '<iframe src="https://x.example/embed/">words</iframe>', False),
        (QUOTE + '<iframe src="https://x.example/embed/"/>', False),
        (QUOTE, False),
        (FRAME, False),
        (QUOTE + "<script>hit()</script>" + FRAME, True),
        (QUOTE + FRAME.replace(" src", ' onload="hit()" style="x" loading="lazy" src'), True),
    ],
)
def test_what_wordpress_makes_of_it(markup: str, kept: bool) -> None:
    """Its own cases (tests/phpunit/tests/oembed/filterResult.php), by our stand-in for it."""
    made = wordpress_markup(markup)
    assert bool(made) is kept
    if kept:
        assert made.startswith('<blockquote class="wp-embedded-content" data-secret=')
        assert 'sandbox="allow-scripts"' in made and made.endswith("</iframe>")
        assert not re.search(r"<script|onload|loading=|<p>", made)


@pytest.mark.parametrize("name", ["conditions/plantar-fasciitis", "signs/first-step-heel-pain",
                                  "embed/conditions/sciatica/red-flags",
                                  "for/ottawa-health/conditions/plantar-fasciitis",
                                  "for-clinics/self-test"])  # fmt: skip
def test_wordpress_shows_it(
    open_page: Open, host: Host, site_dir: Path, base_url: str, name: str
) -> None:
    page = open_page(wordpress_page(host, site_dir, base_url, name), 700)
    page.wait_for_function("!document.querySelector('iframe').style.visibility")
    frame = card_frame(page)
    fits(page, frame, 200)
    assert frame.evaluate("self.origin") == "null"
    assert not page.locator("blockquote").is_visible()
    assert page.locator("iframe").is_visible()


@pytest.mark.parametrize(
    "name",
    ["conditions/sciatica", "exercises/heel-drop", "signs/calf-pop", "programmes/couch-to-5k"],
)
def test_wordpress_on_a_small_phone(
    open_page: Open, host: Host, site_dir: Path, base_url: str, name: str
) -> None:
    page = open_page(wordpress_page(host, site_dir, base_url, name), 336)
    page.wait_for_function("!document.querySelector('iframe').style.visibility")
    fits(page, card_frame(page))
    assert page.locator("iframe").evaluate("frame => frame.clientWidth") == 320
    assert card_frame(page).evaluate(BODY_HEIGHT) <= 1000
    assert card_frame(page).evaluate("document.documentElement.scrollWidth") <= 320


def test_an_outer_link_is_never_posted(open_page: Open, host: Host, base_url: str) -> None:
    """WordPress would refuse it anyway; here nothing is said at all."""
    body = (
        "<script>seen = []; addEventListener('message', (e) => seen.push(e.data));</script>"
        f'<iframe sandbox="allow-scripts" src="{base_url}{CARD}#?secret={SECRET}"></iframe>'
    )
    page = open_page(host.page("outer.html", body))
    frame = card_frame(page)
    frame.wait_for_load_state()
    frame.evaluate("document.querySelector('h1 a').href = 'https://elsewhere.example/'")
    frame.evaluate("addEventListener('click', (event) => event.preventDefault())")
    frame.evaluate(
        "document.querySelector('h1 a').dispatchEvent("
        "new MouseEvent('click', {bubbles: true, cancelable: true}))"
    )
    heard(page, frame)
    assert page.evaluate("seen.filter((m) => m.message === 'link').length") == 0


def test_a_card_is_one_request(open_page: Open, base_url: str) -> None:
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for card in ("embed/exercises/heel-drop/", f"{CARD}stages/"):
        asked.clear()
        page.goto(base_url + card)
        page.wait_for_timeout(300)
        assert [url for url in asked if not url.startswith("data:")] == [base_url + card]


@pytest.mark.parametrize("name", ["exercises/romanian-deadlift", "programmes/couch-to-5k"])
def test_an_open_row_stays_within_what_wordpress_shows(
    open_page: Open, host: Host, site_dir: Path, base_url: str, name: str
) -> None:
    """It scrolls inside, by key too; what comes after it stays in sight."""
    page = open_page(wordpress_page(host, site_dir, base_url, name), 346)
    page.wait_for_function("!document.querySelector('iframe').style.visibility")
    frame = card_frame(page)
    tall = 0
    for summary in frame.locator("summary").all():
        summary.click()
        page.wait_for_timeout(200)
        assert frame.evaluate(BODY_HEIGHT) <= 1000
        assert page.evaluate("document.querySelector('iframe').clientHeight") <= 1000
        box = frame.locator("details[open] > .in")
        if box.get_attribute("tabindex") == "0":
            tall += 1
            box.focus()
            page.keyboard.press("End")
            frame.wait_for_function(
                """() => {
                  const box = document.querySelector("details[open] > .in");
                  return box.scrollTop + box.clientHeight >= box.scrollHeight - 1;
                }"""
            )
    assert tall
    assert (
        frame.locator(".foot").bounding_box()["y"]
        < 1000 + page.locator("iframe").bounding_box()["y"]
    )


def test_wordpress_follows_a_link(
    open_page: Open, host: Host, site_dir: Path, base_url: str
) -> None:
    page = open_page(wordpress_page(host, site_dir, base_url, "conditions/sciatica"))
    page.wait_for_function("!document.querySelector('iframe').style.visibility")
    card_frame(page).get_by_role("link", name="The whole page").click()
    page.wait_for_url(f"{base_url}conditions/sciatica/")


def test_a_card_in_wordpress_leads_to_another(
    open_page: Open, host: Host, site_dir: Path, base_url: str
) -> None:
    page = open_page(wordpress_page(host, site_dir, base_url, "conditions/sciatica"))
    page.wait_for_function("!document.querySelector('iframe').style.visibility")
    card_frame(page).get_by_role("link", name="Get help").click()
    frame = card_frame(page)
    frame.wait_for_url(f"{base_url}embed/conditions/sciatica/red-flags/#?secret={SECRET}")
    fits(page, frame)


def test_without_wordpress_script_the_link_stays(
    open_page: Open, host: Host, site_dir: Path, base_url: str
) -> None:
    address = wordpress_page(host, site_dir, base_url, "conditions/sciatica", script=False)
    page = open_page(address, java_script_enabled=False)
    assert page.get_by_role("link", name="Sciatica").is_visible()


@pytest.mark.parametrize(
    ("hash_", "wanted"),
    [
        ("", ""),
        (f"#?secret={SECRET}", SECRET),
        (f"#?secret=old0000000#?secret={SECRET}", SECRET),
        ("#?secret=short", ""),
        ("#?secret=elevenchars", ""),
        ("#?secret=not-alnum!", ""),
        (f"#top&secret={SECRET}", SECRET),
    ],
)
def test_secrets(open_page: Open, host: Host, base_url: str, hash_: str, wanted: str) -> None:
    body = (
        "<script>seen = []; addEventListener('message', (e) => seen.push(e.data));</script>"
        f'<iframe sandbox="allow-scripts" src="{base_url}{CARD}{hash_}"></iframe>'
    )
    page = open_page(host.page("secrets.html", body))
    page.wait_for_function("seen.some((m) => m.type === 'strideguide')")
    heard(page, card_frame(page))
    secrets = page.evaluate("seen.filter((m) => m.message === 'height').map((m) => m.secret)")
    assert set(secrets) == ({wanted} if wanted else set())


def test_only_a_handshake_opens_links(open_page: Open, host: Host, base_url: str) -> None:
    """Where links could open by themselves, one that nobody greeted, or not rightly, posts none."""
    body = (
        "<script>seen = []; addEventListener('message', (e) => seen.push(e.data));</script>"
        f'<iframe src="{base_url}{CARD}#?secret={SECRET}"></iframe>'
    )
    page = open_page(host.page("handshake.html", body))
    frame = card_frame(page)
    frame.wait_for_load_state()
    click = (
        "document.querySelector('h1 a').dispatchEvent("
        "new MouseEvent('click', {bubbles: true, cancelable: true}))"
    )
    say = (
        "(secret) => document.querySelector('iframe').contentWindow"
        ".postMessage({message: 'ready', secret}, '*')"
    )
    links = "seen.filter((m) => m.message === 'link').map((m) => m.value)"
    for secret in (None, "wrong00000", ""):
        if secret is not None:
            page.evaluate(say, secret)
        frame.evaluate(click)
        page.wait_for_timeout(100)
        assert page.evaluate(links) == []
    page.evaluate(say, SECRET)
    page.wait_for_timeout(200)
    frame.evaluate(click)
    page.wait_for_function(f"{links}.length === 1")
    assert page.evaluate(links) == [f"{base_url}conditions/achilles-tendinopathy/"]


def test_a_greeting_that_was_missed(open_page: Open, host: Host, base_url: str) -> None:
    """A lazy frame in the sandbox hears no greeting, and its links work all the same."""
    body = (
        "<script>seen = []; addEventListener('message', (e) => seen.push(e.data));</script>"
        f'<iframe sandbox="allow-scripts" src="{base_url}{CARD}#?secret={SECRET}"></iframe>'
    )
    page = open_page(host.page("missed.html", body))
    card_frame(page).get_by_role("link", name="The whole page").click()
    page.wait_for_function("seen.some((m) => m.message === 'link')")
    link = page.evaluate("seen.find((m) => m.message === 'link')")
    assert link["secret"] == SECRET
    assert link["value"] == f"{base_url}conditions/achilles-tendinopathy/"


# Our own script


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    ("name", "card", "scheme"), [("bright", CARD, "light"), ("night", f"{CARD}can-i-run/", "dark")]
)
def test_beside_a_clinics_own_words(
    open_page: Open, host: Host, base_url: str, name: str, card: str, scheme: str, width: int
) -> None:
    """As wide as the column, as dark as the page, and no wider than the phone."""
    page_text = (HOST_PAGES / f"{name}.html").read_text(encoding="utf-8")
    url = host.document(f"{name}.html", page_text.replace("{card}", snippet(base_url, card)))
    page = open_page(url, width)
    settled_height(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert card_frame(page).evaluate("document.documentElement.dataset.scheme") == scheme


def snippet(base_url: str, card: str = CARD) -> str:
    """What "Embed this" gives for a card, at once instead of when it is scrolled to."""
    script_url = f"{base_url}embed.js"
    code = frame_snippet(base_url + card, base_url, script_url, "Card", "Card", heights_of(card))
    return code.replace(' loading="lazy"', "")


def test_the_frame_fits(open_page: Open, host: Host, base_url: str) -> None:
    page = open_page(host.page("frame.html", snippet(base_url)))
    assert settled_height(page) > 300
    card_frame(page).locator("summary").first.click()
    settled_height(page)


def test_ten_on_one_page(open_page: Open, host: Host, base_url: str) -> None:
    body = "".join(snippet(base_url, card) for card in EXAMPLES)
    page = open_page(host.page("ten.html", body), 390)
    for index in range(len(EXAMPLES)):
        settled_height(page, f"iframe >> nth={index}")


def test_inserted_late_and_loaded_twice(open_page: Open, host: Host, base_url: str) -> None:
    script_tag = f'<script src="{base_url}embed.js" async></script>'
    page = open_page(host.page("late.html", script_tag + script_tag))
    page.wait_for_function("window.strideguide")
    page.evaluate(
        """(base) => {
          const box = document.createElement("div");
          box.innerHTML = `<strideguide-card kind="conditions" card="sciatica" accent="#7a2e5d"
            cta="Book" cta-link="https://clinic.example/"><a href="x">Sciatica</a>
            </strideguide-card>`;
          document.body.append(box);
        }""",
        base_url,
    )
    page.wait_for_selector("strideguide-card iframe")
    settled_height(page)
    assert page.locator("iframe").count() == 1
    assert not page.locator("strideguide-card > a").is_visible()
    frame = card_frame(page)
    assert frame.locator(".cta a").get_attribute("href") == "https://clinic.example/"
    assert frame.evaluate("getComputedStyle(document.querySelector('h1 + * + * , .cta a')).color")
    assert (
        frame.evaluate("document.documentElement.style.getPropertyValue('--accent-light')")
        == "#7a2e5d"
    )
    page.evaluate("document.querySelector('strideguide-card').setAttribute('part', 'red-flags')")
    red_flags = re.compile(f"^{re.escape(base_url)}embed/conditions/sciatica/red-flags/")
    expect(page.locator("iframe")).to_have_attribute("src", red_flags)


def test_a_bad_element_makes_no_frame(open_page: Open, host: Host, base_url: str) -> None:
    body = (
        '<strideguide-card kind="../x" card="y"></strideguide-card>'
        '<strideguide-card card="a/../../b"></strideguide-card>'
        '<strideguide-card card="javascript:alert(1)"></strideguide-card>'
        f'<script src="{base_url}embed.js"></script>'
    )
    page = open_page(host.page("bad.html", body))
    page.wait_for_function("window.strideguide")
    assert page.locator("iframe").count() == 0


def test_a_strict_policy(open_page: Open, host: Host, base_url: str) -> None:
    policy = f"default-src 'none'; frame-src {base_url}; script-src {base_url}embed.js"
    url = host.page("csp.html", snippet(base_url), Content_Security_Policy=policy)
    settled_height(open_page(url))


def test_a_sandboxed_frame_with_our_script(open_page: Open, host: Host, base_url: str) -> None:
    """Another host's sandbox, and the secret of WordPress without WordPress' script."""
    markup = (
        '<blockquote><a href="x">Card</a></blockquote>'
        f'<iframe src="{base_url}{CARD}" title="Card" width="100%" height="400"></iframe>'
    )
    body = wordpress_markup(markup) + f'<script src="{base_url}embed.js" async></script>'
    page = open_page(host.page("ours.html", body))
    page.wait_for_function("!document.querySelector('iframe').style.visibility")
    settled_height(page)
    assert not page.locator("blockquote").is_visible()


def test_messages_of_others_do_nothing(open_page: Open, host: Host, base_url: str) -> None:
    page = open_page(host.page("others.html", snippet(base_url) + '<iframe id="other"></iframe>'))
    height = settled_height(page, "iframe[title]")
    values = ["1", 1, -5, 1e9, "NaN", None, {"a": 1}, "<b>", [500], "500px"]
    for value in values:
        for kind in ("own", "wordpress"):
            page.evaluate(
                """([value, kind]) => {
                  const data = kind === "own" ? {type: "strideguide", v: 1, event: "height", value}
                    : {message: "height", secret: "aB3dE6gH9k", value};
                  postMessage(data, "*");
                  const other = document.getElementById("other").contentWindow;
                  other.eval(`parent.postMessage(${JSON.stringify(data)}, "*")`);
                }""",
                [value, kind],
            )
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelector('iframe').clientHeight") == height


@pytest.mark.parametrize("width", [320, 390, 600, 960])
def test_the_host_does_not_shift(open_page: Open, host: Host, base_url: str, width: int) -> None:
    watch = """<style>body{margin:0}</style><script>shift = 0;
      new PerformanceObserver((list) => {
        for (const one of list.getEntries()) shift += one.value;
      }).observe({type: "layout-shift", buffered: true});</script>"""
    heights = heights_of("embed/conditions/sciatica/")
    rows = " ".join(f"{width}:{height}" for width, height in heights.items())
    card = f'<strideguide-card card="sciatica" height="640" heights="{rows}"></strideguide-card>'
    body = f'{watch}<script src="{base_url}embed.js"></script>{card}<p>Our opening hours</p>'
    page = open_page(host.page(f"shift{width}.html", body), width)
    settled_height(page)
    page.wait_for_timeout(500)
    assert page.evaluate("shift") == 0


def test_without_scripts(open_page: Open, host: Host, base_url: str) -> None:
    page = open_page(host.page("noscript.html", snippet(base_url)), java_script_enabled=False)
    frame = card_frame(page)
    for text in ("Achilles tendinopathy", "Be seen today for:", "Not yet clinically reviewed."):
        assert frame.get_by_text(text).first.is_visible()
    assert page.locator("iframe").bounding_box()["height"] == heights_of(CARD)[600]


def test_offline_nothing_breaks(open_page: Open, host: Host) -> None:
    """Our site is down: the host's page stays whole, with the link."""
    body = '<p><a href="x">Sciatica, on StrideGuide</a></p>'
    page = open_page(host.page("down.html", body))
    assert page.get_by_role("link").is_visible()


def test_nothing_is_stored(open_page: Open, host: Host, base_url: str) -> None:
    page = open_page(host.page("stored.html", snippet(base_url)))
    settled_height(page)
    frame = card_frame(page)
    assert frame.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0, 0, "",
    ]  # fmt: skip
    assert page.context.cookies() == []


# Width, height, sight


@pytest.mark.parametrize("card", EXAMPLES)
def test_widths(open_page: Open, base_url: str, card: str) -> None:
    page = open_page(base_url + card, 320)
    for width in (200, 320, 375, 480, 600, 720, 1200):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    if card == "embed/self-test/":
        return  # Its words depend on where it stands.
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.reload()
        assert abs(page.evaluate(BODY_HEIGHT) - heights_of(card)[width]) <= 1, (
            "Cards changed: run `make heights`."
        )


WCAG: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def assert_accessible(page: Page, rules: list[str]) -> None:
    """By these rules on the light page; by those of contrast on the dark one, too."""
    for scheme, those in (("light", rules), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme=scheme)
        results = Axe().run(page, options={"runOnly": those})
        assert results.violations_count == 0, f"{scheme}: {results.generate_report()}"


@pytest.mark.parametrize("card", EXAMPLES)
def test_axe_finds_nothing(open_page: Open, base_url: str, card: str) -> None:
    page = open_page(f"{base_url}{card}?scheme=auto", 320, bypass_csp=True)
    assert_accessible(page, [*WCAG, "best-practice"])


@pytest.mark.parametrize(
    "url", ["cards/sciatica/", "for/ottawa-health/", "for-clinics/self-test/", f"{CARD}stages/"]
)
def test_axe_finds_nothing_on_small_pages(open_page: Open, base_url: str, url: str) -> None:
    """Nor in what a tap opens."""
    page = open_page(f"{base_url}{url}?scheme=auto", 320, bypass_csp=True)
    for summary in page.locator("summary").all() or [None]:
        if summary:
            summary.click()
        assert_accessible(page, WCAG)


def test_a_signed_card_tells_when_its_review_runs_out(browser: Browser, site: Site) -> None:
    record = site.library.conditions["sciatica"]
    review = replace(record.review, state="signed", by="A. Tester", registration="None 0",
                     on="2027-01-15", digest=clinical_digest(record))  # fmt: skip
    signed = replace(record, review=review)
    records = {kind.name: dict(site.library.of_kind(kind.name)) for kind in KINDS}
    records["conditions"]["sciatica"] = signed
    copy = replace(site, library=Library(records, site.library.vocabulary))
    due = review_status(signed, copy.library.house).due
    page = browser.new_page()  # A clock can't be taken out of a page again.
    for day, wanted in ((due, False), (f"{int(due[:4]) + 1}-01-01", True)):
        page.clock.set_fixed_time(f"{day}T12:00:00Z")
        for part in ("", "can-i-run", "stages", "red-flags", "exercises"):
            page.set_content(card_html(copy, Card("conditions", "sciatica", part)))
            assert page.get_by_text("Reviewed by A. Tester").is_visible()
            assert page.get_by_text("This review is overdue.").is_visible() is wanted
    page.close()


def test_a_review_runs_out_by_itself(
    open_page: Open, host: Host, base_url: str, site_dir: Path
) -> None:
    """A card whose review was due says so in the reader's browser."""
    text = (site_dir / CARD / "index.html").read_text(encoding="utf-8")
    line = '<p data-due="2001-01-01">Reviewed. <strong data-overdue hidden>Overdue.</strong></p>'
    aged = text.replace('<footer class="foot">', f'<footer class="foot">{line}')
    page = open_page(base_url + CARD)
    page.set_content(aged)
    expect(page.get_by_text("Overdue.")).to_be_visible()


def test_steps_stand_open_where_there_is_room(open_page: Open, base_url: str) -> None:
    for width, wanted in ((390, False), (640, True)):
        page = open_page(f"{base_url}embed/exercises/heel-drop/", width)
        assert page.get_by_text("Rise up on both feet.").is_visible() is wanted
        page.get_by_text("Take care", exact=True).click()
        assert not page.get_by_text("Rise up on both feet.").is_visible()


# Looks


def test_colours_that_can_be_read(open_page: Open, base_url: str) -> None:
    page = open_page(base_url + CARD)

    def accents(query: str) -> list[str]:
        page.goto(f"{base_url}{CARD}?{query}")
        return [
            page.evaluate(f"document.documentElement.style.getPropertyValue('--accent-{name}')")
            for name in ("light", "dark")
        ]

    assert accents("accent=7a2e5d") == ["#7a2e5d", ""]
    assert accents("accent=%23ffe08a") == ["", "#ffe08a"]
    assert accents("accent=777777") == ["", ""]
    assert accents("accent=7a2e5d&accent-dark=f0a8d0") == ["#7a2e5d", "#f0a8d0"]


@pytest.mark.parametrize("device", ["light", "dark"])
@pytest.mark.parametrize(
    ("ground", "query", "wanted"),
    [
        ("#fff", "", "light"),
        ("rgba(10, 20, 30, 0.9)", "", "dark"),
        ("transparent", "", "light"),
        ("#000", "?scheme=light", "light"),
        ("#fff", "?scheme=dark", "dark"),
        ("#fff", "?scheme=auto", "device"),
        ("#111", "?scheme=page", "dark"),
    ],
)
def test_the_ground_is_that_of_the_page(
    open_page: Open, host: Host, base_url: str, ground: str, query: str, wanted: str, device: Any
) -> None:
    """And not that of the reader's device, which a clinic's page seldom follows."""
    body = f'<div style="background:{ground}">{snippet(base_url, CARD + query)}</div>'
    page = open_page(host.page("ground.html", body), color_scheme=device)
    settled_height(page)
    paper = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 25, 29)"}
    shown = "getComputedStyle(document.querySelector('.card')).backgroundColor"
    want = paper[device if wanted == "device" else wanted]
    card_frame(page).wait_for_function(f"want => {shown} === want", arg=want)


def test_a_page_that_turns_dark(open_page: Open, host: Host, base_url: str) -> None:
    page = open_page(host.page("turns.html", snippet(base_url)))
    settled_height(page)
    page.evaluate("document.body.style.background = '#101010'")
    card_frame(page).wait_for_function("() => document.documentElement.dataset.scheme === 'dark'")


def test_what_can_be_hidden(open_page: Open, base_url: str) -> None:
    page = open_page(f"{base_url}{CARD}?hide=answer,glance,more,kicker")
    assert not page.locator(".answer").is_visible()
    for name in ("flags", "foot", ".flags", ".foot", "p", "section", "*"):
        page.goto(f"{base_url}{CARD}?hide={name}")
        assert page.locator(".flags").is_visible()
        assert page.locator(".foot").is_visible()


def test_numbers_of_another_country(open_page: Open, base_url: str) -> None:
    page = open_page(f"{base_url}{CARD}?country=gb")
    assert "Call 999" in page.locator(".flags").inner_text()
    page.goto(f"{base_url}{CARD}?country=__proto__")
    assert "Call 911" in page.locator(".flags").inner_text()


PAYLOADS: Final = (
    "<script>hit()</script>", "<img src=x onerror=hit()>", "javascript:hit()",
    "JaVaScRiPt:hit()", " javascript:hit()", "java\tscript:hit()",
    "data:text/html,<script>hit()</script>",
    "vbscript:hit()", "'\"><svg onload=hit()>", "red;background:url(//evil.example)",
    "#fff;}</style><script>hit()</script>", "expression(hit())", "url(javascript:hit())",
    "</title><script>hit()</script>", "{{7*7}}", "${hit()}", "%3Cscript%3Ehit()%3C/script%3E",
    "//evil.example/x.js", "https://user:pass@evil.example/", "\\u003cscript\\u003ehit()",
    "constructor", "__proto__", "-->", "<!--", "]]>", "\x00<script>hit()</script>",
)  # fmt: skip
PARAMETERS: Final = (
    "accent",
    "accent-dark",
    "radius",
    "font",
    "scheme",
    "country",
    "hide",
    "cta",
    "unknown",
)


def test_no_parameter_injects(open_page: Open, base_url: str) -> None:
    """26 payloads in each of 10 parameters: no script (`hit` is none), no element, no armed link.

    Each parameter is taken by itself, so one address carries a payload in all that go together.
    """
    page = open_page(base_url + CARD)
    look_of = """() => ({
      shape: [document.querySelectorAll('*').length, document.scripts.length],
      armed: [...document.links].filter((a) => !/^https?:$/.test(a.protocol)).length,
      marked: document.querySelectorAll('[onerror],[onload],style').length,
      href: document.querySelector('.cta a')?.getAttribute('href') || 'https://',
      style: document.documentElement.getAttribute('style') || ''})"""
    plain = page.evaluate(look_of)
    for values in _queries():
        page.goto(f"{base_url}{CARD}?{urlencode(values)}")
        look = page.evaluate(look_of)
        assert look["shape"] == plain["shape"], values
        assert (look["armed"], look["marked"]) == (0, 1), values
        assert look["href"].startswith(("https://", "http://")) and "@" not in look["href"]
        assert not re.search(r"url|expression|<|/", look["style"])


def _queries() -> Iterator[dict[str, str]]:
    """Every payload in every parameter; a label needs a good link, and a link a label."""
    for start in range(len(PAYLOADS)):
        turned = PAYLOADS[start:] + PAYLOADS[:start]
        yield dict(zip(PARAMETERS, turned, strict=False)) | {"cta-link": "https://clinic.example/"}
        yield {"cta": "Book", "cta-link": PAYLOADS[start]}


def test_no_message_injects(open_page: Open, host: Host, base_url: str) -> None:
    page = open_page(host.page("messages.html", snippet(base_url)))
    settled_height(page)
    frame = card_frame(page)
    before = frame.evaluate("document.documentElement.outerHTML")
    for payload in PAYLOADS:
        messages: tuple[object, ...] = (
            {"message": "ready", "secret": payload},
            {"type": "strideguide", "event": payload},
            {"message": payload, "value": payload},
            payload,
            [payload],
        )
        for message in messages:
            page.evaluate(
                "(m) => document.querySelector('iframe').contentWindow.postMessage(m, '*')", message
            )
    page.wait_for_timeout(300)
    assert frame.evaluate("document.documentElement.outerHTML") == before
    settled_height(page)


# "Put this on your own site"


def test_embed_this(open_page: Open, base_url: str, host: Host) -> None:
    page = open_page(f"{base_url}conditions/sciatica/", 390)
    page.get_by_text("For clinics: put this on your own site").click()
    look = page.locator("embed-this")
    look.locator("[data-look=accent]").fill("#7a2e5d")
    look.locator("[data-look=cta]").fill('Book "now"')
    look.locator("[data-look=cta-link]").fill("https://clinic.example/?a=1&b=2")
    expect(look.locator("iframe")).to_have_attribute("src", re.compile("accent=%237a2e5d"))
    expect(look.locator("iframe")).to_have_attribute("src", re.compile("a%3D1%26b%3D2"))
    frame_code = look.locator("[data-snippet=frame]").inner_text()
    element_code = look.locator("[data-snippet=element]").inner_text()
    for code in (frame_code, element_code):
        url = host.page("pasted.html", code.replace(SITE, base_url))
        pasted = open_page(url)
        pasted.wait_for_selector("iframe")
        settled_height(pasted)
        button = card_frame(pasted).locator(".cta a")
        assert button.inner_text() == 'Book "now"'
        assert button.get_attribute("href") == "https://clinic.example/?a=1&b=2"


def test_embed_this_without_scripts(open_page: Open, base_url: str) -> None:
    page = open_page(f"{base_url}signs/first-step-heel-pain/", java_script_enabled=False)
    page.get_by_text("For clinics: put this on your own site").click()
    assert page.get_by_text(f"{SITE}signs/first-step-heel-pain/", exact=True).is_visible()
    assert page.get_by_text("<strideguide-card").is_visible()
