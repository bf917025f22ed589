"""One site's outputs on their way into MkDocs, with nothing made twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.build import outputs
from generator.digests import digest_of
from generator.environment import environment
from generator.host.code import code_digest
from generator.host.files import GeneratedFile, generated_file, with_standing
from generator.host.last_site import LastSite
from generator.host.memory import Counters, Memory
from generator.host.page import GeneratedPage, nav_titles
from generator.host.partials import Partials
from generator.host.questions import Question
from generator.host.records import CACHE, STORE, KeptRead
from generator.host.search import LightIndex, use_light_index
from generator.host.standing import Standing
from generator.host.store import Store
from generator.host.theme import (
    Bytecode,
    RememberingTemplates,
    can_remember,
    look_up_once,
    surroundings_digest,
)
from generator.host.watched import WatchedLibrary
from generator.offline import Kept
from generator.outputs import Output
from generator.raster import is_picture, picture_digest, png_of
from generator.reading.load import Entries
from generator.site import Site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation


Texts = list[tuple[Output, bytes]]
"""Outputs with their texts in UTF-8."""


class Press:
    """Turns outputs into files and pages of MkDocs; remembers what it made in `store`.

    A `lasting` press keeps what it made in memory as well, for the next build of this process.
    """

    def __init__(self, store: Store, *, lasting: bool) -> None:
        self.counters = Counters()
        self._made_for = ""
        """A digest of all that the last texts rest on, but for the library."""
        self._store = store
        self._standing: Standing | None = None
        self._files: Iterable[File] = ()
        self._index: LightIndex | None = None
        self._templates: RememberingTemplates | None = None
        self._memory = Memory(store, self.counters, lasting=lasting)
        self._lasting = lasting
        self._last: _Outputs | None = None

    def texts(self, site: Site, entries: Entries) -> Texts:
        """Every output of the site with its text. `entries` are how its records were read."""
        self._made_for = options = digest_of(code_digest(), *_options(site))
        made, are_known = self._last, False
        if made and made.options == options:
            self._memory.forget(made.library.take(site.library, entries, site.diagnostics))
            are_known = made.still_hold()
        else:
            made = _Outputs(site, entries, options)
        if not are_known:
            made.list_again()
        if self._lasting:
            self._last = made
        return [*self._memory.texts(made.all, made.library, options, are_known=are_known)]

    def files(self, texts: Texts, config: MkDocsConfig) -> list[GeneratedFile]:
        """A generated file for each output."""
        return [generated_file(output, text, config) for output, text in texts]

    def put_aside(self, config: MkDocsConfig) -> None:
        """Take the last site out of the way of MkDocs, which empties the folder."""
        self._standing = Standing(LastSite(Path(config.site_dir), _cache(config), self._store))

    def settle(self, files: Files, config: MkDocsConfig) -> None:
        """Let our files stand, or be made: Markdown gets its page, a drawing its picture."""
        self._files = files
        self._index = use_light_index(config)
        if self._standing and self._index:
            self._standing.find(files, config, self._made_for)
        if self._index:
            self._index.expect(files)
        titles = nav_titles(config.nav)
        for file in files:
            if not isinstance(file, GeneratedFile) or file.stands:
                continue
            if file.is_page:
                GeneratedPage(titles.get(file.src_uri), file, config)
            elif is_picture(file.src_uri):
                file.content_bytes = self._picture(file.src_uri, file.content_string)

    def _picture(self, uri: str, drawing: str) -> bytes:
        """The PNG of a drawing."""
        name, key = f"picture {uri}", picture_digest(drawing)
        known = self._store.get(name, key)
        if known is None:
            known = png_of(drawing)
            self._store.put(name, key, known)
        return known

    def templates(
        self, environment: Any, config: MkDocsConfig, nav: Navigation, files: Files
    ) -> Any:
        """The theme's templates, remembering where that is safe."""
        is_ours = can_remember(config)
        look_up_once(environment, Partials(environment, nav) if is_ours else None)
        environment.bytecode_cache = Bytecode(str(_cache(config) / "templates"))
        if not is_ours:
            return environment
        surroundings = surroundings_digest(config, nav)
        # A build finds its last pages in the site's folder; that of a preview begins empty.
        store = self._store if self._lasting else None
        self._templates = RememberingTemplates(
            environment, store, self.counters, surroundings, with_standing(files)
        )
        return self._templates

    def kept(self) -> dict[str, Kept]:
        """What the service worker says of the files that stand."""
        return self._standing.kept() if self._standing else {}

    def finish(self, kept: Mapping[str, Kept]) -> None:
        """Leave what was made to the next build. `kept` is what the service worker says of it."""
        if self._standing and self._index and self._templates:
            self._standing.remember(self._files, kept, self._templates.exact, self._index)
        self._memory.finish()
        self._store.flush()
        self.let_go()

    def let_go(self) -> None:
        """Let another build of this site begin."""
        if self._standing:
            self._standing.let_go()
            self._standing = None

    def close(self) -> None:
        """Leave what was made to the next build, and let the store go."""
        self._memory.finish()
        self._store.close()


class _Outputs:
    """The outputs of a site whose library is read again after each edit, by these `options`.

    Which outputs there are rests on answers, as their texts do: most edits change none of them.
    """

    def __init__(self, site: Site, entries: Entries, options: str) -> None:
        self.options = options
        self.library = WatchedLibrary(site.library, entries, site.diagnostics)
        self.all: tuple[Output, ...] = ()
        self._answers: dict[Question, str] = {}
        self._site = _WatchedSite(
            **_parts(site) | {"library": self.library, "diagnostics": self.library.findings}
        )

    def still_hold(self) -> bool:
        """Whether the library would still list them."""
        return all(self.library.answer(asked) == got for asked, got in self._answers.items())

    def list_again(self) -> None:
        """List them as the library is now."""
        self.library.forget_texts()
        self.all, asked = self.library.questions_of(lambda: tuple(outputs(self._site)))
        self._answers = {question: self.library.answer(question) for question in asked}


class _WatchedSite(Site):
    """A site that notes which of its outputs rest on others."""

    def text_of(self, output: Output) -> str:
        assert isinstance(self.library, WatchedLibrary)
        return self.library.text_of(output)

    def front_of(self, output: Output) -> str:
        assert isinstance(self.library, WatchedLibrary)
        return self.library.front_of(output)


def _parts(site: Site) -> dict[str, Any]:
    return {field.name: getattr(site, field.name) for field in fields(site)}


def _options(site: Site) -> list[str]:
    """All of a site that is not asked through its library."""
    asked = ("library", "diagnostics")
    return [repr(value) for name, value in _parts(site).items() if name not in asked]


def compile_once(config: MkDocsConfig) -> None:
    """Take our own templates as an earlier build compiled them."""
    environment().bytecode_cache = Bytecode(str(_cache(config) / "templates"))


def store_beside(config: MkDocsConfig, name: str) -> Store:
    """The store of this project for one command; builds and previews differ in every page."""
    return Store(_cache(config) / f"{name}.sqlite")


def kept_records(config: MkDocsConfig) -> KeptRead:
    """The records that an earlier run has read, whatever command it was."""
    return KeptRead(Store(_cache(config) / STORE))


def _cache(config: MkDocsConfig) -> Path:
    root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    return root / CACHE
