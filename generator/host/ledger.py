"""What each text of the last build rests on, kept as one row: read at once, compared at once.

A text holds as long as all questions that it asked have the answers that they had then. Texts
ask the same of the library, so each question stands here once, with its one answer.
"""

from __future__ import annotations

import json
import sys
from array import array
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable
from typing import Final, NamedTuple

from generator.host.questions import Question, edits, is_text, rests_on_same
from generator.host.store import Store
from generator.host.watched import WatchedLibrary

_ROW: Final = "ledger"
_BETWEEN: Final = "\t"


class Rests(NamedTuple):
    """What a text was made for besides its answers, its own digest, and its questions' numbers."""

    made_for: str
    digest: str
    numbers: array[int]


class Ledger:
    """The ledger of one site. `key` is a digest of all that texts rest on, but for the library."""

    def __init__(self, store: Store, key: str) -> None:
        self._store, self._key = store, f"{sys.byteorder} {key}"
        row = store.get(_ROW, self._key)
        self._records, questions, self._answers, rests = (
            json.loads(row) if row else ({}, [], [], {})
        )
        self._questions: list[Question] = [tuple(words.split(_BETWEEN)) for words in questions]
        self._numbers = {question: number for number, question in enumerate(self._questions)}
        self._last = {
            uri: Rests(made_for, digest, array("I", a2b_base64(numbers)))
            for uri, (made_for, digest, numbers) in rests.items()
        }
        self._now: dict[str, Rests] = {}
        self._texts = {n for n, question in enumerate(self._questions) if is_text(question)}
        self._changed: set[int] = set()

    def compare(self, library: WatchedLibrary) -> None:
        """Find the questions that have other answers now; those about texts are asked later.

        What is asked of records that say the same as before need not be looked up.
        """
        if not self._last:
            return
        self._changed = set()
        edited = edits(self._records, library.record_digests())
        for number, (question, answer) in enumerate(
            zip(self._questions, self._answers, strict=False)
        ):
            if number in self._texts:
                continue
            if rests_on_same(question, edited):
                library.recall(question, answer)
            elif library.answer(question) != answer:
                self._changed.add(number)

    def forget_last(self) -> None:
        """Whatever the last build left was taken or made anew; its answers grow old."""
        self._last = {}

    def holding(self, uri: str, made_for: str, library: WatchedLibrary) -> str | None:
        """The digest of a text that is as it would be made again."""
        rests = self._last.get(uri)
        if rests is None or rests.made_for != made_for:
            return None
        if not self._changed.isdisjoint(rests.numbers):
            return None
        for number in self._texts.intersection(rests.numbers):
            if library.answer(self._questions[number]) != self._answers[number]:
                return None
        self._now[uri] = rests
        return rests.digest

    def questions_of(self, uri: str) -> tuple[Question, ...]:
        """What a text that holds has asked."""
        return tuple([self._questions[number] for number in self._now[uri].numbers])

    def note(self, uri: str, made_for: str, digest: str, questions: Iterable[Question]) -> None:
        """Note a text that was made."""
        self._now[uri] = Rests(made_for, digest, array("I", map(self._number, questions)))

    def keep(self, library: WatchedLibrary) -> None:
        """Leave what the library's texts rest on to the next build. All of them hold."""
        now = {uri: rests for uri, rests in self._now.items() if uri in library.texts}
        used = sorted(set().union(*(rests.numbers for rests in now.values())))
        again = dict(zip(used, range(len(used)), strict=True))
        questions = [self._questions[number] for number in used]
        words = [*map(_BETWEEN.join, questions)]
        rows = {
            uri: (rests.made_for, rests.digest, _packed(map(again.__getitem__, rests.numbers)))
            for uri, rests in now.items()
        }
        row = [library.record_digests(), words, [*map(library.answer, questions)], rows]
        self._store.put(_ROW, self._key, json.dumps(row).encode())

    def _number(self, question: Question) -> int:
        number = self._numbers.setdefault(question, len(self._questions))
        if number == len(self._questions):
            self._questions.append(question)
        return number


def _packed(numbers: Iterable[int]) -> str:
    return b2a_base64(array("I", numbers), newline=False).decode()
