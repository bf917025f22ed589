"""Every finding about the form of a data file, one small function each.

The docstring of a function is what `strideguide explain CODE` prints. Findings about
what the records say to each other are in `generator.checks`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from generator.diagnostics import Diagnostic, Note, Place, did_you_mean, rule


@rule("missing-file")
def missing_file(path: str) -> Diagnostic:
    """Every data file must be there, even when nobody has filled it yet."""
    return Diagnostic(
        code="missing-file",
        place=Place(path),
        message="This file must exist.",
        cure="Bring it back from the history, or check the name of the data folder.",
    )


@rule("not-a-file")
def not_a_file(path: str) -> Diagnostic:
    """A folder, or something else that is no file, stands where a data file must be."""
    return Diagnostic(
        code="not-a-file",
        place=Place(path),
        message="This must be an ordinary file.",
        cure="Move away what stands here, and put the YAML file in its place.",
    )


@rule("unreadable-file")
def unreadable_file(path: str, reason: str) -> Diagnostic:
    """The computer would not let the file be read."""
    return Diagnostic(
        code="unreadable-file",
        place=Place(path),
        message=f"This file must be readable ({reason}).",
        cure="Check the file's permissions.",
    )


@rule("file-too-large")
def file_too_large(path: str, limit: int) -> Diagnostic:
    """A data file is limited in size, so that a mistake can't hang the build."""
    return Diagnostic(
        code="file-too-large",
        place=Place(path),
        message=f"A data file must be smaller than {limit // 1_000_000} MB.",
        cure="Check whether something else was pasted into it.",
    )


@rule("not-utf8")
def not_utf8(place: Place) -> Diagnostic:
    """Data files are text in UTF-8, the usual coding of editors and of GitHub.

    This one holds bytes that are not: it may be a picture, a spreadsheet, or text that an
    older program saved in another coding.
    """
    return Diagnostic(
        code="not-utf8",
        place=place,
        message="A data file must be text in UTF-8; here is a byte that is not.",
        cure="Save the file again as UTF-8.",
    )


@rule("bad-character")
def bad_character(place: Place, code_point: int, rewrite: str = "") -> Diagnostic:
    """A character that can't be seen, such as a control character or a blank without width.

    It hides in what was pasted from a word processor or a chat. Search does not find a word that
    holds one, and an id with one is another id.
    """
    return Diagnostic(
        code="bad-character",
        place=place,
        message=f"Text must not hold the invisible character U+{code_point:04X}.",
        cure="Type this word anew: the character may have come along when you pasted.",
        rewrite=rewrite,
        value_stands=True,
    )


@rule("yaml-syntax")
def yaml_syntax(place: Place, problem: str, opened: Place | None) -> Diagnostic:
    """The file is not valid YAML here.

    The usual causes: an indent that does not line up with its neighbours, a tab instead of
    spaces, a quotation mark that is never closed, or a colon followed by a space inside text
    that has no quotation marks around it. Wrap such text in double quotation marks.
    """
    cure = next(
        (cure for part, cure in _SYNTAX_CURES.items() if part in problem),
        "Compare the indent and the punctuation with the record above it.",
    )
    notes = (Note(opened, "this is what it was reading"),) if opened and opened != place else ()
    return Diagnostic(
        code="yaml-syntax",
        place=place,
        message=f"From here on, this can't be read as YAML: {problem}.",
        cure=cure,
        notes=notes,
    )


def yaml_slip(place: Place, holds: str, cure: str, line: str) -> Diagnostic:
    """A `yaml-syntax` whose likely cause is known; `line` is the line as it is meant."""
    return Diagnostic(code="yaml-syntax", place=place, message=holds, cure=cure, rewrite=line)


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
        cure="Keep the version that is right, and delete the other and the three marker lines.",
    )


