"""Slips of the hand in YAML: which line, written another way, makes a record readable. Pure.

YAML says only where it gave up, often lines later, and in words of its own. So the likely slips
round that place are tried one by one, and the one after which the record reads best is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

MOST_SLIPS: Final = 12
MOST_CHARACTERS: Final = 200_000
"""Of a record that slips are looked for in: beyond, somebody pasted something else."""
LINES_BEFORE: Final = 12
SHOWN: Final = 70
FEW: Final = 24

_KEY_LINE: Final = re.compile(r"(?P<head>\s*(?:- +)*[a-z_]+: +)(?P<value>\S.*)")
_ITEM_LINE: Final = re.compile(r"(?P<head>\s*- +)(?P<value>\S.*)")
_NO_COLON: Final = re.compile(
    r"(?P<head>\s*(?:- +)?)(?P<key>[a-z][a-z_]*)(?:(?: *= *| +)(?P<value>\S.*))?"
)
_NO_BLANK: Final = re.compile(r"(?P<head>\s*(?:- +)?)(?P<key>[a-z][a-z_]*):(?P<value>[^\s:].*)")
_ODD_COLON: Final = re.compile(
    r"(?P<head> *(?:- +)?)(?P<key>[a-z][a-z_]*)(?::[^\S \t]\s*|\uff1a\s*)(?P<value>\S.*)?"
)
"""A key whose colon is followed by a blank that is none, or is a wide one."""
_BULLET: Final = re.compile(r"(?P<head>[ \t]*)(?:[•▪◦●·‣*–—]|\d{1,2}[.)])\s+(?P<item>\S.*)")
_LOOSE_FIELDS: Final = re.compile(r"\(?((?:[a-z_]+: *[^,:()]+, *)+[a-z_]+: *[^,:()]+)\)?")
_ID_LINE: Final = re.compile(r"[\"'“”]?([a-z0-9]+(?:-[a-z0-9]+)*)[\"'“”]?\s*[:\uff1a]?\s*")
_SOUND_ID_LINE: Final = re.compile(r"([\"']?)[a-z0-9-]+\1:[ \t]*")
_NO_COMMA: Final = re.compile(r"(?<=[^\s,{\[])(?= +[a-z_]+: )")
_CURLY: Final = "“”„‟"
_SIGNS: Final = "@`%&*!|>[]{},#?-:"
_HASH: Final = re.compile(r"\s#")
_HASH_ITEM: Final = re.compile(
    r"(?P<head>[\[{,]\s*(?:[a-z_]+: +)?)(?P<value>[^\s\[{,\"'][^,\]}]*?\s#[^,\]}]*)"
)
_HASH_HOLDS: Final = "Text that holds ` #` must stand in double quotation marks."
_NO_BREAK: Final = "\u00a0"
_BRACKETS: Final = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Slip:
    """The line of this number, counted from 0, as it should be; and what to say about it."""

    line: int
    new: str
    holds: str
    cure: str
    column: int = 0
    is_line: bool = True
    """Whether this line is all that has to change."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Where YAML gave up, and where what it was reading began; lines count from 0."""

    line: int
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of reading a text: how many findings it has, or where YAML gave up."""

    trouble: Trouble | None
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Mended:
    """A text that can be read, and the slips that were in it; or as far as it went.

    Slips stand at the lines of the text as it was; `added` are the new lines of the mended one.
    """

    text: str
    slips: tuple[Slip, ...] = field(default=())
    added: tuple[int, ...] = ()


Parents = Mapping[str, tuple[str, ...]]
"""Field of a part -> the fields that hold such a part."""


def mended(text: str, read: Callable[[str], Attempt], parents: Parents) -> Mended:
    """The text with its likely slips put right, as far as that can be known."""
    result = Mended(text)
    if len(text) > MOST_CHARACTERS:
        return result
    trouble = read(text).trouble
    while trouble and len(result.slips) < MOST_SLIPS:
        best: tuple[tuple[int, int], Slip, str, Trouble | None] | None = None
        for slip in slips(result.text, trouble, parents):
            changed = _with_line(result.text, slip)
            attempt = read(changed)
            if attempt.trouble is None:
                score = (0, attempt.findings)
            elif attempt.trouble.line > max(trouble.line, slip.line):
                score = (1, -attempt.trouble.line)
            else:
                continue
            if best is None or score < best[0]:
                best = (score, slip, changed, attempt.trouble)
            if score == (0, 0):
                break
        if best is None:
            return result
        _, slip, changed, trouble = best
        added = result.added
        told = replace(slip, line=slip.line - sum(line <= slip.line for line in added))
        if "\n" in slip.new:
            added = (*(line + (line >= slip.line) for line in added), slip.line)
        result = Mended(changed, (*result.slips, told), added)
    return result


def _with_line(text: str, slip: Slip) -> str:
    lines = text.split("\n")
    lines[slip.line] = slip.new
    return "\n".join(lines)


def slips(text: str, trouble: Trouble, parents: Parents) -> Iterator[Slip]:
    """What may have happened, the likeliest first."""
    lines = text.split("\n")
    seen: set[tuple[int, str]] = set()
    for number in _suspects(lines, trouble):
        for slip in _slips_of(lines, number):
            if slip.new != lines[number] and (number, slip.new) not in seen:
                seen.add((number, slip.new))
                yield slip
    yield from _lost_lines(lines, trouble.line, parents)


def _lost_lines(lines: list[str], number: int, parents: Parents) -> Iterator[Slip]:
    """The lines that may be missing above one that is indented under nothing."""
    line = lines[number] if number < len(lines) else ""
    match = re.match(r"( {4,})(?:- +)?([a-z_]+):(?: |$)", line)
    for parent in parents.get(match[2], ()) if match else ():
        assert match
        holds = f"Above `{match[2]}` the line `{parent}:` seems to be missing."
        indent = _blanks(len(match[1]) - 2)
        cure = f"Put `{parent}:` on a line of its own above this one, after {indent}."
        new = f"{match[1][2:]}{parent}:\n{line}"
        yield Slip(number, new, holds, cure, len(match[1]), is_line=False)


def _suspects(lines: list[str], trouble: Trouble) -> list[int]:
    """Where YAML gave up, the line before, where it began, odd indents, and open quotations."""
    found = [trouble.line]
    before = trouble.line - 1
    while before >= 0 and (not lines[before].strip() or lines[before].lstrip().startswith("#")):
        before -= 1
    found += [before] if before >= 0 else []
    found += [trouble.start] if trouble.start is not None else []
    own = _indent(lines[trouble.line]) if trouble.line < len(lines) else 0
    around = range(trouble.line - 1, max(-1, trouble.line - LINES_BEFORE), -1)
    found += [n for n in around if n < len(lines) and _indent(lines[n]) % 2]
    found += [n for n in around if n < len(lines) and lines[n] and _indent(lines[n]) <= own][:1]
    opened = (n for n in range(min(trouble.line, len(lines)) - 1, -1, -1) if _is_open(lines[n]))
    found += [n for n, _ in zip(opened, range(3), strict=False)]
    return [n for n in dict.fromkeys(found) if n < len(lines) and lines[n].strip()]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_open(line: str) -> bool:
    match = _KEY_LINE.fullmatch(line) or _ITEM_LINE.fullmatch(line)
    value = match["value"] if match else ""
    return value[:1] in ("'", '"') and value.count(value[0]) % 2 == 1


def _slips_of(lines: list[str], number: int) -> Iterator[Slip]:
    line = lines[number]
    if re.match(r"-(?:[^\s-]|\t)", line.lstrip()):
        yield _slip(number, re.sub(r"^(\s*)-\s*", r"\1- ", line),
                    "After the hyphen of a list there must be a blank.")  # fmt: skip
    if match := _NO_BLANK.fullmatch(line):
        new = f"{match['head']}{match['key']}: {match['value']}"
        yield _slip(number, new, f"After `{match['key']}:` there must be a blank.")
    if match := _ODD_COLON.fullmatch(line):
        new = f"{match['head']}{match['key']}: {match['value'] or ''}".rstrip()
        holds = f"After `{match['key']}` there must be an ordinary colon and an ordinary blank."
        cure = f"Delete what stands between `{match['key']}` and its value, and type `: ` there."
        yield replace(_slip(number, new, holds), cure=cure)
    if match := _BULLET.fullmatch(line):
        new = f"{match['head']}- {match['item']}"
        yield _slip(number, new, "An item of a list must start with a hyphen and a blank.")
    yield from (replace(slip, column=_text_starts(line)) for slip in _value_slips(number, line))
    yield from _flow_slips(number, line)
    if match := _NO_COLON.fullmatch(line):
        new = f"{match['head']}{match['key']}:" + (f" {match['value']}" if match["value"] else "")
        yield _slip(number, new, f"After `{match['key']}` there must be a colon.")
    if key_line := re.match(r"( *)[a-z_]+:(?: |$)", line):
        above = (other for other in reversed(lines[:number]) if _indent(other) <= len(key_line[1]))
        if next(above, "").startswith(f"{key_line[1]}- "):
            new = f"{key_line[1]}- {line.lstrip()}"
            yield _slip(number, new, "An item of a list must start with a hyphen and a blank.")
    yield from _indents(lines, number)


def _slip(number: int, new: str, holds: str) -> Slip:
    return Slip(number, new, holds, f"Write `{_shown(new)}`.", len(new) - len(new.lstrip()))


def _shown(line: str) -> str:
    text = line.strip().replace("`", "")
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"


def _text_starts(line: str) -> int:
    match = _KEY_LINE.fullmatch(line) or _ITEM_LINE.fullmatch(line)
    return match.start("value") if match else 0


def _value_slips(number: int, line: str) -> Iterator[Slip]:
    """Text that needs quotation marks, or has too many or too few."""
    for pattern in (_KEY_LINE, _ITEM_LINE):
        match = pattern.fullmatch(line.rstrip())
        if not match:
            continue
        head, value = match["head"], match["value"]
        first, inner = value[0], value[1:]
        if first in _CURLY:
            new = head + _quoted(value.strip(_CURLY))
            yield _slip(number, new, "Quotation marks round a text must be straight ones.")
        elif first in "'\"":
            if inner.count(first) == 0:
                new = f"{head}{value}{first}"
                yield _slip(number, new, "The quotation mark that opens here must close.")
            elif not value.endswith(first):
                holds = "Text that starts with a quotation mark must end with it."
                yield _slip(number, head + _quoted(value), holds)
            else:
                holds = (
                    "Text with an apostrophe must stand in double quotation marks."
                    if first == "'"
                    else "Text in double quotation marks must not hold a third one."
                )
                yield _slip(number, head + _quoted(inner[:-1].replace("''", "'")), holds)
        elif match_ := _LOOSE_FIELDS.fullmatch(value):
            new = f"{head}{{{match_[1]}}}"
            yield _slip(number, new, "Several fields on one line must stand in braces.")
            yield _colon_slip(number, head, value)
        elif first not in _BRACKETS and (hash_ := _HASH.search(value)):
            # The text goes on below, so no line alone can be put right.
            new = f"{head}{value[: hash_.start()]}{_NO_BREAK}{value[hash_.end() - 1 :]}"
            cure = 'Put one (") before the first word of the text, and one behind its last.'
            yield Slip(number, new, _HASH_HOLDS, cure, is_line=False)
        elif re.search(r":(?:\s|$)", value) and first not in _BRACKETS:
            yield _colon_slip(number, head, value)
        elif first in _SIGNS and (first not in _BRACKETS or not value.endswith(_BRACKETS[first])):
            sign = "a backtick" if first == "`" else f"`{first}`"
            holds = f"Text that starts with {sign} must stand in double quotation marks."
            yield _slip(number, head + _quoted(value), holds)


def _colon_slip(number: int, head: str, value: str) -> Slip:
    holds = "Text with a colon in it must stand in double quotation marks."
    return _slip(number, head + _quoted(value), holds)


def in_quotes(line: str) -> str:
    """The line with its text in quotation marks; "" where the text does not begin on it.

    >>> in_quotes("  summary: Pain in toe #1 and #2")
    '  summary: "Pain in toe #1 and #2"'
    """
    match = _KEY_LINE.fullmatch(line) or _ITEM_LINE.fullmatch(line)
    if not match or match["value"][0] in "'\"[{":
        return ""
    return match["head"] + _quoted(match["value"].rstrip())


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', "'")
    return f'"{escaped}"'


def _flow_slips(number: int, line: str) -> Iterator[Slip]:
    """Text with ` #`, brackets that do not close, and entries without a comma between them."""
    if match := _HASH_ITEM.search(line):
        new = line[: match.start("value")] + _quoted(match["value"].rstrip())
        slip = _slip(number, new + line[match.end() :], _HASH_HOLDS)
        cure = f"Write `{_shown(_quoted(match['value'].rstrip()))}`."
        yield replace(slip, cure=cure, column=match.start("value"))
    for opening, closing in _BRACKETS.items():
        if line.count(opening) > line.count(closing):
            name = "bracket" if opening == "[" else "brace"
            new = line.rstrip().rstrip(",") + closing
            slip = _slip(number, new, f"The {name} `{opening}` must close.")
            yield replace(slip, cure=f"Add `{closing}` at the end of the line.",
                          column=line.index(opening))  # fmt: skip
    if "{" in line:
        start = line.index("{")
        new = line[:start] + _NO_COMMA.sub(",", line[start:])
        slip = _slip(number, new, "Between two entries in braces there must be a comma.")
        yield replace(slip, column=start)


def _indents(lines: list[str], number: int) -> Iterator[Slip]:
    """The line as far in as it may belong: two blanks for each step."""
    line = lines[number]
    text = line.lstrip()
    blanks = line[: len(line) - len(text)]
    above = lines[number - 1] if number else ""
    is_text = not re.match(r"\s*(?:#|- |(?:- )?[a-z0-9_-]+:)", above)
    is_odd = blanks.strip(" ") != ""
    here = _indent(above) if is_odd else len(blanks)
    key = re.match(r"(?:- +)?([a-z0-9_-]+):", text)
    word = key[1] if key else f"{_shown(text)[:FEW].rstrip(' …')}…" if len(text) > FEW else text
    for indent in sorted(
        range(2, max(here, _indent(above)) + 6, 2), key=lambda n: (abs(n - here), n)
    ):
        if key and is_text and indent == _indent(above):
            continue  # There it would be one more line of that text.
        new = " " * indent + text
        if is_odd:
            odd = "a tab" if "\t" in blanks else "another character that looks like a blank"
            holds = f"A line must be indented by blanks, and this one has {odd}."
            cure = f"Delete what stands before `{word}`, and type {_blanks(indent)}."
        else:
            holds = (
                f"`{word}` must line up with its neighbours: it stands after {_blanks(here)}, "
                f"and must stand after {indent}."
            )
            more = indent - here
            verb = "Add" if more > 0 else "Delete"
            cure = f"{verb} {_blanks(abs(more))} at the start of the line."
        yield Slip(number, new, holds, cure, 0 if is_odd else len(blanks))


def _blanks(count: int) -> str:
    return f"{count or 'no'} blank{'' if count == 1 else 's'}"


# Whole lines


def loose_fields(text: str, fields: frozenset[str]) -> Iterator[Slip]:
    """Fields of a record that stand at the start of a line, where only ids may."""
    for number, line in enumerate(text.split("\n")):
        key, colon, _ = line.partition(":")
        if colon and key in fields:
            holds = f"`{key}` must be indented: it is a field of the record above."
            yield Slip(number, f"  {line}", holds, "Add 2 blanks at the start of the line.")


def indented_ids(text: str, fields: frozenset[str]) -> Iterator[Slip]:
    """Ids of records that stand after blanks: an empty line above, the name below."""
    lines = text.split("\n")
    for number in range(1, len(lines) - 1):
        match = re.fullmatch(r" {1,3}([a-z0-9-]+): *", lines[number])
        if match and match[1] not in fields and re.match(r" {2,4}name:", lines[number + 1]):
            holds = f"`{match[1]}` must stand at the start of its line: it is the id of a record."
            indent = len(lines[number]) - len(lines[number].lstrip())
            cure = f"Delete {_blanks(indent)} at the start of the line."
            yield Slip(number, lines[number].strip(), holds, cure, indent)


def odd_ids(text: str, fields: frozenset[str]) -> Iterator[Slip]:
    """Ids of records, the name below, without a plain colon or with half a quotation mark."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1]):
        match = _ID_LINE.fullmatch(line)
        is_odd = match and not _SOUND_ID_LINE.fullmatch(line) and match[1] not in fields
        if match and is_odd and re.match(r" {1,4}name:", lines[number + 1]):
            holds = f"`{match[1]}` must stand alone on its line, with a colon: it is a record's id."
            yield Slip(number, f"{match[1]}:", holds, f"Type the line anew: `{match[1]}:`.")


_MARKS: Final = re.compile(r"^(<{7}|={7}|>{7})(?= |$)", re.MULTILINE)


def one_side(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with the first side of each merge conflict, and the lines where they begin."""
    if not _MARKS.search(text):
        return text, ()
    kept: list[str] = []
    begun: list[int] = []
    is_other = False
    for number, line in enumerate(text.split("\n")):
        mark = _MARKS.match(line)
        if mark:
            is_other = mark[1][0] == "="
            begun += [number] if mark[1][0] == "<" else []
        kept.append("" if mark or is_other else line)
    return "\n".join(kept), tuple(begun)
