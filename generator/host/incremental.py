"""Makes only the outputs whose inputs changed since the last build.

Each content is kept as a plain file, with a digest of what was read to make it. As long as the
digest is the same, so is the content.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import fields
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import Any, Final, NamedTuple

from generator.build import outputs
from generator.host.code import code_digest
from generator.host.noting import Input, MadeOutput, NotingLibrary
from generator.library.library import Library
from generator.library.site import Site
from generator.model.digests import digest_of
from generator.outputs import Output
from generator.pages.raster import is_picture, png_of
from generator.reading.load import Entries

_INDEX: Final = "index.json"


class _Entry(NamedTuple):
    """What the last build noted of an output."""

    key: str
    """A digest of the inputs, the code and the options."""
    inputs: list[Input]
    digest: str
    """Of the content before a drawing becomes a picture."""
    size: int
    mtime_ns: int


class OutputCache:
    """The outputs of the last build of one command, as plain files in `folder`.

    It may be deleted at any time. A file that was changed by somebody else is made again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries: dict[str, _Entry] = {}
        self.made: list[str] = []
        """The addresses of the outputs that `make` made, rather than found."""
        with suppress(OSError, ValueError, TypeError):
            index = json.loads((folder / _INDEX).read_bytes())
            self._entries = {uri: _Entry(*entry) for uri, entry in index.items()}

    def make(self, site: Site, entries: Entries) -> list[MadeOutput]:
        """Every output of the site. `entries` tells what each record's text was."""
        library = NotingLibrary(site.library, entries, site.diagnostics)
        noting_site = _NotingSite(
            **_parts(site) | {"library": library, "diagnostics": library.findings}
        )
        common = digest_of(code_digest(), *_options(site))
        self.made = []
        now: dict[str, _Entry] = {}
        found: list[MadeOutput] = []
        for output in outputs(noting_site):
            entry = now[output.uri] = self._entry(output, library, common)
            made = MadeOutput(output.uri, self._path(output.uri), entry.digest, output.source)
            library.contents[output.uri] = made
            found.append(made)
        for uri in self._entries.keys() - now.keys():
            self._path(uri).unlink(missing_ok=True)
        if self.made or self._entries.keys() != now.keys():
            _write(self._folder / _INDEX, json.dumps(now).encode())
        self._entries = now
        return found

    def _entry(self, output: Output, library: NotingLibrary, common: str) -> _Entry:
        made_for = digest_of(common, _arguments(output.text))
        known = self._entries.get(output.uri)
        if known and not self._is_whole(output.uri, known):
            known = None
        if known and known.key == library.key(made_for, known.inputs):
            return known
        self.made.append(output.uri)
        text, inputs = library.inputs_of(lambda: output.content)
        digest = digest_of(text)
        if known and known.digest == digest:
            return known._replace(key=library.key(made_for, inputs), inputs=inputs)
        path = self._path(output.uri)
        _write(path, png_of(text) if is_picture(output.uri) else text.encode())
        stat = path.stat()
        return _Entry(library.key(made_for, inputs), inputs, digest, stat.st_size, stat.st_mtime_ns)

    def _is_whole(self, uri: str, entry: _Entry) -> bool:
        """Whether the file is as the last build left it."""
        try:
            stat = self._path(uri).stat()
        except OSError:
            return False
        return (stat.st_size, stat.st_mtime_ns) == (entry.size, entry.mtime_ns)

    def _path(self, uri: str) -> Path:
        return self._folder / uri


def _write(path: Path, content: bytes) -> None:
    """Write a file in one step: a build that is stopped leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)


class _NotingSite(Site):
    """A site that notes which of its outputs read others."""

    def text_of(self, output: Output) -> str:
        assert isinstance(self.library, NotingLibrary)
        return self.library.content_of(output)


def _parts(site: Site) -> dict[str, Any]:
    return {field.name: getattr(site, field.name) for field in fields(site)}


def _options(site: Site) -> list[str]:
    """All of a site that is not read through its library."""
    parts = _parts(site)
    return [f"{name}={parts[name]!r}" for name in parts if name not in ("library", "diagnostics")]


def _arguments(value: object) -> str:
    """What the function that makes a content brings with it, but for the site and its library."""
    match value:
        case partial():
            return f"{_arguments(value.func)}({[*map(_arguments, (*value.args, value.keywords))]})"
        case Site() | Library():
            return ""
        case Output():
            return value.uri
        case tuple() | list():
            return f"[{', '.join(map(_arguments, value))}]"
        case dict():
            return f"{{{', '.join(f'{key}: {_arguments(item)}' for key, item in value.items())}}}"
        case FunctionType() if value.__closure__ is None:
            return f"{value.__module__}.{value.__qualname__}"
        case FunctionType():
            cells = [cell.cell_contents for cell in value.__closure__ or ()]
            return f"{value.__module__}.{value.__qualname__}{_arguments(cells)}"
    return repr(value)
