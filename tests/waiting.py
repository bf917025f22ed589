"""Waiting for a page, where its security policy stops Playwright's own way."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from playwright.sync_api import Page

PATIENCE_MS: Final = 120_000
"""Machines may be busy; only a failure waits that long."""
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


def wait_until(page: Page, holds: Callable[[], object], what: str) -> None:
    """Ask again and again, and fail with `what` if it never holds."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(what)
        page.wait_for_timeout(50)


def until(page: Page, holds: str) -> None:
    """Wait until an expression, or the promise that it gives, is true."""
    wait_until(page, lambda: page.evaluate(holds), f"It never held: {holds}")


def opened(page: Page, url: str) -> None:
    """Open a page and wait until its scripts have run and have what they asked for."""
    page.add_init_script(COUNT_FETCHES)
    page.goto(url)
    until(page, "document.readyState === 'complete' && window.fetching === 0")
