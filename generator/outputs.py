"""What the generator makes: an address within the docs folder, and its content."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.diagnostics import Place

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site before MkDocs. `source` is where its facts stand, for the edit link.

    Its text is given, or made when it is asked for: what need not be made anew is not asked.
    """

    uri: str
    text: str | Callable[[], str]
    source: Place | None = None

    @property
    def content(self) -> str:
        """The text, made now if it was not given."""
        return self.text if isinstance(self.text, str) else self.text()


def json_text(body: Json) -> str:
    """A document that others read, people among them."""
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def compact_json(body: Json) -> str:
    """What pages and our own scripts load: nothing in it but what it says."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
