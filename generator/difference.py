"""Two states of the library compared: what changed in the advice, and for whom. Pure.

`generator.difference_text` puts it into words, `generator.before` reads the state before.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from generator.checks.vignettes import first_red_flag
from generator.diagnostics import Place
from generator.library import Library
from generator.model.condition import Condition
from generator.model.dose import Amount, Dose, DoseRange, Span
from generator.model.kinds import KIND_OF, KINDS, READ_KINDS, Kind, kind_of
from generator.model.record import Claim, Located, Record, Reviewed, Source
from generator.model.sign import TIERS, Sign
from generator.outward import Outward
from generator.plain import record_grade
from generator.render import Site, dose_text
from generator.review import review_status
from generator.shape import Field, Shape, fields_of

Weight = Literal["clinical", "statement", "wording"]
Sort = Literal["changed", "gained", "lost", "reordered"]
LinkKey = tuple[str, str, str, str, str]
State = Literal["added", "removed", "renamed", "changed"]

ALIKE: Final = 0.5
"""From which similarity on two statements count as one that was reworded."""

GRADE_STEP: Final = 0.1
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


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that is new, gone, renamed or changed."""

    kind: str
    id: str
    name: str
    state: State
    changes: tuple[Change, ...] = ()
    was: str = ""
    """Its id before, or the id that stands for it now when it is gone."""
    undone: str = ""
    """Whose signature no longer holds."""
    signed: str = ""
    """Who has signed it in this change."""
    grades: tuple[float, float] | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class FlagChange:
    """A red flag that a page gained or lost, by itself or through a region or tissue.

    Another tier is a change of the sign's own record.
    """

    kind: str
    id: str
    name: str
    flag: str
    flag_name: str
    tier: str
    gained: bool


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link between two records that was gained or lost."""

    kind: str
    id: str
    name: str
    field: str
    to_kind: str
    to: str
    to_name: str
    gained: bool


@dataclass(frozen=True, slots=True)
class CaseChange:
    """An invented case that leads elsewhere than before."""

    id: str
    name: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    flag_before: str
    flag_after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two states of the library."""

    records: tuple[RecordChange, ...]
    flags: tuple[FlagChange, ...]
    links: tuple[LinkChange, ...]
    cases: tuple[CaseChange, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.records or self.flags or self.links or self.cases)


def difference(before: Site, after: Site) -> Difference:
    """What changed from one state to the other, in the order of kinds and files."""
    renamed = _renamed(before.outward, after.outward)
    return Difference(
        tuple(_record_changes(before.library, after.library, after.outward, renamed)),
        tuple(_flag_changes(before.library, after.library, renamed)),
        tuple(_link_changes(before.library, after.library, renamed)),
        tuple(_case_changes(before.library, after.library, renamed)),
    )


def _renamed(before: Outward, after: Outward) -> Mapping[str, str]:
    """Old id -> new id of the records that were renamed in this change."""
    new = (gone for id_, gone in after.retired.items() if id_ not in before.retired)
    return {gone.id: gone.now for gone in new if gone.fate == "renamed"}


# Records


def _record_changes(
    before: Library, after: Library, outward: Outward, renamed: Mapping[str, str]
) -> Iterator[RecordChange]:
    old_name = {new: old for old, new in renamed.items()}
    for kind in KINDS:
        was, now = before.of_kind(kind.name), after.of_kind(kind.name)
        for id_, record in now.items():
            was_id = id_ if id_ in was else old_name.get(id_, "")
            old = was.get(was_id)
            if old is None:
                yield RecordChange(kind.name, id_, record.name, "added", place=record.where())
            elif old != record:
                yield _changed(kind, old, record, before, after, renamed)
        for id_, old in was.items():
            if id_ not in now and id_ not in renamed:
                gone = outward.retired.get(id_)
                successor = gone.now if gone else ""
                yield RecordChange(kind.name, id_, old.name, "removed", was=successor)


def _changed(
    kind: Kind, old: Record, new: Record, before: Library, after: Library, ids: Mapping[str, str]
) -> RecordChange:
    words = Words(before, after, ids)
    undone = signed = ""
    if isinstance(old, Reviewed) and isinstance(new, Reviewed):
        was = review_status(old, before.house)
        now = review_status(new, after.house)
        if was.state == "signed" and now.state != "signed":
            undone = was.by
        if now.state == "signed" and (now.by, now.on) != (was.by, was.on):
            signed = now.by
    grades = None
    if kind in READ_KINDS:
        pair = (record_grade(old, before), record_grade(new, after))
        if abs(pair[0] - pair[1]) >= GRADE_STEP:
            grades = pair
    return RecordChange(
        kind.name,
        new.id,
        new.name,
        "changed" if old.id == new.id else "renamed",
        tuple(_part_changes(old, new, "", False, words)),
        was="" if old.id == new.id else old.id,
        undone=undone,
        signed=signed,
        grades=grades,
        place=new.where(),
    )


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


def _part_changes(
    old: Located, new: Located, where: str, wording: bool, words: Words
) -> Iterator[Change]:
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
        yield from _part_changes(old, new, where, wording, words)
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
        return _ratio(old.text, new.text) >= ALIKE
    if isinstance(old, str) and isinstance(new, str):
        return " " in old and " " in new and _ratio(old, new) >= ALIKE
    has_ref = any(f.shape.ref and f.required for f in fields_of(type(new)))
    return same_position and not has_ref


