"""Parts of the theme that look the same on every page of a folder, rendered once for each.

The navigation is most of what a page costs, and pages that it does not list all show it alike:
only its links differ, by the folder from which they start. What a part sees of the page is
watched, so that one which looks at more than where the page lies is rendered for each page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from jinja2 import pass_context
from jinja2.runtime import Context
from mkdocs.structure.pages import Page
from mkdocs.utils import normalize_url

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from mkdocs.structure.nav import Navigation

NAMES: Final = frozenset(
    f"partials/{name}.html"
    for name in ("copyright", "logo", "nav", "palette", "search", "source",
                 "javascripts/base", "javascripts/content", "javascripts/palette")
)  # fmt: skip
"""Parts of mkdocs-material 9.8, and ours in their place, that take nothing from the templates
around them but words and settings. Whoever changes one so that it does takes it off this list."""


class Partials:
    """The parts that were rendered for pages outside of this navigation."""

    def __init__(self, environment: Environment, nav: Navigation) -> None:
        environment.filters["url"] = _url
        self._in_the_way = frozenset(
            page.url[:end]
            for page in nav.pages
            for end in (len(page.url), *(m.end() for m in re.finditer("/", page.url)))
        )
        self._known: dict[tuple[str, ...], str | None] = {}

    def template(self, name: str, template: Template) -> Any:
        """The template, or one in front of it that remembers."""
        return _Partial(name, template, self) if name in NAMES else template

    def folder_of(self, page: object) -> str | None:
        """From where a page's links start, or None where the navigation knows the page."""
        if not isinstance(page, Page) or page.url in self._in_the_way:
            return None
        return page.url.rstrip("/").rpartition("/")[0]

    def text(self, name: str, template: Template, context: Context) -> str | None:
        """What the part is on this page, or None where it must be rendered for it."""
        page = context.get("page")
        folder = self.folder_of(page)
        if folder is None:
            return None
        key = (name, folder, context["base_url"])
        if key not in self._known:
            seen = _Address(page)
            inner = template.new_context({**context.get_all(), "page": seen}, shared=True)
            text = "".join(template.root_render_func(inner))
            self._known[key] = None if seen.is_looked_at else text
        return self._known[key]


class _Partial:
    """Stands in for a template where another one includes it."""

    def __init__(self, name: str, template: Template, partials: Partials) -> None:
        self._name, self._template, self._partials = name, template, partials
        self.new_context = template.new_context

    def root_render_func(self, context: Context) -> Iterator[str]:
        text = self._partials.text(self._name, self._template, context)
        if text is None:
            yield from self._template.root_render_func(context)
        else:
            yield text


class _Address:
    """A page of which a template may know where it lies, and no more."""

    def __init__(self, page: Page) -> None:
        self.page, self.is_looked_at = page, False

    def __getattr__(self, name: str) -> Any:
        self.is_looked_at = True
        return getattr(self.page, name)


@pass_context
def _url(context: Context, value: object) -> str:
    """As MkDocs' own filter."""
    page = context["page"]
    seen = page.page if isinstance(page, _Address) else page
    return normalize_url(str(value), page=seen, base=context["base_url"])
