"""Two states of one record compared, field by field: what changed, and how much it weighs."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from generator.diff.pairing import likeness, paired
from generator.library.library import Library
from generator.library.meaning import turns_meaning
from generator.model.dose import Amount, Dose, DoseRange, Span
from generator.model.record import Claim, Located, Source
from generator.model.schema import Field, Shape, fields_of
from generator.pages.environment import dose_text

Weight = Literal["clinical", "statement", "wording"]
Sort = Literal["changed", "gained", "lost", "reordered"]


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after. `where` leads to it in words: `stage 2 (Build), calf raise`.

    A signature covers what is `clinical` and each `statement`; `wording` undoes none. A text
    whose numbers or words like "not" changed counts as clinical, whatever its field.
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
        """What distinguishes a part of a list from its neighbours."""
        singular = _plain(field).removesuffix("s")
        for f in fields_of(type(part)):
            if f.shape.ref and f.required:
                return self.name(f.shape.ref.kind, getattr(part, f.name))
        name = getattr(part, "name", "")
        return f"{singular} {number} ({name})" if name else f"{singular} {number}"

    def key(self, part: object) -> Hashable:
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
    weight = _weight(before, after, shape, wording)
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
        yield Change(weight, "changed", where, before, after)


def _weight(before: str, after: str, shape: Shape, wording: bool) -> Weight:
    """Of a text that came or went as a whole, and of what is no text, nothing is mere wording."""
    if shape.text and turns_meaning(before, after):
        return "clinical"
    if wording:
        return "wording"
    return "statement" if shape.text and before and after else "clinical"


def _list_changes(
    old: tuple[object, ...],
    new: tuple[object, ...],
    field: Field,
    item: Shape,
    where: str,
    wording: bool,
    words: Words,
) -> Iterator[Change]:
    def key(value: object) -> Hashable:
        return words.id(value) if isinstance(value, str) else words.key(value) or value

    pairs = paired(old, new, key, _likeness)
    for i, j in sorted(pairs, key=lambda pair: (pair[1], pair[0])):
        inner = where
        part = new[j]
        if isinstance(part, Located) and not isinstance(part, Claim):
            label = words.label(part, j + 1, field.name)
            inner = ", ".join([*where.split(", ")[:-1], label])
        yield from _value_changes(old[i], part, field, item, inner, wording, words)
    gone = [value for i, value in enumerate(old) if i not in {i for i, _ in pairs}]
    come = [value for j, value in enumerate(new) if j not in {j for _, j in pairs}]
    for value in gone:
        text = words.of(value, item)
        yield Change(_weight(text, "", item, wording), "lost", where, before=text)
    for value in come:
        text = words.of(value, item)
        yield Change(_weight("", text, item, wording), "gained", where, after=text)
    in_order = [j for _, j in sorted(pairs)]
    if in_order != sorted(in_order):
        yield Change("wording" if wording else "clinical", "reordered", where)


def _likeness(old: object, new: object, same_position: bool) -> float:
    """How sure it is that two items without a common key are one item that was changed."""
    if isinstance(old, Claim) and isinstance(new, Claim):
        return likeness(old.text, new.text)
    if isinstance(old, str) and isinstance(new, str):
        return likeness(old, new) if " " in old and " " in new else 0
    has_ref = any(f.shape.ref and f.required for f in fields_of(type(new)))
    return float(same_position and not has_ref)


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
