"""Parts of the theme are rendered once for a folder, unless they look at the page."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from jinja2 import DictLoader, Environment
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.host.partials import Partials
from generator.host.theme import look_up_once

TEMPLATES = {
    "main.html": '{% include "partials/logo.html" %}{% include "partials/nav.html" %}',
    "partials/logo.html": "{{ 'x/' | url }} {{ count('logo') }} ",
    "partials/nav.html": "{{ page.title }} {{ count('nav') }}",
}


def page_at(url: str) -> Page:
    page = Page.__new__(Page)
    page.file = cast(Any, SimpleNamespace(url=url))
    page.title = f"at {url}"
    return page


def test_a_part_is_rendered_once_for_a_folder_until_it_looks_at_the_page() -> None:
    rendered: list[str] = []

    def count(name: str) -> str:
        rendered.append(name)
        return ""

    environment = Environment(loader=DictLoader(TEMPLATES))
    listed = page_at("signs/")
    nav = cast(Navigation, SimpleNamespace(pages=[listed]))
    look_up_once(environment, Partials(environment, nav))
    main = environment.get_template("main.html")

    def html(page: Page) -> str:
        return main.render(page=page, base_url="../..", count=count).strip()

    assert html(page_at("signs/a/")) == "../../x/  at signs/a/"
    rendered.clear()
    assert html(page_at("signs/b/")) == "../../x/  at signs/b/"
    assert rendered == ["nav"]
    assert html(page_at("signs/b/c/")) == "../../../x/  at signs/b/c/"
    rendered.clear()
    assert html(listed) == html(listed) == "../x/  at signs/"
    assert rendered == ["logo", "nav"] * 2
