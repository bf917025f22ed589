"""Rules about links: every id leads somewhere, nothing leads in circles, nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from generator.diagnostics import Diagnostic, Note, Place, Severity, rule
from generator.library.library import MENTION_FIELD, Library
from generator.library.memoize import once_for_each
from generator.model.kinds import KIND_OF, KINDS
from generator.model.record import Located, Record
from generator.model.schema import Field, walk
from generator.reading import id_findings
from generator.reading.articles import placed_mentions


def references_exist(library: Library) -> Iterator[Diagnostic]:
    """Every id in a field or in `[[brackets]]` is the id of a record: `unknown-reference`."""
    yield from (finding for _, finding in loose_links(library))
    for mention, place in placed_mentions(library.articles):
        if mention.id not in library.pages:
            yield _loose(library, MENTION_FIELD, mention.id, place)


def loose_links(library: Library) -> Iterator[tuple[Record, Diagnostic]]:
    """Each link of a record that leads nowhere."""
    for link in library.links:
        known = library.pages if link.kind == MENTION_FIELD else library.of_kind(link.kind)
        if link.id not in known:
            yield link.record, _loose(library, link.kind, link.id, link.place)


def _loose(library: Library, kind: str, id_: str, place: Place) -> Diagnostic:
    """That no record of a kind, or none with a page, has this id."""
    is_mention = kind == MENTION_FIELD
    known = {id_: record for id_, (_, record) in library.pages.items()}
    finding = id_findings.unknown_reference(
        place,
        "the data files" if is_mention else f"{kind}.yaml",
        id_,
        known if is_mention else library.of_kind(kind),
        library.retired.get(id_),
        library.words_of_names,
    )
    others = [other for other in KINDS if id_ in library.of_kind(other.name)]
    if others and kind in KIND_OF:
        return id_findings.of_another_kind(finding, others[0], KIND_OF[kind])
    return finding


def words_are_known(library: Library) -> Iterator[Diagnostic]:
    """Words that come from a list are in that list of vocabulary.yaml: `unknown-value`."""
    uses: dict[tuple[str, str], list[Diagnostic]] = {}
    for key, finding in _unknown_words(library):
        uses.setdefault(key, []).append(finding)
    used = {key for _, record in library.all_records() for key in _words_of(record)}
    for (name, word), found in uses.items():
        known = library.vocabulary.get(name, {})
        unused = [key for key in known if (name, key) not in used]
        likely = get_close_matches(word, unused, 1) or unused
        if len(found) > 1 and len(likely) == 1:
            place = known[likely[0]].where()
            yield id_findings.renamed_word(place, likely[0], word, len(found))
        else:
            yield from found


def unknown_words(library: Library) -> Iterator[Diagnostic]:
    """Each word of a record that is not in its list."""
    yield from (finding for _, finding in _unknown_words(library))


def _unknown_words(library: Library) -> Iterator[tuple[tuple[str, str], Diagnostic]]:
    """(List, word) with the finding."""
    vocabulary = library.vocabulary
    known_words = {(name, word) for name, words in vocabulary.items() for word in words}
    for _, record in library.all_records():
        if _words_of(record) <= known_words:
            continue
        for owners, field, value in walk(record, _takes_words):
            for shape, words in ((field.shape, (value,)), (field.shape.item, value)):
                if not (shape and shape.term) or not isinstance(words, tuple):
                    continue
                known = library.vocabulary.get(shape.term.vocabulary, {})
                for i, word in enumerate(words):
                    if word and word not in known:
                        place = owners[-1].where(field.name, i)
                        finding = id_findings.unknown_value(place, field.name, str(word), known)
                        yield (shape.term.vocabulary, str(word)), finding


def _takes_words(field: Field) -> bool:
    return bool((field.shape.item or field.shape).term)


@once_for_each
def _words_of(record: Record) -> frozenset[tuple[str, str]]:
    """Each list of words that a record takes from, with the word."""
    return frozenset(
        (shape.term.vocabulary, str(word))
        for _, field, value in walk(record, _takes_words)
        for shape, words in ((field.shape, (value,)), (field.shape.item, value))
        if shape and shape.term and isinstance(words, tuple)
        for word in words
        if word
    )


@rule("repeated-item")
def nothing_twice_in_a_list(library: Library) -> Iterator[Diagnostic]:
    """A list names the same record twice, such as one sign on two lines of a condition.

    The page would show it twice, perhaps with two different facts.
    """
    seen: dict[tuple[int, type[Located], str, str], int] = {}
    for position, link in enumerate(library.links):
        if link.kind == MENTION_FIELD or link.field in ("rule", "programme"):
            continue
        # A plan may use an exercise in several stages, but a stage uses it once; and each claim
        # may rest on the same source.
        holder = link.owners[-2] if len(link.owners) > 1 else link.owners[0]
        holder = link.part if link.kind == "references" else holder
        key = (id(holder), type(link.part), link.field, link.id)
        if key in seen:
            first = library.links[seen[key]].place
            yield Diagnostic(
                code="repeated-item",
                place=link.place,
                message=f"`{link.id}` must appear only once in this list.",
                help="Delete one of the two.",
                notes=(Note(first, "first here"),),
            )
        else:
            seen[key] = position


@rule("refers-to-itself")
def not_itself(library: Library) -> Iterator[Diagnostic]:
    """A record names itself as its own easier version, or as confused with itself."""
    for link in library.links:
        if link.id != link.record.id or link.kind not in KIND_OF:
            continue
        if library.of_kind(link.kind).get(link.id) is link.record:
            yield Diagnostic(
                code="refers-to-itself",
                place=link.place,
                message=f"`{link.id}` must not name itself.",
                help="Name another record, or delete it here.",
            )


@rule("declared-twice")
def declared_once(library: Library) -> Iterator[Diagnostic]:
    """Two conditions that feel alike are paired on one of the two records only.

    Both pages show the pair. Written twice, the two texts would drift apart.
    """
    first: dict[frozenset[str], Note] = {}
    for condition in library.conditions.values():
        for other in condition.confused_with:
            pair = frozenset((condition.id, other.condition))
            place = other.where("condition")
            if len(pair) == 2 and pair in first:
                yield Diagnostic(
                    code="declared-twice",
                    place=place,
                    message=f"`{condition.id}` and `{other.condition}` must be paired only once.",
                    help="Keep the better text on one of the two records.",
                    notes=(first[pair],),
                )
            first.setdefault(pair, Note(place, "paired here already"))


@rule("circle")
def no_circles(library: Library) -> Iterator[Diagnostic]:
    """Easier versions lead in a circle: A is easier than B, B easier than C, C easier than A.

    One of them must be the easiest. Delete the link that is least true.
    """
    done: set[str] = set()
    for start in library.exercises:
        path = [start]
        ahead = [_easier(library, start)]
        while path:
            for position, easier in ahead[-1]:
                if easier in path[:-1]:
                    circle = " → ".join([*path[path.index(easier) :], easier])
                    yield Diagnostic(
                        code="circle",
                        place=library.exercises[path[-1]].where("easier", position),
                        message=f"Easier versions must not lead in a circle: {circle}.",
                        help="Delete the link that is least true.",
                    )
                elif easier != path[-1] and easier not in done:
                    path.append(easier)
                    ahead.append(_easier(library, easier))
                    break
            else:
                done.add(path.pop())
                ahead.pop()


def _easier(library: Library, id_: str) -> Iterator[tuple[int, str]]:
    exercise = library.exercises.get(id_)
    return iter(enumerate(exercise.easier if exercise else ()))


@rule("orphan")
def everything_is_used(library: Library) -> Iterator[Diagnostic]:
    """A record that no other record or article uses: no path through the site leads to it.

    Attach it to a condition, region or tissue, or take it out. The regions of a red flag lead to
    it.
    """
    for kind, record in library.all_records():
        if kind.name in _REACHED_OTHERWISE or getattr(record, "red_flag", None):
            continue
        is_used = any(
            link.record is not record and not (kind.name == "exercises" and link.field == "easier")
            for link in library.links_to(kind.name, record.id)
        )
        if not is_used and not library.articles_about(record):
            yield Diagnostic(
                code="orphan",
                place=record.where(),
                message=f"The {kind.singular} `{record.id}` must be used by another record.",
                help="Attach it where it belongs, or take it out.",
                severity=Severity.WARNING,
            )


_REACHED_OTHERWISE: Final = frozenset(
    {
        "conditions",
        "programmes",
        "care",
        "countries",
        "glossary",
        "lay-words",
        "vignettes",
        "policy",
    }
)
"""Kinds that readers reach by lists, or that no reader is meant to reach."""
