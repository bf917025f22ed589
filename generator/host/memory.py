"""Texts of outputs, made anew only when an answer that they got has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from types import FunctionType
from typing import Final

from generator.digests import digest_of
from generator.host.store import Store
from generator.host.watched import Question, WatchedLibrary, is_text
from generator.library import Library
from generator.model.kinds import Kind
from generator.outputs import Output
from generator.render import Site


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, all else that it was made for, and what was asked for it."""

    text: bytes
    options: str
    questions: tuple[Question, ...]
    texts: Mapping[Question, str]
    """Its questions for other texts, with their answers, which are made while they are asked."""


@dataclass(slots=True)
class Counters:
    """What a build did anew, by address: for tests, and for whoever wonders."""

    made: list[str] = field(default_factory=list)
    rendered: list[str] = field(default_factory=list)


class Memory:
    """Remembers the text of every output in the store and, if `lasting`, in this process.

    A lasting memory knows who asked what, so that after an edit the few questions with another
    answer tell the few texts that are to be made again.
    """

    def __init__(self, store: Store, counters: Counters, *, lasting: bool) -> None:
        self._store = store
        self._lasting = lasting
        self._counters = counters
        self._texts: dict[str, _Text] = {}
        self._askers: dict[Question, set[str]] = {}
        self._answers: dict[Question, str] = {}

    def compare(self, library: WatchedLibrary) -> None:
        """Forget each text that got an answer which this library would no longer give."""
        for question, answer in self._answers.items():
            if library.answer(question) != answer:
                self._answers[question] = library.answer(question)
                for uri in [*self._askers[question]]:
                    self._forget(uri)

    def text_of(self, output: Output, library: WatchedLibrary, options: str) -> bytes:
        """The output's text in UTF-8, which is half of what Python needs for one with dashes.

        `options` stands for all that is no answer of the library.
        """
        if isinstance(output.text, str):
            return output.text.encode()
        options = f"{options} {captured(output.text)}"
        known = self._remembered(output.uri, options, library)
        return self._made(output, options, library) if known is None else known

    def _remembered(self, uri: str, options: str, library: WatchedLibrary) -> bytes | None:
        """The text that was made last time, if all answers are as they were."""
        if known := self._texts.get(uri):
            is_same = known.options == options and all(
                library.answer(question) == answer for question, answer in known.texts.items()
            )
            if is_same:
                return known.text
            self._forget(uri)
            return None
        row = self._store.get(f"text {uri}", digest_of(options))
        if row is None:
            return None
        head, _, text = row.partition(b"\n")
        asked, digest = json.loads(head)
        questions = tuple(map(tuple, asked))
        if digest_of(*map(library.answer, questions)) != digest:
            return None
        self._keep(uri, text, options, questions, library)
        return text

    def _made(self, output: Output, options: str, library: WatchedLibrary) -> bytes:
        made, questions = library.questions_of(lambda: output.content)
        text = made.encode()
        self._counters.made.append(output.uri)
        self._keep(output.uri, text, options, questions, library)
        digest = digest_of(*map(library.answer, questions))
        row = b"%b\n%b" % (json.dumps([questions, digest]).encode(), text)
        self._store.put(f"text {output.uri}", digest_of(options), row)
        return text

    def _keep(
        self,
        uri: str,
        text: bytes,
        options: str,
        questions: tuple[Question, ...],
        library: WatchedLibrary,
    ) -> None:
        if not self._lasting:
            return
        texts = {question: library.answer(question) for question in questions if is_text(question)}
        lasting = tuple(question for question in questions if question not in texts)
        self._texts[uri] = _Text(text, options, lasting, texts)
        for question in lasting:
            self._answers[question] = library.answer(question)
            self._askers.setdefault(question, set()).add(uri)

    def _forget(self, uri: str) -> None:
        for question in self._texts.pop(uri).questions:
            self._askers[question].discard(uri)


_ASKED: Final = (Site, Library)


def captured(value: object, within: tuple[int, ...] = ()) -> str:
    """All that a function has brought along, but for the site and its library, which are asked.

    What has no lasting name, such as an object that shows its address, is new each time.
    """
    if value is None or isinstance(value, str):
        return repr(value)
    if isinstance(value, _ASKED):
        return ""
    if isinstance(value, Kind):
        return value.name
    if id(value) in within:
        return "itself"
    within = (*within, id(value))
    if isinstance(value, partial):
        parts = [value.func, *value.args, value.keywords or None]
        return f"partial({[captured(part, within) for part in parts]})"
    if isinstance(value, FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        parts = [*cells, value.__defaults__, value.__kwdefaults__]
        return f"{value.__module__}.{value.__qualname__}({[captured(p, within) for p in parts]})"
    if isinstance(value, tuple | list):
        return f"[{', '.join([captured(item, within) for item in value])}]"
    if isinstance(value, dict):
        items = [f"{key!r}: {captured(item, within)}" for key, item in value.items()]
        return f"{{{', '.join(items)}}}"
    if isinstance(value, Output):
        return f"{value.uri} {captured(value.text, within)}"
    return repr(value)
