"""What a line of YAML may have been meant to be, the likeliest first. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from generator.reading.indent_typos import indents
from generator.reading.typo import Typo, indent, rewritten, spaces

KEY_LINE: Final = re.compile(r"(?P<head>\s*(?:- +)*[a-z_]+: +)(?P<value>\S.*)")
ITEM_LINE: Final = re.compile(r"(?P<head>\s*- +)(?P<value>\S.*)")
_MARKS: Final = r"[*_`'\"“”‘’]+"
_ODD_KEY: Final = re.compile(
    rf"(?P<head>\s*(?:- +)?)(?P<mark>{_MARKS})?(?P<key>[a-z][a-z_]*)(?(mark):?{_MARKS})"
    r"(?:(?P<colon>\s*[:=;\uff1a]\s*|\s+)(?P<value>[^\s:].*)?)?"
)
"""A field without an ordinary colon and space behind it, or with signs around it."""
_BULLET: Final = re.compile(r"(?P<head>[ \t]*)(?:[•▪◦●·‣*–—]|\d{1,2}[.)])\s+(?P<item>\S.*)")
_WORD_ITEM: Final = re.compile(r"(?P<head> *)- +(?P<word>[^\s:]+)")
_LOOSE_FIELDS: Final = re.compile(r"\(?((?:[a-z_]+: *[^,:(){}]+, *)+[a-z_]+: *[^,:(){}]+)[)}]?")
_NO_COMMA: Final = re.compile(r"(?<=[^\s,;.{\[])[;.]?(?= +[a-z_]+: )")
_JOINED: Final = re.compile(r"(?<=\S)[ ,;]+([a-z_]+):(?= |$)")
_CURLY: Final = "“”„‟‘’‚"
_SIGNS: Final = "@`%&*!|>[]{},#?-:"
_HASH: Final = re.compile(r"(?<=\S)\s+#")
_ITEM: Final = "An item of a list must start with a hyphen and a space."
_BRACKETS: Final = {"[": "]", "{": "}"}


def line_typos(lines: list[str], number: int, fields: Collection[str]) -> Iterator[Typo]:
    """What may be wrong with the line of this number; `fields` are the names of all fields."""
    line = lines[number]
    if not line.strip():
        message = "An empty line must hold no tab."
        yield Typo(number, "", message, "Delete everything on this line.")
        return
    key = list(_key_typos(number, line))
    has_colon = bool(re.search("[:=;\uff1a]", line))
    yield from _hyphen_typos(number, line)
    yield from key if has_colon else ()
    yield from (replace(typo, column=text_starts(line)) for typo in _value_typos(number, line))
    yield from _hash_typos(number, line)
    yield from _flow_typos(number, line)
    yield from _joined_lines(number, line, fields)
    yield from key
    yield from _item_typos(lines, number)
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


def _hyphen_typos(number: int, line: str) -> Iterator[Typo]:
    if re.match(r"-(?:[^\s-]|\t)", line.lstrip()):
        new = re.sub(r"^(\s*)-\s*", r"\1- ", line)
        yield rewritten(number, new, "After the hyphen of a list there must be a space.")
    if match := _BULLET.fullmatch(line):
        yield rewritten(number, f"{match['head']}- {match['item']}", _ITEM)


def _key_typos(number: int, line: str) -> Iterator[Typo]:
    if not (match := _ODD_KEY.fullmatch(line)):
        return
    key, value = match["key"], (match["value"] or "").rstrip()
    message = f"After `{key}` there must be a colon and a space."
    if match["mark"] == '"':
        message = f"`{key}` must be written as YAML, and this is JSON."
        value = value.rstrip(", ")
    elif match["mark"]:
        message = f"There must be no signs around `{key}`."
    yield rewritten(number, f"{match['head']}{key}: {value}".rstrip(), message)


def _value_typos(number: int, line: str) -> Iterator[Typo]:
    """Text that needs quotation marks, or has too many or too few."""
    for pattern in (KEY_LINE, ITEM_LINE):
        match = pattern.fullmatch(line.rstrip())
        if not match:
            continue
        head, value = match["head"], match["value"]
        first = value[0]
        in_quotes = head + _quoted(value)
        if first in _CURLY:
            new = head + _quoted(value.strip(f"{_CURLY}\"'"))
            yield rewritten(number, new, "Quotation marks around a text must be straight ones.")
        elif first in "'\"":
            yield _quotation_typo(number, head, value)
        elif re.search(r":(?:\s|$)", value) and first not in _BRACKETS:
            if fields := _LOOSE_FIELDS.fullmatch(value):
                new = f"{head}{{{fields[1].rstrip()}}}"
                yield rewritten(number, new, "Several fields on one line must be in braces.")
            message = "Text with a colon in it must be in double quotation marks."
            yield rewritten(number, in_quotes, message)
        elif first in _SIGNS and (first not in _BRACKETS or not value.endswith(_BRACKETS[first])):
            sign = "a backtick" if first == "`" else f"`{first}`"
            message = f"Text that starts with {sign} must be in double quotation marks."
            # Braces may be fields, or a placeholder: only the author knows.
            yield replace(rewritten(number, in_quotes, message), is_line=first != "{")


def _quotation_typo(number: int, head: str, value: str) -> Typo:
    """What may be wrong with a text that begins with a straight quotation mark."""
    mark, inner = value[0], value[1:]
    if mark not in inner:
        new = f"{head}{mark}{inner.rstrip(_CURLY)}{mark}"
        return rewritten(number, new, "The quotation mark that opens here must close.")
    text = inner[:-1].replace("''", "'") if value.endswith(mark) else value
    message = "Quotation marks must be aaround the whole text, and not within it."
    return rewritten(number, head + _quoted(text), message)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', "'")
    return f'"{escaped}"'


def _hash_typos(number: int, line: str) -> Iterator[Typo]:
    """YAML takes what follows ` #` for a comment, here within a list or a text of many lines."""
    if _HASH.search(line):
        message = "Text that holds ` #` must be in double quotation marks."
        help_text = 'Put one (") before the first word of the text, and one behind its last.'
        new = _HASH.sub("\u00a0#", line)
        yield Typo(number, new, message, help_text, text_starts(line), is_line=False)


def _flow_typos(number: int, line: str) -> Iterator[Typo]:
    """Brackets that do not close, and commas that are missing."""
    whole = line.rstrip()
    for opening, closing in _BRACKETS.items():
        if line.count(opening) > line.count(closing):
            name = "bracket" if opening == "[" else "brace"
            for kept in (whole[:-1] if whole[-1] in ",]}" else whole, whole):
                typo = rewritten(number, kept + closing, f"The {name} `{opening}` must close.")
                yield replace(typo, column=line.index(opening))
    if "{" in line:
        start = line.index("{")
        new = line[:start] + _NO_COMMA.sub(",", line[start:])
        typo = rewritten(number, new, "Between two entries in braces there must be a comma.")
        yield replace(typo, column=start)


def _joined_lines(number: int, line: str, fields: Collection[str]) -> Iterator[Typo]:
    """A field on the line of another one."""
    if not KEY_LINE.fullmatch(line):
        return
    first_key = len(line) - len(line.lstrip(" -"))
    for found in _JOINED.finditer(line):
        before = line[: found.start()]
        if found[1] not in fields or before.count("{") > before.count("}") or ":" not in before:
            continue
        message = f"`{found[1]}` must be on its own line."
        help_text = f"Start a new line before `{found[1]}:`, and type {spaces(first_key)} there."
        new = f"{before}\n{' ' * first_key}{line[found.start(1) :]}"
        yield Typo(
            number, new, message, help_text, found.start(1), is_line=False, added=(number + 1,)
        )


def _item_typos(lines: list[str], number: int) -> Iterator[Typo]:
    """Items of a list without their hyphen, or without their first field."""
    line = lines[number]
    if key_line := re.match(r"( *)[a-z_]+:(?: |$)", line):
        above = (other for other in reversed(lines[:number]) if indent(other) <= len(key_line[1]))
        if next(above, "").startswith(f"{key_line[1]}- "):
            yield rewritten(number, f"{key_line[1]}- {line.lstrip()}", _ITEM)
    if begins := re.match(r"( *)- +(?=[a-z_]+:(?: |$))", line):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if re.match(rf"{begins[1]}[a-z_]+:", below):
            new = begins[1] + line[begins.end() :]
            yield rewritten(number, new, "Fields that are no list must have no hyphen.")
    if match := _WORD_ITEM.fullmatch(line):
        sibling = re.compile(rf"{match['head']}- +([a-z_]+):(?: |$)")
        nearest = sorted(range(len(lines)), key=lambda n: abs(n - number))
        keys = (found[1] for n in nearest if (found := sibling.match(lines[n])))
        for key in [*keys][:1]:
            new = f"{match['head']}- {key}: {match['word']}"
            message = f"This item must begin with `{key}:`, as its neighbours do."
            yield rewritten(number, new, message)
