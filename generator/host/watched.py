"""A library that notes what is asked of it: a text is made anew only when an answer changed.

A text is a pure function of the answers that it got: fields of records, which records there
are, the links to a record. `questions_of` collects the questions while a text is made; as long
as every question has the answer that it had then, the text is the same. Whatever is not known
here in detail counts as a question about everything, so a new way to ask can make a page fresh
too often, and never too seldom.
"""

from __future__ import annotations

from collections.abc import (
    Callable,
    ItemsView,
    Iterator,
    KeysView,
    Mapping,
    Sequence,
    ValuesView,
)
from functools import cached_property, partial
from typing import Any, Final, TypeVar

from generator.diagnostics import Diagnostic, Place
from generator.digests import digest_of, digest_of_bytes
from generator.host.questions import (
    ALL,
    ARTICLES,
    FINDINGS,
    PLACES,
    WORDS,
    Question,
    doubtful,
    field_digest,
    is_text,
)
from generator.host.witness import unwitnessed, witness
from generator.library import Library, Link
from generator.model.kinds import KINDS, Kind, kind_of
from generator.model.record import Located, Record
from generator.model.vocabulary import Vocabulary
from generator.once import WHOLE, once_for_each
from generator.outputs import Output
from generator.reading.articles import Article
from generator.reading.load import Entries
from generator.shape import fields_of
from generator.site import FENCE

T = TypeVar("T")
V = TypeVar("V")


class Asked:
    """The questions of the text that is being made; between two texts nobody collects them."""

    __slots__ = ("questions",)

    def __init__(self) -> None:
        self.questions: dict[Question, None] | None = None

    def note(self, question: Question) -> None:
        """Note a question, where somebody collects them."""
        if self.questions is not None:
            self.questions[question] = None


