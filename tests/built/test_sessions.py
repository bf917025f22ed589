"""A session that leads by itself, the notes that it ends with, and the planner of runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from page_pool import PHONE
from playwright.sync_api import Browser, Page, expect
from waiting import until

KEPT = "JSON.parse(localStorage.getItem('/.plan'))"
SPEECH = """
    if (location.protocol !== "about:") {
    window.lines = [];
    Object.defineProperty(window, "speechSynthesis", {
        value: { speak: ({ text }) => window.lines.push(text), cancel() {} },
    });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    if (!localStorage.getItem("/.plan"))
        localStorage.setItem("/.plan", '{"version": 1, "settings": {"voice": true}}');
    }
"""
SPOKEN = [
    "Next: Clamshell. 1 set of 2, each side. Get ready.",
    "left. Go.",
    "Down",
    "2",
    "Down",
    "Change sides.",
    "right. Go.",
    "Down",
    "2",
    "Down",
    "Next: Plank. 2 × 10 seconds. Get ready.",
    "Set 1 of 2. Go.",
    "Rest for 60 seconds.",
    "Set 2 of 2. Go.",
    "Well done. How sore was it?",
]
"""All that is said in a session of two exercises: it can be followed with eyes closed."""


@pytest.fixture
def spoken_to(browser: Browser, base_url: str) -> Iterator[Page]:
    """A phone that keeps what it says, in a context of its own: what is set for it stays in it."""
    context = browser.new_context(base_url=base_url, viewport=PHONE)
    context.add_init_script(SPEECH)
    yield context.new_page()
    context.close()


@pytest.fixture
def timed(spoken_to: Page) -> Page:
    """One whose clock stands still until it is told to run."""
    spoken_to.clock.install(time="2027-03-02T09:00:00")
    spoken_to.clock.pause_at("2027-03-02T09:00:01")
    return spoken_to


def start(page: Page, items: str) -> None:
    page.goto(f"programme/#1;{items}")
    page.get_by_role("button", name="Start today’s session").click()
    expect(page.get_by_role("dialog", name="Session")).to_be_visible()


def run(page: Page, seconds: int) -> None:
    page.clock.run_for(seconds * 1000)


def test_a_session_can_be_followed_with_eyes_closed(timed: Page) -> None:
    start(timed, "clamshell:::1:2::;plank:::2::10:")
    run(timed, 140)
    assert timed.evaluate("window.lines") == SPOKEN
    expect(timed.get_by_role("heading", name="Well done. How sore was it?")).to_be_focused()


def test_nothing_is_said_unasked(spoken_to: Page) -> None:
    spoken_to.goto("about/")
    spoken_to.evaluate("localStorage.setItem('/.plan', '{\"version\": 1}')")
    start(spoken_to, "plank:::1::10:")
    assert spoken_to.evaluate("window.lines") == []
    spoken_to.get_by_label("Voice").check()
    assert spoken_to.evaluate("window.lines.length") == 1
    assert spoken_to.evaluate(KEPT)["settings"] == {"voice": True}


def test_the_keyboard_pauses_and_goes_back_and_on(timed: Page) -> None:
    start(timed, "plank:::2::10:")
    heading, timer = timed.get_by_role("heading", level=2), timed.get_by_role("timer")
    run(timed, 4)
    expect(timer).to_have_text("6")
    timed.keyboard.press("Space")
    run(timed, 30)
    expect(timer).to_have_text("6")
    timed.keyboard.press("Space")
    run(timed, 2)
    expect(timer).to_have_text("4")
    timed.keyboard.press("ArrowRight")
    expect(heading.last).to_have_text("Plank")
    timed.keyboard.press("ArrowRight")
    expect(heading.last).to_have_text("Rest")
    timed.keyboard.press("ArrowLeft")
    expect(heading.last).to_have_text("Plank")
    timed.keyboard.press("Escape")
    expect(timed.get_by_role("dialog", name="Session")).to_have_count(0)


def test_a_session_goes_on_where_it_was_left(timed: Page) -> None:
    start(timed, "clamshell:::1:2::;plank:::2::10:")
    run(timed, 45)
    heading = timed.get_by_role("dialog", name="Session").get_by_role("heading", level=2)
    expect(heading).to_have_text("Plank")
    timed.reload()
    timed.get_by_role("button", name="Start today’s session").click()
    expect(heading).to_have_text("Plank")
    timed.get_by_role("button", name="Back").click()
    expect(heading).to_have_text("Get ready")


def test_a_locked_phone_loses_one_step_at_most(timed: Page) -> None:
    start(timed, "plank:::3::10:")
    run(timed, 12)
    timed.clock.fast_forward(600_000)
    expect(
        timed.get_by_role("dialog", name="Session").get_by_role("heading", level=2)
    ).to_have_text("Rest")
    expect(timed.get_by_role("timer")).to_have_text("60")


def test_a_session_ends_with_a_note_that_stays_here(timed: Page) -> None:
    start(timed, "calf-raise:achilles-tendinopathy:1:1:15::")
    dialog = timed.get_by_role("dialog", name="Session")
    expect(dialog).to_contain_text("Pain over 5 out of 10? Stop.")
    dialog.get_by_role("button", name="Start now").click()
    dialog.get_by_role("button", name="Done").click()
    dialog.get_by_role("radio", name="9", exact=True).check(force=True)
    dialog.get_by_label("A note").fill("Sore on the left")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("Step back")
    (entry,) = timed.evaluate(KEPT)["diary"]
    assert (entry["on"], entry["pain"], entry["note"]) == (
        "2027-03-02",
        {"during": 9},
        "Sore on the left",
    )


def test_who_has_done_nothing_is_asked_nothing(timed: Page) -> None:
    start(timed, "plank:::1::10:")
    timed.get_by_role("button", name="It hurts: end here").click()
    expect(timed.get_by_role("dialog", name="Session")).to_have_count(0)


def test_a_note_bears_the_readers_own_day(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, timezone_id="America/Vancouver")
    page = context.new_page()
    page.clock.set_fixed_time("2026-03-02T04:00:00Z")  # Eight in the evening there.
    start(page, "calf-raise:::1:15::")
    page.get_by_role("button", name="Start now").click()
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Save").click()
    assert [entry["on"] for entry in page.evaluate(KEPT)["diary"]] == ["2026-03-01"]
    context.close()


@pytest.mark.parametrize("size", [(320, 568), (390, 844), (1280, 800)])
def test_a_session_keeps_its_buttons_in_sight(
    new_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    page = new_page(viewport={"width": size[0], "height": size[1]})
    start(page, "calf-stretch:plantar-fasciitis:1:3::30:")
    dialog = page.get_by_role("dialog", name="Session")
    for _ in range(2):
        assert dialog.evaluate("one => one.scrollWidth <= one.clientWidth")
        expect(dialog.get_by_role("timer")).to_be_in_viewport()
        expect(dialog.get_by_role("button", name="Pause")).to_be_in_viewport(ratio=1)
        dialog.locator(".sg-choice--main").click()


def test_the_planner_keeps_a_rest_day_and_steps_down(phone: Page) -> None:
    phone.goto("programmes/walk-run-return/")
    phone.get_by_label("Monday").check()
    phone.get_by_label("Tuesday").check()
    expect(phone.get_by_text("Leave at least one rest day between runs.")).to_be_visible()
    phone.get_by_label("Tuesday").uncheck()
    phone.get_by_label("Wednesday").check()
    phone.get_by_label("Saturday").check()
    runs = phone.locator(".sg-plan-list > li")
    expect(runs).to_have_count(12)
    phone.get_by_role("button", name="It hurt: step down").nth(3).click()
    expect(runs).to_have_count(16)
    expect(runs.nth(4)).to_contain_text("Step 1:")
    phone.reload()
    expect(runs).to_have_count(16)


def test_a_date_can_be_typed(phone: Page) -> None:
    phone.goto("programmes/walk-run-return/#days=135&start=2027-03-01")
    phone.get_by_label("From which day?").focus()
    phone.keyboard.type("04052027")
    expect(phone.locator(".sg-plan-list > li").first).to_contain_text("Mon, Apr 5")
    expect(phone.get_by_label("From which day?")).to_be_focused()
    hurt = phone.get_by_role("button", name="It hurt: step down").nth(3)
    hurt.press("Enter")
    expect(phone.get_by_role("button", name="Stepped down: undo")).to_be_focused()


def test_a_link_within_the_page_leaves_the_dates_alone(phone: Page) -> None:
    phone.goto("programmes/walk-run-return/#days=136&start=2027-03-01&down=4")
    runs = phone.locator(".sg-plan-list > li")
    expect(runs).to_have_count(16)
    address = phone.url
    phone.locator("a[href^='#source-']").first.click()
    until(phone, f"location.href === '{address}'")
    expect(phone.locator(":target")).to_be_in_viewport()
    expect(runs).to_have_count(16)
    phone.go_back()
    expect(runs).to_have_count(16)
