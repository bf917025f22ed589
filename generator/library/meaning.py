"""Words that turn a statement around: negations, orders, limits, numbers with their units. Pure.

Signatures cover them even in fields that are only wording: a word that is added here undoes the
signatures of records that use it there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

_WORD: Final = re.compile(r"\d+(?:[.,:/]\d+)*%?|[^\W\d_]+(?:'[^\W\d_]+)*")
_WITH_THE_NEXT: Final = re.compile(
    r"\d.*|not|no|never|nor|none|neither|without|unless|only|except"
    r"|two|three|four|five|six|seven|eight|nine|ten|half|double|twice"
)
_ALONE: Final = re.compile(
    r"stop\w*|avoid\w*|must|always|should|may|today|now|immediately|emergency|urgent|ambulance"
    "|until|before|after|within|over|under|above|below|more|less|fewer|most|least"
    r"|maximum|minimum|limit|safe|unsafe|harmless|dangerous|serious|ignor\w+"
)


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, in small letters and without punctuation."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def meaning(*texts: str) -> Counter[str]:
    """How often each turning word occurs in these texts; a negation or number with what follows.

    >>> sorted(meaning("Stop. Don't run for 2 days."))
    ['2 days', 'not run', 'stop']
    """
    return Counter(turn for text in texts for turn in _turns(words_of(text)))


def _turns(words: list[str]) -> Iterable[str]:
    for word, following in pairwise([*words, ""]):
        if word == "cannot" or word.endswith("n't"):
            word = "not"
        if _WITH_THE_NEXT.fullmatch(word):
            yield f"{word} {following}".rstrip()
        elif _ALONE.fullmatch(word):
            yield word


def turns_meaning(before: str, after: str) -> bool:
    """Whether a rewording touches a turning word."""
    return meaning(before) != meaning(after)
