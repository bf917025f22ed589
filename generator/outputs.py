"""What the generator makes: an address within the docs folder, and its content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site before MkDocs. `source` is where its facts stand, for the edit link.

    Its text is given, or made on request: what has not changed is never requested.
    """

    uri: str
    text: str | Callable[[], str]
    source: Place | None = None

    @property
    def content(self) -> str:
        """The text, made now if it was not given."""
        return self.text if isinstance(self.text, str) else self.text()
