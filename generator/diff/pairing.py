"""Which items of two lists are the same item, moved or reworded. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import Final, TypeVar

from generator.library.meaning import words_of

T = TypeVar("T")

_ALIKE: Final = 0.5
"""From which share of common words on two texts count as one that was reworded."""
_MOST_COMPARED: Final = 10_000
"""Pairs of texts whose words are compared; of more, only equal ones are found."""


def likeness(before: str, after: str) -> float:
    """From 0 to 1: the share of words that two texts have in common, in whatever order."""
    old, new = Counter(words_of(before)), Counter(words_of(after))
    return 2 * (old & new).total() / ((old.total() + new.total()) or 1)


def is_reworded(before: str, after: str) -> bool:
    """Whether two texts share so many words that one became the other.

    >>> is_reworded("Run in cushioned shoes.", "Wear cushioned shoes to run.")
    True
    """
    return likeness(before, after) >= _ALIKE


def paired(
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], Hashable],
    likeness_of: Callable[[T, T, bool], float],
) -> list[tuple[int, int]]:
    """(Position before, position after) of the items that are one: by their key, then by likeness.

    `likeness_of` also hears whether both are at the same position.
    """
    places: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for j, item in enumerate(new):
        places[key(item)].append(j)
    pairs = [(i, places[k].popleft()) for i, item in enumerate(old) if places.get(k := key(item))]
    left = set(range(len(old))) - {i for i, _ in pairs}
    free = set(range(len(new))) - {j for _, j in pairs}
    if len(left) * len(free) > _MOST_COMPARED:
        return pairs
    alike = [(-likeness_of(old[i], new[j], i == j), i, j) for i in left for j in free]
    for unlike, i, j in sorted(alike):
        if -unlike >= _ALIKE and i in left and j in free:
            pairs.append((i, j))
            left.remove(i)
            free.remove(j)
    return pairs
