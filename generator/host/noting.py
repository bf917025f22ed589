"""A library that notes what is read of it while the content of an output is made.

What is noted is plain words: a single record, all of a kind, which records link to one, the
vocabulary, the articles, the findings. What is not known here in detail counts as everything, so
that an output may be made again too often, and never too seldom.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from generator.diagnostics import Diagnostic, Place
from generator.library.library import Library, Link
from generator.model.digests import digest_of
from generator.model.kinds import KINDS, kind_of
from generator.model.record import Record
from generator.model.vocabulary import Vocabulary
from generator.outputs import Output
from generator.reading.articles import Article
from generator.reading.load import Entries

Input = str
"""What an output may read, as in `record signs hop-pain`, `kind signs`, `links signs hop-pain`."""

Note = Callable[[Sequence[Input]], None]

VOCABULARY: Final = "vocabulary"
ARTICLES: Final = "articles"
FINDINGS: Final = "findings"
EVERYTHING: Final = "everything"


@dataclass(frozen=True, slots=True)
class MadeOutput:
    """An output whose content is in the file `path`; `digest` is that of the content."""

    uri: str
    path: Path
    digest: str
    source: Place | None


class NotingLibrary(Library):
    """A library that notes what is read of it."""

    def __init__(
        self, library: Library, entries: Entries, findings: Sequence[Diagnostic] = ()
    ) -> None:
        self._plain = library
        self._read: dict[Input, None] | None = None
        self._known: dict[Input, str] = {}
        self._texts = {
            kind: {id_: entry.digest for id_, entry in of_kind.items()}
            for kind, of_kind in entries.items()
        }
        self.findings = _NotingFindings(findings, self.note)
        self.contents: dict[str, MadeOutput] = {}
        """The outputs that are there, by address: others may read them."""
        super().__init__(
            {kind.name: self._of_kind(kind.name) for kind in KINDS},
            library.vocabulary,
            library.articles,
        )

    def _of_kind(self, kind: str) -> Mapping[str, Record]:
        plain = self._plain.of_kind(kind)
        return _NotingMapping(
            plain,
            self.note,
            lambda id_: [f"record {kind} {id_}"],
            [f"ids {kind}"],
            [f"kind {kind}"],
        )

    def note(self, inputs: Sequence[Input]) -> None:
        """Note inputs of the output that is being made, if one is."""
        if self._read is not None:
            self._read.update(dict.fromkeys(inputs))

    def inputs_of(self, make: Callable[[], str]) -> tuple[str, list[Input]]:
        """What is made, and what was read to make it."""
        before, self._read = self._read, {}
        try:
            made = make()
            return made, list(self._read)
        finally:
            self._read = before

    def key(self, made_for: str, inputs: Sequence[Input]) -> str:
        """A digest of these inputs as they are now, and of what the output is made for."""
        return digest_of(made_for, *map(self._digest, inputs))

    def _digest(self, input_: Input) -> str:
        known = self._known.get(input_)
        if known is None:
            known = self._known[input_] = digest_of(*self._says(*input_.split(" ", 2)))
        return known

    def _says(self, what: str, *about: str) -> Iterator[str]:
        match what, about:
            case "record", (kind, id_):
                yield self._texts[kind].get(id_, "")
            case "ids", (kind,):
                yield from self._texts[kind]
            case "kind", (kind,):
                for pair in self._texts[kind].items():
                    yield from pair
            case "links", (kind, id_):
                for link in self._plain.links_to(kind, id_):
                    user = link.record
                    yield f"{user.id} {self._texts[kind_of(user).name][user.id]}"
            case "page", (id_,):
                if id_ in self._plain.pages:
                    kind = self._plain.pages[id_][0].name
                    yield f"{kind} {self._texts[kind][id_]}"
            case "place", (kind, id_):
                yield str(self._plain.of_kind(kind)[id_].where())
            case "content", (uri,):
                yield self.contents[uri].digest if uri in self.contents else ""
            case "vocabulary", ():
                yield repr(self._plain.vocabulary)
            case "articles", ():
                yield from map(repr, self._plain.articles)
            case "findings", ():
                yield from map(repr, self.findings.plain)
            case _:
                yield from (str(record.where()) for _, record in self._plain.all_records())
                inputs = (*(f"kind {kind.name}" for kind in KINDS), VOCABULARY, ARTICLES, FINDINGS)
                yield from map(self._digest, inputs)

    def place_of(self, record: Record) -> Place:
        self.note([f"place {kind_of(record).name} {record.id}"])
        return self._plain.place_of(record)

    def links_to(self, kind: str, id_: str) -> tuple[Link, ...]:
        self.note([f"links {kind} {id_}"])
        return self._plain.links_to(kind, id_)

    def content_of(self, output: Output) -> str:
        """The content of another output, made before or now."""
        made = self.contents.get(output.uri)
        if made is None:
            return output.content
        self.note([f"content {output.uri}"])
        return made.path.read_text(encoding="utf-8")

    @property
    def vocabulary(self) -> Vocabulary:
        self.note([VOCABULARY])
        return self._plain.vocabulary

    @vocabulary.setter
    def vocabulary(self, vocabulary: Vocabulary) -> None:
        """It is that of the plain library."""

    @property
    def articles(self) -> tuple[Article, ...]:
        self.note([ARTICLES])
        return self._plain.articles

    @articles.setter
    def articles(self, articles: tuple[Article, ...]) -> None:
        """They are those of the plain library."""


_GLOSSARY: Final = ("kind glossary",)
_FIGURES: Final = ("kind poses", VOCABULARY)


def _figures(plain: Mapping[str, Any], note: Note) -> Mapping[str, Any]:
    all_ = ("kind exercises", *_FIGURES)
    return _NotingMapping(
        plain, note, lambda id_: [f"record exercises {id_}", *_FIGURES], all_, all_
    )


def _pages(plain: Mapping[str, Any], note: Note) -> Mapping[str, Any]:
    return _NotingMapping(plain, note, lambda id_: [f"page {id_}"], [EVERYTHING], [EVERYTHING])


_MAPPINGS: Final = {
    "motions": _figures,
    "figure_words": _figures,
    "figure_captions": _figures,
    "pages": _pages,
}
_INPUTS: Final[Mapping[str, Sequence[Input]]] = {
    "glossary_forms": _GLOSSARY,
    "glossary_words": _GLOSSARY,
    "true_syllables": _GLOSSARY,
    "_articles_by_mention": [ARTICLES],
}
"""What the library computes once -> what that rests on; everything, where it is not here."""


def _noting(name: str) -> property:
    def read(library: NotingLibrary) -> Any:
        plain = getattr(library._plain, name)
        if name in _MAPPINGS:
            return _MAPPINGS[name](plain, library.note)
        library.note(_INPUTS.get(name, [EVERYTHING]))
        return plain

    return property(read)


for _name, _attribute in list(vars(Library).items()):
    if isinstance(_attribute, cached_property):
        setattr(NotingLibrary, _name, _noting(_name))


class _NotingMapping(Mapping[str, Any]):
    """A mapping whose readers are noted: by id, by the list of ids, or by all that is in it."""

    def __init__(
        self,
        plain: Mapping[str, Any],
        note: Note,
        one: Callable[[str], Sequence[Input]],
        ids: Sequence[Input],
        all_: Sequence[Input],
    ) -> None:
        self._plain, self._note, self._one, self._ids, self._all = plain, note, one, ids, all_

    def __getitem__(self, id_: str) -> Any:
        self._note(self._one(id_))
        return self._plain[id_]

    def __contains__(self, id_: object) -> bool:
        self._note(self._one(str(id_)))
        return id_ in self._plain

    def __iter__(self) -> Iterator[str]:
        self._note(self._ids)
        return iter(self._plain)

    def __len__(self) -> int:
        self._note(self._ids)
        return len(self._plain)

    def keys(self) -> KeysView[str]:
        self._note(self._ids)
        return self._plain.keys()

    def values(self) -> ValuesView[Any]:
        self._note(self._all)
        return self._plain.values()

    def items(self) -> ItemsView[str, Any]:
        self._note(self._all)
        return self._plain.items()


class _NotingFindings(Sequence[Diagnostic]):
    """The findings, which few outputs show."""

    def __init__(self, plain: Sequence[Diagnostic], note: Note) -> None:
        self.plain, self._note = plain, note

    def __getitem__(self, index: Any) -> Any:
        self._note([FINDINGS])
        return self.plain[index]

    def __len__(self) -> int:
        self._note([FINDINGS])
        return len(self.plain)
