"""What tests of cards on other people's sites share: examples, frames and their heights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from playwright.sync_api import Frame, Page
from waiting import wait_until

from generator.embeds.heights import heights_of
from generator.embeds.snippets import frame_snippet

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
BODY_HEIGHT: Final = "() => Math.ceil(document.body.getBoundingClientRect().height)"
Open = Callable[..., Page]


def card_frame(page: Page, index: int = 0) -> Frame:
    return page.frames[1 + index]


def settled_height(page: Page, selector: str = "iframe") -> int:
    """The frame's height once it equals that of the card within."""
    handle = page.locator(selector).element_handle()
    assert handle
    frame = handle.content_frame()
    assert frame
    frame.wait_for_load_state()
    wait_until(
        page,
        lambda: page.evaluate("frame => frame.clientHeight", handle) == frame.evaluate(BODY_HEIGHT),
        "The frame never was as high as the card within.",
    )
    height: int = page.evaluate("frame => frame.clientHeight", handle)
    return height


def fits(page: Page, frame: Frame, least: int = 0) -> None:
    """Wait until the frame is as high as the card within, or as the least that its host gives."""
    wait_until(
        page,
        lambda: (
            page.evaluate("document.querySelector('iframe').clientHeight")
            == max(least, frame.evaluate(BODY_HEIGHT))
        ),
        "The frame never was as high as the card within.",
    )


def heard(page: Page, frame: Frame) -> None:
    """Wait until the page has all messages that the card has sent so far."""
    frame.evaluate("parent.postMessage('all of it', '*')")
    page.wait_for_function("seen.includes('all of it')")


def delivered(page: Page, frame: Frame) -> None:
    """Wait until the card has handled all messages that the page has sent so far."""
    frame.evaluate(
        "window.last = new Promise((done) => addEventListener('message', (event) => {"
        " if (event.data === 'the last') done(); })); 0"
    )
    page.evaluate("document.querySelector('iframe').contentWindow.postMessage('the last', '*')")
    frame.evaluate("window.last")


def painted(page: Page) -> None:
    """Wait until what has changed so far is laid out and painted."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def snippet(base_url: str, card: str = CARD) -> str:
    """What "Embed this" gives for a card, at once instead of when it is scrolled to."""
    script_url = f"{base_url}embed.js"
    code = frame_snippet(base_url + card, base_url, script_url, "Card", "Card", heights_of(card))
    return code.replace(' loading="lazy"', "")
