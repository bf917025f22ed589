"""axe-core (vendored, MPL 2.0) finds nothing on a page of each template, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

AXE: Final = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
PAGES: Final = (
    "",
    "conditions/",
    "signs/",
    "exercises/",
    "regions/",
    "programmes/",
    "causes/",
    "treatments/",
    "references/",
    "conditions/achilles-tendinopathy/",
    "conditions/femoral-neck-stress-fracture/",
    "signs/achilles-snap/",
    "signs/first-step-heel-pain/",
    "exercises/heel-drop/",
    "regions/knee/",
    "programmes/walk-run-return/#days=136",
    "causes/age/",
    "treatments/surgery/",
    "references/beyer-2015/",
    "get-help/",
    "worklist/",
    "about/",
    "topics/running-performance/",
    "propose/#exercises",
    "find/?where=knee",
    "find/?where=knee&flags=none&signs=knee-pain-on-stairs",
    "programme/#1;plank:::3::30:24;heel-drop:achilles-tendinopathy:2:3:15::",
)

WIDGETS: Final = {
    "find/": "#sg-finder h2",
    "programme/": ".sg-item",
    "programmes/w": "#sg-planner",
    "propose/": ".sg-propose__side h2",
}
"""Start of an address -> what its script makes."""


DARK: Final = """
    document.body.dataset.mdColorScheme = "slate";
    for (const animation of document.getAnimations()) animation.finish();
"""


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(browser: Browser, base_url: str, width: int) -> None:
    """All its rules on the light page; on the dark one, which differs in colour, its colours."""
    context = browser.new_context(
        base_url=base_url, viewport={"width": width, "height": 844}, color_scheme="light"
    )
    page = context.new_page()
    found = []
    for path in PAGES:
        page.goto(path)
        for widget in (of for start, of in WIDGETS.items() if path.startswith(start)):
            page.wait_for_selector(widget)
        page.evaluate(AXE)
        light = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        page.emulate_media(color_scheme="dark")
        page.evaluate(DARK)
        dark = page.evaluate("axe.run(document, {runOnly: ['color-contrast']})")
        found += [
            (path, scheme, violation["id"], node["html"][:120])
            for scheme, result in (("light", light), ("dark", dark))
            for violation in result["violations"]
            for node in violation["nodes"]
        ]
        page.goto("about:blank")
        page.emulate_media(color_scheme="light")
    context.close()
    assert found == []


def test_axe_finds_nothing_where_a_page_opens_dark(browser: Browser, base_url: str) -> None:
    """Then the switch of colours is another one."""
    context = browser.new_context(
        base_url=base_url, viewport={"width": 390, "height": 844}, color_scheme="dark"
    )
    page = context.new_page()
    page.goto("")
    page.evaluate(AXE)
    assert page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"] == []
    context.close()
