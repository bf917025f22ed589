"""A plan over time: sessions with their notes, and the planner."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect
from waiting import until


def test_a_session_ends_with_a_note_that_stays_here(phone: Page) -> None:
    phone.goto("programme/#1;calf-raise:achilles-tendinopathy:1:1:15::")
    phone.get_by_role("button", name="Start today’s session").click()
    dialog = phone.get_by_role("dialog")
    dialog.get_by_role("button", name="Exercise done").click()
    dialog.get_by_role("radio", name="9", exact=True).check()
    expect(dialog.get_by_text("over the limit")).to_be_visible()
    for note in ("First", "Second"):
        dialog.get_by_label("A note").fill(note)
        dialog.get_by_role("button", name="Save on this device").click()
    expect(dialog.get_by_text("Saved on this device only.")).to_be_visible()
    expect(dialog.get_by_text("over the limit")).to_be_visible()
    (kept,) = phone.evaluate("JSON.parse(localStorage.getItem('sg-notes'))")
    assert (kept["pain"], kept["note"]) == (9, "Second")
    dialog.get_by_role("button", name="Erase all notes").click()
    assert phone.evaluate("localStorage.getItem('sg-notes')") is None


def test_a_session_goes_on_where_it_was_left(phone: Page) -> None:
    phone.goto("programme/#1;calf-raise:::2:15::;plank:::1::30:")
    start = phone.get_by_role("button", name="Start today’s session")
    start.click()
    dialog = phone.get_by_role("dialog")
    dialog.get_by_role("button", name="Set done").click()
    dialog.get_by_role("button", name="Skip rest").click()
    dialog.get_by_role("button", name="Exercise done").click()
    expect(dialog.get_by_role("heading", name="Plank")).to_be_visible()
    phone.reload()
    start.click()
    expect(dialog.get_by_role("heading", name="Plank")).to_be_visible()
    dialog.get_by_role("button", name="Back").click()
    expect(dialog.get_by_text("Set 2 of 2")).to_be_visible()
    dialog.get_by_role("button", name="Exercise done").click()
    dialog.get_by_role("button", name="Exercise done").click()
    dialog.get_by_role("button", name="Close").click()
    start.click()
    expect(dialog.get_by_text("Set 1 of 2")).to_be_visible()


def test_a_timer_keeps_time_out_of_sight(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url)
    page = context.new_page()
    page.clock.install()
    page.goto("programme/#1;plank:::1::30:")
    page.get_by_role("button", name="Start today’s session").click()
    page.get_by_role("button", name="Start the timer").click()
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + 20)
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^(9|10)$"))
    context.close()


def test_a_note_bears_the_readers_own_day(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, timezone_id="America/Vancouver")
    page = context.new_page()
    page.clock.set_fixed_time("2026-03-02T04:00:00Z")  # Eight in the evening there.
    page.goto("programme/#1;calf-raise:::1:15::")
    page.get_by_role("button", name="Start today’s session").click()
    page.get_by_role("button", name="Exercise done").click()
    page.get_by_role("button", name="Save on this device").click()
    assert '"on":"2026-03-01"' in page.evaluate("localStorage.getItem('sg-notes')")
    context.close()


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
