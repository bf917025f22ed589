"""Texts of outputs, made anew only when an answer that they got has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from types import FunctionType

from generator.digests import digest_of
from generator.host.store import Store
from generator.host.watched import Question, WatchedLibrary
from generator.library import Library
from generator.model.kinds import Kind
from generator.outputs import Output
from generator.render import Site


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, what was asked for it, and the digest of the answers."""

    text: str
    questions: tuple[Question, ...]
    answers: str


@dataclass(slots=True)
class Counters:
    """What a build did anew, by address: for tests, and for whoever wonders."""

    made: list[str] = field(default_factory=list)
    rendered: list[str] = field(default_factory=list)


class Memory:
    """Remembers the text of every output in the store and, if `lasting`, in this process."""

    def __init__(self, store: Store, counters: Counters, *, lasting: bool) -> None:
        self._store = store
        self._lasting = lasting
        self._counters = counters
        self._texts: dict[str, tuple[str, _Text]] = {}

    def text_of(self, output: Output, library: WatchedLibrary, options: str) -> str:
        """The output's text. `options` stands for all that is no answer of the library."""
        if isinstance(output.text, str):
            return output.text
        options = digest_of(options, captured(output.text))
        known = self._recall(output.uri, options)
        if known and known.answers == _answers(library, known.questions):
            return known.text
        text, questions = library.questions_of(output.text)
        made = _Text(text, questions, _answers(library, questions))
        self._counters.made.append(output.uri)
        self._keep(output.uri, options, made)
        row = json.dumps([made.questions, made.answers, text], ensure_ascii=False)
        self._store.put(f"text {output.uri}", options, row.encode("utf-8", "surrogatepass"))
        return text

    def _recall(self, uri: str, options: str) -> _Text | None:
        if uri in self._texts:
            kept_for, known = self._texts[uri]
            return known if kept_for == options else None
        row = self._store.get(f"text {uri}", options)
        if row is None:
            return None
        questions, answers, text = json.loads(row)
        known = _Text(text, tuple(tuple(question) for question in questions), answers)
        self._keep(uri, options, known)
        return known

    def _keep(self, uri: str, options: str, text: _Text) -> None:
        if self._lasting:
            self._texts[uri] = (options, text)


def captured(value: object, within: tuple[int, ...] = ()) -> str:
    """All that a function has brought along, but for the site and its library, which are asked.

    What has no lasting name, such as an object that shows its address, is new each time.
    """
    if id(value) in within:
        return "itself"
    inner = partial(captured, within=(*within, id(value)))
    match value:
        case Site() | Library():
            return ""
        case str() | None:
            return repr(value)
        case Kind():
            return value.name
        case Output():
            return f"{value.uri} {inner(value.text)}"
        case partial():
            return f"partial({[inner(value.func), inner(value.args), inner(value.keywords)]})"
        case FunctionType():
            cells = [inner(cell.cell_contents) for cell in value.__closure__ or ()]
            defaults = [inner(value.__defaults__), inner(value.__kwdefaults__)]
            return f"{value.__module__}.{value.__qualname__}({cells} {defaults})"
        case tuple() | list():
            return f"[{', '.join(map(inner, value))}]"
        case dict():
            return f"{{{', '.join(f'{key!r}: {inner(item)}' for key, item in value.items())}}}"
    return repr(value)


def _answers(library: WatchedLibrary, questions: Iterable[Question]) -> str:
    return digest_of(" ".join(map(library.answers.__getitem__, questions)))
