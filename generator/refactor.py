"""Changes that touch many files at once: rename, merge, split, retire. Pure: texts in, a plan out.

Each rewrites every mention in data and prose and leaves all else byte for byte: comments, blank
lines, line ends. What was published leaves a line in retired.yaml, from which redirect, card and
API tombstone are made.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from generator.diagnostics import Place
from generator.editor_schema import first_line
from generator.edits import Edit, FileText, applied, yaml_text
from generator.library import Library
from generator.load import ID, MAX_ID_LENGTH
from generator.model.kinds import KIND_OF, KINDS, Kind
from generator.model.outward import Fate
from generator.model.record import Located, Record, Source
from generator.outward import RETIRED_FILE, Outward
from generator.shape import Field, fields_of, walk
from generator.template import Template

RETIRED_ABOUT: Final = "# Addresses whose records are gone, and what stands for them. They stay.\n"
"""What a new retired.yaml begins with, below the line for editors."""


_OWN_COMMENT: Final = re.compile(r"\s*(#.*)")
_COMMENT_AFTER_VALUE: Final = re.compile(r"\s*(?:- )?[\w-]+(?::(?: [^\s\"'#]+)*)?\s+(#.*)$")


class Refused(Exception):
    """A wish that can't be granted; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class State:
    """What a plan starts from. `texts` holds each file by its shown path, line ends as they are."""

    library: Library
    outward: Outward
    texts: Mapping[str, str]
    data: str
    """The data folder's shown path."""

    def path_of(self, kind: Kind) -> str:
        """The shown path of a kind's file."""
        return f"{self.data}/{kind.file}"

    def record(self, kind: Kind, id_: str) -> Record:
        """The record, or a refusal."""
        record = self.library.of_kind(kind.name).get(id_)
        if record is None:
            raise Refused(f"There is no `{id_}` in {kind.file}.")
        return record


@dataclass
class Plan:
    """New texts by shown path, and what they change, one line for each change."""

    state: State
    lines: list[str] = field(default_factory=list)
    edits: defaultdict[str, list[Edit]] = field(default_factory=lambda: defaultdict(list))
    appended: dict[str, str] = field(default_factory=dict)

    def texts(self) -> dict[str, str]:
        """Every file that changes, as it will be."""
        new = {path: applied(self.state.texts[path], edits) for path, edits in self.edits.items()}
        for path, more in self.appended.items():
            old = new.get(path, self.state.texts.get(path, ""))
            new[path] = old + FileText(old).with_lines(more)
        return new

    def replace(self, path: str, start: int, end: int, new: str) -> None:
        self.edits[path].append(Edit(start, end, new))

    def say(self, place: Place | str, text: str) -> None:
        where = place if isinstance(place, str) else f"{place.path}:{place.line}"
        self.lines.append(f"{where}: {text}")


@dataclass(frozen=True, slots=True)
class Use:
    """A field that names a record: who holds it, and where it stands.

    `index` is its position in a list of ids; None for a single id.
    """

    owners: tuple[Located, ...]
    field: Field
    index: int | None
    place: Place

    @property
    def part(self) -> Located:
        """What holds the field."""
        return self.owners[-1]


def rename(state: State, kind: Kind, old: str, new: str, on: date) -> Plan:
    """Give a record another id. Its names stay; its old address leads to the new one."""
    record = state.record(kind, old)
    _free(state, kind, new)
    plan = Plan(state)
    file = FileText(state.texts[record.where().path])
    start = file.at(record.where())
    _swap(plan, record.where().path, start, old, new)
    plan.say(record.where(), f"`{old}` becomes `{new}`")
    for use in uses(state, kind, old):
        _point(plan, use, old, new)
    _rewrite_mentions(plan, kind, old, new)
    _follow(plan, kind, old, new)
    _leave_tombstone(plan, kind, old, new, "renamed", on, "This page has a new address.")
    return plan


