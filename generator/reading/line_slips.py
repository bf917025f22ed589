"""What a line of YAML may have been meant to be, the likeliest first. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Final

from generator.reading.indent_slips import indents
from generator.reading.slip import Slip, blanks, indent, rewritten, shown

KEY_LINE: Final = re.compile(r"(?P<head>\s*(?:- +)*[a-z_]+: +)(?P<value>\S.*)")
ITEM_LINE: Final = re.compile(r"(?P<head>\s*- +)(?P<value>\S.*)")
_NO_COLON: Final = re.compile(
    r"(?P<head>\s*(?:- +)?)(?P<key>[a-z][a-z_]*)(?:(?: *[=;] *| +)(?P<value>\S.*))?"
)
_NO_BLANK: Final = re.compile(r"(?P<head>\s*(?:- +)?)(?P<key>[a-z][a-z_]*):(?P<value>[^\s:].*)")
_ODD_COLON: Final = re.compile(
    r"(?P<head> *(?:- +)?)(?P<key>[a-z][a-z_]*)(?::[^\S \t]\s*|\uff1a\s*)(?P<value>\S.*)?"
)
"""A key whose colon is followed by a blank that is none, or is a wide one."""
_SIGNS_ROUND_KEY: Final = re.compile(
    r"(?P<head> *(?:- +)?)[*_`'\"“”‘’]+(?P<key>[a-z][a-z_]*):?[*_`'\"“”‘’]+:? *(?P<value>\S.*)?"
)
_JSON: Final = re.compile(r'(?P<head> *(?:- +)?)"(?P<key>[a-z_]+)": *(?P<value>\S.*?),? *')
_BULLET: Final = re.compile(r"(?P<head>[ \t]*)(?:[•▪◦●·‣*–—]|\d{1,2}[.)])\s+(?P<item>\S.*)")
_TWO_HYPHENS: Final = re.compile(r"( *)-(?: +-)+ +(?=\S)")
_WORD_ITEM: Final = re.compile(r"(?P<head> *)- +(?P<word>[^\s:]+)")
_LOOSE_FIELDS: Final = re.compile(r"\(?((?:[a-z_]+: *[^,:(){}]+, *)+[a-z_]+: *[^,:(){}]+)[)}]?")
_CLOSED_LATE: Final = re.compile(r"([\[{].*[\]}])\s*[,;.]+")
_FOLDED: Final = re.compile(r"[>|][+-]?[ \t]+(?P<text>\S.*)")
_NO_COMMA: Final = re.compile(r"(?<=[^\s,;.{\[])[;.]?(?= +[a-z_]+: )")
_COMMAS: Final = re.compile(r"(?:(?<=[\[{])\s*,\s*)+|,(?:\s*,)+")
_BESIDE_NUMBER: Final = re.compile(r"(?<=: )[<>~=≥≤] *(?=\d)")
_CURLY: Final = "“”„‟‘’‚"
_PLACEHOLDER: Final = re.compile(r"\{[a-z_]+\}")
_SIGNS: Final = "@`%&*!|>[]{},#?-:"
_HASH: Final = re.compile(r"\s#")
_HASH_ITEM: Final = re.compile(
    r"(?P<head>[\[{,]\s*(?:[a-z_]+: +)?)(?P<value>[^\s\[{,\"'][^,\]}]*?\s#[^,\]}]*)"
)
_HASH_HOLDS: Final = "Text that holds ` #` must stand in double quotation marks."
_ITEM_HOLDS: Final = "An item of a list must start with a hyphen and a blank."
_NO_BREAK: Final = "\u00a0"
_BRACKETS: Final = {"[": "]", "{": "}"}


def line_slips(lines: list[str], number: int, fields: Collection[str]) -> Iterator[Slip]:
    """What may be wrong with the line of this number; `fields` are the words that fields have."""
    line = lines[number]
    if not line.strip():
        yield Slip(
            number, "", "An empty line must hold no tab.", "Delete all that is on this line."
        )
        return
    yield from _key_slips(lines, number)
    yield from (replace(slip, column=text_starts(line)) for slip in _value_slips(number, line))
    yield from _hash_slips(lines, number)
    yield from _folded_slips(lines, number)
    yield from _flow_slips(number, line)
    yield from _joined_lines(number, line, fields)
    if match := _NO_COLON.fullmatch(line):
        new = f"{match['head']}{match['key']}:" + (f" {match['value']}" if match["value"] else "")
        yield rewritten(number, new, f"After `{match['key']}` there must be a colon.")
    yield from _item_slips(lines, number)
    yield from indents(lines, number)


def in_quotes(line: str) -> str:
    """The line with its text in quotation marks; "" where the text does not begin on it.

    >>> in_quotes("  summary: Pain in toe #1 and #2")
    '  summary: "Pain in toe #1 and #2"'
    """
    match = KEY_LINE.fullmatch(line) or ITEM_LINE.fullmatch(line)
    if not match or match["value"][0] in "'\"[{":
        return ""
    return match["head"] + _quoted(match["value"].rstrip())


def text_starts(line: str) -> int:
    """The column of a line's value, or 0."""
    match = KEY_LINE.fullmatch(line) or ITEM_LINE.fullmatch(line)
    return match.start("value") if match else 0


