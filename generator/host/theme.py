"""The theme's templates, with the pages that they made last time.

A rendered page is used again only if all that its template can see is as it was: the page,
the navigation, the settings, the theme's files, the versions. Where that can't be told (a
plugin or hook of somebody else, a template that looks at the other pages or at the clock),
every page is rendered.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2.bccache import Bucket, FileSystemBytecodeCache

from generator.digests import digest_of
from generator.host.memory import Counters
from generator.host.page import GeneratedPage
from generator.host.partials import Partials
from generator.host.store import Store

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File
    from mkdocs.structure.nav import Navigation

_KNOWN_PLUGINS: Final = frozenset(("material/search", "search", "strideguide"))
_KNOWN_NAMES: Final = frozenset(
    ("nav", "pages", "base_url", "extra_css", "extra_javascript", "mkdocs_version",
     "build_date_utc", "config", "page")
)  # fmt: skip
_NOT_SEEN: Final = frozenset(("plugins", "hooks", "theme", "site_dir", "docs_dir", "watch"))
_LINE: Final = re.compile(r"(?<=#L)\d+$")
_ANY_LINE: Final = "90817263545463728190"
"""Stands for the line of a page's facts, which moves when something is written above it."""


def can_remember(config: MkDocsConfig) -> bool:
    """Whether nobody else has a hand in the pages."""
    return not config.hooks and _KNOWN_PLUGINS.issuperset(config.plugins)


def surroundings_digest(config: MkDocsConfig, nav: Navigation) -> str:
    """A digest of all that templates see beside the page; fresh where it can't be told."""
    pages = [(page.title, page.url, page.meta) for page in nav.pages]
    return digest_of(settings_digest(config), json.dumps([pages, str(nav)], default=repr))


def settings_digest(config: MkDocsConfig) -> str:
    """A digest of the settings, the theme's files and the versions of what makes pages."""
    settings = {name: value for name, value in config.items() if name not in _NOT_SEEN}
    theme = {name: config.theme[name] for name in config.theme}
    seen = json.dumps([settings, theme], default=repr, sort_keys=True)
    packages = (f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "jinja2"))
    return digest_of(
        seen, *packages, *_theme_texts(tuple(config.theme.dirs), config.theme.custom_dir)
    )


def _theme_texts(dirs: tuple[str, ...], custom_dir: str | None) -> Iterator[str]:
    """The templates' texts. The icons of an installed theme come and go with its version."""
    for folder in dirs:
        yield _folder_digest(Path(folder), skip="" if folder == custom_dir else ".icons")


def _folder_digest(folder: Path, skip: str = "") -> str:
    files: list[Path] = []
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != skip]
        files += [Path(root, name) for name in names if name.endswith((".html", ".xml", ".svg"))]
    files.sort()
    return digest_of(*(f"{path}\0{path.read_text('utf-8', 'replace')}" for path in files))


class Bytecode(FileSystemBytecodeCache):
    """Compiled templates of earlier builds; Jinja checks each against its template's text."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, if the disk lets us."""
        with contextlib.suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def look_up_once(environment: Environment, partials: Partials | None) -> None:
    """Spare Jinja its search for each of the fifty templates that one page includes."""
    look_up = environment.get_template
    known: dict[str, Any] = {}

    def get_template(name: Any, parent: str | None = None, globals: Any = None) -> Any:
        if globals is not None or not isinstance(name, str):
            return look_up(name, parent, globals)
        if name not in known:
            found = look_up(name, parent)
            known[name] = partials.template(name, found) if partials else found
        return known[name]

    environment.get_template = get_template  # type: ignore[method-assign]


