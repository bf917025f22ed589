"""Every finding about a field and its value, one small function each.

The docstring of a function is what `strideguide explain CODE` prints. Findings about
what the records say to each other are in `generator.checks`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from generator.diagnostics import Diagnostic, Extent, Place, rule


@rule("bad-id")
def bad_id(place: Place, found: str, limit: int) -> Diagnostic:
    """An id is made of small letters, digits and single hyphens, as in `achilles-tendinopathy`.

    It becomes a part of the page's address, which stays for ever.
    """
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", found.lower()) if not unicodedata.combining(c)
    )
    suggestion = "-".join("".join(c if c.isalnum() else " " for c in plain).split())[:limit]
    return Diagnostic(
        code="bad-id",
        place=place,
        message=f"An id must be small letters, digits and single hyphens, {limit} characters at "
        f"most, not `{found[:limit]}`.",
        help=f"Write `{suggestion.strip('-')}`."
        if suggestion and suggestion.isascii()
        else "Type this id again, in the letters a to z.",
    )


def reserved_id(place: Place, found: str) -> Diagnostic:
    """A `bad-id` that would be the address of something else."""
    return Diagnostic(
        code="bad-id",
        place=place,
        message=f"`{found}` must not be an id: as an address it means something else.",
        help=f"Say more, as in `{found}-pain`.",
    )


@rule("unknown-field")
def unknown_field(place: Place, field: str, owner: str, help_text: str) -> Diagnostic:
    """A word before a colon that this kind of record does not have.

    Often a typo; sometimes a field in the wrong place, because its indent is off.
    """
    return Diagnostic(
        code="unknown-field",
        place=place,
        message=f"{owner} must not have the field `{field[:60]}`.",
        help=help_text,
    )


@rule("missing-field")
def missing_field(place: Place, field: str, owner: str, help_text: str) -> Diagnostic:
    """A record lacks a field that each record of its kind must have."""
    return Diagnostic(
        code="missing-field",
        place=place,
        message=f"{owner} must have the field `{field}`.",
        help=f"Add `{field}:`" + (f" ({help_text.removesuffix('.')})." if help_text else "."),
    )


def missing_fields(
    place: Place, fields: Iterable[str], owner: str, *, is_record: bool
) -> Diagnostic:
    """A `missing-field` where so many are missing that a part of the text is likely lost."""
    return Diagnostic(
        code="missing-field",
        place=place,
        message=f"{owner} must have the fields {', '.join(f'`{name}`' for name in fields)}.",
        help="Add them; or, if they were there, bring them back: the file's history has them.",
        explains="record" if is_record else "",
    )


@rule("wrong-type")
def wrong_type(
    place: Place, field: str, wanted: str, found: str, help_text: str = "", explains: Extent = ""
) -> Diagnostic:
    """A field holds another sort of value than it must: a word where a list must be, and so on."""
    return Diagnostic(
        code="wrong-type",
        place=place,
        message=f"`{field}` must be {wanted}, and this is {found}.",
        help=help_text,
        explains=explains,
    )


def out_of_bounds(place: Place, field: str, low: int, high: int, found: str) -> Diagnostic:
    """A `wrong-type` where a number is smaller or larger than it may be."""
    return Diagnostic(
        code="wrong-type",
        place=place,
        message=f"`{field}` must be between {low} and {high}, and this is `{found}`.",
        help="Check the number and its unit.",
        keeps_value=True,
    )


def no_fields(place: Place, owner: str, example: str) -> Diagnostic:
    """An `empty-text` where a record or a part of one has no field at all."""
    return Diagnostic(
        code="empty-text",
        place=place,
        message=f"{owner} must have fields such as `{example}:`, and has none.",
        help="Fill them in, each on its own line and indented; or delete this line.",
    )


def not_fields(
    place: Place, owner: str, example: str, found: str, help_text: str = ""
) -> Diagnostic:
    """A `wrong-type` where a record or a part of one must have fields."""
    return Diagnostic(
        code="wrong-type",
        place=place,
        message=f"{owner} must have fields such as `{example}:`, and this is {found}.",
        help=help_text or "Put each field on its own line, indented.",
        explains="block",
    )


@rule("to-be-chosen")
def to_be_chosen(place: Place, field: str, help_text: str) -> Diagnostic:
    """A field still says `to-be-chosen`, as `strideguide new` wrote it.

    Whatever stood there instead would read like a fact that somebody has checked.
    """
    return Diagnostic(
        code="to-be-chosen", place=place, message=f"`{field}` must be chosen.", help=help_text
    )


@rule("empty-text")
def empty_text(place: Place, field: str) -> Diagnostic:
    """A field is there, but it is empty."""
    return Diagnostic(
        code="empty-text",
        place=place,
        message=f"`{field}` must not be empty.",
        help="Fill it in; or, if the field may be left out, delete its line.",
    )


@rule("text-after-hash")
def text_after_hash(place: Place, field: str, lost: str, rewrite: str) -> Diagnostic:
    """Text without quotation marks ends at ` #`: YAML takes the rest for a comment.

    `summary: Pain in toe #1 and #2` would read "Pain in toe". Comments are on lines of their
    own, or behind numbers and ids, so that no text is lost for one.
    """
    shown = lost.replace("`", "'")[:60]
    return Diagnostic(
        code="text-after-hash",
        place=place,
        message=f"`{field}` must be in quotation marks to hold `#`: without them, what follows "
        f"is left out, here `{shown}`.",
        help='Put double quotation marks (") aaround the whole text; or, if this is a comment, put '
        "it on its own line.",
        rewrite=rewrite,
    )


@rule("empty-list")
def empty_list(place: Place, field: str, least: int, count: int) -> Diagnostic:
    """A list has fewer items than a useful page needs."""
    return Diagnostic(
        code="empty-list",
        place=place,
        message=f"`{field}` must have at least {least} item{'s' if least > 1 else ''}.",
        help="Add what is missing: in [ ], or each on its own line that starts with `- `.",
        keeps_value=count > 0,
    )


@rule("long-list")
def long_list(place: Place, field: str, limit: int, count: int) -> Diagnostic:
    """A list is so long that its page would be too big for a phone."""
    return Diagnostic(
        code="long-list",
        place=place,
        message=f"`{field}` must have at most {limit} items, and has {count}.",
        help="Keep those that help a reader, and take out what was pasted in.",
        keeps_value=True,
    )


@rule("text-too-long")
def text_too_long(place: Place, field: str, found: int, limit: int) -> Diagnostic:
    """Names and facts at a glance must fit on a phone's line."""
    return Diagnostic(
        code="text-too-long",
        place=place,
        message=f"`{field}` must have at most {limit} characters, and has {found}.",
        help="Say it shorter; details belong in the longer fields.",
        keeps_value=True,
    )


