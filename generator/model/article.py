"""What an article of content/ may say of itself above its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from generator.model.fields import Name, Short, Text
from generator.model.record import Located


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions(Located):
    """What search does with an article."""

    exclude: Annotated[bool, "whether search leaves it out."] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter(Located):
    """The lines between `---` and `---` at the top of an article."""

    title: Annotated[Name, "the title in the browser and in lists."] = ""
    description: Annotated[str, Text(limit=200), "what it is about, for search engines."] = ""
    template: Annotated[Short, "a file of theme/ that lays it out."] = ""
    hide: Annotated[
        tuple[Literal["navigation", "toc", "path", "footer"], ...], "what its page leaves out."
    ] = ()
    search: Annotated[SearchOptions | None, "what search does with it."] = None
