"""One runner, from the page to the plan and back: a stage, a session, pain, moving on, a file."""

from __future__ import annotations

from pathlib import Path

from page_pool import PHONE
from playwright.sync_api import Browser, Page, expect
from waiting import until

KEPT = "async () => (await import(new URL('../assets/state.js', location.href))).readState()"
PLAN_IS_KEPT = """async () => {
    if (!navigator.serviceWorker.controller) return false;
    const wanted = ["/programme/", "/assets/programme.json", "/assets/session.js"];
    const found = await Promise.all(wanted.map((path) => caches.match(path, {ignoreSearch: true})));
    return found.every(Boolean);
}"""


def felt(page: Page, number: int, sentence: str) -> None:
    """The form that is open: a number and the rule's sentence that fits."""
    form = page.locator(".sg-feel:visible").first
    form.get_by_role("radio", name=str(number), exact=True).check(force=True)
    form.get_by_role("radio", name=sentence).check()
    form.get_by_role("button", name="Save").click()


def test_a_plan_from_the_first_stage_to_the_next_without_a_connection(
    browser: Browser, base_url: str, tmp_path: Path
) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, service_workers="allow")
    page = context.new_page()
    page.clock.set_fixed_time("2027-03-01T18:00:00")
    page.goto("conditions/achilles-tendinopathy/")
    page.get_by_role("link", name="Add stage 1 to my plan").first.click()
    page.goto("programme/")
    until(page, PLAN_IS_KEPT)
    context.set_offline(True)
    page.reload()
    expect(page.locator(".sg-item")).to_have_count(2)
    # A session, ended by hand, and how it felt.
    page.get_by_role("button", name="Start today’s session").click()
    session = page.get_by_role("dialog", name="Session")
    while not session.locator(".sg-feel").count():
        session.locator(".sg-choice--main").click()
    felt(page, 1, "Pain stays at 2 out of 10 or less.")
    expect(session).to_contain_text("The next morning decides")
    session.get_by_role("button", name="Close").click()
    # The next morning is good: the page's own rule says so.
    page.clock.set_fixed_time("2027-03-02T07:00:00")
    page.reload()
    expect(page.locator(".sg-open").get_by_text("How was this morning?")).to_be_visible()
    felt(page, 0, "It is no worse than on other mornings.")
    expect(page.locator(".sg-verdict").first).to_contain_text("Go on")
    # All that the stage asks is true, so the next one opens.
    page.get_by_role("button", name="Ready to move on?").click()
    test = page.locator("dialog[open]")
    for _ in range(2):
        test.get_by_role("button", name="Yes").click()
    test.get_by_role("button", name="Put stage 2 into my plan").click()
    expect(page.locator(".sg-item").first).to_contain_text("Build the calf and tendon")
    # Saved, cleared and opened again, it is the same.
    before = page.evaluate(KEPT)
    page.locator("#share > summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save everything as a file").click()
    saved = tmp_path / "plan.json"
    download.value.save_as(saved)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear everything").click()
    expect(page.locator(".sg-item")).to_have_count(0)
    assert page.evaluate(KEPT)["diary"] == []
    page.get_by_label("Open a saved file").set_input_files(saved)
    expect(page.locator(".sg-item").first).to_contain_text("Build the calf and tendon")
    assert page.evaluate(KEPT) == before
    context.close()
