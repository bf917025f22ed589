"""Texts of outputs, made anew only when an answer that they got has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import FunctionType
from typing import Final

from generator.digests import digest_of, digest_of_bytes
from generator.host.ledger import Ledger
from generator.host.questions import Question, is_text
from generator.host.store import Store
from generator.host.watched import WatchedLibrary
from generator.library import Library
from generator.model.kinds import Kind
from generator.once import Witnessed
from generator.outputs import Output
from generator.site import Site


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, all else that it was made for, and what was asked for it."""

    text: bytes
    made_for: str
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
    answer tell the few texts that are outdated.
    """

    def __init__(self, store: Store, counters: Counters, *, lasting: bool) -> None:
        self._store = store
        self._lasting = lasting
        self._counters = counters
        self._ledger: Ledger | None = None
        self._options = ""
        self._whole: WatchedLibrary | None = None
        """The library of the last texts, if there was no trouble with any of them."""
        self._texts: dict[str, _Text] = {}
        self._askers: dict[Question, set[str]] = {}
        self._outdated: set[str] = set()

    def forget(self, questions: Iterable[Question]) -> None:
        """Make the texts anew that got another answer to one of these."""
        for question in questions:
            self._outdated |= self._askers.get(question, set())

    def texts(
        self, outputs: Iterable[Output], library: WatchedLibrary, options: str, *, are_known: bool
    ) -> Iterator[tuple[Output, bytes]]:
        """Each output with its text in UTF-8, half of what Python needs for one with dashes.

        `options` stands for all that is no answer of the library. Where the outputs themselves
        `are_known` from the last time, whatever is not outdated stays.
        """
        self._whole = None
        if self._ledger is None or self._options != options:
            self._ledger, self._options = Ledger(self._store, options), options
        self._ledger.compare(library)
        for output in outputs:
            last = self._texts.get(output.uri)
            if last and are_known and output.uri not in self._outdated:
                library.texts[output.uri] = last.text
            else:
                text = self._text_of(output, library, self._ledger)
                # Whoever asked for it comes later.
                self.forget(library.add_text(output.uri, text))
            yield output, library.texts[output.uri]
        self._ledger.forget_last()
        self._whole = library
        if not self._lasting:
            self.finish()
            self._ledger = None  # It is large, and the rest of a build does not need it.

    def finish(self) -> None:
        """Leave what is known of the texts to the next process."""
        if self._ledger and self._whole:
            self._ledger.keep(self._whole)
            self._whole = None

    def _text_of(self, output: Output, library: WatchedLibrary, ledger: Ledger) -> bytes:
        if isinstance(output.text, str):
            return output.text.encode()
        made_for = digest_of(self._options, captured(output.text))
        if last := self._texts.get(output.uri):
            is_outdated = output.uri in self._outdated or not _fits(last, made_for, library)
            known = None if is_outdated else last.text
        else:
            known = self._stored(output.uri, made_for, library, ledger)
        return self._made(output, made_for, library, ledger) if known is None else known

    def _stored(
        self, uri: str, made_for: str, library: WatchedLibrary, ledger: Ledger
    ) -> bytes | None:
        """The text that an earlier process made, if all answers are as they were."""
        digest = ledger.holding(uri, made_for, library)
        text = digest and self._store.get(f"text {uri}", digest)
        if not text:
            return None
        if self._lasting:
            self._keep(uri, _text(text, made_for, ledger.questions_of(uri), library))
        return text

    def _made(
        self, output: Output, made_for: str, library: WatchedLibrary, ledger: Ledger
    ) -> bytes:
        made, questions = library.questions_of(lambda: output.content)
        text = made.encode()
        self._counters.made.append(output.uri)
        if self._lasting:
            self._keep(output.uri, _text(text, made_for, questions, library))
        digest = digest_of_bytes(text)
        ledger.note(output.uri, made_for, digest, questions)
        self._store.put(f"text {output.uri}", digest, text)
        return text

    def _keep(self, uri: str, text: _Text) -> None:
        """Keep a text in this process, and who asked what for it."""
        self._outdated.discard(uri)
        before, self._texts[uri] = self._texts.get(uri), text
        for question in before.questions if before else ():
            self._askers[question].discard(uri)
        for question in text.questions:
            self._askers.setdefault(question, set()).add(uri)


def _text(
    text: bytes, made_for: str, questions: tuple[Question, ...], library: WatchedLibrary
) -> _Text:
    texts = {question: library.answer(question) for question in questions if is_text(question)}
    return _Text(text, made_for, questions, texts)


def _fits(known: _Text, made_for: str, library: WatchedLibrary) -> bool:
    """Whether a text that is not outdated is still made for the same, and rests on the same."""
    return known.made_for == made_for and all(
        library.answer(question) == answer for question, answer in known.texts.items()
    )


_ASKED: Final = (Site, Library)


def captured(value: object, within: tuple[int, ...] = ()) -> str:
    """All that a function has brought along, but for the site and its library, which are asked.

    What has no lasting name, such as an object that shows its address, is new each time. A
    record must not be among it: the function may be called for the site after the next edit.
    """
    if value is None or isinstance(value, str):
        return repr(value)
    if isinstance(value, _ASKED):
        return ""
    if isinstance(value, Kind):
        return value.name
    if isinstance(value, Witnessed):
        raise TypeError("what makes an output must keep the id of a record, not the record")
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
