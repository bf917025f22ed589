"""A page that was built before its review ran out says so in the reader's browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.render import environment
from generator.review import ReviewStatus

SCRIPT = (Path(__file__).parent.parent / "content" / "assets" / "review.js").read_text("utf-8")


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


def test_what_a_page_says_of_its_review() -> None:
    pieces = environment().get_template("parts/page.html.jinja").module
    changed = ReviewStatus("changed", "A. Nobody", "Test 1", "2000-01-31", "2003-01-31")
    assert "Changed since A. Nobody reviewed it on 2000-01-31" in pieces.review(changed)
    assert "Not yet clinically reviewed" in pieces.review(ReviewStatus("draft"))
