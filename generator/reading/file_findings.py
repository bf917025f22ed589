"""Every finding about a file as such, one small function each: its name, place, size and bytes.

The docstring of a function is what `strideguide explain CODE` prints.
"""

from __future__ import annotations

from generator.diagnostics import Diagnostic, Place, rule


@rule("missing-file")
def missing_file(path: str, near: str) -> Diagnostic:
    """Every data file must be there, even when nobody has filled it yet."""
    return Diagnostic(
        code="missing-file",
        place=Place(path),
        message="This file must exist.",
        cure=f"Give `{near}` this name and place: nobody reads it where it is."
        if near
        else "Bring it back from the history, or check the name of the data folder.",
    )


@rule("unread-file")
def unread_file(path: str, cure: str) -> Diagnostic:
    """A YAML file lies in the data folder under a name that nobody reads: its records are nowhere.

    The records of a kind stand in one file, and a clinic's look in `clinics/`, its name small
    letters, digits and hyphens.
    """
    return Diagnostic(
        code="unread-file",
        place=Place(path),
        message="This file must be called as one of the data files: nobody reads it.",
        cure=cure,
    )


@rule("not-a-file")
def not_a_file(path: str) -> Diagnostic:
    """A folder, or something else that is no file, is where a file must be."""
    return Diagnostic(
        code="not-a-file",
        place=Place(path),
        message="This must be an ordinary file.",
        cure="Move away what is here, and put the file itself in its place.",
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
    """A file is limited in size. A mistake can't hang the build, nor a reader's phone."""
    return Diagnostic(
        code="file-too-large",
        place=Place(path),
        message=f"This file must be smaller than {limit // 1_000_000} MB.",
        cure="Check whether something else was pasted into it.",
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
        cure="Type this word again; or save the file as UTF-8 and upload it again.",
    )
