"""axe-core (vendored, MPL 2.0) finds nothing on a page of each template, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from page_pool import PHONE
from playwright.sync_api import Page
from small import ROOT

AXE: Final = (ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
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
    "for-clinics/",
    "api/",
    "fields/",
    "findings/",
    "figures/",
    "cards/plantar-fasciitis/",
    "404.html",
    "offline.html",
    "topics/running-performance/",
    "propose/#exercises",
    "find/?where=knee",
    "find/?where=knee&flags=none&signs=knee-pain-on-stairs",
    "programme/#1;plank:::3::30:24;heel-drop:achilles-tendinopathy:2:3:15::",
)
WIDE: Final = (
    "",
    "exercises/",
    "regions/",
    "conditions/achilles-tendinopathy/",
    "signs/first-step-heel-pain/",
    "exercises/heel-drop/",
    "regions/knee/",
    "programmes/walk-run-return/#days=136",
    "references/beyer-2015/",
    "get-help/",
    "for-clinics/",
    "figures/",
    "404.html",
    "propose/#exercises",
    "find/?where=knee&flags=none&signs=knee-pain-on-stairs",
    "programme/#1;plank:::3::30:24;heel-drop:achilles-tendinopathy:2:3:15::",
)
"""A page of each layout that a wide screen has."""

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

THINNED: Final = """(most) => {
    const outline = (one) => [one.localName, one.getAttribute("class"), one.getAttribute("style"),
        ...one.getAttributeNames(), "(", ...[...one.children].map(outline), ")"].join(" ");
    const parents = "article :is(ul, ol, dl, tbody, div, section)";
    for (const parent of document.querySelectorAll(parents)) {
        const seen = {};
        for (const child of [...parent.children]) {
            const name = outline(child);
            seen[name] = (seen[name] ?? 0) + 1;
            if (seen[name] > most) child.remove();
        }
    }
}"""
"""Of neighbours with the same elements, classes and attributes, a few stay."""
MOST_ALIKE: Final = 3


def violations(page: Page, **rules: list[str]) -> list[tuple[str, str]]:
    """Each rule that is broken, with the element that breaks it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"resultTypes": ["violations"], **rules}
    result = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        (violation["id"], node["html"][:120])
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def troubles(page: Page, path: str, *, dark: bool) -> list[tuple[str, ...]]:
    """All rules on the light page; on the dark one, which differs in colour, those of colour."""
    page.evaluate(THINNED, MOST_ALIKE)
    found = [(path, "light", *rest) for rest in violations(page)]
    if dark:
        page.emulate_media(color_scheme="dark")
        page.evaluate(DARK)
        found += [(path, "dark", *rest) for rest in violations(page, runOnly=["color-contrast"])]
    page.goto("about:blank")
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize(
    ("width", "paths"), [(390, PAGES), (1280, WIDE)], ids=["phone", "computer"]
)
def test_axe_finds_nothing(
    new_page: Callable[..., Page], width: int, paths: tuple[str, ...]
) -> None:
    """Where there is room nothing has other colours: `test_browser.py` sees to these."""
    page = new_page(viewport={"width": width, "height": 844})
    found = []
    for path in paths:
        page.goto(path)
        for widget in (of for start, of in WIDGETS.items() if path.startswith(start)):
            page.wait_for_selector(widget)
        found += troubles(page, path, dark=width == 390)
    assert found == []


def search(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("heel")
    page.wait_for_selector(".md-search-result__item .sg-list__note")


def all_that_opens(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.wait_for_selector(".sg-embed__look")


def meaning(page: Page) -> None:
    page.locator(".sg-term").first.click()
    page.wait_for_selector(".sg-meaning:popover-open")


def menu(page: Page) -> None:
    page.get_by_role("button", name="Menu").click()
    page.wait_for_selector(".md-sidebar--primary a:visible")


def session(page: Page) -> None:
    page.get_by_role("button", name="Start today’s session").click()
    page.wait_for_selector(".sg-session[open]")


OPENED: Final = (
    ("", search),
    ("", menu),
    ("conditions/plantar-fasciitis/", all_that_opens),
    ("conditions/plantar-fasciitis/", meaning),
    ("exercises/heel-drop/", all_that_opens),
    ("programme/#1;plank:::3::30:24;heel-drop:achilles-tendinopathy:2:3:15::", session),
)


def test_axe_finds_nothing_in_what_opens(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport=PHONE, reduced_motion="reduce")
    found = []
    for path, open_it in OPENED:
        page.goto(path)
        open_it(page)
        found += troubles(page, f"{path} {open_it.__name__}", dark=True)
    assert found == []
