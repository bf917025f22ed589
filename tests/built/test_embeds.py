"""Cards on other sites with our own script or none, in a real browser, under strict policies."""

from __future__ import annotations

import re
from typing import Final

import pytest
from cards import CARD, EXAMPLES, SITE, Open, card_frame, painted, settled_height, snippet
from hosts import (
    Host,
    wordpress_markup,
)
from playwright.sync_api import expect
from small import ROOT

from generator.embeds.heights import heights_of

HOST_PAGES: Final = ROOT / "tests" / "host-pages"


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


def test_the_frame_fits(open_page: Open, host: Host, base_url: str) -> None:
    page = open_page(host.page("frame.html", snippet(base_url)))
    assert settled_height(page) > 300
    card_frame(page).locator("summary").first.click()
    settled_height(page)


@pytest.mark.parametrize(
    "style",
    [
        "iframe { max-width: 100%; height: auto !important }",
        "* { box-sizing: border-box } iframe { border: 3px solid; padding: 12px 12px 7px }",
        "* { box-sizing: content-box } iframe { padding: 5px; width: 50% }",
        "body { direction: rtl } div { display: flex }",
    ],
)
def test_the_frame_fits_in_spite_of_the_hosts_style(
    open_page: Open, host: Host, base_url: str, style: str
) -> None:
    page = open_page(host.page("style.html", f"<style>{style}</style>{snippet(base_url)}"))
    page.wait_for_function("() => document.querySelector('iframe').dataset.told")
    fits = "() => Math.abs(innerHeight - document.body.getBoundingClientRect().height) <= 1"
    card_frame(page).wait_for_function(fits)


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
    page.evaluate(
        """new Promise((done) => {
          addEventListener("message", ({ data }) => { if (data === "the last") done(); });
          const other = document.getElementById("other").contentWindow;
          other.eval('parent.postMessage("the last", "*")');
        })"""
    )
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
    painted(page)
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