class WatchedLibrary(Library):
    """The same library. `entries` are how its records were read, by kind and id.

    `texts` are those of the outputs that are made, by address, in UTF-8: others may rest on them.
    """

    def __init__(
        self, library: Library, entries: Entries, findings: Sequence[Diagnostic] = ()
    ) -> None:
        self._asked = Asked()
        self.findings = WatchedFindings(findings, self._asked)
        self._entries: Entries = {}
        self._answers: dict[Question, str] = {}
        self.take(library, entries, findings)

    def take(
        self, library: Library, entries: Entries, findings: Sequence[Diagnostic] = ()
    ) -> list[Question]:
        """Answer from this library from now on: it was read again after an edit.

        Gives back the questions that have another answer now, but for those about texts.
        """
        unsure = doubtful(self._answers, self._entries, entries)
        before = {question: self._answers.pop(question) for question in unsure}
        self._plain = library
        self._entries = entries
        self._links: dict[tuple[str, str], _Links] = {}
        self._pages: _Pages | None = None
        self.texts: dict[str, bytes] = {}
        self.findings.plain = findings
        self._witnesses: dict[str, _Records] = {
            kind.name: _Records(kind.name, library.of_kind(kind.name), self._asked)
            for kind in KINDS
        }
        super().__init__(self._witnesses, library.vocabulary, library.articles)
        return [q for q, answer in before.items() if not is_text(q) and self.answer(q) != answer]

    def questions_of(self, make: Callable[[], T]) -> tuple[T, tuple[Question, ...]]:
        """What is made, such as a text, and what was asked to make it."""
        before, self._asked.questions = self._asked.questions, {}
        try:
            made = make()
            return made, tuple(self._asked.questions)
        finally:
            self._asked.questions = before

    def answer(self, question: Question) -> str:
        """A digest of the answer; it differs where the answer does."""
        known = self._answers.get(question)
        if known is None:
            known = self._answers[question] = self._answer(question)
        return known

    def recall(self, question: Question, answer: str) -> None:
        """Take the answer of an earlier time, which is known to be that of now."""
        self._answers[question] = answer

    def record_digests(self) -> dict[str, dict[str, str]]:
        """A digest of what each record says, by kind and id."""
        return {
            kind: {id_: entry.digest for id_, entry in entries.items()}
            for kind, entries in self._entries.items()
        }

    def text_of(self, output: Output) -> str:
        """The text of an output that is made already, or is made now."""
        if output.uri not in self.texts:
            return output.content
        self.note(("text", output.uri))
        return self.texts[output.uri].decode()

    def front_of(self, output: Output) -> str:
        """The front matter of an output, as of one that is made already."""
        if output.uri not in self.texts:
            return output.content.partition(FENCE)[0]
        self.note(("front", output.uri))
        return _front(self.texts[output.uri]).decode()

    def forget_texts(self) -> None:
        """Know of no text any more: others may be made from now on."""
        self._answers = {q: answer for q, answer in self._answers.items() if not is_text(q)}

    def add_text(self, uri: str, text: bytes) -> list[Question]:
        """Give a text that others may ask for; gives back the questions that it answers anew."""
        self.texts[uri] = text
        asked = ("text", uri), ("front", uri)
        before = {question: self._answers.pop(question, None) for question in asked}
        return [q for q, answer in before.items() if answer and self.answer(q) != answer]

    def note(self, question: Question) -> None:
        """Note a question, where somebody collects them."""
        self._asked.note(question)

    def place_of(self, record: Record) -> Place:
        self.note(("place", record.id))
        return unwitnessed(record).where()

    def links_to(self, kind: str, id_: str) -> tuple[Link, ...]:
        known = self._links.get((kind, id_))
        if known is None:
            links = self._plain.links_to(kind, id_)
            known = self._links[kind, id_] = _Links(
                tuple(map(self._watched_link, links)), tuple(map(self._field_of, links))
            )
        self.note(("links", kind, id_))
        for question in known.questions:
            self.note(question)
        return known.links

    def _watched_link(self, link: Link) -> Link:
        record, *parts = link.owners
        assert isinstance(record, Record)
        witness_ = self._witnesses[kind_of(record).name].one(record)
        return Link((witness_, *parts), link.field, link.kind, link.id, link.key)

    def _field_of(self, link: Link) -> Question:
        """The question for the field that holds a link: its parts are read without a witness."""
        record, *parts = link.owners
        assert isinstance(record, Record)
        field = _fields_of_parts(record)[id(parts[0])] if parts else str(link.key[0])
        return ("field", kind_of(record).name, record.id, field)

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
            case ("field", kind, id_, field):
                entries = self._entries[kind]
                return field_digest(entries[id_], field) if id_ in entries else ""
            case ("fields", kind, field):
                entries = self._entries[kind]
                return digest_of(*[field_digest(entry, field) for entry in entries.values()])
            case ("has", kind, id_):
                return str(id_ in self._plain.of_kind(kind))
            case ("ids", kind):
                return digest_of(*self._plain.of_kind(kind))
            case ("page", id_):
                return self._plain.pages[id_][0].name if id_ in self._plain.pages else ""
            case ("place", id_):
                return str(self._plain.pages[id_][1].where()) if id_ in self._plain.pages else ""
            case ("links", kind, id_):
                users = [link.record for link in self._plain.links_to(kind, id_)]
                return digest_of(*[f"{type(user).__name__} {user.id}" for user in users])
            case ("text", uri):
                return digest_of_bytes(self.texts.get(uri, b""))
            case ("front", uri):
                return digest_of_bytes(_front(self.texts.get(uri, b"")))
            case ("findings",):
                return digest_of(*map(repr, self.findings.plain))
            case ("articles",):
                return digest_of(*map(repr, self._articles))
            case ("words",):
                return digest_of(repr(self._vocabulary))
        records = [
            answer
            for kind in KINDS
            for answer in (("ids", kind.name), ("fields", kind.name, PLACES))
        ]
        return digest_of(*map(self.answer, (*records, FINDINGS, ARTICLES, WORDS)))


def _front(text: bytes) -> bytes:
    return text.partition(FENCE.encode())[0]


@once_for_each
def _fields_of_parts(record: Record) -> Mapping[int, str]:
    """The field that holds each part of a record, by the part's identity."""
    held = [(field.name, getattr(record, field.name)) for field in fields_of(type(record))]
    return {
        id(part): name
        for name, value in held
        for part in (value if isinstance(value, tuple) else (value,))
        if isinstance(part, Located)
    }


class _Links:
    """The links to a record, and the fields that hold them."""

    __slots__ = ("links", "questions")

    def __init__(self, links: tuple[Link, ...], questions: tuple[Question, ...]) -> None:
        self.links = links
        self.questions = tuple(dict.fromkeys(questions))


