"""Waiting for a page, where its security policy stops Playwright's own way."""

from __future__ import annotations

from playwright.sync_api import Page


def until(page: Page, holds: str) -> None:
    """Wait until an expression, or the promise that it gives, is true."""
    for _ in range(1200):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"It never held: {holds}")
