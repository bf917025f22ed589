"""Which of our files stand as the last build left them: those that it would make again the same.

A page stands if all that it was made of is as it was, and its template looked at nothing else.
Pages of the navigation see each other, so they are always made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from mkdocs.utils.meta import get_data

from generator.digests import digest_of, digest_of_bytes
from generator.host.files import GeneratedFile, StandingPage
from generator.host.last_site import LastSite, Left
from generator.host.page import GeneratedPage, nav_items, reads_as_ours
from generator.host.search import LightIndex
from generator.host.theme import can_remember, settings_digest
from generator.offline import Kept
from generator.raster import is_picture, picture_digest

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files


class Standing:
    """The files of one build that stand, and what it leaves to the next."""

    def __init__(self, last: LastSite) -> None:
        self._last = last
        last.put_aside()
        self._keys: dict[str, str] = {}
        self._found: dict[str, Left] = {}

    def find(self, files: Files, config: MkDocsConfig, made_for: str) -> None:
        """Let stand what does. `made_for` is a digest of all that texts rest on but the data."""
        if not (can_remember(config) and reads_as_ours(config) and config.nav):
            return
        ours = [file for file in files if isinstance(file, GeneratedFile)]
        around = digest_of(made_for, settings_digest(config), *_nav_texts(files, config))
        in_nav = {uri for _, uri in nav_items(config.nav)}
        self._keys = {
            file.dest_uri: _key(file, around) for file in ours if file.src_uri not in in_nav
        }
        self._found = self._last.put_back(self._keys)
        for file in ours:
            if file.dest_uri in self._found:
                file.stands = True
                if file.is_page:
                    StandingPage(file, config, *self._found[file.dest_uri].seen)

    def kept(self) -> dict[str, Kept]:
        """What the service worker says of the files that stand, as far as it keeps them."""
        return {
            uri: Kept(left.version, left.size) for uri, left in self._found.items() if left.version
        }

    def remember(
        self,
        files: Iterable[File],
        kept: Mapping[str, Kept],
        exact: Collection[str],
        index: LightIndex,
    ) -> None:
        """Note what this build leaves. Pages count if they are `exact`, by their source files."""
        left = dict(self._found)
        for file in files:
            uri = file.dest_uri
            if not isinstance(file, GeneratedFile) or file.stands or uri not in self._keys:
                continue
            page, seen = file.page, None
            if isinstance(page, GeneratedPage):
                if not page.is_at_sight or file.src_uri not in exact:
                    continue
                seen = [page.meta, index.entries_of(page.url)]
            version = kept[uri].version if uri in kept else ""
            if now := self._last.as_it_is(uri, self._keys[uri], version, seen):
                left[uri] = now
        self._last.remember(left)

    def let_go(self) -> None:
        """Let another build of this site begin."""
        self._last.let_go()


def _nav_texts(files: Files, config: MkDocsConfig) -> Iterator[str]:
    """What pages show of those in the navigation: its titles, and what their front matter says."""
    for title, uri in nav_items(config.nav):
        file = files.get_file_from_path(uri)
        text = file.content_string if file else ""
        yield f"{title}\0{uri}\0{bool(file)}"
        yield repr(get_data(text)[1]) if title else text


def _key(file: GeneratedFile, around: str) -> str:
    """A digest of all that is in a file of the site."""
    if is_picture(file.src_uri):
        return picture_digest(file.content_string)
    text = digest_of_bytes(file.content_bytes)
    return digest_of(around, str(file.edit_uri), text) if file.is_page else text
