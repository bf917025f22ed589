"""The note about a page that was kept, or that has changed: it is seen, and moves nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Page, Route, expect
from waiting import opened

SHIFTS: Final = """
    window.shift = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""
LITTLE_SHIFT: Final = 0.02
"""Of a note that comes: as much as nobody loses the line that they read by."""
TELL_OF_A_NEWER_PAGE: Final = """navigator.serviceWorker.dispatchEvent(
    new MessageEvent("message", { data: { version: "another" } }))"""
AFTER_A_FRAME: Final = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("url", ["conditions/plantar-fasciitis/", "programme/"])
def test_a_note_that_comes_moves_nothing(
    new_page: Callable[..., Page], url: str, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 844})
    page.add_init_script(SHIFTS)
    opened(page, url)
    page.evaluate(f"window.shift = 0; {TELL_OF_A_NEWER_PAGE}")
    note = page.get_by_text("This page has changed since it was opened.")
    expect(note).to_be_in_viewport(ratio=1)
    page.evaluate(AFTER_A_FRAME)
    assert page.evaluate("window.shift") < LITTLE_SHIFT
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    box, last = note.bounding_box(), page.locator(".md-footer a").last.bounding_box()
    assert box and last and last["y"] + last["height"] <= box["y"]
    page.get_by_role("link", name="Show the new one").click()
    expect(note).to_be_hidden()


def test_a_note_covers_no_button(phone: Page) -> None:
    phone.goto("find/#where=foot-and-ankle")
    button = phone.get_by_role("button", name="None of these")
    expect(button).to_be_in_viewport()
    phone.evaluate(TELL_OF_A_NEWER_PAGE)
    note = phone.get_by_text("This page has changed since it was opened.")
    expect(note).to_be_visible()
    pressed, above = button.bounding_box(), note.bounding_box()
    assert pressed and above and pressed["y"] + pressed["height"] <= above["y"]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_note_of_a_copy_is_there_from_the_start(
    new_page: Callable[..., Page], width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 844})
    page.add_init_script(SHIFTS)

    def mark(route: Route) -> None:
        answer = route.fetch()
        html = answer.text().replace("<html ", '<html data-saved="2027-01-05T10:00:00.000Z" ', 1)
        route.fulfill(response=answer, body=html)

    page.route("**/plantar-fasciitis/", mark)
    page.goto("conditions/plantar-fasciitis/")
    expect(page.get_by_text("this is the copy kept on your device. 2027-01-05")).to_be_visible()
    page.evaluate(AFTER_A_FRAME)
    assert page.evaluate("window.shift") < LITTLE_SHIFT