_SYNTAX_CURES = {
    "found character '\\t'": "Replace the tab by spaces: YAML takes no tabs.",
    "found a tab character": "Replace the tab by spaces: YAML takes no tabs.",
    "that cannot start any token": "Replace a tab by spaces, or wrap the text in quotation marks.",
    "mapping values are not allowed": "Wrap the text in double quotation marks: it holds a colon.",
    "could not find expected ':'": "Add the missing colon, or indent this line under its key.",
    "did not find expected key": "Line this up with its neighbours: the indent is off.",
    "did not find expected '-' indicator": "Line this up with the other items of the list.",
    "did not find expected ',' or ']'": "Close the list with `]`.",
    "did not find expected ',' or '}'": "Close the braces with `}`.",
    "found unexpected end of stream": "Close the quotation mark.",
    "block sequence entries are not allowed": "Start the list on a line of its own, indented.",
}


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
        cure="Wrap the text in double quotation marks; or, if you meant a value that stands "
        "elsewhere, write it out.",
    )


@rule("nested-too-deep")
def nested_too_deep(place: Place, limit: int) -> Diagnostic:
    """Lists within lists within lists: no record needs so many levels."""
    return Diagnostic(
        code="nested-too-deep",
        place=place,
        message=f"Nothing may be nested more than {limit} levels deep.",
        cure="Check the brackets and the indent.",
    )


@rule("second-document")
def second_document(place: Place) -> Diagnostic:
    """A data file is one YAML document, so `---` may stand only on its first line."""
    return Diagnostic(
        code="second-document",
        place=place,
        message="A data file must hold one document, and a second one starts here.",
        cure="Delete the line `---`.",
    )


@rule("empty-file")
def empty_file(path: str) -> Diagnostic:
    """A data file holds at least one record."""
    return Diagnostic(
        code="empty-file",
        place=Place(path),
        message="This file must hold at least one record, and it is empty.",
        cure="Add a record, or bring the file back from the history.",
    )


@rule("not-records")
def not_records(place: Place) -> Diagnostic:
    """A data file is a list of ids, each with a record indented under it."""
    return Diagnostic(
        code="not-records",
        place=place,
        message="This file must hold records: an id, a colon, and the fields indented under it.",
        cure="Compare it with another data file.",
    )


@rule("key-is-not-a-word")
def key_is_not_a_word(place: Place) -> Diagnostic:
    """What stands before a colon must be a plain word."""
    return Diagnostic(
        code="key-is-not-a-word",
        place=place,
        message="What stands before the colon must be a plain word.",
        cure="Check the brackets and braces.",
    )


@rule("duplicate-key")
def duplicate_key(place: Place, key: str, first: Place) -> Diagnostic:
    """The same word stands twice in one record, or the same id twice in one file.

    YAML itself would keep the last one in silence. It often comes from two changes that were
    merged.
    """
    return Diagnostic(
        code="duplicate-key",
        place=place,
        message=f"`{key}` must stand only once here.",
        cure="Keep one of the two and delete the other.",
        notes=(Note(first, "first here"),),
    )


def duplicate_id(place: Place, id_: str, first: Place) -> Diagnostic:
    """A `duplicate-key` where two records of a file have the same id."""
    return Diagnostic(
        code="duplicate-key",
        place=place,
        message=f"`{id_}` must be the id of one record only.",
        cure="If these are two records, give this one an id of its own; if not, delete one.",
        notes=(Note(first, "first here"),),
    )


def lost_id(place: Place, key: str, first: Place) -> Diagnostic:
    """A `duplicate-key` where another record seems to begin, and its id is missing."""
    return Diagnostic(
        code="duplicate-key",
        place=place,
        message=f"`{key}` must stand only once in a record, and here another one seems to begin.",
        cure="Put the id of that record on a line of its own above this one, without blanks before "
        "it and with a colon behind it.",
        notes=(Note(first, "the record above has begun here"),),
    )


def lost_hyphen(place: Place, key: str, first: Place) -> Diagnostic:
    """A `duplicate-key` where a new item of a list seems to begin."""
    return Diagnostic(
        code="duplicate-key",
        place=place,
        message=f"`{key}` must stand only once in an item of a list.",
        cure=f"If a new item begins here, write `- {key}:`, with the hyphen 2 blanks further left.",
        notes=(Note(first, "first here"),),
    )