_FINER: Final[Mapping[str, Question]] = {
    "glossary_forms": ("fields", "glossary", WHOLE),
    "glossary_words": ("fields", "glossary", WHOLE),
    "true_syllables": ("fields", "glossary", WHOLE),
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
    if self._pages is None:
        self._pages = _Pages(self._plain.pages, self._asked, self._witnesses)
    return self._pages


WatchedLibrary.pages = property(_pages)  # type: ignore[assignment]


class _Watched(Mapping[str, V]):
    """A mapping whose readers are noted: `all_` when it is gone through, `one` for each id."""

    def __init__(
        self,
        plain: Mapping[str, V],
        asked: Asked,
        all_: tuple[Question, ...],
        one: Callable[[str], Question],
    ) -> None:
        self._plain, self._asked, self._all, self._one = plain, asked, all_, one

    def __getitem__(self, id_: str) -> V:
        self._asked.note(self._one(id_))
        return self._plain[id_]

    def __contains__(self, id_: object) -> bool:
        self._asked.note(self._one(str(id_)))
        return id_ in self._plain

    def __iter__(self) -> Iterator[str]:
        self._note_all()
        return iter(self._plain)

    def __len__(self) -> int:
        self._note_all()
        return len(self._plain)

    def keys(self) -> KeysView[str]:
        self._note_all()
        return self._plain.keys()

    def values(self) -> ValuesView[V]:
        self._note_all()
        return self._plain.values()

    def items(self) -> ItemsView[str, V]:
        self._note_all()
        return self._plain.items()

    def _note_all(self) -> None:
        for question in self._all:
            self._asked.note(question)


class _Records(_Watched[Any]):
    """The records of a kind, as witnesses: one by one, or each as any of them."""

    def __init__(self, kind: str, plain: Mapping[str, Any], asked: Asked) -> None:
        super().__init__(plain, asked, (("ids", kind),), lambda id_: ("has", kind, id_))
        self._kind = kind
        self._ones: dict[str, Any] = {}

    def __getitem__(self, id_: str) -> Any:
        return self.one(super().__getitem__(id_))

    def one(self, record: Record) -> Any:
        """A record by itself."""
        known = self._ones.get(record.id)
        if known is None:
            note = partial(_note_field, self._asked, self._kind, record.id)
            known = self._ones[record.id] = witness(record, note)
        return known

    def values(self) -> ValuesView[Any]:
        self._note_all()
        return self._each.values()

    def items(self) -> ItemsView[str, Any]:
        self._note_all()
        return self._each.items()

    @cached_property
    def _each(self) -> Mapping[str, Any]:
        note = partial(_note_fields, self._asked, self._kind)
        return {id_: witness(record, note) for id_, record in self._plain.items()}


def _note_field(asked: Asked, kind: str, id_: str, field: str) -> None:
    if asked.questions is not None:
        asked.questions["field", kind, id_, field] = None


def _note_fields(asked: Asked, kind: str, field: str) -> None:
    if asked.questions is not None:
        asked.questions["fields", kind, field] = None


class _Pages(_Watched[tuple[Kind, Record]]):
    """The records with pages, as witnesses."""

    def __init__(
        self,
        plain: Mapping[str, tuple[Kind, Record]],
        asked: Asked,
        records: Mapping[str, _Records],
    ) -> None:
        super().__init__(plain, asked, (ALL,), lambda id_: ("page", id_))
        self._records = records

    def __getitem__(self, id_: str) -> tuple[Kind, Record]:
        kind, record = super().__getitem__(id_)
        return kind, self._records[kind.name].one(record)


def _of_figures(name: str, field: str) -> property:
    """What is computed for each figure: it rests on its exercise, the poses and the words."""
    one = partial(_question, "exercises", field)
    all_: tuple[Question, ...] = (("ids", "exercises"), ("fields", "exercises", field))

    def ask(self: WatchedLibrary) -> Mapping[str, Any]:
        self.note(("fields", "poses", WHOLE))
        self.note(WORDS)
        return _Watched(getattr(self._plain, name), self._asked, all_, one)

    return property(ask)


def _question(kind: str, field: str, id_: str) -> Question:
    return ("field", kind, id_, field)


for _name, _field in (("motions", "figure"), ("figure_words", WHOLE), ("figure_captions", WHOLE)):
    setattr(WatchedLibrary, _name, _of_figures(_name, _field))


class WatchedFindings(Sequence[Diagnostic]):
    """Findings whose readers are noted."""

    def __init__(self, plain: Sequence[Diagnostic], asked: Asked) -> None:
        self.plain, self._asked = plain, asked

    def __getitem__(self, index: Any) -> Any:
        self._asked.note(FINDINGS)
        return self.plain[index]

    def __iter__(self) -> Iterator[Diagnostic]:
        self._asked.note(FINDINGS)
        return iter(self.plain)

    def __len__(self) -> int:
        self._asked.note(FINDINGS)
        return len(self.plain)