def merge(state: State, kind: Kind, old: str, new: str, on: date) -> Plan:
    """Let one record stand for two: `old` goes, all that named it names `new`.

    Where both stood, what was said of `old` goes. Its names become aliases of `new`.
    """
    gone, kept = state.record(kind, old), state.record(kind, new)
    if old == new:
        raise Refused("A record can't be merged with itself.")
    plan = Plan(state)
    for use in uses(state, kind, old):
        if use.owners[0] is gone:
            continue
        if use.owners[0] is kept or _has_both(use, new):
            _drop(plan, use, old, new)
        else:
            _point(plan, use, old, new)
    _rewrite_mentions(plan, kind, old, new, without=gone)
    _follow(plan, kind, old, new)
    comments = _remove_record(plan, gone)
    _add_aliases(plan, kept, gone)
    why = f"This page is now a part of “{kept.name}”."
    _leave_tombstone(plan, kind, old, new, "merged", on, why, comments)
    return plan


def retire(state: State, kind: Kind, old: str, successor: str, on: date) -> Plan:
    """Take a record out of the library. Lists lose it, text keeps its words without the link.

    Where a record can't do without it, `successor` takes its place; readers of the old address
    are led there.
    """
    gone = state.record(kind, old)
    if kind.has_pages and not successor:
        raise Refused(f"Say with --for which of the {kind.name} readers should see instead.")
    if successor:
        state.record(kind, successor)
    if old == successor:
        raise Refused("A record can't stand for itself once it is gone.")
    plan = Plan(state)
    in_the_way = []
    for use in uses(state, kind, old):
        if use.owners[0] is not gone:
            try:
                _take_out(plan, use, old, successor)
            except Refused as refusal:
                in_the_way.append(str(refusal))
    if in_the_way:
        raise Refused("\n".join(in_the_way))
    _unlink_mentions(plan, kind, gone)
    _follow(plan, kind, old, successor)
    comments = _remove_record(plan, gone)
    why = "This page is no longer kept."
    _leave_tombstone(plan, kind, old, successor, "retired", on, why, comments)
    return plan


def split(state: State, kind: Kind, old: str, new: str, name: str, movers: tuple[str, ...]) -> Plan:
    """Make a second record out of one: a copy with an id and a name of its own, right below it.

    `movers` are the records whose links go to the new one. `old` keeps its address and the rest.
    """
    record = state.record(kind, old)
    _free(state, kind, new)
    path = record.where().path
    file = FileText(state.texts[path])
    first, last = record_lines(file, record)
    lines = [file.line(n) for n in range(first, last + 1)]
    lines[0] = lines[0].replace(old, new, 1)
    copy = _without_field(lines, "aliases")
    copy = _with_field(copy, "name", yaml_text(name), file.newline)
    if any(f.name == "review" for f in fields_of(kind.type)):
        copy = _with_field(copy, "review", "{state: draft}", file.newline)
    plan = Plan(state)
    end = file.end_of(last)
    gap = "" if file.text[:end].endswith(("\n", "\r")) else file.newline
    plan.replace(path, end, end, gap + file.newline + "".join(copy))
    plan.say(record.where(), f"`{new}` begins as a copy of `{old}`, without its other names")
    known = {
        use.owners[0].id for use in uses(state, kind, old) if isinstance(use.owners[0], Record)
    }
    for mover in movers:
        if mover not in known:
            raise Refused(f"`{mover}` does not name `{old}`. These do: {', '.join(sorted(known))}.")
    for use in uses(state, kind, old):
        owner = use.owners[0]
        if isinstance(owner, Record) and owner.id in movers and owner is not record:
            _point(plan, use, old, new)
        elif owner is not record:
            plan.say(use.place, f"still names `{old}`: change it by hand if it means `{new}`")
    return plan


def new(state: State, kind: Kind, id_: str, name: str, sources: tuple[str, ...]) -> Plan:
    """Begin a record at the end of its kind's file."""
    _free(state, kind, id_)
    for source in sources:
        state.record(KIND_OF["references"], source)
    if kind.name == "conditions" and not sources:
        raise Refused("A condition rests on a source. Name with --source one that you have read.")
    plan = Plan(state)
    path = state.path_of(kind)
    text = state.texts[path]
    gap = "\n" if text.endswith(("\n", "\r")) else "\n\n"
    plan.appended[path] = gap + Template(state.library, sources).text(kind, id_, name)
    plan.say(path, f"`{id_}` begins at the end, to be filled in")
    return plan


