"""How cards look on other sites: at any width, in any colours, whatever is asked of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from cards import BODY_HEIGHT, CARD, EXAMPLES, Open, card_frame, delivered, settled_height, snippet
from hosts import (
    Host,
)
from playwright.sync_api import Browser, Page, expect

from generator.embeds.cards import Card, card_html
from generator.embeds.heights import WIDTHS, heights_of
from generator.library.library import Library
from generator.library.review import review_status, signature
from generator.library.site import Site
from generator.model.kinds import KINDS

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
    review = signature(
        record, site.library, by="A. Tester", registration="None 0", on=date(2027, 1, 15)
    )
    signed = replace(record, review=review)
    records = {kind.name: dict(site.library.of_kind(kind.name)) for kind in KINDS}
    records["conditions"]["sciatica"] = signed
    copy = replace(site, library=Library(records, site.library.vocabulary))
    due = review_status(signed, copy.library).due
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
        ("oklch(0.21 0.03 264)", "", "dark"),
        ("oklch(0.98 0.01 264)", "", "light"),
        ("lab(15% 0 0)", "", "dark"),
        ("color(display-p3 0.1 0.1 0.1)", "", "dark"),
        ("color(srgb 1 1 1 / 0.1)", "", "light"),
        ("linear-gradient(#111, #222); color: white", "", "dark"),
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
    flags = page.locator(".flags")
    expect(flags).to_contain_text("Call 999")
    expect(flags).to_contain_text("ask NHS 111.")
    expect(flags.get_by_role("link", name="999")).to_have_attribute("href", "tel:999")
    page.goto(f"{base_url}{CARD}?country=us")
    expect(flags.get_by_role("link", name="911")).to_have_attribute("href", "tel:911")
    expect(flags).to_contain_text("ask your doctor's office.")
    page.goto(f"{base_url}{CARD}?country=__proto__")
    expect(flags).to_contain_text("Call 911")
    expect(flags).to_contain_text("on 811")


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
      armed: [...document.links].filter((a) => !/^(https?|tel):$/.test(a.protocol)).length,
      marked: document.querySelectorAll('[onerror],[onload],style').length,
      href: document.querySelector('.cta a')?.getAttribute('href') || 'https://',
      style: document.documentElement.getAttribute('style') || ''})"""
    plain = page.evaluate(look_of)
    for values in _queries():
        page.goto(f"{base_url}{CARD}?{urlencode(values)}")
        look = page.evaluate(look_of)
        assert look["shape"] == plain["shape"], values
        assert (look["armed"], look["marked"]) == (0, 1), values
        assert look["href"].startswith("https://") and "@" not in look["href"]
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
    delivered(page, frame)
    assert frame.evaluate("document.documentElement.outerHTML") == before
    settled_height(page)


LINK: Final = "https://host.example/"
CLINIC_CARD: Final = "embed/for/ottawa-health/conditions/achilles-tendinopathy/"
FORGED: Final = (
    "Emergency: call 0900 123456", "Call 911", "EMERGENCY! Go to hospital now", "Ring 999 today",
    "\u0421all 911", "Call \uff19\uff11\uff11", "StrideGuide says: call +1 900 555",
)  # fmt: skip


def with_button(base_url: str, cta: str, link: str = LINK, card: str = CARD) -> str:
    return f"{base_url}{card}?{urlencode({'cta': cta, 'cta-link': link})}"


def test_a_button_of_the_address_says_whose_it_is(open_page: Open, base_url: str) -> None:
    page = open_page(base_url + CARD)
    for words in FORGED:
        page.goto(with_button(base_url, words))
        mark = page.get_by_text("Not from StrideGuide:")
        button = page.get_by_role("link", name=words)
        expect(mark).to_be_visible()
        expect(button).to_have_attribute("href", LINK)
        above, below = mark.bounding_box(), button.bounding_box()
        assert above and below and above["y"] + above["height"] <= below["y"]


@pytest.mark.parametrize("more", ["&hide=cta", "&hide=div", "&cta=Call+999&cta-link=x"])
def test_the_mark_can_not_be_taken_away(open_page: Open, base_url: str, more: str) -> None:
    page = open_page(with_button(base_url, "Call 911") + more)
    expect(page.get_by_text("Not from StrideGuide")).to_be_visible()
    expect(page.get_by_role("link", name="Call 911")).to_be_visible()