def _key_slips(lines: list[str], number: int) -> Iterator[Slip]:
    """Hyphens, keys and colons that YAML does not take for such."""
    line = lines[number]
    if re.match(r"-(?:[^\s-]|\t)", line.lstrip()):
        yield rewritten(number, re.sub(r"^(\s*)-\s*", r"\1- ", line),
                        "After the hyphen of a list there must be a blank.")  # fmt: skip
    if _TWO_HYPHENS.match(line):
        new = _TWO_HYPHENS.sub(r"\1- ", line, count=1)
        yield rewritten(number, new, "An item of a list must start with one hyphen.")
    if line.lstrip().startswith("//"):
        new = line.replace("//", "#", 1)
        yield rewritten(number, new, "A comment must start with `#`.")
    if match := _NO_BLANK.fullmatch(line):
        new = f"{match['head']}{match['key']}: {match['value']}"
        yield rewritten(number, new, f"After `{match['key']}:` there must be a blank.")
    if match := _ODD_COLON.fullmatch(line):
        new = f"{match['head']}{match['key']}: {match['value'] or ''}".rstrip()
        holds = f"After `{match['key']}` there must be an ordinary colon and an ordinary blank."
        cure = f"Delete what stands between `{match['key']}` and its value, and type `: ` there."
        yield replace(rewritten(number, new, holds), cure=cure)
    if match := _SIGNS_ROUND_KEY.fullmatch(line):
        new = f"{match['head']}{match['key']}: {match['value'] or ''}".rstrip()
        yield rewritten(number, new, f"No signs must stand round `{match['key']}`.")
    if match := _JSON.fullmatch(line):
        new = f"{match['head']}{match['key']}: {match['value']}"
        holds = f"`{match['key']}` must be written as YAML, and this is JSON."
        yield rewritten(number, new, holds)
    if match := _BULLET.fullmatch(line):
        yield rewritten(number, f"{match['head']}- {match['item']}", _ITEM_HOLDS)
    if number == 0 and (match := re.fullmatch(r"([a-z0-9-]+): +(\S.*)", line)):
        holds = f"`{match[1]}` must stand alone on its line, with a colon: it is a record's id."
        cure = f"Put `{shown(f'name: {match[2]}')}` on the line below, after 2 blanks."
        new = f"{match[1]}:\n  name: {match[2]}"
        yield Slip(number, new, holds, cure, is_line=False, added=(1,))


def _value_slips(number: int, line: str) -> Iterator[Slip]:
    """Text that needs quotation marks, or has too many or too few."""
    for pattern in (KEY_LINE, ITEM_LINE):
        match = pattern.fullmatch(line.rstrip())
        if not match:
            continue
        head, value = match["head"], match["value"]
        first = value[0]
        if first in _CURLY:
            new = head + _quoted(value.strip(f"{_CURLY}\"'"))
            yield rewritten(number, new, "Quotation marks round a text must be straight ones.")
        elif first in "'\"":
            yield _quotation_slip(number, head, value)
        elif late := _CLOSED_LATE.fullmatch(value):
            holds = "Behind the bracket that closes nothing must stand."
            yield rewritten(number, head + late[1], holds)
        elif match_ := _LOOSE_FIELDS.fullmatch(value):
            new = f"{head}{{{match_[1].rstrip()}}}"
            yield rewritten(number, new, "Several fields on one line must stand in braces.")
            yield _colon_slip(number, head, value)
        elif re.search(r":(?:\s|$)", value) and first not in _BRACKETS:
            yield _colon_slip(number, head, value)
        elif first in _SIGNS and (first not in _BRACKETS or not value.endswith(_BRACKETS[first])):
            if first == "{" and not _PLACEHOLDER.match(value):
                new = head + _quoted(value.replace("{", "").replace("}", ""))
                slip = rewritten(number, new, "A text must not be in braces.")
                yield replace(slip, is_line=False)
                continue
            sign = "a backtick" if first == "`" else f"`{first}`"
            holds = f"Text that starts with {sign} must stand in double quotation marks."
            yield rewritten(number, head + _quoted(value), holds)


