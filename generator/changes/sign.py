"""Writes a signature into a record's `review:`, and leaves every other byte as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml

from generator.model.record import Reviewed
from generator.review import clinical_digest


def signed_text(text: str, record: Reviewed, *, by: str, registration: str, on: date) -> str | None:
    """The data file's text with this record signed, or None for a record in braces.

    `text` has its own line ends, and is known to load without findings. Only what stands under
    the record's `review:` changes. `by` and `registration` must be plain names, which the
    caller has checked.
    """
    nodes = _review_nodes(text, record.id)
    if nodes is None:
        return None
    key, value = nodes
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    indent = " " * (key.start_mark.column + 2)
    signature = (
        "state: signed",
        f'by: "{by}"',
        f'registration: "{registration}"',
        f"on: {on.isoformat()}",
        f"digest: {clinical_digest(record)}",
    )
    last_line, last_column = _end(value)
    before = lines[key.start_mark.line][: key.end_mark.column] + ":"
    after = lines[last_line][last_column:]
    comment = after.rstrip("\r")  # Behind the digest it would look like a text cut short.
    lines[key.start_mark.line : last_line + 1] = [
        end_of_line.join([before + comment, *(indent + line for line in signature)])
        + after[len(comment) :]
    ]
    return "\n".join(lines)


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
