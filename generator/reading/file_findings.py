"""Every finding about a file as such, one small function each: its name, place, size and bytes.

The docstring of a function is what `strideguide explain CODE` prints.
"""

from __future__ import annotations

from generator.diagnostics import Diagnostic, Place, rule


@rule("missing-file")
def missing_file(path: str, near: str) -> Diagnostic:
    """Every data file must be there, even when it is still empty."""
    return Diagnostic(
        code="missing-file",
        place=Place(path),
        message="This file must exist.",
        help=f"Give `{near}` this name and place: it is not used where it is."
        if near
        else "Bring it back from the history, or check the name of the data folder.",
    )


@rule("unread-file")
def unread_file(path: str, help_text: str) -> Diagnostic:
    """A YAML file is in the data folder under a name that is not used, so its records are missing.

    The records of a kind are in one file, and a clinic's look in `clinics/`, its name small
    letters, digits and hyphens.
    """
    return Diagnostic(
        code="unread-file",
        place=Place(path),
        message="This file must have the name of one of the data files: it is not used.",
        help=help_text,
    )


@rule("not-a-file")
def not_a_file(path: str) -> Diagnostic:
    """A folder, or something else that is no file, is where a file must be."""
    return Diagnostic(
        code="not-a-file",
        place=Place(path),
        message="This must be an ordinary file.",
        help="Move away what is here, and put the file itself in its place.",
    )


@rule("unreadable-file")
def unreadable_file(path: str, reason: str) -> Diagnostic:
    """The computer would not let the file be read."""
    return Diagnostic(
        code="unreadable-file",
        place=Place(path),
        message=f"This file must be readable ({reason}).",
        help="Check the file's permissions.",
    )


@rule("file-too-large")
def file_too_large(path: str, limit: int) -> Diagnostic:
    """A file is limited in size. A mistake can't hang the build, nor a reader's phone."""
    return Diagnostic(
        code="file-too-large",
        place=Place(path),
        message=f"This file must be smaller than {limit // 1_000_000} MB.",
        help="Check whether something else was pasted into it.",
    )


@rule("not-utf8")
def not_utf8(place: Place) -> Diagnostic:
    """Data files and articles are text in UTF-8, the usual coding of editors and of GitHub.

    This one holds bytes that are not: it may be a picture, a spreadsheet, or text that an
    older program saved in another coding.
    """
    return Diagnostic(
        code="not-utf8",
        place=place,
        message="This file must be text in UTF-8, and here is a byte that is not.",
        help="Type this word again; or save the file as UTF-8 and upload it again.",
    )


@rule("link-leaves")
def link_leaves(path: str) -> Diagnostic:
    """A symbolic link leads out of its folder, to a folder, or nowhere.

    The site and reports would hold a copy of a file that was not meant to be published.
    """
    return Diagnostic(
        code="link-leaves",
        place=Place(path),
        message="A symbolic link must lead to a file in its own folder.",
        help="Delete the link, and put the file itself in its place if it belongs here.",
    )


@rule("unexpected-file")
def unexpected_file(path: str, name: str) -> Diagnostic:
    """A file in content/ that is neither an article nor a picture.

    Everything in content/ is published as it is. A page of HTML or a script would run in the
    browsers of readers, so scripts and styles are in content/assets/ alone and reviewed as code.
    """
    stem, _, ending = name.rpartition(".")
    if ending.lower() in ("markdown", "mdown", "mkdn", "mkd", "html", "htm", "xhtml", "md"):
        help_text = f"Write an article in Markdown, and call it `{stem}.md`."
    elif ending.lower() in ("js", "mjs", "css"):
        help_text = (
            "Scripts and styles are code: put it into content/assets/, where it is reviewed."
        )
    else:
        help_text = "Take it out; a picture must be one of avif, gif, jpg, png, svg and webp."
    return Diagnostic(
        code="unexpected-file",
        place=Place(path),
        message="content/ must hold articles (.md) and pictures, and nothing that could run.",
        help=help_text,
    )


@rule("odd-name")
def odd_name(path: str) -> Diagnostic:
    """The name of a file in content/ becomes a part of an address, and the title of some pages."""
    return Diagnostic(
        code="odd-name",
        place=Place(path),
        message="The name of a file must be letters, digits, dots, hyphens and underscores.",
        help="Rename it, as in `my-article.md`.",
    )


@rule("active-drawing")
def active_drawing(place: Place, found: str) -> Diagnostic:
    """A drawing (SVG) holds a script or an event handler, or loads something from elsewhere.

    Opened by its address, it would run in the reader's browser as a part of this site.
    """
    return Diagnostic(
        code="active-drawing",
        place=place,
        message=f"A drawing must hold shapes and text alone, and here is `{found[:40]}`.",
        help="Export it as plain SVG without scripts, links and embedded pages; or as PNG.",
    )
