"""The text of one record, cut at its fields, to tell which of them an edit changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Final

from generator.digests import digest_of
from generator.once import once_for_each
from generator.reading.load import Entry

_INDENT: Final = re.compile(r"^( +)[^ #\n]", re.MULTILINE)


@once_for_each
def field_digests(entry: Entry) -> Mapping[str, str] | None:
    """A digest of the text of each field of a record, or None where only YAML could tell.

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
    return {m[1]: digest_of(body[m.start() : end]) for m, end in zip(found, ends, strict=True)}