@rule("no-words")
def no_words(place: Place, field: str, found: str) -> Diagnostic:
    """A field for words holds a number or a sign alone, such as `load: 20`.

    Readers would ask: 20 of what?
    """
    return Diagnostic(
        code="no-words",
        place=place,
        message=f"`{field}` must be words, and this is `{found[:60]}`.",
        help="Say it in words, a number with its unit.",
        keeps_value=True,
    )


@rule("markdown-in-text")
def markdown_in_text(place: Place, found: str) -> Diagnostic:
    """Text knows `**bold**` and `*italic*`, and `[[links]]`; other signs of Markdown would show.

    Lists and headings are fields of their own; pictures are drawn from `figure:`.
    """
    shown = found.strip().replace("`", "'")[:40]
    return Diagnostic(
        code="markdown-in-text",
        place=place,
        message=f"Text must hold no signs of Markdown but stars, and here is `{shown}`.",
        help="Delete the signs; what matters most may be in `**two stars**` on each side.",
        keeps_value=True,
    )


@rule("raw-html")
def raw_html(place: Place, found: str) -> Diagnostic:
    """Text in data files is plain: `**bold**` and `[[links]]` at the most, and no HTML.

    HTML would show as it is written; it is refused to avoid that surprise.
    """
    return Diagnostic(
        code="raw-html",
        place=place,
        message=f"Text must not hold HTML, such as `{found[:40]}`.",
        help='Type the character itself, or a word such as "and".'
        if found.startswith("&")
        else 'Write "under" or "over" instead of < and >, and `**bold**` for emphasis.',
        keeps_value=True,
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
        help=f"Write the DOI alone, without an address: `{doi[1]}`."
        if (doi := re.search(r"doi\.org/(10\.\S+)", found))
        else "Use `[[id-of-the-record]]`, or add the source to references.yaml.",
        keeps_value=True,
    )


@rule("half-mention")
def half_mention(place: Place, found: str) -> Diagnostic:
    """Text names another record by its id in two brackets on each side, as in `[[plank]]`.

    With one bracket, or with an address behind it, readers would see the brackets.
    """
    words, _, address = found.strip("[])").partition("](")
    id_ = address or words
    is_id = bool(re.fullmatch(r"[a-z0-9-]+", id_))
    shown = words if address else "words to show"
    return Diagnostic(
        code="half-mention",
        place=place,
        message=f"A record must be named in two brackets on each side, and this is `{found[:60]}`.",
        help=f"Write `[[{id_}]]`, or `[[{id_}|{shown}]]`."
        if is_id
        else f"Write `[[id-of-the-record|{shown}]]`.",
        keeps_value=True,
    )


@rule("curly-quotes")
def curly_quotes(place: Place, field: str) -> Diagnostic:
    """Curly quotation marks around a whole text are no YAML: readers would see them.

    Phones and word processors write them by themselves. Within a text they are fine.
    """
    return Diagnostic(
        code="curly-quotes",
        place=place,
        message=f"`{field}` must not be wrapped in curly quotation marks: readers would see them.",
        help='Delete both, or put straight ones (") in their place.',
        keeps_value=True,
    )


@rule("lone-quotation-mark")
def lone_quotation(place: Place, field: str, found: str) -> Diagnostic:
    """A quotation mark in a text has no partner, and readers would see it.

    It is often left over when the other one was deleted.
    """
    return Diagnostic(
        code="lone-quotation-mark",
        place=place,
        message=f"Quotation marks in `{field}` must come in pairs, and one `{found}` is alone.",
        help="Delete it, or put the other one where it is missing.",
        keeps_value=True,
    )


@rule("bad-address")
def bad_address(place: Place, field: str, found: str) -> Diagnostic:
    """The address of a source starts with https:// and names a site."""
    return Diagnostic(
        code="bad-address",
        place=place,
        message=f"`{field}` must be an https address, not `{found[:60]}`.",
        help="Copy it from the browser's address bar, or give the DOI instead.",
        keeps_value=True,
    )
