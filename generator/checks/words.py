"""Rules about plain words: what a runner in pain can read at one go."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Severity, rule
from generator.library import readability as plain
from generator.library.library import Library
from generator.model.kinds import READ_KINDS


@rule("long-sentence")
def sentences_are_short(library: Library) -> Iterator[Diagnostic]:
    """A sentence has more words than the house policy allows (20).

    Cut it in two, or leave out what the reader can do without.
    """
    limit = library.house.sentence_words
    for kind in READ_KINDS:
        for record in library.of_kind(kind.name).values():
            if plain.measures(record, library).sentence <= limit:
                continue
            for text, place in plain.reader_texts(record, library):
                for sentence in plain.sentences(text):
                    if (count := len(plain.words(sentence))) > limit:
                        yield Diagnostic(
                            code="long-sentence",
                            place=place,
                            message=f"A sentence must have at most {limit} words, and "
                            f'"{sentence[:40]}…" has {count}.',
                            help="Make two sentences of it.",
                            severity=Severity.WARNING,
                        )


@rule("long-paragraph")
def paragraphs_are_short(library: Library) -> Iterator[Diagnostic]:
    """A paragraph has more sentences than the house policy allows (3)."""
    limit = library.house.paragraph_sentences
    for kind in READ_KINDS:
        for record in library.of_kind(kind.name).values():
            if plain.measures(record, library).paragraph <= limit:
                continue
            for text, place in plain.reader_texts(record, library):
                for paragraph in text.splitlines():
                    if (count := len(plain.sentences(paragraph))) > limit:
                        yield Diagnostic(
                            code="long-paragraph",
                            place=place,
                            message=f"A paragraph must have at most {limit} sentences, "
                            f"and this one has {count}.",
                            help="Leave something out, or put an empty line between two thoughts.",
                            severity=Severity.WARNING,
                        )


@rule("hard-to-read")
def pages_are_readable(library: Library) -> Iterator[Diagnostic]:
    """The reading grade of a record is above the limit of the house policy (9).

    Shorter sentences and shorter words bring it down.
    """
    limit = library.house.reading_grade_limit
    for kind in READ_KINDS:
        for record in library.of_kind(kind.name).values():
            grade = plain.record_grade(record, library)
            if grade > limit:
                yield Diagnostic(
                    code="hard-to-read",
                    place=record.where(),
                    message=f"The reading grade of `{record.id}` must be at most {limit}, "
                    f"and it is {grade:.1f}.",
                    help="Write shorter sentences and use shorter words.",
                    severity=Severity.WARNING,
                )


@rule("unexplained-word")
def medical_words_are_explained(library: Library) -> Iterator[Diagnostic]:
    """A word that ends as medical words do is not in the glossary.

    Words of the glossary explain themselves on the page. Words of a record's name are what
    its page is about. The endings are in policy.yaml.
    """
    endings = tuple(library.house.medical_endings)
    known = {word for form in library.glossary_forms for word in form.split()}
    for _, record in library.all_records():
        for name in (record.name, *record.aliases):
            known.update(word.casefold() for word in plain.words(name))
    for kind in READ_KINDS:
        for record in library.of_kind(kind.name).values():
            if plain.measures(record, library).medical <= known:
                continue
            for text, place in plain.reader_texts(record, library):
                for word in plain.words(text):
                    plainer = word.casefold()
                    if plainer.endswith(endings) and plainer not in known:
                        yield Diagnostic(
                            code="unexplained-word",
                            place=place,
                            message=f'The medical word "{word}" must be in the glossary.',
                            help="Use a plain word, or explain it in glossary.yaml.",
                            severity=Severity.WARNING,
                        )
