"""The Content-Security-Policy: what a page may load, and that scripts in it run by hash alone."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Final

_SCRIPT: Final = re.compile(r"<script(?![^>]* src=)([^>]*)>(.*?)</script>", re.DOTALL)
_DATA: Final = re.compile(r' type="?[^">]*(?:json|text/plain)')
_RULES: Final = (
    "default-src 'self'",
    "script-src 'self' {hashes}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)
"""No frame-ancestors: other sites may show our pages in frames, and nothing here can be clicked
away from a reader. One that held for the whole site would take the cards from every clinic."""


def inline_scripts(html: str) -> list[str]:
    """The scripts that stand in a page; data in script elements never runs and doesn't count.

    >>> inline_scripts('<script>a()</script><script src="b.js"></script>')
    ['a()']
    """
    return [text for attributes, text in _SCRIPT.findall(html) if not _DATA.search(attributes)]


def source_of(script: str) -> str:
    """The policy's name for an inline script."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def policy_text(sources: Iterable[str]) -> str:
    """The policy that lets these scripts run, beside those that are files of this site."""
    hashes = " ".join(f"'{source}'" for source in sources)
    return "; ".join(_RULES).format(hashes=hashes)