def _ratio(old: str, new: str) -> float:
    return difflib.SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio()


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


# Red flags


def effective_flags(library: Library, record: Record) -> dict[str, str]:
    """Id -> tier of the red flags that a page shows: its own, its regions' and its tissue's."""
    ids: list[str] = list(getattr(record, "red_flags", ()))
    if kind_of(record).name in ("conditions", "exercises", "programmes", "regions"):
        for region_id in getattr(record, "regions", ()):
            region = library.regions.get(region_id)
            ids += region.red_flags if region else ()
    if isinstance(record, Condition):
        tissue = library.tissues.get(record.tissue)
        ids += tissue.red_flags if tissue else ()
    signs = [library.signs.get(id_) for id_ in dict.fromkeys(ids)]
    flags: dict[str, str] = {s.id: s.red_flag.tier for s in signs if s and s.red_flag}
    if isinstance(record, Sign) and record.red_flag:
        flags[record.id] = record.red_flag.tier
    return flags


def _flag_changes(
    before: Library, after: Library, renamed: Mapping[str, str]
) -> Iterator[FlagChange]:
    """Lost ones first, the most urgent first."""
    old_name = {new: old for old, new in renamed.items()}
    found: list[FlagChange] = []
    for kind in KINDS:
        if not kind.has_pages:
            continue
        for id_, record in after.of_kind(kind.name).items():
            was = before.of_kind(kind.name).get(id_) or before.of_kind(kind.name).get(
                old_name.get(id_, "")
            )
            if was is None or kind.name == "references":
                continue
            old = {renamed.get(i, i): tier for i, tier in effective_flags(before, was).items()}
            new = effective_flags(after, record)
            for flag in old.keys() ^ new.keys():
                sign = after.signs.get(flag) or before.signs.get(flag)
                name = sign.name if sign else flag
                tier = new.get(flag) or old[flag]
                gained = flag in new
                found.append(FlagChange(kind.name, id_, record.name, flag, name, tier, gained))

    def order(change: FlagChange) -> tuple[object, ...]:
        tier = TIERS.index(change.tier) if change.tier in TIERS else len(TIERS)
        return (change.gained, tier, change.flag, change.kind, change.name)

    yield from sorted(found, key=order)


# Links and cases


def _link_changes(
    before: Library, after: Library, renamed: Mapping[str, str]
) -> Iterator[LinkChange]:
    """Links between records that both exist before and after; sources show with their claims."""
    old, new = _links(before, renamed), _links(after, {})
    for key in sorted(old ^ new):
        kind, id_, field, to_kind, to = key
        names = after if key in new else before
        if id_ not in after.of_kind(kind):
            continue
        name = after.of_kind(kind)[id_].name
        target = names.of_kind(to_kind).get(to) or after.of_kind(to_kind).get(to)
        to_name = target.name if target else to
        yield LinkChange(kind, id_, name, field, to_kind, to, to_name, key in new)


def _links(library: Library, renamed: Mapping[str, str]) -> set[LinkKey]:
    found: set[LinkKey] = set()
    for link in library.links:
        kind = link.kind
        if kind not in KIND_OF:
            if link.id not in library.pages:
                continue
            kind = library.pages[link.id][0].name
        if kind == "references":
            continue
        start = renamed.get(link.record.id, link.record.id)
        end = renamed.get(link.id, link.id)
        found.add((kind_of(link.record).name, start, link.field, kind, end))
    return found


def _case_changes(
    before: Library, after: Library, renamed: Mapping[str, str]
) -> Iterator[CaseChange]:
    for id_, case in after.vignettes.items():
        old = before.vignettes.get(id_)
        if old is None:
            continue
        was, now = _led_to(before, old.signs), _led_to(after, case.signs)
        was = {renamed.get(i, i): name for i, name in was.items()}
        flag_before = first_red_flag(before, old.signs)
        flag_before = renamed.get(flag_before, flag_before)
        flag_after = first_red_flag(after, case.signs)
        gained = tuple(name for i, name in now.items() if i not in was)
        lost = tuple(name for i, name in was.items() if i not in now)
        if gained or lost or flag_before != flag_after:
            yield CaseChange(
                id_, case.name, gained, lost,
                _flag_name(before, after, flag_before), _flag_name(before, after, flag_after),
            )  # fmt: skip


def _led_to(library: Library, signs: Iterable[str]) -> dict[str, str]:
    wanted = set(signs)
    return {
        c.id: c.name
        for c in library.conditions.values()
        if any(edge.sign in wanted for edge in c.signs)
    }


def _flag_name(before: Library, after: Library, id_: str) -> str:
    sign = after.signs.get(id_) or before.signs.get(id_)
    return sign.name if sign else id_


def changed_ids(found: Difference) -> frozenset[str]:
    """Every id that this difference is about."""
    return frozenset(
        [r.id for r in found.records]
        + [r.was for r in found.records if r.was]
        + [f.id for f in found.flags]
        + [link.to for link in found.links]
    )
