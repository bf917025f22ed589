"""`mkdocs serve` after a save: only what the edit touched is built again.

A change of the data alone keeps MkDocs' files, pages, navigation and templates from the last
full build. Any other change, and any that adds, takes away or renames a page of the
navigation, is built in full.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

from mkdocs.commands import build

from generator.host.files import edit_uri
from generator.host.press import Texts

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation

LOOK_SECONDS: Final = 0.02

Names = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Built:
    """The last build: what MkDocs made of it, and what it was made from."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    templates: Any
    texts: Texts
    names: Names
    stamp: object


def stamp_of(paths: Iterable[str]) -> object:
    """Tells whether any of these files, or of the files in these folders, has changed."""
    found = []
    for root in map(Path, paths):
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and path.suffix != ".pyc":
                stat = path.stat()
                found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return found


def rebuild(built: Built, texts: Texts, names: Names) -> list[str] | None:
    """Build again what differs and give back its addresses, or None where all must be built.

    `names` are the kind and name of each record with a page: articles show them.
    """
    if [output.uri for output, _ in texts] != [output.uri for output, _ in built.texts]:
        return None
    in_nav = [(page, page.title, page.meta) for page in built.nav.pages]
    changed: list[File] = []
    for (output, text), (last, last_text) in zip(texts, built.texts, strict=True):
        if output is last and text is last_text:
            continue
        file = built.files.get_file_from_path(output.uri)
        assert file is not None
        new_edit_uri = edit_uri(output, built.config)
        if last_text != text or file.edit_uri != new_edit_uri:
            file.content_bytes = text
            file.edit_uri = new_edit_uri
            changed.append(file)
    if names != built.names:
        changed += [file for file in built.files.documentation_pages() if not file.generated_by]
    pages = [file for file in changed if file.page is not None]
    for file in pages:
        _populate(file, built)
    if any((page.title, page.meta) != (title, meta) for page, title, meta in in_nav):
        return None
    documents = built.files.documentation_pages()
    for file in changed:
        if file.page is None:
            file.copy_file()
        else:
            build._build_page(file.page, built.config, documents, built.nav, built.templates)
    built.config.plugins.on_post_build(config=built.config)
    return [file.src_uri for file in changed]


def _populate(file: File, built: Built) -> None:
    config = built.config
    assert file.page is not None
    file.page._set_edit_url(config.repo_url, config.edit_uri, config.edit_uri_template)
    build._populate_page(file.page, config, built.files)


class Builder:
    """What the live server calls after each save: the short way where it is open, else the long."""

    def __init__(self, short: Callable[[], bool], long: Callable[[], None]) -> None:
        self._short, self._long = short, long

    def __call__(self) -> None:
        if not self._short():
            self._long()


def show_trouble(server: Any, trouble: Callable[[], str]) -> None:
    """Put what `trouble` gives at the top of each page as it is served."""
    with_script = server._inject_js_into_html

    def with_banner(content: bytes, epoch: int) -> bytes:
        banner = trouble().encode("utf-8")
        start = content.find(b"<body")
        end = content.find(b">", start) + 1 if start >= 0 else 0
        served: bytes = with_script(content[:end] + banner + content[end:], epoch)
        return served

    server._inject_js_into_html = with_banner


def watch_closely(server: Any, folder: str) -> None:
    """See a save in a small folder at once, and wait less for more of them to come.

    Looking works on every disk, which is why MkDocs looks too; it goes through far more files.
    """
    server.build_delay = 2 * LOOK_SECONDS

    def look() -> None:
        seen = stamp_of([folder])
        while not server._shutdown:
            time.sleep(LOOK_SECONDS)
            try:
                before, seen = seen, stamp_of([folder])
            except OSError:  # A file of an editor went while it was looked at.
                continue
            if seen != before:
                with server._rebuild_cond:
                    server._want_rebuild = True
                    server._rebuild_cond.notify_all()

    Thread(target=look, daemon=True).start()
