"""Records that keep the others honest: reading policy, glossary, invented cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from generator.model.fields import AtLeast, Between, Name, Phrase, Prose, Ref, Sentence
from generator.model.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryEntry(Record):
    """A medical word with its plain meaning; `name` is the word, aliases are its other forms."""

    meaning: Annotated[Sentence, "the plain meaning, in one sentence."]
    syllables: Annotated[
        int, Between(0, 12), "true count, where the syllable library is wrong; otherwise leave out."
    ] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Vignette(Record):
    """An invented case, and what the site must show for it."""

    age_band: Annotated[Name, "as in 30 to 39."]
    story: Annotated[Prose, "what the runner feels, and when."]
    search: Annotated[
        tuple[Phrase, ...],
        "what the runner may type into search, in words of people who know no anatomy.",
    ] = ()
    signs: Annotated[tuple[Annotated[str, Ref("signs")], ...], AtLeast(1), "the signs in it."]
    leads_to: Annotated[
        tuple[Annotated[str, Ref("conditions")], ...],
        "conditions that must be among those that the signs lead to.",
    ] = ()
    red_flag: Annotated[str, Ref("signs"), "the red flag that must show first."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Record):
    """Numbers that the house has agreed on. There is one record of this kind, `house`."""

    review_months: Annotated[int, Between(1, 36), "longest time between two reviews."]
    review_spread_months: Annotated[int, Between(0, 24), "over how long due dates are spread."]
    evidence_age_years: Annotated[int, Between(1, 50), "when a source is old."]
    sentence_words: Annotated[int, Between(5, 60), "longest sentence, in words."]
    paragraph_sentences: Annotated[int, Between(1, 20), "longest paragraph, in sentences."]
    reading_grade: Annotated[int, Between(1, 18), "the reading grade to aim at."]
    reading_grade_limit: Annotated[int, Between(1, 18), "the highest reading grade of a page."]
    medical_endings: Annotated[
        tuple[Phrase, ...], AtLeast(1), "endings that give a medical word away."
    ]
    population_words: Annotated[
        tuple[Phrase, ...], "words that say who was studied, in the singular where it takes an s."
    ] = ()
