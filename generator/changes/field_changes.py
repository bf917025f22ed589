"""Two states of one record compared, field by field: what changed, and how much it weighs."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from generator.environment import dose_text
from generator.library import Library
from generator.model.dose import Amount, Dose, DoseRange, Span
from generator.model.record import Claim, Located, Source
from generator.shape import Field, Shape, fields_of

Weight = Literal["clinical", "statement", "wording"]
Sort = Literal["changed", "gained", "lost", "reordered"]
_ALIKE: Final = 0.5
"""From which similarity on, as difflib measures it, two texts count as one that was reworded."""
_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*%?")
_STRONG_WORD: Final = re.compile(
    r"\b(?:not|no|never|nor|none|without|unless|only|except|stop|avoid|must|always|today|now"
    r"|emergency|n['’]t)\b|n['’]t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after. `where` leads to it in words: `stage 2 (Build), calf raise`.

    A signature covers what is `clinical` and each `statement`; `wording` undoes none. A statement
    whose numbers or words like "not" changed counts as clinical.
    """

    weight: Weight
    sort: Sort
    where: str
    before: str = ""
    after: str = ""


class Words:
    """Values as people say them; names of what is gone come from the state before."""

    def __init__(self, before: Library, after: Library, renamed: Mapping[str, str]) -> None:
        self._before = before
        self._after = after
        self._renamed = renamed

    def id(self, id_: str) -> str:
        """The id as it is now."""
        return self._renamed.get(id_, id_)

    def of(self, value: object, shape: Shape) -> str:
        """A value in words; "" for none."""
        match value:
            case None | "" | ():
                return ""
            case Source():
                names = [self.name("references", id_) for id_ in value.references]
                return ", ".join(names) or "general"
            case Dose():
                return " ".join(dose_text(value).split())
            case Span():
                return str(value).replace("-", " to ")
            case bool():
                return "yes" if value else "no"
            case Claim():
                return f"{_one_line(value.text)} [{self.of(value.source, shape)}]"
            case Located():
                fields = ((f, getattr(value, f.name)) for f in fields_of(type(value)))
                parts = ((f.name, self.of(v, f.shape)) for f, v in fields)
                return "; ".join(f"{_plain(name)}: {text}" for name, text in parts if text)
            case tuple():
                assert shape.item is not None
                return ", ".join(self.of(item, shape.item) for item in value)
        if shape.ref:
            return self.name(shape.ref.kind, str(value))
        if shape.term:
            for library in (self._after, self._before):
                if label := library.vocabulary.get(shape.term.vocabulary, {}).get(str(value)):
                    return label.name
        return _one_line(str(value))

    def name(self, kind: str, id_: str) -> str:
        """A record's name, or its id where nobody knows it."""
        for library, known in ((self._after, self.id(id_)), (self._before, id_)):
            if record := library.of_kind(kind).get(known):
                return record.name
        return id_

    def label(self, part: Located, number: int, field: str) -> str:
        """What tells a part of a list from its neighbours."""
        singular = _plain(field).removesuffix("s")
        for f in fields_of(type(part)):
            if f.shape.ref and f.required:
                return self.name(f.shape.ref.kind, getattr(part, f.name))
        name = getattr(part, "name", "")
        return f"{singular} {number} ({name})" if name else f"{singular} {number}"

    def key(self, part: object) -> object:
        """What makes two parts of a list the same part."""
        if isinstance(part, Claim):
            return _one_line(part.text)
        for f in fields_of(type(part)) if isinstance(part, Located) else ():
            if f.shape.ref and f.required:
                return self.id(getattr(part, f.name))
        return getattr(part, "name", None)


def part_changes(
    old: Located, new: Located, where: str, wording: bool, words: Words
) -> Iterator[Change]:
    """The changes of a part, to which `where` leads. No signature covers what is `wording`."""
    for field in fields_of(type(new)):
        if field.name == "review":
            continue
        inner = f"{where}, {_plain(field.name)}" if where else _plain(field.name)
        yield from _value_changes(
            getattr(old, field.name),
            getattr(new, field.name),
            field,
            field.shape,
            inner,
            wording or field.wording,
            words,
        )


