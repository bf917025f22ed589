"""Writes a signature into a record's `review:`, and leaves every other byte as it was."""

from __future__ import annotations

import re
from datetime import date

from generator.model.record import Reviewed
from generator.review import clinical_digest


def signed_text(text: str, record: Reviewed, *, by: str, registration: str, on: date) -> str:
    """The data file's text with this record signed.

    `text` has its own line ends; only the lines of the record's `review:` change. `by` and
    `registration` must be plain names, which the caller has checked.
    """
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end_of_line)
    start = record.where("review").line - 1
    while not re.match(r"  review:", lines[start]):
        start -= 1
    end = start + 1
    while end < len(lines) and re.match(r"    |\s*$", lines[end]) and lines[end].strip():
        end += 1
    lines[start:end] = [
        "  review:",
        "    state: signed",
        f'    by: "{by}"',
        f'    registration: "{registration}"',
        f"    on: {on.isoformat()}",
        f"    digest: {clinical_digest(record)}",
    ]
    return end_of_line.join(lines)
