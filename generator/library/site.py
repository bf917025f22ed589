"""What every page and file is made for: the library, a country, and where the site will be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from generator.diagnostics import Diagnostic
from generator.library.library import Library
from generator.model.context import Country
from generator.model.published_state import Clinic
from generator.outputs import Output
from generator.reading.published_state import PublishedState

FENCE: Final = "\n---\n"
"""Ends a page's front matter."""
OUR_NAME: Final = "StrideGuide"


@dataclass(frozen=True, slots=True)
class Site:
    """What every page is rendered against."""

    library: Library
    country: Country
    diagnostics: Sequence[Diagnostic] = ()
    edit_base: str = ""
    """Where the sources can be edited, ending in a slash; "" where nobody knows."""
    address: str = ""
    """The site's own address, ending in a slash; "" where nobody knows."""
    published_state: PublishedState = field(default_factory=PublishedState)
    pictures: bool = True
    """Whether pages have preview pictures for messengers and social sites."""
    policy: str = ""
    """The Content-Security-Policy of this build; "" where nobody knows its scripts."""
    clinic: Clinic | None = None
    """Whose site it is, where a clinic builds it in its own look."""
    name: str = OUR_NAME
    """What the site is called; the texts are StrideGuide's wherever they stand."""

    def text_of(self, output: Output) -> str:
        """The text of another output. Ask here, so that it is known who rests on it."""
        return output.content

    def front_of(self, output: Output) -> str:
        """The front matter of another output, without the fence that ends it."""
        return self.text_of(output).partition(FENCE)[0]
