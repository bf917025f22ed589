"""What a plan does to the text of files: ids and items swapped or taken out, records moved.

All else stays byte for byte: comments, empty lines, line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Place
from generator.edits.plan import Plan, Refused, Use
from generator.edits.text_edits import FileText
from generator.model.kinds import Kind
from generator.model.record import Located, Record, Source
from generator.model.schema import fields_of
from generator.reading.mentions import Mention, mentions

_OWN_COMMENT: Final = re.compile(r"\s*(#.*)")
_COMMENT_AFTER_VALUE: Final = re.compile(r"\s*(?:- )?[\w-]+(?::(?: [^\s\"'#]+)*)?\s+(#.*)$")


# Mentions in text


def rewrite_mentions(plan: Plan, kind: Kind, old: str, new: str) -> None:
    """Point every `[[old]]` to `new`, comments and the mentions in prose pages included."""
    for path, mention in _mentions_of(plan, kind, old):
        start = plan.state.texts[path].index(old, mention.start)
        plan.replace(path, start, start + len(old), new)
        plan.say(_line(plan, path, mention), f"`[[{old}]]` becomes `[[{new}]]`")


def unlink_mentions(plan: Plan, kind: Kind, gone: Record) -> None:
    """Leave the words of every mention of a record that goes, without the link."""
    own = gone.where()
    first, last = record_lines(FileText(plan.state.texts[own.path]), gone)
    for path, mention in _mentions_of(plan, kind, gone.id):
        place = _line(plan, path, mention)
        if path != own.path or not first <= place.line <= last:
            words = mention.words or gone.name
            plan.replace(path, mention.start, mention.end, words)
            plan.say(place, f"`[[{gone.id}]]` becomes the words “{words}”")


def _mentions_of(plan: Plan, kind: Kind, id_: str) -> Iterator[tuple[str, Mention]]:
    """Path of the file and mention, wherever the record has a page that can be mentioned."""
    for path, text in plan.state.texts.items() if kind.has_pages else ():
        yield from ((path, mention) for mention in mentions(text) if mention.id == id_)


def _line(plan: Plan, path: str, mention: Mention) -> Place:
    return Place(path, FileText(plan.state.texts[path]).line_at(mention.start))


# Fields that name a record


def point(plan: Plan, use: Use, old: str, new: str) -> None:
    """Let the field name another record."""
    file = FileText(plan.state.texts[use.place.path])
    swap(plan, use.place.path, file.at(use.place), old, new)
    plan.say(use.place, f"`{use.name}` names `{new}`")


def swap(plan: Plan, path: str, start: int, old: str, new: str) -> None:
    """Put one id in the place of another, in quotes or not."""
    text = plan.state.texts[path]
    for quote in ("", '"', "'"):
        if text.startswith(f"{quote}{old}{quote}", start):
            plan.replace(path, start + len(quote), start + len(quote) + len(old), new)
            return
    raise Refused(f"`{old}` was not found where it must be in {path}. Save all files first.")


def has_both(use: Use, new: str) -> bool:
    """Whether the list that this use is in names the other record already."""
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


def take_out(plan: Plan, use: Use, old: str, successor: str) -> None:
    """Take a record that goes out of the field, or put its successor there."""
    siblings = _siblings(use)
    if use.index is not None:
        items = getattr(use.part, use.field.name)
        least = use.field.shape.at_least
        if len(items) > max(least, 1) or (least == 0 and not isinstance(use.part, Source)):
            drop(plan, use, old, successor)
            return
    elif not use.field.required:
        _drop_line(plan, use)
        return
    elif siblings and len(siblings[1]) > 1:
        drop(plan, use, old, successor)
        return
    if isinstance(use.part, Source):
        raise Refused(
            f"{use.place}: this statement rests on `{old}` alone. Give it another source first."
        )
    if not successor or has_both(use, successor):
        raise Refused(f"{use.place}: `{use.name}` can't do without `{old}`. Change it first.")
    point(plan, use, old, successor)


def drop(plan: Plan, use: Use, old: str, new: str) -> None:
    """Take the id out of its list, or the part that names it out of the list of parts."""
    if use.index is not None:
        items = getattr(use.part, use.field.name)
        _remove_item(plan, use.place, len(items) == 1)
        plan.say(use.place, f"`{use.name}` no longer names `{old}`")
        return
    siblings = _siblings(use)
    if siblings is None:
        if use.field.required:
            raise Refused(f"{use.place}: `{use.name}` names both. Change it first.")
        _drop_line(plan, use)
        return
    name, items, i = siblings
    above = use.owners[-2]
    _remove_item(plan, above.where(name, i), len(items) == 1)
    note = f", which stays with `{new}`" if new and has_both(use, new) else ""
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
    """The comments of lines that go, each on its own line."""
    for line in lines:
        if comment := _OWN_COMMENT.match(line) or _COMMENT_AFTER_VALUE.match(line.rstrip("\r\n")):
            yield f"{indent}{comment[1].rstrip()}{newline}"


# Records


def record_lines(file: FileText, record: Record) -> tuple[int, int]:
    """First and last line of a record, empty lines and section headings below it left out."""
    first = last = record.where().line
    while last < file.line_count and re.match(r"\s", file.line(last + 1)):
        last += 1
    while not file.line(last).strip():
        last -= 1
    return first, last


def remove_record(plan: Plan, record: Record) -> list[str]:
    """Take it out of its file with the empty line below it; gives its comments."""
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
