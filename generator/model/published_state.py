"""What the site owes to others: clinics' looks, addresses that moved, changes worth a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from generator.model.fields import Address, AtLeast, Between, Day, Name, Ref, Sentence, Short, Text
from generator.model.record import Located, Record

Font = Literal["system", "humanist", "rounded", "serif"]
Scheme = Literal["page", "auto", "light", "dark"]
Fate = Literal["renamed", "merged", "retired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic(Record):
    """How a clinic shows our cards. Red flags, review, source and licence are never its to change.

    One file each, data/clinics/<id>.yaml; its name is the id.
    """

    country: Annotated[str, Ref("countries"), "whose numbers to print."]
    url: Annotated[
        str, Text(limit=300), Address(), "https address of its site, or of its booking page."
    ]
    cta: Annotated[Short, "the words of the button that leads there."] = ""
    phone: Annotated[Short, "its telephone number, printed as a link that dials it."] = ""
    accent: Annotated[Short, "colour of links and buttons, as in #0b5a63."] = ""
    accent_dark: Annotated[Short, "the same on a dark ground."] = ""
    radius: Annotated[int, Between(0, 24), "roundness of corners, in pixels."] = 10
    font: Annotated[Font, "system, humanist, rounded or serif."] = "system"
    scheme: Annotated[
        Scheme,
        "its ground: page (as the page around it), auto (as the reader's device), light or dark.",
    ] = "page"
    conditions: Annotated[
        tuple[Annotated[str, Ref("conditions")], ...], AtLeast(1), "ids of those that it shows."
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired(Located):
    """An address that was published and whose record is gone; it keeps working for ever."""

    id: str
    kind: Annotated[str, "the kind that it was filed under."]
    fate: Annotated[Fate, "renamed, merged or retired."]
    on: Annotated[str, Day(), "the day of the change."]
    now: Annotated[str, "the id of the record, of the same kind, that replaces it."]
    why: Annotated[Sentence, "what readers see."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Located):
    """A change of what the site advises, for feeds. `id` starts with its day."""

    id: str
    on: Annotated[str, Day(), "the day of the change."]
    title: Annotated[Name, "what changed, in a few words."]
    text: Annotated[Sentence, "what it means for a reader."]
    conditions: Annotated[
        tuple[Annotated[str, Ref("conditions")], ...], "ids of those it concerns; none means all."
    ] = ()