# What names a record


def uses(state: State, kind: Kind, id_: str) -> Iterator[Use]:
    """Every field of every record, clinic and change that names this record."""
    holders: list[Located] = [record for _, record in state.library.all_records()]
    holders += [*state.outward.clinics.values(), *state.outward.changes]
    for holder in holders:
        for owners, field_, value in walk(holder):
            shape = field_.shape
            part = owners[-1]
            if shape.ref and shape.ref.kind == kind.name and value == id_:
                yield Use(owners, field_, None, part.where(field_.name))
            elif shape.item and shape.item.ref and shape.item.ref.kind == kind.name:
                assert isinstance(value, tuple)
                for i, item in enumerate(value):
                    if item == id_:
                        yield Use(owners, field_, i, part.where(field_.name, i))


def _mention(id_: str) -> re.Pattern[str]:
    return re.compile(rf"\[\[\s*({re.escape(id_)})\s*(?:\|\s*([^\[\]]*?)\s*)?\]\]")


def _rewrite_mentions(
    plan: Plan, kind: Kind, old: str, new: str, without: Record | None = None
) -> None:
    """Point every `[[old]]` to `new`, comments and the mentions in prose pages included."""
    if not kind.has_pages:
        return
    for path, text in plan.state.texts.items():
        file = FileText(text)
        lines = record_lines(file, without) if without and without.where().path == path else (0, -1)
        for match in _mention(old).finditer(text):
            number = file.line_at(match.start())
            if not lines[0] <= number <= lines[1]:
                plan.replace(path, match.start(1), match.end(1), new)
                plan.say(f"{path}:{number}", f"`[[{old}]]` becomes `[[{new}]]`")


def _unlink_mentions(plan: Plan, kind: Kind, gone: Record) -> None:
    if not kind.has_pages:
        return
    for path, text in plan.state.texts.items():
        file = FileText(text)
        lines = record_lines(file, gone) if gone.where().path == path else (0, -1)
        for match in _mention(gone.id).finditer(text):
            number = file.line_at(match.start())
            if not lines[0] <= number <= lines[1]:
                words = match[2] or gone.name
                plan.replace(path, match.start(), match.end(), words)
                plan.say(f"{path}:{number}", f"`[[{gone.id}]]` becomes the words “{words}”")


# What happens to a use


def _point(plan: Plan, use: Use, old: str, new: str) -> None:
    file = FileText(plan.state.texts[use.place.path])
    _swap(plan, use.place.path, file.at(use.place), old, new)
    plan.say(use.place, f"`{_name(use)}` names `{new}`")


def _swap(plan: Plan, path: str, start: int, old: str, new: str) -> None:
    text = plan.state.texts[path]
    for quote in ("", '"', "'"):
        if text.startswith(f"{quote}{old}{quote}", start):
            plan.replace(path, start + len(quote), start + len(quote) + len(old), new)
            return
    raise Refused(f"`{old}` was not found where it must stand in {path}. Save all files first.")


def _has_both(use: Use, new: str) -> bool:
    """Whether the list that this use stands in names the other record already."""
    if use.index is not None:
        return new in getattr(use.part, use.field.name)
    siblings = _siblings(use)
    return siblings is not None and any(
        getattr(part, use.field.name, "") == new for part in siblings[1]
    )


def _siblings(use: Use) -> tuple[str, tuple[Located, ...], int] | None:
    """(Field, items, position) of the list that holds the part, if a list holds it."""
    if len(use.owners) < 2:
        return None
    above = use.owners[-2]
    for field_ in fields_of(type(above)):
        value = getattr(above, field_.name)
        if isinstance(value, tuple):
            for i, item in enumerate(value):
                if item is use.part:
                    return field_.name, value, i
    return None


