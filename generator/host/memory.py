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
    """A text, what was asked for it, and the answers."""

    text: str
    questions: tuple[Question, ...]
    answers: tuple[str, ...]


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
        known = self._recall(output.uri, options, library)
        if known:
            return known.text
        text, questions = library.questions_of(output.text)
        made = _Text(text, questions, _answers(library, questions))
        self._counters.made.append(output.uri)
        self._keep(output.uri, options, made)
        row = json.dumps([questions, digest_of(*made.answers), text], ensure_ascii=False)
        self._store.put(f"text {output.uri}", options, row.encode("utf-8", "surrogatepass"))
        return text

    def _recall(self, uri: str, options: str, library: WatchedLibrary) -> _Text | None:
        """The text that was made last time, if all answers are as they were."""
        if uri in self._texts:
            kept_for, known = self._texts[uri]
            is_same = kept_for == options and known.answers == _answers(library, known.questions)
            return known if is_same else None
        row = self._store.get(f"text {uri}", options)
        if row is None:
            return None
        asked, digest, text = json.loads(row)
        questions = tuple(map(tuple, asked))
        answers = _answers(library, questions)
        if digest_of(*answers) != digest:
            return None
        known = _Text(text, questions, answers)
        self._keep(uri, options, known)
        return known

    def _keep(self, uri: str, options: str, text: _Text) -> None:
        if self._lasting:
            self._texts[uri] = (options, text)


def captured(value: object, within: tuple[int, ...] = ()) -> str:
    """All that a function has brought along, but for the site and its library, which are asked.

    What has no lasting name, such as an object that shows its address, is new each time.
    """
    if value is None or isinstance(value, str):
        return repr(value)
    if isinstance(value, Site | Library):
        return ""
    if id(value) in within:
        return "itself"
    inner = partial(captured, within=(*within, id(value)))
    match value:
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


def _answers(library: WatchedLibrary, questions: Iterable[Question]) -> tuple[str, ...]:
    return tuple(map(library.answers.__getitem__, questions))