def _quotation_slip(number: int, head: str, value: str) -> Slip:
    """What may be wrong with a text that begins with a straight quotation mark."""
    first, inner = value[0], value[1:]
    if inner.count(first) == 0:
        new = f"{head}{first}{inner.rstrip(_CURLY)}{first}"
        return rewritten(number, new, "The quotation mark that opens here must close.")
    if not value.endswith(first):
        holds = "Text that starts with a quotation mark must end with it."
        return rewritten(number, head + _quoted(value), holds)
    if first == "'":
        holds = "Text with an apostrophe must stand in double quotation marks."
    elif "\\" in inner and inner.count(first) == 1:
        holds = "In double quotation marks `\\` must be written twice."
    else:
        holds = "Text in double quotation marks must not hold a third one."
    return rewritten(number, head + _quoted(inner[:-1].replace("''", "'")), holds)


def _colon_slip(number: int, head: str, value: str) -> Slip:
    holds = "Text with a colon in it must stand in double quotation marks."
    return rewritten(number, head + _quoted(value), holds)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', "'")
    return f'"{escaped}"'


def _hash_slips(lines: list[str], number: int) -> Iterator[Slip]:
    """A text on several lines that holds ` #`, so no line alone can be put right."""
    start = number
    while start and not (KEY_LINE.fullmatch(lines[start]) or ITEM_LINE.fullmatch(lines[start])):
        start -= 1
    value = lines[start][text_starts(lines[start]) :]
    if not text_starts(lines[start]) or value[0] in "\"'[{>|#":
        return
    end = start + 1
    while end < len(lines) and lines[end].strip() and indent(lines[end]) > indent(lines[start]):
        end += 1
    joined = [(n, _HASH.sub(f"{_NO_BREAK}#", lines[n])) for n in range(start, end)]
    changed = tuple((n, new) for n, new in joined if new != lines[n])
    if changed and start <= number < end:
        cure = 'Put one (") before the first word of the text, and one behind its last.'
        column = text_starts(lines[start])
        yield Slip(start, joined[0][1], _HASH_HOLDS, cure, column, is_line=False, also=changed)


def _folded_slips(lines: list[str], number: int) -> Iterator[Slip]:
    """Text on several lines without the sign that begins such, or on the line of that sign."""
    line = lines[number]
    key = re.fullmatch(r"(\s*(?:- +)?[a-z_]+:)(?: +[->|])?\s*", line)
    below = lines[number + 1] if number + 1 < len(lines) else ""
    is_text = not re.match(r"\s*(?:- |[a-z_]+:(?: |$))", below)
    if key and indent(below) > indent(line) and is_text:
        holds = "Text that goes on over several lines must begin with `>-` behind its field."
        yield rewritten(number, f"{key[1]} >-", holds)
    match = KEY_LINE.fullmatch(line)
    if match and (folded := _FOLDED.fullmatch(match["value"])):
        step = indent(below) if indent(below) > indent(line) else indent(line) + 2
        cure = f"Put what follows `>-` on the line below, after {blanks(step)}."
        new = f"{match['head']}>-\n{' ' * step}{folded['text']}"
        yield Slip(number, new, "Nothing must stand behind `>-` on its line.", cure,
                   match.start("value"), is_line=False, added=(number + 1,))  # fmt: skip


def _flow_slips(number: int, line: str) -> Iterator[Slip]:
    """Text with ` #`, brackets that do not close, and commas that are missing or too many."""
    if match := _HASH_ITEM.search(line):
        new = line[: match.start("value")] + _quoted(match["value"].rstrip())
        slip = rewritten(number, new + line[match.end() :], _HASH_HOLDS)
        cure = f"Write `{shown(_quoted(match['value'].rstrip()))}`."
        yield replace(slip, cure=cure, column=match.start("value"))
    for opening, closing in _BRACKETS.items():
        name = "bracket" if opening == "[" else "brace"
        if line.count(opening) > line.count(closing):
            column = line.index(opening)
            if line.rstrip().endswith(tuple(_BRACKETS.values())):
                holds = f"What `{opening}` opens must close with `{closing}`."
                new = line.rstrip()[:-1] + closing
                yield replace(rewritten(number, new, holds), column=column)
            new = line.rstrip().rstrip(",") + closing
            slip = rewritten(number, new, f"The {name} `{opening}` must close.")
            yield replace(slip, cure=f"Add `{closing}` at the end of the line.", column=column)
    if _COMMAS.search(line):
        new = _COMMAS.sub(lambda found: "," if found[0].startswith(",") else "", line)
        new = re.sub(r"(?<=[\[{]),\s*", "", new)
        column = max(line.find("["), line.find("{"), 0)
        yield replace(rewritten(number, new, "Between two entries one comma must stand."),
                      column=column)  # fmt: skip
    if "{" in line:
        start = line.index("{")
        new = line[:start] + _NO_COMMA.sub(",", line[start:])
        slip = rewritten(number, new, "Between two entries in braces there must be a comma.")
        yield replace(slip, column=start)
        if match := _BESIDE_NUMBER.search(line):
            new = line[: match.start()] + line[match.end() :]
            holds = f"A number must stand alone, without `{match[0].strip()}`."
            slip = rewritten(number, new, holds)
            cure = f"Delete `{match[0].strip()}`, and say in words what it means where you can."
            yield replace(slip, cure=cure, column=match.start(), is_line=False)


