"""Plain words, measured: sentences, paragraphs, reading grade, medical words.

Syllables are counted by the library syllapy, and by the glossary where that library is
wrong. The grade is Flesch-Kincaid's: Kincaid and others, Derivation of New Readability
Formulas, US Naval Technical Training Command, 1975.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

import syllapy

from generator.diagnostics import Place
from generator.library import Library
from generator.mentions import mentions
from generator.model.record import Record
from generator.prose import without_emphasis
from generator.shape import walk

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


def reading_grade(texts: Iterable[str], syllables_of: Mapping[str, int]) -> float:
    """The Flesch-Kincaid grade of all texts together; `syllables_of` has true counts by word."""
    sentence_count = word_count = syllable_count = 0
    for text in texts:
        for sentence in sentences(text):
            in_sentence = words(sentence)
            if in_sentence:
                sentence_count += 1
                word_count += len(in_sentence)
                syllable_count += sum(_syllables(word, syllables_of) for word in in_sentence)
    if not sentence_count:
        return 0.0
    return 0.39 * word_count / sentence_count + 11.8 * syllable_count / word_count - 15.59


def true_syllables(library: Library) -> Mapping[str, int]:
    """Word in small letters -> its syllables, from the glossary; a plural counts as its word."""
    return {
        form.casefold(): entry.syllables
        for entry in library.glossary.values()
        if entry.syllables
        for form in (entry.name, f"{entry.name}s")
    }


def reader_texts(record: Record, library: Library) -> Iterator[tuple[str, Place]]:
    """Every sentence-like text of a record as readers see it, with its place."""
    for owners, field, value in walk(record):
        shape = field.shape
        for text_shape, texts in ((shape, (value,)), (shape.item, value)):
            if text_shape and text_shape.text and text_shape.text.markup:
                assert isinstance(texts, tuple)
                for i, text in enumerate(texts):
                    if text:
                        yield _as_read(text, library), owners[-1].where(field.name, i)


def record_grade(record: Record, library: Library) -> float:
    """The reading grade of all that a record says."""
    texts = (text for text, _ in reader_texts(record, library))
    return reading_grade(texts, true_syllables(library))


def _as_read(text: str, library: Library) -> str:
    """The text with mentions as the words that show, and without marks of emphasis."""
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
