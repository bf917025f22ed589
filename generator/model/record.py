"""What all records share: an id, names, sourced claims, and where each field is in its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from generator.diagnostics import Place
from generator.model.fields import AtLeast, Day, Name, Prose, Ref, Wording

Key = tuple[str | int, ...]

ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""The form of an id, which is a part of the page's address."""
MAX_ID_LENGTH: Final = 60
"""In characters."""
RESERVED_ID: Final = re.compile("index|con|prn|aux|nul|(?:com|lpt)[1-9]")
"""The page that lists all records of a kind, and files that Windows can't hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A value that knows its place: `places[()]` is its own, `places["signs", 2]` an item's."""

    places: Mapping[Key, Place] = field(default_factory=dict, compare=False, repr=False)

    def where(self, *key: str | int) -> Place:
        """Where this field or item is; where nothing closer is known, the value's own place."""
        for length in range(len(key), -1, -1):
            if key[:length] in self.places:
                return self.places[key[:length]]
        return Place("data")


SOURCE_HELP: Final = "`general`, or a list of reference ids."


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Located):
    """What a statement rests on: references, or none of them for general advice."""

    references: Annotated[tuple[Annotated[str, Ref("references")], ...], AtLeast(1)] = ()

    @property
    def is_general(self) -> bool:
        """Usual clinical practice, for which no source was checked."""
        return not self.references


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Located):
    """A statement with what it rests on."""

    text: Annotated[Prose, "the statement, in plain words."]
    source: Annotated[Source, SOURCE_HELP]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Located):
    """Who has signed the record off, and over which content.

    Until a clinician signs it is a draft. `strideguide sign` writes all of it; `digest` is of
    all that can mislead as it then was, name and day included (see `generator.library.review`).
    """

    state: Annotated[Literal["draft", "signed"], "`draft` until a clinician signs."]
    by: Annotated[Name, "who signed."] = ""
    registration: Annotated[Name, "with whom they are registered, and the number."] = ""
    on: Annotated[str, Day(), "the date of the signature."] = ""
    digest: Annotated[Name, "what was signed; written by the command `sign`."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Located):
    """An entry of a data file; `id` is its key there and, for ever, its address."""

    id: str
    name: Annotated[Name, "the name that readers see."]
    aliases: Annotated[
        tuple[Name, ...], Wording(), "other names that people look for, each on one record only."
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(Record):
    """A record with a page that a clinician signs off."""

    review: Annotated[Review, Wording(), "who signed the record, and when; a draft until then."]
