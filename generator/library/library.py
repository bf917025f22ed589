"""Every record, linked both ways. A relation is declared on one end and read from both."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final, cast

from generator.diagnostics import Place
from generator.figure.pose import Motion, can_be_solved, motion
from generator.figure.words import alternative, captions
from generator.library.memoize import once_for_each
from generator.model.condition import Condition
from generator.model.context import Care, Cause, Country, Group, PainRule, Region, Tissue, Treatment
from generator.model.exercise import Exercise
from generator.model.figure import Pose
from generator.model.kinds import KINDS, Kind
from generator.model.programme import Programme
from generator.model.published_state import Retired
from generator.model.quality import GlossaryEntry, Policy, Vignette
from generator.model.record import Key, Located, Record
from generator.model.reference import Reference
from generator.model.schema import Field, has_prose, walk
from generator.model.sign import Sign
from generator.model.vocabulary import LayWords, Vocabulary
from generator.reading.articles import Article, by_mention
from generator.reading.mentions import MENTION_START, mentions

MENTION_FIELD: Final = "mention"

DEFAULT_POLICY: Final = Policy(
    id="default",
    name="Default",
    review_months=36,
    review_spread_months=12,
    evidence_age_years=15,
    sentence_words=20,
    paragraph_sentences=3,
    reading_grade=7,
    reading_grade_limit=9,
    medical_endings=(),
)
"""What holds while policy.yaml can't be read, so that the other rules still say their say."""


@dataclass(frozen=True, slots=True)
class Link:
    """One mention of a record by another, in a field or in text.

    `owners` leads from the record to the part that holds the id: for an exercise in a plan
    that is (condition, stage, prescription). The part carries the facts of the link.
    """

    owners: tuple[Located, ...]
    field: str
    kind: str
    id: str
    key: Key
    """The field or item of the part that holds the id."""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.part.where(*self.key)

    @property
    def record(self) -> Record:
        """The record that the link starts from."""
        return cast(Record, self.owners[0])

    @property
    def part(self) -> Located:
        """The part of it that holds the id."""
        return self.owners[-1]


