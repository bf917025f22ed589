"""Every finding about the form of a data file as YAML, one small function each.

The docstring of a function is what `strideguide explain CODE` prints. Findings about fields
and their values are in `value_findings`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Note, Place, rule
from generator.model.kinds import Kind


@rule("bad-character")
def bad_character(place: Place, code_point: int, rewrite: str = "") -> Diagnostic:
    """A character that can't be seen, such as a control character or a space without width.

    It hides in what was pasted from a word processor or a chat. Search does not find a word that
    holds one, and an id with one is another id.
    """
    return Diagnostic(
        code="bad-character",
        place=place,
        message=f"Text must not hold the character U+{code_point:04X}, which shows as an empty box."
        if _shows_a_box(code_point)
        else f"Text must not hold the invisible character U+{code_point:04X}.",
        help="Type this word again: the character may have been pasted with it.",
        rewrite=rewrite,
        keeps_value=True,
    )


def _shows_a_box(code_point: int) -> bool:
    return code_point == 0xFFFD or unicodedata.category(chr(code_point)) == "Co"


@rule("odd-letters")
def odd_letters(place: Place, found: str, meant: str, rewrite: str) -> Diagnostic:
    """Letters that look right, or nearly so, and that search does not find.

    A PDF joins `fi` into one character; a file that was saved in another coding turns an
    apostrophe into three signs; some systems keep a letter and its accent apart. Cyrillic and
    Greek keyboards have letters that look Latin.
    """
    return Diagnostic(
        code="odd-letters",
        place=place,
        message=f"`{meant}` must be written in the usual characters, and this is `{found}`: a PDF "
        "or another program has changed it, and search would not find it.",
        help=f"Type `{meant}` in its place.",
        rewrite=rewrite,
        keeps_value=True,
    )


def look_alike(place: Place, found: str, letter: str, rewrite: str, *, is_id: bool) -> Diagnostic:
    """An `odd-letters` where a Cyrillic or Greek letter is used for a Latin one."""
    what = "id" if is_id else "word"
    return Diagnostic(
        code="odd-letters",
        place=place,
        message=f"`{found[:60]}` must be written in Latin letters alone.",
        help=f"Type this {what} again; a letter looks like `{letter}` and is not.",
        rewrite=rewrite,
        keeps_value=True,
    )


@rule("yaml-syntax")
def yaml_syntax(place: Place, problem: str, opened: Place | None) -> Diagnostic:
    """The file is not valid YAML here.

    The usual causes: an indent that does not line up with its neighbours, a tab instead of
    spaces, a quotation mark that is never closed, or a colon followed by a space inside text
    that has no quotation marks around it. Wrap such text in double quotation marks.
    """
    help_text = next(
        (help_text for part, help_text in _SYNTAX_HELP.items() if part in problem),
        "Compare the indent and the punctuation with the record above it.",
    )
    notes = (Note(opened, "this is what it was reading"),) if opened and opened != place else ()
    return Diagnostic(
        code="yaml-syntax",
        place=place,
        message=f"From here on, this can't be read as YAML: {problem}.",
        help=help_text,
        notes=notes,
    )


def yaml_typo(place: Place, holds: str, help_text: str, line: str) -> Diagnostic:
    """A `yaml-syntax` whose likely cause is known; `line` is the line as it is meant."""
    return Diagnostic(
        code="yaml-syntax",
        place=place,
        message=holds,
        help=help_text,
        rewrite=line,
        explains="line",
    )


def lines_lost(place: Place, word: str) -> Diagnostic:
    """A `yaml-syntax` where so many lines are out of place that those above are likely lost."""
    return Diagnostic(
        code="yaml-syntax",
        place=place,
        message=f"`{word}` must be under its field, and a part of the record seems to be lost "
        "above it.",
        help="Bring the lost lines back: the file's history has them.",
        explains="record",
    )


@rule("merge-conflict")
def merge_conflict(place: Place) -> Diagnostic:
    """Two people changed the same lines, and nobody has yet chosen between the two.

    Git then writes both versions into the file: one after `<<<<<<<`, the other after `=======`,
    up to `>>>>>>>`.
    """
    return Diagnostic(
        code="merge-conflict",
        place=place,
        message="Two versions of the same lines must become one.",
        help="Keep the version that is right, and delete the other and the marker lines "
        "(`<<<<<<<`, `=======`, `>>>>>>>`).",
        explains="record",
    )


_SYNTAX_HELP: Final[Mapping[str, str]] = {
    "found character '\\t'": "Replace the tab by spaces: YAML takes no tabs.",
    "found a tab character": "Replace the tab by spaces: YAML takes no tabs.",
    "that cannot start any token": "Replace a tab by spaces, or wrap the text in quotation marks.",
    "mapping values are not allowed": "Wrap the text in double quotation marks: it holds a colon.",
    "could not find expected ':'": "Add the missing colon, or indent this line under its key.",
    "did not find expected key": "Line this up with its neighbours: the indent is off.",
    "did not find expected '-' indicator": "Line this up with the other items of the list.",
    "did not find expected ',' or ']'": "Close the list with `]`.",
    "did not find expected ',' or '}'": "Close the braces with `}`.",
    "found unexpected ':'": "Write a space after the colon, and then a value.",
    "found unexpected end of stream": "Close the quotation mark.",
    "block sequence entries are not allowed": "Start the list on its own line, indented.",
}
"""A part of what PyYAML says -> what to do; the first that fits."""


@rule("yaml-trick")
def yaml_trick(place: Place, what: str) -> Diagnostic:
    """Anchors, aliases and tags (`&x`, `*x`, `!x`) are refused.

    They hide what a record says from the next reader, and a few lines of them can swell to
    gigabytes. Text that starts with one of these signs needs quotation marks.
    """
    return Diagnostic(
        code="yaml-trick",
        place=place,
        message=f"Text must not start with `{what[0]}` outside of quotation marks, and here is "
        f"`{what}`.",
        help="Wrap the text in double quotation marks; or, if you meant a value that is written "
        "elsewhere, write it out each time.",
        explains="line",
    )


@rule("nested-too-deep")
def nested_too_deep(place: Place, limit: int) -> Diagnostic:
    """Lists within lists within lists: no record needs so many levels."""
    return Diagnostic(
        code="nested-too-deep",
        place=place,
        message=f"Nothing may be nested more than {limit} levels deep.",
        help="Check the brackets and the indent.",
    )


@rule("second-document")
def second_document(place: Place) -> Diagnostic:
    """A data file is one YAML document, so `---` may be only on its first line."""
    return Diagnostic(
        code="second-document",
        place=place,
        message="A data file must be one piece, and this line ends it for YAML.",
        help="Delete this line.",
    )


@rule("empty-file")
def empty_file(path: str) -> Diagnostic:
    """A data file holds at least one record."""
    return Diagnostic(
        code="empty-file",
        place=Place(path),
        message="This file must hold at least one record, and it is empty.",
        help="Add a record, or bring the file back from the history.",
    )


@rule("records-gone")
def records_gone(place: Place, kind: Kind, count: int, example: str) -> Diagnostic:
    """Many records that were published are no more: a part of the file seems to be lost.

    In a web editor it is easily marked and deleted, or not copied. Records that go on purpose are
    listed in retired.yaml.
    """
    return Diagnostic(
        code="records-gone",
        place=place,
        message=f"{kind.file} must keep its records: {count} that were published are gone, among "
        f"them `{example}`.",
        help="Bring them back: the file's history on GitHub (**History**) has the whole text.",
    )


@rule("not-records")
def not_records(place: Place) -> Diagnostic:
    """A data file is a list of ids, each with a record indented under it."""
    return Diagnostic(
        code="not-records",
        place=place,
        message="This file must hold records: an id, a colon, and the fields indented under it.",
        help="Compare it with another data file.",
    )


@rule("wrong-file")
def wrong_file(place: Place, kind: Kind, homes: tuple[Kind, ...]) -> Diagnostic:
    """Records are in the file of another kind; each kind has its own file.

    They were pasted into the wrong one, or a file was uploaded under the name of another.
    """
    names = " or ".join(home.name for home in homes)
    files = " or ".join(home.file for home in homes)
    return Diagnostic(
        code="wrong-file",
        place=place,
        message=f"{kind.file} must hold {kind.name}, and these records look like {names}.",
        help=f"Bring this file back from the history, and put these records into {files}.",
    )


def wrong_home(place: Place, id_: str, homes: tuple[Kind, ...]) -> Diagnostic:
    """A `wrong-file` where one record among others is of another kind."""
    files = " or ".join(home.file for home in homes)
    return Diagnostic(
        code="wrong-file",
        place=place,
        message=f"`{id_}` must be in {files}: its fields are those of such a record.",
        help=f"Cut the whole record out here, and paste it at the end of {files}.",
    )


@rule("key-is-not-a-word")
def key_is_not_a_word(place: Place) -> Diagnostic:
    """A plain word must come before a colon."""
    return Diagnostic(
        code="key-is-not-a-word",
        place=place,
        message="A plain word must come before the colon.",
        help="Check the brackets and braces.",
    )


@rule("duplicate-key")
def duplicate_key(place: Place, key: str, first: Place) -> Diagnostic:
    """The same word is twice in one record, or the same id twice in one file.

    YAML itself would keep the last one in silence. It often comes from two changes that were
    merged.
    """
    return Diagnostic(
        code="duplicate-key",
        place=place,
        message=f"`{key}` must appear only once here.",
        help="Keep one of the two and delete the other.",
        notes=(Note(first, "first here"),),
    )


def duplicate_id(place: Place, id_: str, first: Place) -> Diagnostic:
    """A `duplicate-key` where two records of a file have the same id."""
    return Diagnostic(
        code="duplicate-key",
        place=place,
        message=f"`{id_}` must be the id of one record only.",
        help="If these are two records, give this one an id of its own; if not, delete one.",
        notes=(Note(first, "first here"),),
    )


def lost_id(place: Place, key: str, first: Place, *, is_whole: bool) -> Diagnostic:
    """A `duplicate-key` where another record seems to begin, and its id is missing.

    Unless that record is whole, more of its beginning is missing, too.
    """
    return Diagnostic(
        code="duplicate-key",
        place=place,
        message=f"`{key}` must appear only once in a record, and here another one seems to begin.",
        help="Put the id of that record on its own line above this one, without spaces before "
        "it and with a colon after it."
        if is_whole
        else "Bring the beginning of that record back: the file's history has it.",
        notes=(Note(first, "the record above has this field here"),),
        explains="record",
    )


def lost_hyphen(place: Place, key: str, first: Place) -> Diagnostic:
    """A `duplicate-key` where a new item of a list seems to begin."""
    return Diagnostic(
        code="duplicate-key",
        place=place,
        message=f"`{key}` must appear only once in an item of a list.",
        help=f"If a new item begins here, write `- {key}:`, with the hyphen 2 spaces further left.",
        notes=(Note(first, "first here"),),
    )
