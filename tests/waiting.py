"""Waiting for a page, where its security policy stops Playwright's own way."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

COUNT_FETCHES: Final = """
window.fetching = 0;
const plainFetch = window.fetch;
window.fetch = async (...asked) => {
    window.fetching++;
    try {
        const answer = await plainFetch(...asked);
        await answer.clone().arrayBuffer();
        return answer;
    } finally {
        setTimeout(() => setTimeout(() => { window.fetching--; }));
    }
};
"""


def until(page: Page, holds: str) -> None:
    """Wait until an expression, or the promise that it gives, is true."""
    for _ in range(1200):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"It never held: {holds}")


def opened(page: Page, url: str) -> None:
    """Open a page and wait until its scripts have run and have what they asked for."""
    page.add_init_script(COUNT_FETCHES)
    page.goto(url)
    until(page, "document.readyState === 'complete' && window.fetching === 0")