class Library:
    """All records of all kinds. Ids may dangle until the checks have passed."""

    def __init__(
        self,
        records: Mapping[str, Mapping[str, Record]],
        vocabulary: Vocabulary,
        articles: tuple[Article, ...] = (),
        retired: Mapping[str, Retired] | None = None,
    ) -> None:
        self._records = records
        self.vocabulary = vocabulary
        self.articles = articles
        self.retired = retired or {}

    def of_kind(self, kind: str) -> Mapping[str, Record]:
        """The records of a kind by id, in file order."""
        return self._records[kind]

    def all_records(self) -> Iterable[tuple[Kind, Record]]:
        """Every record with its kind, kinds in their declared order, records in file order."""
        for kind in KINDS:
            for record in self._records[kind.name].values():
                yield kind, record

    @property
    def conditions(self) -> Mapping[str, Condition]:
        return cast(Mapping[str, Condition], self._records["conditions"])

    @property
    def signs(self) -> Mapping[str, Sign]:
        return cast(Mapping[str, Sign], self._records["signs"])

    @property
    def exercises(self) -> Mapping[str, Exercise]:
        return cast(Mapping[str, Exercise], self._records["exercises"])

    @property
    def regions(self) -> Mapping[str, Region]:
        return cast(Mapping[str, Region], self._records["regions"])

    @property
    def causes(self) -> Mapping[str, Cause]:
        return cast(Mapping[str, Cause], self._records["causes"])

    @property
    def treatments(self) -> Mapping[str, Treatment]:
        return cast(Mapping[str, Treatment], self._records["treatments"])

    @property
    def references(self) -> Mapping[str, Reference]:
        return cast(Mapping[str, Reference], self._records["references"])

    @property
    def groups(self) -> Mapping[str, Group]:
        return cast(Mapping[str, Group], self._records["groups"])

    @property
    def poses(self) -> Mapping[str, Pose]:
        return cast(Mapping[str, Pose], self._records["poses"])

    @property
    def tissues(self) -> Mapping[str, Tissue]:
        return cast(Mapping[str, Tissue], self._records["tissues"])

    @property
    def pain_rules(self) -> Mapping[str, PainRule]:
        return cast(Mapping[str, PainRule], self._records["pain-rules"])

    @property
    def care(self) -> Mapping[str, Care]:
        return cast(Mapping[str, Care], self._records["care"])

    @property
    def countries(self) -> Mapping[str, Country]:
        return cast(Mapping[str, Country], self._records["countries"])

    @property
    def programmes(self) -> Mapping[str, Programme]:
        return cast(Mapping[str, Programme], self._records["programmes"])

    @property
    def glossary(self) -> Mapping[str, GlossaryEntry]:
        return cast(Mapping[str, GlossaryEntry], self._records["glossary"])

    @property
    def vignettes(self) -> Mapping[str, Vignette]:
        return cast(Mapping[str, Vignette], self._records["vignettes"])

    @property
    def lay_words(self) -> Mapping[str, LayWords]:
        return cast(Mapping[str, LayWords], self._records["lay-words"])

    @property
    def house(self) -> Policy:
        """The numbers that the house has agreed on."""
        return cast(Policy, next(iter(self._records["policy"].values()), DEFAULT_POLICY))

    @cached_property
    def motions(self) -> Mapping[str, Motion]:
        """Every figure, solved, by its exercise's id; but none whose form is wrong."""
        return {
            exercise.id: motion(exercise.figure, self.poses)
            for exercise in self.exercises.values()
            if exercise.figure and can_be_solved(exercise.figure, self.poses)
        }

    @cached_property
    def figure_words(self) -> Mapping[str, str]:
        """What each figure shows, in words, by the exercise's id."""
        return {
            id_: alternative(self.exercises[id_], solved, self.poses, self.vocabulary)
            for id_, solved in self.motions.items()
        }

    @cached_property
    def figure_captions(self) -> Mapping[str, tuple[str, ...]]:
        """A caption for each moment of each figure, by the exercise's id."""
        return {
            id_: tuple(captions(solved, self.poses, self.vocabulary))
            for id_, solved in self.motions.items()
        }

    @cached_property
    def glossary_forms(self) -> Mapping[str, GlossaryEntry]:
        """Every form of every glossary word, in small letters."""
        return {
            form.casefold(): entry
            for entry in self.glossary.values()
            for form in (entry.name, *entry.aliases)
        }

    @cached_property
    def glossary_words(self) -> Callable[[str], tuple[re.Match[str], ...]]:
        """Gives the glossary words of a text, as whole words, the longer form where two fit.

        Many texts stand on several pages, so it remembers. Forms are grouped by their first
        letter, so that most words of a text are passed at once.
        """
        rests: defaultdict[str, list[str]] = defaultdict(list)
        forms = filter(None, self.glossary_forms)
        for form in sorted(forms, key=lambda form: (-len(form), form)):
            rests[form[0]].append(re.escape(form[1:]))
        groups = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())
        alternatives = "|".join(groups) or "(?!)"
        pattern = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)
        return lru_cache(maxsize=8192)(lambda text: tuple(pattern.finditer(text)))

    @cached_property
    def true_syllables(self) -> frozenset[tuple[str, int]]:
        """Words in small letters with their syllables, where the glossary says them.

        A plural counts as its word.
        """
        return frozenset(
            (form.casefold(), entry.syllables)
            for entry in self.glossary.values()
            if entry.syllables
            for form in (entry.name, f"{entry.name}s")
        )

    @cached_property
    def pages(self) -> Mapping[str, tuple[Kind, Record]]:
        """Every record that has a page, by id; ids are unique among them."""
        return {r.id: (kind, r) for kind, r in self.all_records() if kind.has_pages}

    @cached_property
    def words_of_names(self) -> frozenset[str]:
        """The words of all ids and names, in small letters."""
        names = (n for _, r in self.all_records() for n in (r.id, r.name, *r.aliases))
        return frozenset(word for name in names for word in re.findall("[a-z]+", name.casefold()))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link of every record, those in text included."""
        return tuple(link for _, record in self.all_records() for link in links_of(record))

    def links_from(self, record: Record) -> Iterable[Link]:
        """The links that start at this record, in the order of its fields."""
        return links_of(record)

    def links_to(self, kind: str, id_: str) -> tuple[Link, ...]:
        """The links that end at this record, in file order."""
        return self._links_by_target.get((kind, id_), ())

    @cached_property
    def _links_by_target(self) -> Mapping[tuple[str, str], tuple[Link, ...]]:
        by_target: defaultdict[tuple[str, str], list[Link]] = defaultdict(list)
        for link in self.links:
            kind = link.kind
            if kind == MENTION_FIELD and link.id in self.pages:
                kind = self.pages[link.id][0].name
                link = replace(link, kind=kind)
            by_target[kind, link.id].append(link)
        return {target: tuple(links) for target, links in by_target.items()}

    def articles_about(self, record: Record) -> tuple[Article, ...]:
        """The articles that mention this record."""
        return self._articles_by_mention.get(record.id, ())

    @cached_property
    def _articles_by_mention(self) -> Mapping[str, tuple[Article, ...]]:
        return by_mention(self.articles)

    def place_of(self, record: Record) -> Place:
        """Where a record is in its file. Pages ask here, so the read is noted."""
        return record.where()

    def harder(self, exercise: Exercise) -> tuple[Exercise, ...]:
        """The exercises that name this one as easier."""
        links = self.links_to("exercises", exercise.id)
        return tuple(cast(Exercise, link.record) for link in links if link.field == "easier")


@once_for_each
def links_of(record: Record) -> tuple[Link, ...]:
    """The links that start at a record, in the order of its fields."""
    return tuple(_links_of(record))


def _may_link(field: Field) -> bool:
    shape = field.shape.item or field.shape
    return bool(shape.ref) or has_prose(field)


def _links_of(record: Record) -> Iterable[Link]:
    for owners, field, value in walk(record, _may_link):
        shape, name = field.shape, field.name
        if shape.ref:
            if value:
                yield Link(owners, name, shape.ref.kind, str(value), (name,))
        elif shape.item and shape.item.ref:
            for i, id_ in enumerate(cast(tuple[str, ...], value)):
                if id_:
                    yield Link(owners, name, shape.item.ref.kind, id_, (name, i))
        else:
            texts = cast(tuple[str, ...], value if shape.item else (value,))
            for i, text in enumerate(texts):
                for mention in mentions(text) if MENTION_START in text else ():
                    yield Link(owners, MENTION_FIELD, MENTION_FIELD, mention.id, (name, i))
