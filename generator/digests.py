"""Short digests of texts, to tell whether something has changed."""

from __future__ import annotations

import hashlib


def digest_of_bytes(content: bytes) -> str:
    """A digest of one content."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def digest_of(*texts: str) -> str:
    """A digest of texts in their order."""
    made = hashlib.blake2b(digest_size=16)
    for text in texts:
        made.update(text.encode("utf-8", "surrogatepass"))
        made.update(b"\0")
    return made.hexdigest()