def _value_changes(
    old: object, new: object, field: Field, shape: Shape, where: str, wording: bool, words: Words
) -> Iterator[Change]:
    weight: Weight = "wording" if wording else "clinical"
    if old == new:
        return
    if isinstance(old, tuple) and isinstance(new, tuple) and shape.item:
        yield from _list_changes(old, new, field, shape.item, where, wording, words)
        return
    as_one = (Source, Amount, DoseRange, Span)
    if isinstance(old, Located) and isinstance(new, Located) and not isinstance(new, as_one):
        yield from part_changes(old, new, where, wording, words)
        return
    before, after = words.of(old, shape), words.of(new, shape)
    if before == after:
        if isinstance(old, str) and isinstance(new, str) and shape.text and old != new:
            yield Change("wording", "changed", f"{where} (spacing)")
        elif not _same_ids(old, new, words):
            yield Change(weight, "changed", where, _raw(old), _raw(new))
    elif not before:
        yield Change(weight, "gained", where, after=after)
    elif not after:
        yield Change(weight, "lost", where, before=before)
    else:
        if shape.text and not wording and not _is_strong(before, after):
            weight = "statement"
        yield Change(weight, "changed", where, before, after)


def _list_changes(
    old: tuple[object, ...],
    new: tuple[object, ...],
    field: Field,
    item: Shape,
    where: str,
    wording: bool,
    words: Words,
) -> Iterator[Change]:
    weight: Weight = "wording" if wording else "clinical"
    pairs = _pairs(old, new, words)
    for i, j in sorted(pairs, key=lambda pair: (pair[1], pair[0])):
        inner = where
        part = new[j]
        if isinstance(part, Located) and not isinstance(part, Claim):
            label = words.label(part, j + 1, field.name)
            inner = ", ".join([*where.split(", ")[:-1], label])
        yield from _value_changes(old[i], part, field, item, inner, wording, words)
    gone = [value for i, value in enumerate(old) if i not in {i for i, _ in pairs}]
    come = [value for j, value in enumerate(new) if j not in {j for _, j in pairs}]
    yield from (Change(weight, "lost", where, before=words.of(v, item)) for v in gone)
    yield from (Change(weight, "gained", where, after=words.of(v, item)) for v in come)
    in_order = [j for _, j in sorted(pairs)]
    if in_order != sorted(in_order):
        yield Change(weight, "reordered", where)


def _pairs(old: tuple[object, ...], new: tuple[object, ...], words: Words) -> list[tuple[int, int]]:
    """(Position before, position after) of the items that are the same item, or reworded."""

    def key(value: object) -> object:
        return words.id(value) if isinstance(value, str) else words.key(value) or value

    pairs: list[tuple[int, int]] = []
    free = list(range(len(new)))
    for i, value in enumerate(old):
        match = next((j for j in free if key(new[j]) == key(value)), None)
        if match is not None:
            pairs.append((i, match))
            free.remove(match)
    for i, value in enumerate(old):
        if i in {i for i, _ in pairs}:
            continue
        match = next((j for j in free if _alike(value, new[j], i == j)), None)
        if match is not None:
            pairs.append((i, match))
            free.remove(match)
    return pairs


def _alike(old: object, new: object, same_position: bool) -> bool:
    """Whether two items without a common key are one item that was changed."""
    if isinstance(old, Claim) and isinstance(new, Claim):
        return is_reworded(old.text, new.text)
    if isinstance(old, str) and isinstance(new, str):
        return " " in old and " " in new and is_reworded(old, new)
    has_ref = any(f.shape.ref and f.required for f in fields_of(type(new)))
    return same_position and not has_ref


def is_reworded(old: str, new: str) -> bool:
    """Whether two texts share so many words that one became the other."""
    words = difflib.SequenceMatcher(None, old.split(), new.split(), autojunk=False)
    return words.ratio() >= _ALIKE


def _is_strong(before: str, after: str) -> bool:
    """Whether a rewording touches numbers, or words that turn a statement round."""
    return any(
        Counter(w.casefold() for w in pattern.findall(before))
        != Counter(w.casefold() for w in pattern.findall(after))
        for pattern in (_NUMBER, _STRONG_WORD)
    )


def _same_ids(old: object, new: object, words: Words) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        return words.id(old) == new
    if isinstance(old, Source) and isinstance(new, Source):
        return sorted(map(words.id, old.references)) == sorted(new.references)
    return False


def _raw(value: object) -> str:
    if isinstance(value, Located):
        fields = ((f.name, getattr(value, f.name)) for f in fields_of(type(value)))
        return ", ".join(f"{_plain(name)} {inner}" for name, inner in fields if inner)
    return str(value)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(name: str) -> str:
    return name.replace("_", " ")
