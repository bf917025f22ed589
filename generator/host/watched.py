"""A library that notes what is asked of it: a text is made anew only when an answer changed.

A text is a pure function of the answers that it got: records by id, all records of a kind, the
links to a record. `questions_of` collects the questions while a text is made; as long as every
question has the answer that it had then, the text is the same. Whatever is not known here in
detail counts as a question about everything, so a new way to ask can make a page fresh too
often, and never too seldom.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from functools import cached_property
from typing import Any, Final, TypeVar

from generator.diagnostics import Diagnostic, Place
from generator.digests import digest_of
from generator.library import Library, Link
from generator.model.kinds import KINDS, Kind
from generator.model.record import Record
from generator.model.vocabulary import Vocabulary
from generator.outputs import Output
from generator.reading.articles import Article

V = TypeVar("V")
Question = tuple[str, ...]

ALL: Final[Question] = ("all",)
FINDINGS: Final[Question] = ("findings",)
ARTICLES: Final[Question] = ("articles",)
WORDS: Final[Question] = ("words",)


class WatchedLibrary(Library):
    """The same library. `digests` holds the digest of each record's own text, by kind and id.

    `texts` are those of the outputs that are made, by address: others may rest on them.
    """

    def __init__(
        self,
        library: Library,
        digests: Mapping[str, Mapping[str, str]],
        findings: tuple[Diagnostic, ...] = (),
    ) -> None:
        self._plain = library
        self._digests = digests
        self._asked: dict[Question, None] | None = None
        self.answers = _Answers(self._answer)
        self.texts: dict[str, str] = {}
        self.findings = WatchedFindings(findings, self)
        records = {
            kind.name: _Watched(
                library.of_kind(kind.name), self, ("kind", kind.name), ("record", kind.name)
            )
            for kind in KINDS
        }
        super().__init__(records, library.vocabulary, library.articles)

    def questions_of(self, make: Callable[[], str]) -> tuple[str, tuple[Question, ...]]:
        """A text, and what was asked to make it."""
        before, self._asked = self._asked, {}
        try:
            text = make()
            return text, tuple(self._asked)
        finally:
            self._asked = before

    def answer(self, question: Question) -> str:
        """A digest of the answer; it differs where the answer does."""
        return self.answers[question]

    def text_of(self, output: Output) -> str:
        """The text of an output that is made already, or is made now."""
        if output.uri not in self.texts:
            return output.content
        self.note(("text", output.uri))
        return self.texts[output.uri]

    def note(self, question: Question) -> None:
        """Note a question, where somebody collects them."""
        if self._asked is not None:
            self._asked[question] = None

    def place_of(self, record: Record) -> Place:
        self.note(("place", record.id))
        return record.where()

    def links_to(self, kind: str, id_: str) -> tuple[Link, ...]:
        self.note(("links", kind, id_))
        return self._plain.links_to(kind, id_)

    @property
    def vocabulary(self) -> Vocabulary:
        self.note(WORDS)
        return self._vocabulary

    @vocabulary.setter
    def vocabulary(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    @property
    def articles(self) -> tuple[Article, ...]:
        self.note(ARTICLES)
        return self._articles

    @articles.setter
    def articles(self, articles: tuple[Article, ...]) -> None:
        self._articles = articles

    def _answer(self, question: Question) -> str:
        match question:
            case ("record", kind, id_):
                return self._digests[kind].get(id_, "")
            case ("page", id_):
                found = self._plain.pages.get(id_)
                return f"{found[0].name} {self._digests[found[0].name][id_]}" if found else ""
            case ("place", id_):
                found = self._plain.pages.get(id_)
                return str(found[1].where()) if found else ""
            case ("kind", kind):
                records = self._plain.of_kind(kind)
                return digest_of(
                    *(f"{r.where()} {id_} {self._digests[kind][id_]}" for id_, r in records.items())
                )
            case ("links", kind, id_):
                links = self._plain.links_to(kind, id_)
                return digest_of(*(self._digest(link.record) for link in links))
            case ("text", uri):
                return digest_of(self.texts.get(uri, ""))
            case ("findings",):
                return digest_of(*map(repr, self.findings.plain))
            case ("articles",):
                return digest_of(*map(repr, self._articles))
            case ("words",):
                return digest_of(repr(self._vocabulary))
        kinds = (self.answer(("kind", kind.name)) for kind in KINDS)
        return digest_of(*kinds, *map(self.answer, (FINDINGS, ARTICLES, WORDS)))

    def _digest(self, record: Record) -> str:
        kind = self._kind_of[type(record)]
        return f"{kind} {record.id} {self._digests[kind][record.id]}"

    @cached_property
    def _kind_of(self) -> Mapping[type[Record], str]:
        return {kind.type: kind.name for kind in KINDS}


_FINER: Final[Mapping[str, Question]] = {
    "glossary_forms": ("kind", "glossary"),
    "glossary_pattern": ("kind", "glossary"),
    "true_syllables": ("kind", "glossary"),
    "_articles_by_mention": ARTICLES,
}
"""What the library computes once -> the question behind it; everything, where none stands here."""


def _shared(name: str) -> property:
    question = _FINER.get(name, ALL)

    def ask(self: WatchedLibrary) -> Any:
        self.note(question)
        return getattr(self._plain, name)

    return property(ask)


for _name, _attribute in list(vars(Library).items()):
    if isinstance(_attribute, cached_property):
        setattr(WatchedLibrary, _name, _shared(_name))


def _pages(self: WatchedLibrary) -> Mapping[str, tuple[Kind, Record]]:
    return _Watched(self._plain.pages, self, ALL, ("page",))


WatchedLibrary.pages = property(_pages)  # type: ignore[assignment]


class _Answers(dict[Question, str]):
    """Each answer is found when it is first asked for."""

    def __init__(self, find: Callable[[Question], str]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, question: Question) -> str:
        answer = self[question] = self._find(question)
        return answer


def _of_figures(name: str) -> property:
    """What is computed for each figure: it rests on its exercise, the poses and the words."""

    def ask(self: WatchedLibrary) -> Mapping[str, Any]:
        self.note(("kind", "poses"))
        self.note(WORDS)
        plain: Mapping[str, Any] = getattr(self._plain, name)
        return _Watched(plain, self, ("kind", "exercises"), ("record", "exercises"))

    return property(ask)


for _name in ("motions", "figure_words", "figure_captions"):
    setattr(WatchedLibrary, _name, _of_figures(_name))


class _Watched(Mapping[str, V]):
    """A mapping whose readers are noted: `all_` when it is gone through, `one` for each id."""

    def __init__(
        self, plain: Mapping[str, V], library: WatchedLibrary, all_: Question, one: Question
    ) -> None:
        self._plain, self._library, self._all, self._one = plain, library, all_, one

    def __getitem__(self, id_: str) -> V:
        self._library.note((*self._one, id_))
        return self._plain[id_]

    def __contains__(self, id_: object) -> bool:
        self._library.note((*self._one, str(id_)))
        return id_ in self._plain

    def __iter__(self) -> Iterator[str]:
        self._library.note(self._all)
        return iter(self._plain)

    def __len__(self) -> int:
        self._library.note(self._all)
        return len(self._plain)

    def keys(self) -> KeysView[str]:
        self._library.note(self._all)
        return self._plain.keys()

    def values(self) -> ValuesView[V]:
        self._library.note(self._all)
        return self._plain.values()

    def items(self) -> ItemsView[str, V]:
        self._library.note(self._all)
        return self._plain.items()


class WatchedFindings(tuple[Diagnostic, ...]):
    """Findings whose readers are noted."""

    plain: tuple[Diagnostic, ...]
    library: WatchedLibrary

    def __new__(cls, findings: tuple[Diagnostic, ...], library: WatchedLibrary) -> WatchedFindings:
        made = super().__new__(cls, findings)
        made.plain, made.library = findings, library
        return made

    def __iter__(self) -> Iterator[Diagnostic]:
        self.library.note(FINDINGS)
        return super().__iter__()

    def __len__(self) -> int:
        self.library.note(FINDINGS)
        return super().__len__()
