"""Signing: what must be fixed before, and a signature in the text of a record's file."""

from __future__ import annotations

from typing import Any

import yaml

from generator.check import Checked
from generator.checks import reviews
from generator.diagnostics import Diagnostic, Severity
from generator.edits.text_edits import BYTE_ORDER_MARK
from generator.library.review import SHARED_KINDS
from generator.library.worklist import is_within
from generator.model.record import Review, Reviewed


def open_findings(checked: Checked, record: Reviewed) -> list[Diagnostic]:
    """What must be fixed before anybody signs: findings of the record, errors of its file.

    The same holds for the pain rules and poses that its page shows. What is wrong with a
    signature, a new one fixes.
    """
    library = checked.library
    covered = [
        shared
        for link in library.links_from(record)
        if link.kind in SHARED_KINDS and (shared := library.of_kind(link.kind).get(link.id))
    ]
    paths = {one.where().path for one in (record, *covered)}
    return [
        d
        for d in checked.diagnostics
        if d.code not in reviews.CODES
        and (
            (d.place.path in paths and d.severity is Severity.ERROR)
            or any(is_within(library, one, d) for one in (record, *covered))
        )
    ]


def signed_text(text: str, record: Reviewed, review: Review) -> str | None:
    """The data file's text with this signature on the record, or None for a record in braces.

    `text` has its own line ends, and is known to load. Only what is under the record's `review:`
    changes, no other byte. The names in the signature must be plain, which the caller has checked.
    """
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    text = text.removeprefix(mark)
    nodes = _review_nodes(text, record.id)
    if nodes is None:
        return None
    key, value = nodes
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    indent = " " * (key.start_mark.column + 2)
    signature = (
        "state: signed",
        f'by: "{review.by}"',
        f'registration: "{review.registration}"',
        f"on: {review.on}",
        f'digest: "{review.digest}"',
    )
    last_line, last_column = _end(value)
    before = lines[key.start_mark.line][: key.end_mark.column] + ":"
    after = lines[last_line][last_column:]
    comment = after.rstrip("\r")  # Behind the digest it would look like a text cut short.
    lines[key.start_mark.line : last_line + 1] = [
        end_of_line.join([before + comment, *(indent + line for line in signature)])
        + after[len(comment) :]
    ]
    return mark + "\n".join(lines)


def _review_nodes(text: str, id_: str) -> tuple[Any, Any] | None:
    records: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    record = next(value for key, value in records.value if key.value == id_)
    if record.flow_style:
        return None
    return next((key, value) for key, value in record.value if key.value == "review")


def _end(node: Any) -> tuple[int, int]:
    """Where the words of a node end; a block's own end lies beyond the comments after it."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end(node.value[-1][1])
    return node.end_mark.line, node.end_mark.column
