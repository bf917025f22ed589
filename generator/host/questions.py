"""What a text may ask of the library, and which answers may be others after an edit. Pure.

A question is a few words: what about, and of which kind, record or field. Whatever is not known
here in detail counts as a question about everything, so that a page may be made anew too often,
and never too seldom.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from generator.host.field_digests import field_digests
from generator.library import links_of
from generator.once import WHOLE
from generator.reading.load import Entries, Entry

Question = tuple[str, ...]

ALL: Final[Question] = ("all",)
FINDINGS: Final[Question] = ("findings",)
ARTICLES: Final[Question] = ("articles",)
WORDS: Final[Question] = ("words",)
PLACES: Final = "places"
"""The field that holds where a record and all that is in it stands."""
_OF_OTHERS: Final = frozenset(("has", "ids", "page", "text", "front"))
"""Questions about which records there are, and about texts: not about what records say."""


def is_text(question: Question) -> bool:
    """Whether it asks for another output."""
    return question[0] in ("text", "front")


def doubtful(asked: Iterable[Question], before: Entries, now: Entries) -> list[Question]:
    """The questions that may have other answers after the records were read again.

    That is so for all that is not known here, and for all about where records stand.
    """
    if [*map(list, before.values())] != [*map(list, now.values())]:
        return [*asked]
    edited = {
        kind: {id_: entry for id_, entry in entries.items() if entry is not before[kind][id_]}
        for kind, entries in now.items()
    }
    targets = {
        link.id
        for kind, entries in edited.items()
        for id_, entry in entries.items()
        for link in (*links_of(before[kind][id_].record), *links_of(entry.record))
    }

    def is_same(kind: str, field: str) -> bool:
        return all(
            field_digest(entry, field) == field_digest(before[kind][id_], field)
            for id_, entry in edited[kind].items()
        )

    def holds(question: Question) -> bool:
        about = question[0]
        if about == "fields":
            return question[2] != PLACES and is_same(question[1], question[2])
        if about == "links":
            return question[2] not in targets
        return about in _OF_OTHERS or rests_on_same(question, edited)

    return [question for question in asked if not holds(question)]


Digests = Mapping[str, Mapping[str, str]]
"""What records say, by kind and id."""


def edits(before: Digests, now: Digests) -> dict[str, set[str]]:
    """The records of each kind that say something else; all of it if some came, went or moved."""

    def of_kind(was: Mapping[str, str], is_: Mapping[str, str]) -> set[str]:
        if [*was] != [*is_]:
            return {*was, *is_}
        return {id_ for id_, digest in is_.items() if digest != was[id_]}

    return {kind: of_kind(before.get(kind, {}), digests) for kind, digests in now.items()}


def rests_on_same(question: Question, edited: Mapping[str, Collection[str]]) -> bool:
    """Whether it asks what records say, and these were not edited."""
    about = question[0]
    if about not in ("field", "fields") or question[-1] == PLACES:
        return False
    return question[2] not in edited[question[1]] if about == "field" else not edited[question[1]]


def field_digest(entry: Entry, field: str) -> str:
    """A digest of a field's text, of a whole record, or of that and where it stands."""
    if field == PLACES:
        return f"{entry.digest} {entry.record.where()}"
    digests = None if field == WHOLE else field_digests(entry)
    return entry.digest if digests is None else digests.get(field, "")
