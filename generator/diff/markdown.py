"""Words of others within Markdown: as plain text, or as code where that is meant. Pure."""

from __future__ import annotations

import re


def escaped(text: str) -> str:
    """Text of a contributor as plain text within Markdown: no markup, links or mentions."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"([\\`*_{}\[\]()#+!|~:])", r"\\\1", text)
    return text.replace("@", "@\u200b").replace("://", ":\u200b//").replace("www.", "www\u200b.")


def with_code(text: str) -> str:
    """A message of ours as Markdown: what is in backticks is code, the rest is plain.

    >>> with_code("Write `a_b` (once).")
    'Write `a_b` \\\\(once\\\\).'
    """
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escaped(text)
    return "".join(
        f"`{part}`" if number % 2 and part.strip() else escaped(part)
        for number, part in enumerate(parts)
    )
