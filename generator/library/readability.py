"""Plain words, measured: sentences, paragraphs, reading grade, medical words.

Syllables are counted by the library syllapy, and by the glossary where that library is
wrong. The grade is Flesch-Kincaid's: Kincaid and others, Derivation of New Readability
Formulas, US Naval Technical Training Command, 1975.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import syllapy

from generator.diagnostics import Place
from generator.library.library import Library
from generator.library.memoize import once_for_each
from generator.model.record import Located, Record
from generator.model.schema import has_prose, walk
from generator.reading.mentions import MENTION_START, Mention, replaced, without_emphasis

_Text = tuple[str, Located, tuple[str, int]]
Syllables = frozenset[tuple[str, int]]

_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][A-Za-z]+)?|\d+(?:[.,:]\d+)*%?")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?:])[\"”’)]*\s+(?=[\"“(]?[A-Z0-9])")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a colon before a capital letter ends one too.

    >>> sentences("It hurts. Rest for 1.5 days.")
    ['It hurts.', 'Rest for 1.5 days.']
    """
    return [sentence for line in text.splitlines() for sentence in _sentences_of_line(line)]


def _sentences_of_line(line: str) -> list[str]:
    return [sentence for part in _SENTENCE_END.split(line) if (sentence := part.strip())]


def words(text: str) -> list[str]:
    """The words of a text, numbers included."""
    return _WORD.findall(text)


@dataclass(frozen=True, slots=True)
class Measures:
    """What texts come to: how many sentences, words and syllables they have, and the longest.

    `sentence` has the words of the longest sentence, `paragraph` the sentences of the longest
    paragraph; `medical` are the words, in small letters, that end as medical words do.
    """

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    sentence: int = 0
    paragraph: int = 0
    medical: frozenset[str] = frozenset()

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade."""
        if not self.sentences:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def _measured(
    texts: Iterable[str], known: Syllables, endings: tuple[str, ...], more: Measures | None = None
) -> Measures:
    """The measures of texts, on top of `more`. A sentence without a word does not count."""
    more = more or Measures()
    met = _words_met(known, endings)
    lines = [_sentences_of_line(line) for text in texts for line in text.splitlines()]
    by_sentence = [found for line in lines for part in line if (found := words(part))]
    all_words = [word for found in by_sentence for word in found]
    syllables = sum(map(met.__getitem__, all_words))
    return Measures(
        more.sentences + len(by_sentence),
        more.words + len(all_words),
        more.syllables + syllables,
        max(more.sentence, *map(len, by_sentence), 0),
        max(more.paragraph, *map(len, lines), 0),
        more.medical.union(met.medical[word] for word in met.medical.keys() & all_words),
    )


class _WordsMet(dict[str, int]):
    """The syllables of words, counted when one is first met.

    `medical` are those that end as medical words do, with the same in small letters.
    """

    def __init__(self, known: Syllables, endings: tuple[str, ...]) -> None:
        super().__init__()
        self._known, self._endings = dict(known), endings
        self.medical: dict[str, str] = {}

    def __missing__(self, word: str) -> int:
        in_small = word.casefold()
        if in_small.endswith(self._endings):
            self.medical[word] = in_small
        count = 1 if word[0].isdigit() else max(1, int(syllapy.count(in_small)))
        self[word] = self._known.get(in_small, count)
        return self[word]


@lru_cache(maxsize=4)
def _words_met(known: Syllables, endings: tuple[str, ...]) -> _WordsMet:
    return _WordsMet(known, endings)


def reading_grade(texts: Iterable[str], known: Syllables = frozenset()) -> float:
    """The Flesch-Kincaid grade of all texts together; `known` holds true counts of words."""
    return _measured(texts, known, ()).grade


def reader_texts(record: Record, library: Library) -> Iterator[tuple[str, Place]]:
    """Every sentence-like text of a record as readers see it, with its place."""
    for text, owner, key in _texts(record):
        yield _as_read(text, library), owner.where(*key)


@once_for_each
def _texts(record: Record) -> tuple[_Text, ...]:
    """A record's texts, with the part and the key of each."""
    return tuple(_find_texts(record))


def _find_texts(record: Record) -> Iterator[_Text]:
    for owners, field, value in walk(record, has_prose):
        for i, text in enumerate(value if isinstance(value, tuple) else (value,)):
            if text:
                yield text, owners[-1], (field.name, i)


def record_grade(record: Record, library: Library) -> float:
    """The reading grade of all that a record says."""
    return measures(record, library).grade


def measures(record: Record, library: Library) -> Measures:
    """What the texts of a record come to as readers see them."""
    known = library.true_syllables
    endings = library.house.medical_endings
    own = _own_measures(record, known, endings)
    others = _texts_with_mentions(record, library)
    return _measured(others, known, endings, own) if others else own


@once_for_each
def _own_measures(record: Record, known: Syllables, endings: tuple[str, ...]) -> Measures:
    return _measured(map(without_emphasis, _own_texts(record)), known, endings)


@once_for_each
def _own_texts(record: Record) -> tuple[str, ...]:
    """The texts that read the same whatever other records are called."""
    return tuple(text for text, _, _ in _texts(record) if MENTION_START not in text)


@once_for_each
def _with_mentions(record: Record) -> tuple[str, ...]:
    return tuple(text for text, _, _ in _texts(record) if MENTION_START in text)


def _texts_with_mentions(record: Record, library: Library) -> tuple[str, ...]:
    return tuple(_as_read(text, library) for text in _with_mentions(record))


def _as_read(text: str, library: Library) -> str:
    """The text with mentions as the words that show, and without marks of emphasis."""
    if MENTION_START not in text:
        return without_emphasis(text)

    def words_of(mention: Mention) -> str:
        known = library.pages.get(mention.id)
        return mention.words or (known[1].name if known else "")

    return without_emphasis(replaced(text, words_of))
