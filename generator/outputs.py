"""What the generator makes: an address within the docs folder, and its content."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site before MkDocs. `source` is where its facts stand, for the edit link."""

    uri: str
    content: str
    source: Place | None = None
