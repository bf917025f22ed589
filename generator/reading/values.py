"""A single value of a field -> text, number, range or yes-or-no, with every finding about it.

A value that can't be read counts as empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from generator.diagnostics import Diagnostic, Extent
from generator.model.dose import Span
from generator.model.fields import Between, Text
from generator.model.record import Source
from generator.model.schema import Shape
from generator.reading import value_findings as findings
from generator.reading.help_texts import day_help, form_help
from generator.reading.id_findings import shown_words, unknown_value
from generator.reading.line_typos import in_quotes
from generator.reading.mentions import half_mention
from generator.reading.nodes import Comment, Mapping, Node, Scalar, Sequence
from generator.reading.places import place_at
from generator.reading.units import number_help, truth

HTML: Final = re.compile(r"<[a-zA-Z/!?][^>]*>?|&#?\w+;")
ADDRESS: Final = re.compile(
    r"(?:https?|ftp|file)://\S*|(?:javascript|vbscript|data):\S+|www\.\S+"
    r"|\b[\w.+-]{1,64}@[\w-]{1,64}\.\w+",
    re.IGNORECASE,
)
WEB_ADDRESS: Final = re.compile(
    r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[^\s\"'<>\\\\]*)?", re.IGNORECASE
)
_SPAN: Final = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?", re.ASCII)
_HUGE: Final = re.compile(r"(?=.*\d{7})-?\d+(?:[-–]\d+)?")
LARGEST: Final = 999_999
"""Of a number that has no limits itself."""
SHOWN: Final = 20
"""Characters of a number that a message quotes."""
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_CURLY: Final = re.compile("[“„][^“”]*[”“]|‘[^‘]*’")
_MARKS: Final = re.compile("[`~_!#*]|^[-+•] ", re.MULTILINE)
_MARKDOWN: Final = re.compile(
    r"`[^`]*`?|~~\S*|!\[[^\]]*\]\(|\b__\w+|(?<!\w)_[^_\s][^_\n]*_(?!\w)|^#{1,6} .*|^[-+•] .*",
    re.MULTILINE,
)
TO_BE_CHOSEN: Final = "to-be-chosen"
"""What `new` writes where a choice is still open."""
WORDS: Final = 120
"""Characters that a field allows which is for words; shorter ones may hold a number alone."""
_NOTHING: Final = ("~", "null", "Null", "NULL")
"""As YAML says that a value is empty; readers would see the word."""
_TEXT_HELP: Final = (
    "Write text; wrap it in double quotation marks if it holds a colon or starts with a bracket."
)


def value_of(shape: Shape, node: Node, name: str, start: Node, found: list[Diagnostic]) -> Any:
    """The value of the field `name`, whose key or item is at `start`; `found` gets the findings."""
    if not isinstance(node, Scalar):
        help_text = _TEXT_HELP if shape.base is str else ""
        found.append(wrong(node, name, wanted_by(shape), help_text))
        return empty_value(shape)
    text = "" if node.text in _NOTHING and not node.quoted else node.text.strip()
    if shape.text and node.comment:
        found.append(_after_hash(node, node.comment, name))
    elif not text:
        place = (node if node.quoted else start).place
        found.append(findings.empty_text(place, name))
    if not text:
        return empty_value(shape)
    if shape.base is str:
        if shape.text and not shape.text.markup and "\n" in text:
            text = " ".join(text.split())  # A name or phrase has no lines, however it was typed.
        if shape.text or shape.choices or shape.is_day:  # Ids and terms may be any word.
            found += _text_findings(shape, node, text, name)
        return text
    if shape.base is bool:
        return _truth(node, text, name, found)
    return _number(shape, node, text, name, found)


def to_be_chosen(shape: Shape, node: Scalar, name: str) -> Diagnostic:
    """That a value is still to be chosen, and from what."""
    if shape.choices:
        help_text = f"Write one of these: {shown_words(shape.choices)}."
    elif shape.term:
        help_text = f"Write a word of the list `{shape.term.vocabulary}` in vocabulary.yaml."
    elif shape.ref:
        help_text = f"Write the id of a record in {shape.ref.kind}.yaml."
    elif shape.base is Source:
        help_text = "Write `general`, or a list of reference ids that you have read."
    else:
        wanted = "a date" if shape.is_day else shape.form.wanted if shape.form else wanted_by(shape)
        bounds = f" from {shape.between.low} to {shape.between.high}" if shape.between else ""
        help_text = f"Write {wanted}{bounds}."
    return findings.to_be_chosen(node.place, name, help_text)


def empty_value(shape: Shape) -> Any:
    """What counts as the value where none could be read."""
    return Span(0, 0) if shape.base is Span else shape.base()


def wanted_by(shape: Shape) -> str:
    """What must be there, in words."""
    if shape.base is bool:
        return "true or false"
    if shape.base is Span:
        return "a whole number or a range such as 10-15"
    if shape.base is int:
        return "a whole number"
    return "text"


def wrong(node: Node, name: str, wanted: str, help_text: str = "") -> Diagnostic:
    """That something else must be there, or that nothing is."""
    if isinstance(node, Scalar) and not node.text and not node.quoted:
        return findings.empty_text(node.place, name)
    explains: Extent = "" if isinstance(node, Scalar) else "block"
    help_text = help_text or f"Write {wanted}."
    return findings.wrong_type(node.place, name, wanted, what_is(node), help_text, explains)


def what_is(node: Node) -> str:
    """What is there, as a message says it."""
    match node:
        case Scalar():
            return f"`{node.text[:60]}`"
        case Sequence():
            return "a list"
        case Mapping():
            return "a group of fields"


def _truth(node: Scalar, text: str, name: str, found: list[Diagnostic]) -> bool:
    if text in ("true", "false") and not node.quoted:
        return text == "true"
    help_text = f"Write `{word}`." if (word := truth(text)) and not node.quoted else ""
    otherwise = "Write true or false, without quotation marks."
    found.append(wrong(node, name, "true or false", help_text or otherwise))
    return False


def _number(shape: Shape, node: Scalar, text: str, name: str, found: list[Diagnostic]) -> Any:
    """A whole number or a range of them; it is kept even where it is out of bounds."""
    may_be_range = shape.base is Span
    bounds = shape.between or Between(0, LARGEST)
    if _HUGE.fullmatch(text):
        found.append(
            findings.out_of_bounds(node.place, name, bounds.low, bounds.high, text[:SHOWN])
        )
        return empty_value(shape)
    if may_be_range and (match := _SPAN.fullmatch(text.replace("–", "-"))):
        span = Span(int(match[1]), int(match[2] or match[1]))
    elif not may_be_range and re.fullmatch(r"-?\d{1,6}", text, re.ASCII):
        span = Span(int(text), int(text))
    else:
        help_text = number_help(text, name, may_be_range=may_be_range)
        found.append(wrong(node, name, wanted_by(shape), help_text))
        return empty_value(shape)
    if span.low > span.high:
        help_text = f"Write `{span.high}-{span.low}`."
        found.append(
            findings.wrong_type(
                node.place, name, "a range from low to high", f"`{span}`", help_text
            )
        )
    elif shape.between and not (bounds.low <= span.low and span.high <= bounds.high):
        found.append(findings.out_of_bounds(node.place, name, bounds.low, bounds.high, str(span)))
    return span if may_be_range else span.low


def _text_findings(shape: Shape, node: Scalar, text: str, name: str) -> Iterator[Diagnostic]:
    if shape.is_day and not _is_day(text):
        yield wrong(node, name, "a date", day_help(text))
    if shape.choices and text not in shape.choices:
        yield unknown_value(node.place, name, text, shape.choices)
    if not shape.text:
        return
    if len(text) > shape.text.limit:
        yield findings.text_too_long(node.place, name, len(text), shape.text.limit)
    if shape.is_address:
        if not WEB_ADDRESS.fullmatch(text):
            yield findings.bad_address(node.place, name, text)
    elif shape.form:
        if not re.fullmatch(shape.form.pattern, text, re.ASCII):
            yield wrong(node, name, shape.form.wanted, form_help(text, shape.form))
    else:
        yield from _word_findings(shape.text, node, text, name)


def _word_findings(limits: Text, node: Scalar, text: str, name: str) -> Iterator[Diagnostic]:
    """What a text must not be that is words for readers."""
    if _CURLY.fullmatch(text):
        yield findings.curly_quotes(node.place, name)
    elif lone := ('"' in text or "“" in text or "”" in text) and _lone_quotation(text):
        yield findings.lone_quotation(node.place, name, lone)
    if limits.markup and "[" in text and (half := half_mention(text)):
        yield findings.half_mention(node.place, half)
        text = text.replace(half, "")  # Its address is no second mistake.
    if limits.limit >= WORDS and "[[" not in text and not any(map(str.isalpha, text)):
        yield findings.no_words(node.place, name, text)
    # Most texts hold none of these signs, and this test is faster than the others.
    may_be_marked = limits.limit >= WORDS and _MARKS.search(text)
    if may_be_marked and (marks := _MARKDOWN.search(text) or _lone_stars(text)):
        yield findings.markdown_in_text(node.place, marks[0])
    if html := ("<" in text or "&" in text) and HTML.search(text):
        yield findings.raw_html(node.place, html[0])
    # Every address holds one of these, and they are found sooner.
    if (":" in text or "www." in text.lower() or "@" in text) and (address := ADDRESS.search(text)):
        yield findings.link_in_text(node.place, address[0])


def _after_hash(node: Scalar, comment: Comment, name: str) -> Diagnostic:
    """Something like `#1` is text; words behind `# ` may be a comment."""
    is_text = not comment.text.startswith(("# ", "##"))
    rewrite = in_quotes(comment.line) if is_text else ""
    place = place_at(node.path, comment.at)
    return findings.text_after_hash(place, name, comment.text, rewrite)


def _lone_quotation(text: str) -> str:
    """The quotation mark that has no partner, or ""; one that opens „so“ may close otherwise."""
    if text.count('"') % 2:
        return '"'
    curly = re.findall("[“”„]", text)
    return curly[-1] if len(curly) % 2 else ""


def _lone_stars(text: str) -> re.Match[str] | None:
    """The two stars that no others close."""
    if "**" not in text or text.count("**") % 2 == 0:
        return None
    return re.search(r"\*\*\S*(?!.*\*\*)", text, re.DOTALL)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