class RememberingTemplates:
    """Stands in for the theme's Jinja environment while pages are built.

    Pages are kept in the store, if there is one; `pages` are all of the site where some stand.
    """

    exact: set[str]
    """The pages, by their source files, whose templates looked at nothing unknown."""

    def __init__(
        self,
        environment: Environment,
        store: Store | None,
        counters: Counters,
        surroundings: str,
        pages: Sequence[File],
    ) -> None:
        self._environment = environment
        self._store = store
        self._counters = counters
        self._surroundings = surroundings
        self._pages = pages
        self.exact = set()
        self._templates: dict[str, _Remembering] = {}

    def get_template(self, name: str, *rest: Any) -> _Remembering:
        """A template that remembers what it made for each page."""
        if name not in self._templates:
            template = self._environment.get_template(name, *rest)
            self._templates[name] = _Remembering(name, template, self.rendered)
        return self._templates[name]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._environment, name)

    def rendered(self, name: str, template: Template, context: dict[str, Any]) -> str:
        """The page of this context, rendered now or before. Pages that stand are seen, too."""
        if self._pages:
            context["pages"] = self._pages
        page = context.get("page")
        if not isinstance(page, GeneratedPage) or not _KNOWN_NAMES.issuperset(context):
            return template.render(context)
        if self._store is None:
            return self._made(template, context, page)
        edit_url = page.edit_url
        line = _LINE.search(edit_url or "")
        if edit_url and line:
            page.edit_url = edit_url[: line.start()] + _ANY_LINE
        try:
            html = self._recalled(self._store, name, template, context, page)
        finally:
            page.edit_url = edit_url
        return html.replace(_ANY_LINE, line[0]) if line else html

    def _recalled(
        self,
        store: Store,
        name: str,
        template: Template,
        context: dict[str, Any],
        page: GeneratedPage,
    ) -> str:
        key = _page_digest(self._surroundings, name, context["base_url"], page)
        row = f"page {page.file.src_uri}"
        known = store.get(row, key)
        if known is not None:
            return known.decode("utf-8", "surrogatepass")
        html = self._made(template, context, page)
        if page.file.src_uri in self.exact:
            store.put(row, key, html.encode("utf-8", "surrogatepass"))
        return html

    def _made(self, template: Template, context: dict[str, Any], page: GeneratedPage) -> str:
        others = _Others(context["pages"])
        clock = _Clock(context["build_date_utc"], others)
        html = template.render({**context, "pages": others, "build_date_utc": clock})
        self._counters.rendered.append(page.file.src_uri)
        if not others.seen:
            self.exact.add(page.file.src_uri)
        return html


class _Remembering:
    def __init__(
        self,
        name: str,
        template: Template,
        rendered: Callable[[str, Template, dict[str, Any]], str],
    ) -> None:
        self._name, self._template, self._rendered = name, template, rendered

    def render(self, context: Mapping[str, Any]) -> str:
        return self._rendered(self._name, self._template, dict(context))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._template, name)


class _Others(list["File"]):
    """The other pages, and whether the template looked at them."""

    seen = False

    def __iter__(self) -> Iterator[File]:
        self.seen = True
        return super().__iter__()

    def __getitem__(self, index: Any) -> Any:
        self.seen = True
        return super().__getitem__(index)

    def __len__(self) -> int:
        self.seen = True
        return super().__len__()


class _Clock:
    """The time of the build; a template that looks at it is not remembered either."""

    def __init__(self, time: Any, others: _Others) -> None:
        self._time, self._others = time, others

    def __getattr__(self, name: str) -> Any:
        self._others.seen = True
        return getattr(self._time, name)

    def __str__(self) -> str:
        self._others.seen = True
        return str(self._time)


def _page_digest(surroundings: str, template: str, base_url: str, page: GeneratedPage) -> str:
    ends = [other and (other.title, other.url) for other in (page.previous_page, page.next_page)]
    seen = [
        surroundings, template, base_url, page.url, page.canonical_url, page.edit_url,
        page.title, page.meta, page.is_homepage, [str(item) for item in page.toc], ends,
    ]  # fmt: skip
    made = hashlib.blake2b(digest_size=16)
    made.update(json.dumps(seen, default=repr, sort_keys=True).encode())
    made.update((page.content or "").encode("utf-8", "surrogatepass"))
    return made.hexdigest()