def _joined_lines(number: int, line: str, fields: Collection[str]) -> Iterator[Slip]:
    """Fields that stand on the line of another one."""
    match = KEY_LINE.fullmatch(line)
    if not match:
        return
    starts = [
        found.start(1)
        for found in re.finditer(r"(?<=\S)[ ,;]+([a-z_]+):(?= |$)", line)
        if found[1] in fields
        and found.start() >= match.start("value")
        and line.count("{", 0, found.start()) <= line.count("}", 0, found.start())
    ]
    for some in dict.fromkeys((tuple(starts), *((start,) for start in starts))):
        if not some:
            continue
        ends = [*some[1:], len(line)]
        first_key = len(line) - len(line.lstrip(" -"))
        parts = [line[a:b].rstrip(" ,;") for a, b in zip(some, ends, strict=True)]
        names = [part.partition(":")[0] for part in parts]
        verb = "must stand on a line of its own" if len(names) == 1 else "must each have a line"
        holds = f"{' and '.join(f'`{name}`' for name in names)} {verb}."
        cure = (
            f"Start a new line before {' and before '.join(f'`{name}:`' for name in names)}, "
            f"and type {blanks(first_key)} there."
        )
        new = "\n".join([line[: some[0]].rstrip(" ,;"), *(" " * first_key + p for p in parts)])
        added = tuple(range(number + 1, number + 1 + len(parts)))
        yield Slip(number, new, holds, cure, some[0], is_line=False, added=added)


def _first_field_elsewhere(lines: list[str], number: int, column: int) -> str:
    """The field that begins the items of a list of the same name in another part, or ""."""
    above = (line for line in reversed(lines[:number]) if line.strip() and indent(line) < column)
    name = next(above, "").strip()
    begun = (match for line, below in pairwise(lines) if line.strip() == name
             and (match := re.match(r" *- +([a-z_]+):(?: |$)", below)))  # fmt: skip
    return next((match[1] for match in begun), "")


def _of_block(head: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines up to the first that is indented less than `head`."""
    return takewhile(lambda line: not line.strip() or indent(line) >= len(head), lines)


def _item_slips(lines: list[str], number: int) -> Iterator[Slip]:
    """Items of a list without their hyphen, or without their first field."""
    line = lines[number]
    if key_line := re.match(r"( *)[a-z_]+:(?: |$)", line):
        above = (other for other in reversed(lines[:number]) if indent(other) <= len(key_line[1]))
        if next(above, "").startswith(f"{key_line[1]}- "):
            yield rewritten(number, f"{key_line[1]}- {line.lstrip()}", _ITEM_HOLDS)
    if begins := re.match(r"( *)- +(?=[a-z_]+:(?: |$))", line):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if re.match(rf"{begins[1]}[a-z_]+:", below):
            new = begins[1] + line[begins.end() :]
            yield rewritten(number, new, "Fields that are no list must stand without a hyphen.")
    if match := _WORD_ITEM.fullmatch(line):
        others = [*_of_block(match["head"], reversed(lines[:number])),
                  *_of_block(match["head"], lines[number:])]  # fmt: skip
        sibling = re.compile(rf"{match['head']}- +([a-z_]+):(?: |$)")
        key = next((found[1] for other in others if (found := sibling.match(other))), "")
        key = key or _first_field_elsewhere(lines, number, len(match["head"]))
        if key:
            new = f"{match['head']}- {key}: {match['word']}"
            yield rewritten(
                number, new, f"This item must begin with `{key}:`, as its neighbours do."
            )