def test_a_clinics_own_button_stays(open_page: Open, base_url: str) -> None:
    page = open_page(with_button(base_url, "Call 911", card=CLINIC_CARD))
    expect(page.locator(".cta a")).to_have_text("Book with us (example)")
    expect(page.locator(f'[href="{LINK}"]')).to_have_count(0)


HIDING: Final = (
    "\u202e", "\u202a", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\u200c",
    "\u200d", "\u2060", "\u2064", "\ufeff", "\u00ad", "\u034f", "\u115f", "\u1160", "\u180e",
    "\u2800", "\u3164", "\uffa0", "\ufe0f", "\U000e0001", "\U000e0041", "\U000e0100", "\ufffd",
    "\u2028", "\u2029", "\ue000", "\U0010fffd", "\ufdd0", "\x00", "\x07", "\x1b", "\x85", "\t",
    "\n", "\r", "\u0301" * 3, "\u0336\u0337\u0338" * 4,
)  # fmt: skip


def test_letters_that_hide_or_turn_others_are_refused(open_page: Open, base_url: str) -> None:
    page = open_page(base_url + CARD)
    for letter in HIDING:
        for cta, link in ((f"Bo{letter}ok", LINK), ("Book", f"{LINK}a{letter}b"), (letter, LINK)):
            page.goto(with_button(base_url, cta, link))
            assert not page.locator(".cta").is_visible(), ascii((cta, link))


@pytest.mark.parametrize("bytes_", ["%ED%A0%80", "%ED%B0%80", "%FF", "%C0%AF", "%F4%90%80%80"])
def test_letters_that_are_none_are_refused(open_page: Open, base_url: str, bytes_: str) -> None:
    page = open_page(f"{base_url}{CARD}?cta=Bo{bytes_}ok&cta-link={LINK}")
    expect(page.locator(".cta")).to_be_hidden()


BAD_LINKS: Final = (
    "", " ", "x", "/find/", "//a.example", "///a.example", "http://a.example/", "HTTP://a.example",
    "ftp://a.example/", "tel:911", "mailto:a@a.example", "sms:911", "blob:https://a.example/1",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
    "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "about:blank",
    "view-source:https://a.example/", "ht\ttps://a.example/", "https:\n//a.example/",
    "https:/a.example", "https:a.example", "https:\\\\a.example", "https://a.example\\@b.example/",
    " https://a.example/", "https://a.example/ ", "https://u@a.example/", "https://u:p@a.example/",
    "https://@a.example/", "https://:@a.example/", "https://911.example@evil.example/",
    "https://\u0430.example/", "https://clini\u0441.example/", "https://xn--80ak6aa92e.com/",
    "https://a.xn--p1ai/", "https://XN--80ak6aa92e.com/", "https://a\u3002example/",
    "https://\uff41.example/", "https://a%2eexample/", "https://a.example:99999/", "https://[::1]/",
    "https://a.example/\u00e9", "https://a b.example/", "https://",
    "https://a.example/" + "a" * 300,
)  # fmt: skip


def test_only_a_plain_https_address_is_a_link(open_page: Open, base_url: str) -> None:
    page = open_page(base_url + CARD)
    for link in BAD_LINKS:
        page.goto(with_button(base_url, "Book", link))
        assert not page.locator(".cta").is_visible(), ascii(link)


@pytest.mark.parametrize("words", ["", " ", "\u00a0\u3000", "B" * 41, "Book " * 4000])
def test_words_are_neither_none_nor_many(open_page: Open, base_url: str, words: str) -> None:
    page = open_page(with_button(base_url, words)[:15_000])
    expect(page.locator(".cta")).to_be_hidden()


def test_good_buttons_are_shown(open_page: Open, base_url: str) -> None:
    page = open_page(base_url + CARD)
    for words, link in (
        ("Réserver à Québec", "https://a.example:8443/b?c=1&d=%C3%A9#e"),
        ("Đặt lịch khám", "HTTPS://Clinic-1.Example"),
        ("お問い合わせ", "https://a.example"),
    ):
        page.goto(with_button(base_url, words, link))
        expect(page.get_by_role("link", name=words)).to_be_visible()
