"""Cards in WordPress, in a real browser: what it lets through, what both sides tell each other."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
from cards import BODY_HEIGHT, CARD, SITE, Open, card_frame, delivered, fits, heard, painted
from hosts import (
    SECRET,
    WORDPRESS_SCRIPT,
    Host,
    discovered,
    wordpress_markup,
)


def oembed(site_dir: Path, name: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(
        (site_dir / "oembed" / f"{name}.json").read_text(encoding="utf-8")
    )
    return body


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
        page.evaluate("new Promise((done) => requestIdleCallback(done))")
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
    for summary in frame.locator("details[name=card] > summary").all():
        summary.click()
        painted(page)
        frame.wait_for_function(f"({BODY_HEIGHT})() <= 1000")
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
        heard(page, frame)
        assert page.evaluate(links) == []
    page.evaluate(say, SECRET)
    delivered(page, frame)
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
