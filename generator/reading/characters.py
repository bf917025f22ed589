"""Characters that nobody typed: what word processors, PDFs and other codings leave. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Place
from generator.reading import form_findings as findings

HIDDEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""What can be left out and shows nowhere. Some turn the order of letters, so that a text reads
otherwise than it is; some spell words that machines alone read."""
UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufeff\ufffd-\uffff"
    "\U000f0000-\U0010ffff]"
)
"""Control characters, line ends that YAML knows but editors do not count, and what shows as a box:
the bullets of a word processor's own, and letters that were lost on the way."""
_LIGATURE: Final = re.compile(
    "[\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]+"
)
"""Letters that a PDF has joined; wide ones, and those of other shapes from social media."""
_TAIL: Final = "[\u00a0-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_GARBLED: Final = re.compile(f"[ÂÃ]{_TAIL}|â{_TAIL}{_TAIL}")
"""UTF-8 that was read as the coding of Western Windows."""
_DECOMPOSED: Final = re.compile("[A-Za-z][\u0300-\u036f]+")
_LOOK_ALIKES: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαιοκνρυχ",
    "ABESIJKMHOPCTYXaesijopcyxdhqwABEZHIKMNOPTYXaiokvpux",
)
"""Cyrillic and Greek letters that look like Latin ones."""
_FOREIGN: Final = re.compile("[\\w-]*[\u0370-\u03ff\u0400-\u052f][\\w-]*")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_TURNING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the order of letters: without it, a number may read the other way round."""


def may_hide(text: str) -> bool:
    """Whether what can't be seen may be in a text: a quick test, and for most it is not."""
    plain = text.replace("\n", "")
    return not plain.isprintable() or not (plain.isascii() or HIDDEN.search(plain) is None)


def first_unseen(text: str) -> re.Match[str] | None:
    """What can't be seen in a text and must not be there."""
    return HIDDEN.search(text) or UNSEEN.search(text)


def strange_characters(text: str, path: str, first_line: int) -> Iterator[Diagnostic]:
    """The first of each line: a line that was pasted from elsewhere may be full of them."""
    if text.isascii() and not may_hide(text):
        return
    for number, line in enumerate(text.split("\n"), start=first_line):
        if match := first_unseen(line):
            place = Place(path, number, match.start() + 1)
            is_plain = not UNSEEN.search(new := HIDDEN.sub("", line)) and not _TURNING.search(line)
            rewrite = new if is_plain else ""
            yield findings.bad_character(place, ord(match[0]), rewrite)
        elif not line.isascii() and (odd := _odd_letters(line)):
            found, meant, rewrite = odd
            place = Place(path, number, line.index(found) + 1, len(found))
            if _FOREIGN.fullmatch(found):
                letter = next(b for a, b in zip(found, meant, strict=True) if a != b)
                is_id = not re.search(r"[^\W_] +[^\W_]", line)
                yield findings.look_alike(place, found, letter, rewrite, is_id=is_id)
            else:
                yield findings.odd_letters(place, found, meant, rewrite)


def without_strange_characters(text: str) -> str:
    """The text as it was meant, as far as that is known, its lines where they were."""
    if may_hide(text):
        text = UNSEEN.sub(" ", HIDDEN.sub("", text))
    if not text.isascii():
        for pattern, meant in _MEANT:
            text = pattern.sub(meant, text)
    return text


def _odd_letters(line: str) -> tuple[str, str, str] | None:
    """Letters of a line that search can't find, what they mean, and the line with that.

    >>> _odd_letters("the ﬁrst")
    ('ﬁ', 'fi', 'the first')
    """
    for pattern, meant in _MEANT:
        for match in pattern.finditer(line):
            if meant(match) != match[0]:
                return match[0], meant(match), pattern.sub(meant, line)
    return None


def _ungarbled(found: re.Match[str]) -> str:
    try:
        return found[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found[0]


def _apart(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def _composed(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", found[0])


def _latin(found: re.Match[str]) -> str:
    return _LETTERS.sub(lambda run: _undisguised(run[0]), found[0])


def _undisguised(letters: str) -> str:
    """A word of two alphabets in Latin letters, or one whose letters all look Latin.

    >>> _undisguised("р\u0430in"), _undisguised("\u0430\u0441\u0435"), _undisguised("α")
    ('pain', 'ace', 'α')
    """
    latin = letters.translate(_LOOK_ALIKES)
    is_mixed = any(letter.isascii() for letter in letters)
    return latin if is_mixed or (latin.isascii() and len(latin) > 1) else letters


_MEANT: Final = (
    (_GARBLED, _ungarbled),
    (_LIGATURE, _apart),
    (_DECOMPOSED, _composed),
    (_FOREIGN, _latin),
)