def _take_out(plan: Plan, use: Use, old: str, successor: str) -> None:
    siblings = _siblings(use)
    if use.index is not None:
        items = getattr(use.part, use.field.name)
        least = use.field.shape.at_least
        if len(items) > max(least, 1) or (least == 0 and not isinstance(use.part, Source)):
            _drop(plan, use, old, successor)
            return
    elif not use.field.required:
        _drop_line(plan, use)
        return
    elif siblings and len(siblings[1]) > 1:
        _drop(plan, use, old, successor)
        return
    if isinstance(use.part, Source):
        raise Refused(
            f"{use.place}: this statement rests on `{old}` alone. Give it another source first."
        )
    if not successor or _has_both(use, successor):
        raise Refused(f"{use.place}: `{_name(use)}` can't do without `{old}`. Change it first.")
    _point(plan, use, old, successor)


def _drop(plan: Plan, use: Use, old: str, new: str) -> None:
    """Take the id out of its list, or the part that names it out of the list of parts."""
    if use.index is not None:
        items = getattr(use.part, use.field.name)
        _remove_item(plan, use.place, len(items) == 1)
        plan.say(use.place, f"`{_name(use)}` no longer names `{old}`")
        return
    siblings = _siblings(use)
    if siblings is None:
        if use.field.required:
            raise Refused(f"{use.place}: `{_name(use)}` names both. Change it first.")
        _drop_line(plan, use)
        return
    name, items, i = siblings
    above = use.owners[-2]
    _remove_item(plan, above.where(name, i), len(items) == 1)
    note = f", which stays with `{new}`" if new and _has_both(use, new) else ""
    plan.say(use.place, f"an item of `{name}` about `{old}` goes{note}")


def _drop_line(plan: Plan, use: Use) -> None:
    path = use.place.path
    file = FileText(plan.state.texts[path])
    line = file.line(use.place.line)
    if not re.fullmatch(rf"\s+{use.field.name}:\s*\S+\s*", line):
        raise Refused(f"{use.place}: take `{use.field.name}:` out by hand first.")
    start = file.starts[use.place.line - 1]
    plan.replace(path, start, file.end_of(use.place.line), "")
    plan.say(use.place, f"`{use.field.name}:` goes")


def _remove_item(plan: Plan, item: Place, is_last: bool) -> None:
    """Take an item out of a list. Comments within it stay, as lines of their own."""
    file = FileText(plan.state.texts[item.path])
    at = file.at(item)
    before = file.text[file.starts[item.line - 1] : at]
    if re.fullmatch(r"\s*- +", before):
        dash = len(before) - len(before.lstrip())
        last = item.line
        while last < file.line_count and _belongs(file.line(last + 1), dash):
            last += 1
        lines = [file.line(n) for n in range(item.line, last + 1)]
        kept = "".join(_comments(lines, " " * dash, file.newline))
        plan.replace(item.path, file.starts[item.line - 1], file.end_of(last), kept)
        if is_last:
            number = item.line - 1
            while re.match(r"\s*(#|$)", file.line(number)):
                number -= 1
            colon = file.starts[number - 1] + len(file.line(number).split("#")[0].rstrip())
            plan.replace(item.path, colon, colon, " []")
        return
    end = at + item.length
    after = re.compile(r"\s*,\s*").match(file.text, end)
    ahead = re.search(r"\s*,\s*$", file.text[:at])
    if after:
        end = after.end()
    elif ahead:
        at = ahead.start()
    plan.replace(item.path, at, end, "")


def _belongs(line: str, indent: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip()) > indent


def _comments(lines: list[str], indent: str, newline: str) -> Iterator[str]:
    """The comments of lines that go, each on a line of its own."""
    for line in lines:
        if comment := _OWN_COMMENT.match(line) or _COMMENT_AFTER_VALUE.match(line.rstrip("\r\n")):
            yield f"{indent}{comment[1].rstrip()}{newline}"


# Records


def record_lines(file: FileText, record: Record) -> tuple[int, int]:
    """First and last line of a record, blank lines and section headings below it left out."""
    first = last = record.where().line
    while last < file.line_count and re.match(r"\s", file.line(last + 1)):
        last += 1
    while not file.line(last).strip():
        last -= 1
    return first, last


def _remove_record(plan: Plan, record: Record) -> list[str]:
    """Take it out of its file with the blank line below it; gives its comments."""
    path = record.where().path
    file = FileText(plan.state.texts[path])
    first, last = record_lines(file, record)
    lines = [file.line(n) for n in range(first, last + 1)]
    end = last
    if end < file.line_count and not file.line(end + 1).strip():
        end += 1
    plan.replace(path, file.starts[first - 1], file.end_of(end), "")
    plan.say(record.where(), f"`{record.id}` goes")
    return list(_comments(lines, "", "\n"))


