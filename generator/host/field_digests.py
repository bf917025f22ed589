"""The text of one record, cut at its fields, to tell which of them an edit changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from generator.digests import digest_of
from generator.once import once_for_each
from generator.reading.load import Entry

_INDENT: Final = re.compile(r"^( +)[^ #\n]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FieldTexts:
    """`digests` are those of each field's text; `starts` are its first line, counted from the
    record's own, with the field's name."""

    digests: Mapping[str, str]
    starts: tuple[tuple[int, str], ...]

    def field_at(self, line: int) -> str:
        """The field in which a line lies."""
        return next(name for start, name in reversed(self.starts) if start <= line)


@once_for_each
def field_texts(entry: Entry) -> FieldTexts | None:
    """The fields of a record as its file has them, or None where only YAML could tell.

    A field is its line and all that follows until the next one, comments included. That holds
    where every key at the record's indent is a field that was read, each once; a text between
    quotes, which may run on at any indent, can look like more of them.
    """
    _, _, body = entry.text.partition("\n")
    indent = _INDENT.search(body)
    if not indent:
        return None
    found = [*re.finditer(rf"^{indent[1]}([a-z_]+):", body, re.MULTILINE)]
    names = [match[1] for match in found]
    read = [field.name for field in fields(entry.record) if (field.name,) in entry.record.places]
    if sorted(names) != sorted(read) or not found or found[0].start() != indent.start():
        return None
    ends = [*(match.start() for match in found[1:]), len(body)]
    spans = {m[1]: body[m.start() : end] for m, end in zip(found, ends, strict=True)}
    starts = tuple((body.count("\n", 0, match.start()) + 1, match[1]) for match in found)
    return FieldTexts({name: digest_of(text) for name, text in spans.items()}, starts)