@rule("bad-id")
def bad_id(place: Place, found: str, limit: int) -> Diagnostic:
    """An id is made of small letters, digits and single hyphens, as in `achilles-tendinopathy`.

    It becomes a part of the page's address, which stays for ever.
    """
    plain = unicodedata.normalize("NFKD", found.lower()).encode("ascii", "ignore").decode()
    suggestion = "-".join("".join(c if c.isalnum() else " " for c in plain).split())[:limit]
    return Diagnostic(
        code="bad-id",
        place=place,
        message=f"An id must be small letters, digits and single hyphens, {limit} characters at "
        f"most, not `{found[:limit]}`.",
        cure=f"Write `{suggestion.strip('-')}`." if suggestion else "Use the letters a to z.",
    )


@rule("unknown-field")
def unknown_field(place: Place, field: str, owner: str, known: Iterable[str]) -> Diagnostic:
    """A word before a colon that this kind of record does not have.

    Often a typo; sometimes a field in the wrong place, because its indent is off.
    """
    names = list(known)
    word, colon, value = field.partition(":")
    several = [name for name in names if field in name.split("_")]
    if colon and word in names:
        cure = f"Write a blank after the colon: `{word}: {value}`."
    elif len(several) > 1:
        cure = f"Say which one: {', '.join(f'`{name}`' for name in several)}."
    else:
        cure = did_you_mean(field, names) or f"It can have: {', '.join(names)}."
    return Diagnostic(
        code="unknown-field",
        place=place,
        message=f"{owner} must not have the field `{field[:60]}`.",
        cure=cure,
    )


@rule("missing-field")
def missing_field(place: Place, field: str, owner: str, help_text: str) -> Diagnostic:
    """A record lacks a field that each record of its kind must have."""
    return Diagnostic(
        code="missing-field",
        place=place,
        message=f"{owner} must have the field `{field}`.",
        cure=f"Add `{field}:` {help_text}".rstrip(),
    )


@rule("wrong-type")
def wrong_type(place: Place, field: str, wanted: str, found: str, cure: str = "") -> Diagnostic:
    """A field holds another sort of value than it must: a word where a list must be, and so on."""
    return Diagnostic(
        code="wrong-type",
        place=place,
        message=f"`{field}` must be {wanted}, and this is {found}.",
        cure=cure,
    )


def out_of_bounds(place: Place, field: str, low: int, high: int, found: str) -> Diagnostic:
    """A `wrong-type` where a number is smaller or larger than it may be."""
    return Diagnostic(
        code="wrong-type",
        place=place,
        message=f"`{field}` must be between {low} and {high}, and this is `{found}`.",
        cure="Check the number and its unit.",
        value_stands=True,
    )


def no_fields(place: Place, owner: str, example: str) -> Diagnostic:
    """An `empty-text` where a record or a part of one has no field at all."""
    return Diagnostic(
        code="empty-text",
        place=place,
        message=f"{owner} must have fields such as `{example}:`, and has none.",
        cure="Fill them in, each on a line of its own and indented; or delete this line.",
    )


def not_fields(place: Place, owner: str, example: str, found: str, cure: str = "") -> Diagnostic:
    """A `wrong-type` where a record or a part of one must have fields."""
    return Diagnostic(
        code="wrong-type",
        place=place,
        message=f"{owner} must have fields such as `{example}:`, and this is {found}.",
        cure=cure or "Put each field on a line of its own, indented.",
    )


@rule("unknown-value")
def unknown_value(place: Place, field: str, found: str, known: Iterable[str]) -> Diagnostic:
    """A field that takes one of a few words has another one."""
    names = list(known)
    shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return Diagnostic(
        code="unknown-value",
        place=place,
        message=f"`{field}` must be one of the known words, not `{found[:60]}`.",
        cure=did_you_mean(found, names) or f"Known: {shown}.",
    )


@rule("unknown-reference")
def unknown_reference(place: Place, kind: str, found: str, known: Iterable[str]) -> Diagnostic:
    """An id names a record that does not exist.

    Ids are checked over the whole library, in fields and in `[[double brackets]]` in text.
    """
    if (alone := found.strip(" ,;.()")) != found and alone in known:
        cure = f"Did you mean `{alone}`?"
    elif re.search(r"[;,]| and ", found):
        cure = "Put a comma between two ids, each by itself: `[first-id, second-id]`."
    elif found == "general":
        cure = "Write `source: general`, without brackets."
    else:
        cure = did_you_mean(found, known) or f"Add it to {kind}, or take it out here."
    return Diagnostic(
        code="unknown-reference",
        place=place,
        message=f"`{found[:60]}` must be the id of a record in {kind}.",
        cure=cure,
    )


