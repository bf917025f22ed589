"""A page that was built before its review ran out says so in the reader's browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.host.assets import joined_scripts
from generator.library.review import ReviewStatus
from generator.pages.environment import environment

ROOT = Path(__file__).parent.parent
SCRIPT = joined_scripts(
    ["review.js"], lambda uri: (ROOT / "content/assets" / uri).read_text("utf-8")
)
CARD_SCRIPT = (ROOT / "generator/templates/embed/card.js").read_text("utf-8")


@pytest.mark.parametrize(("due", "overdue"), [("2001-01-31", True), ("2999-01-31", False)])
def test_an_overdue_review_shows_by_itself(browser: Browser, due: str, overdue: bool) -> None:
    status = ReviewStatus("signed", "A. Nobody", "Test 1", "2000-01-31", due)
    pieces = environment().get_template("parts/page.html.jinja").module
    page = browser.new_page()
    page.set_content(str(pieces.review(status)))
    warning = page.get_by_text("This review is overdue.")
    expect(warning).to_be_hidden()
    expect(page.get_by_text(f"Next review by {due}.")).to_be_visible()
    page.add_script_tag(content=SCRIPT)
    expect(warning).to_be_visible(visible=overdue)
    page.close()


@pytest.mark.parametrize("script", [SCRIPT, CARD_SCRIPT], ids=["page", "card"])
@pytest.mark.parametrize(("due", "overdue"), [("2026-02-28", True), ("2026-03-01", False)])
def test_the_day_is_the_readers_own(browser: Browser, script: str, due: str, overdue: bool) -> None:
    page = browser.new_page(timezone_id="America/Vancouver")
    page.clock.set_fixed_time("2026-03-02T04:00:00Z")  # Eight in the evening there.
    page.set_content(
        f"<p data-due='{due}'>Reviewed. <b data-overdue hidden>This is overdue.</b></p>"
    )
    page.add_script_tag(content=script)
    expect(page.get_by_text("This is overdue.")).to_be_visible(visible=overdue)
    page.close()


def test_what_a_page_says_of_its_review() -> None:
    pieces = environment().get_template("parts/page.html.jinja").module
    changed = ReviewStatus("changed", "A. Nobody", "Test 1", "2000-01-31", "2003-01-31")
    assert "Changed since A. Nobody reviewed it on 2000-01-31" in pieces.review(changed)
    assert "Not yet clinically reviewed" in pieces.review(ReviewStatus("draft"))