def _add_aliases(plan: Plan, kept: Record, gone: Record) -> None:
    known = {name.casefold() for name in (kept.name, *kept.aliases)}
    new = [name for name in (gone.name, *gone.aliases) if name.casefold() not in known]
    if not new:
        return
    path = kept.where().path
    file = FileText(plan.state.texts[path])
    shown = ", ".join(yaml_text(name, in_list=True) for name in new)
    if kept.aliases:
        place = kept.where("aliases", len(kept.aliases) - 1)
        line = file.line(place.line)
        at = file.at(place)
        if re.fullmatch(r"\s*- +", line[: place.column - 1]):
            lead = line[: place.column - 1]
            end = file.end_of(place.line)
            plan.replace(
                path, end, end, "".join(f"{lead}{yaml_text(n)}{file.newline}" for n in new)
            )
        else:
            plan.replace(path, at + place.length, at + place.length, f", {shown}")
    else:
        end = file.end_of(kept.where("name").line)
        plan.replace(path, end, end, f"  aliases: [{shown}]{file.newline}")
    plan.say(kept.where(), f"`{kept.id}` is also found as {', '.join(new)}")


def _without_field(lines: list[str], name: str) -> list[str]:
    at = next((i for i, line in enumerate(lines) if line.startswith(f"  {name}:")), None)
    if at is None:
        return lines
    end = at + 1
    while end < len(lines) and re.match(r"   |  -", lines[end]):
        end += 1
    return lines[:at] + lines[end:]


def _with_field(lines: list[str], name: str, value: str, newline: str) -> list[str]:
    at = next(i for i, line in enumerate(lines) if line.startswith(f"  {name}:"))
    end = at + 1
    while end < len(lines) and re.match(r"   |  -", lines[end]):
        end += 1
    return [*lines[:at], f"  {name}: {value}{newline}", *lines[end:]]


# Addresses


def _free(state: State, kind: Kind, new: str) -> None:
    if not ID.fullmatch(new) or len(new) > MAX_ID_LENGTH:
        raise Refused(f"`{new}` is no id: write small letters, digits and single hyphens.")
    for other in KINDS:
        if new in state.library.of_kind(other.name) and (
            other is kind or (other.has_pages and kind.has_pages)
        ):
            raise Refused(f"`{new}` stands in {other.file} already.")
    if new in state.outward.retired:
        raise Refused(f"`{new}` is an old address, in {RETIRED_FILE}: it can't be used again.")


def _follow(plan: Plan, kind: Kind, old: str, new: str) -> None:
    """Let older tombstones lead to where the record is now."""
    for gone in plan.state.outward.retired.values():
        if gone.kind == kind.name and gone.now == old and new:
            place = gone.where("now")
            file = FileText(plan.state.texts[place.path])
            _swap(plan, place.path, file.at(place), old, new)
            plan.say(place, f"the older address `{gone.id}` leads to `{new}`")


def _leave_tombstone(
    plan: Plan, kind: Kind, old: str, new: str, fate: Fate, on: date, why: str,
    comments: list[str] | None = None,
) -> None:  # fmt: skip
    if not kind.has_pages:
        return
    path = f"{plan.state.data}/{RETIRED_FILE}"
    entry = "".join(
        [
            "\n",
            *(comments or []),
            f"{old}:\n",
            f"  kind: {kind.name}\n",
            f"  fate: {fate}\n",
            f"  on: {on.isoformat()}\n",
            f"  now: {new}\n",
            f"  why: {yaml_text(why)}\n",
        ]
    )
    begins = "" if path in plan.state.texts else f"{first_line(RETIRED_FILE)}\n{RETIRED_ABOUT}"
    plan.appended[path] = begins + entry
    plan.say(path, f"the old address `{kind.name}/{old}` leads to `{new}`, and the API says so")


def _name(use: Use) -> str:
    owner = use.owners[0]
    id_ = getattr(owner, "id", "")
    return f"{id_}: {use.field.name}"