def unknown_mention(place: Place, found: str, known: Iterable[str]) -> Diagnostic:
    """An `unknown-reference` in text, where a record of any kind with a page may stand."""
    return unknown_reference(place, "the data files", found, known)


@rule("empty-text")
def empty_text(place: Place, field: str) -> Diagnostic:
    """A field is there, but nothing stands in it."""
    return Diagnostic(
        code="empty-text",
        place=place,
        message=f"`{field}` must not be empty.",
        cure="Fill it in; or, if the field may be left out, delete its line.",
    )


@rule("text-after-hash")
def text_after_hash(place: Place, field: str, lost: str, rewrite: str) -> Diagnostic:
    """Text without quotation marks ends where ` #` stands: YAML takes the rest for a comment.

    `summary: Pain in toe #1 and #2` would read "Pain in toe". Comments stand on lines of their
    own, or behind numbers and ids, so that no text is lost for one.
    """
    shown = lost.replace("`", "'")[:60]
    return Diagnostic(
        code="text-after-hash",
        place=place,
        message=f"`{field}` must stand in quotation marks to hold `#`: without them, what follows "
        f"is left out, here `{shown}`.",
        cure='Put double quotation marks (") round the whole text; or, if this is a comment, put '
        "it on a line of its own.",
        rewrite=rewrite,
    )


@rule("empty-list")
def empty_list(place: Place, field: str, least: int, count: int) -> Diagnostic:
    """A list has fewer items than a useful page needs."""
    return Diagnostic(
        code="empty-list",
        place=place,
        message=f"`{field}` must have at least {least} item{'s' if least > 1 else ''}.",
        cure="Add what is missing: in [ ], or each on a line of its own that starts with `- `.",
        value_stands=count > 0,
    )


@rule("text-too-long")
def text_too_long(place: Place, field: str, found: int, limit: int) -> Diagnostic:
    """Names and facts at a glance must fit on a phone's line."""
    return Diagnostic(
        code="text-too-long",
        place=place,
        message=f"`{field}` must have at most {limit} characters, and has {found}.",
        cure="Say it shorter; details belong in the longer fields.",
        value_stands=True,
    )


@rule("raw-html")
def raw_html(place: Place, found: str) -> Diagnostic:
    """Text in data files is plain: `**bold**` and `[[links]]` at the most, and no HTML.

    HTML would show as it is written; it is refused so that nobody is surprised by that.
    """
    return Diagnostic(
        code="raw-html",
        place=place,
        message=f"Text must not hold HTML, such as `{found[:40]}`.",
        cure='Write "under" or "over" instead of < and >, and `**bold**` for emphasis.',
        value_stands=True,
    )


@rule("link-in-text")
def link_in_text(place: Place, found: str) -> Diagnostic:
    """Text names a record by `[[id]]`, and a source by its id in `source:`; never by an address.

    Addresses change, and a link to elsewhere would take the reader out of the site.
    """
    return Diagnostic(
        code="link-in-text",
        place=place,
        message=f"Text must not hold the address `{found[:40]}`.",
        cure="Use `[[id-of-the-record]]`, or add the source to references.yaml.",
        value_stands=True,
    )


@rule("curly-quotes")
def curly_quotes(place: Place, field: str) -> Diagnostic:
    """Curly quotation marks round a whole text are no YAML: readers would see them.

    Phones and word processors write them by themselves. Within a text they are fine.
    """
    return Diagnostic(
        code="curly-quotes",
        place=place,
        message=f"`{field}` must not be wrapped in curly quotation marks: readers would see them.",
        cure='Delete both, or put straight ones (") in their place.',
        value_stands=True,
    )


@rule("bad-address")
def bad_address(place: Place, field: str, found: str) -> Diagnostic:
    """The address of a source starts with https:// and names a site."""
    return Diagnostic(
        code="bad-address",
        place=place,
        message=f"`{field}` must be an https address, not `{found[:60]}`.",
        cure="Copy it from the browser's address bar, or give the DOI instead.",
        value_stands=True,
    )
