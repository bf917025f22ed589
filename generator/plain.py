"""Plain words, measured: sentences, paragraphs, reading grade, medical words.

Syllables are counted by the library syllapy, and by the glossary where that library is
wrong. The grade is Flesch-Kincaid's: Kincaid and others, Derivation of New Readability
Formulas, US Naval Technical Training Command, 1975.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import syllapy

from generator.diagnostics import Place
from generator.library import Library
from generator.mentions import mentions
from generator.model.record import Located, Record
from generator.once import once_for_each
from generator.prose import without_emphasis
from generator.shape import walk

MEASURED_TEXTS: Final = 60_000
"""How many texts stay measured: several rules ask the same, and again after each save."""

_Text = tuple[str, Located, tuple[str, int]]
Syllables = frozenset[tuple[str, int]]

_Counts = tuple[int, int, int]
_MENTION: Final = "[["

_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][A-Za-z]+)?|\d+(?:[.,:]\d+)*%?")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?:])[\"”’)]*\s+(?=[\"“(]?[A-Z0-9])")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a colon before a capital letter ends one too.

    >>> sentences("It hurts. Rest for 1.5 days.")
    ['It hurts.', 'Rest for 1.5 days.']
    """
    parts = (part.strip() for line in text.splitlines() for part in _SENTENCE_END.split(line))
    return [part for part in parts if part]


def words(text: str) -> list[str]:
    """The words of a text, numbers included."""
    return _WORD.findall(text)


@lru_cache(maxsize=MEASURED_TEXTS)
def longest_sentence(text: str) -> int:
    """The words of its longest sentence."""
    return max((len(words(sentence)) for sentence in sentences(text)), default=0)


@lru_cache(maxsize=MEASURED_TEXTS)
def longest_paragraph(text: str) -> int:
    """The sentences of its longest paragraph."""
    return max((len(sentences(paragraph)) for paragraph in text.splitlines()), default=0)


def reading_grade(texts: Iterable[str], syllables_of: Mapping[str, int]) -> float:
    """The Flesch-Kincaid grade of all texts together; `syllables_of` has true counts by word."""
    known = frozenset(syllables_of.items())
    return _grade(_counts(text, known) for text in texts)


def _grade(counts: Iterable[_Counts]) -> float:
    sentence_count, word_count, syllable_count = _sum(counts)
    if not sentence_count:
        return 0.0
    return 0.39 * word_count / sentence_count + 11.8 * syllable_count / word_count - 15.59


def _sum(counts: Iterable[_Counts]) -> _Counts:
    sentence_count = word_count = syllable_count = 0
    for counted in counts:
        sentence_count += counted[0]
        word_count += counted[1]
        syllable_count += counted[2]
    return sentence_count, word_count, syllable_count


@lru_cache(maxsize=MEASURED_TEXTS)
def _counts(text: str, known: Syllables) -> _Counts:
    """The sentences, words and syllables of a text."""
    syllables_of = _by_word(known)
    found = [in_sentence for sentence in sentences(text) if (in_sentence := words(sentence))]
    return (
        len(found),
        sum(map(len, found)),
        sum(_syllables(word, syllables_of) for in_sentence in found for word in in_sentence),
    )


@lru_cache(maxsize=4)
def _by_word(known: Syllables) -> Mapping[str, int]:
    return dict(known)


def true_syllables(library: Library) -> Mapping[str, int]:
    """Word in small letters -> its syllables, from the glossary; a plural counts as its word."""
    return dict(library.true_syllables)


def reader_texts(record: Record, library: Library) -> Iterator[tuple[str, Place]]:
    """Every sentence-like text of a record as readers see it, with its place."""
    for text, owner, key in _texts(record):
        yield _as_read(text, library), owner.where(*key)


@once_for_each
def _texts(record: Record) -> tuple[_Text, ...]:
    """A record's texts, with the part and the key of each."""
    return tuple(_find_texts(record))


def _find_texts(record: Record) -> Iterator[_Text]:
    for owners, field, value in walk(record):
        shape = field.shape
        for text_shape, texts in ((shape, (value,)), (shape.item, value)):
            if text_shape and text_shape.text and text_shape.text.markup:
                assert isinstance(texts, tuple)
                for i, text in enumerate(texts):
                    if text:
                        yield text, owners[-1], (field.name, i)


def record_grade(record: Record, library: Library) -> float:
    """The reading grade of all that a record says."""
    known = library.true_syllables
    others = (_counts(text, known) for text in _texts_with_mentions(record, library))
    return _grade([_own_counts(record, known), *others])


@once_for_each
def _own_counts(record: Record, known: Syllables) -> _Counts:
    return _sum(_counts(without_emphasis(text), known) for text in _own_texts(record))


@dataclass(frozen=True, slots=True)
class Measures:
    """The words of the longest sentence, the sentences of the longest paragraph, all the words."""

    sentence: int
    paragraph: int
    words: frozenset[str]


def measures(record: Record, library: Library) -> Measures:
    """What the texts of a record come to as readers see them; words are in small letters."""
    own = _own_measures(record)
    if others := _texts_with_mentions(record, library):
        own = _measured([*others], own)
    return own


@once_for_each
def _own_measures(record: Record) -> Measures:
    return _measured(map(without_emphasis, _own_texts(record)), Measures(0, 0, frozenset()))


def _measured(texts: Iterable[str], more: Measures) -> Measures:
    found = list(texts)
    return Measures(
        max(more.sentence, *map(longest_sentence, found), 0),
        max(more.paragraph, *map(longest_paragraph, found), 0),
        more.words.union(*map(_words_in, found)),
    )


@lru_cache(maxsize=MEASURED_TEXTS)
def _words_in(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in words(text))


@once_for_each
def _own_texts(record: Record) -> tuple[str, ...]:
    """The texts that read the same whatever other records are called."""
    return tuple(text for text, _, _ in _texts(record) if _MENTION not in text)


@once_for_each
def _with_mentions(record: Record) -> tuple[str, ...]:
    return tuple(text for text, _, _ in _texts(record) if _MENTION in text)


def _texts_with_mentions(record: Record, library: Library) -> tuple[str, ...]:
    return tuple(_as_read(text, library) for text in _with_mentions(record))


def _as_read(text: str, library: Library) -> str:
    """The text with mentions as the words that show, and without marks of emphasis."""
    if _MENTION not in text:
        return without_emphasis(text)
    at = 0
    parts: list[str] = []
    for mention in mentions(text):
        known = library.pages.get(mention.id)
        parts += [text[at : mention.start], mention.words or (known[1].name if known else "")]
        at = mention.end
    return without_emphasis("".join([*parts, text[at:]]))


def _syllables(word: str, syllables_of: Mapping[str, int]) -> int:
    if word[0].isdigit():
        return 1
    return syllables_of.get(word.casefold()) or _counted(word.casefold())


@cache
def _counted(word: str) -> int:
    return max(1, int(syllapy.count(word)))
