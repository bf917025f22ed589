"""Short digests of texts, to tell whether something has changed."""

from __future__ import annotations

import hashlib


def digest_of_bytes(content: bytes) -> str:
    """A digest of one content."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def digest_of(*texts: str) -> str:
    """A digest of texts in their order."""
    ended = "\0".join((*texts, ""))
    return digest_of_bytes(ended.encode("utf-8", "surrogatepass"))
