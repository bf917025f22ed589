"""Exercises that are easier than each other, in a circle, are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import within

from generator.checks.graph import no_circles
from generator.diagnostics import Place

# Circles


class _Exercise:
    """As much of an exercise as the rule looks at."""

    def __init__(self, easier: list[int]) -> None:
        self.easier = tuple(map(str, easier))

    def where(self, *_: object) -> Place:
        return Place("exercises.yaml")


class _Exercises:
    """As much of a library."""

    def __init__(self, graph: list[list[int]]) -> None:
        self.exercises = {str(i): _Exercise(easier) for i, easier in enumerate(graph)}


def circles(graph: list[list[int]]) -> list[str]:
    """The circles that the rule finds; exercise `i` names those of `graph[i]` as easier."""
    with within(5):
        found = list(no_circles(_Exercises(graph)))
    return [d.message.rpartition(": ")[2].rstrip(".") for d in found]


@pytest.mark.parametrize(
    "graph, found",
    [
        ([], []),
        ([[], []], []),
        ([[1], []], []),
        ([[1, 2], [3], [3], []], []),
        ([[1], [2], [0]], ["0 → 1 → 2 → 0"]),
        ([[1], [2], [1]], ["1 → 2 → 1"]),
        ([[9]], []),
        ([[0]], []),
    ],
)
def test_circles(graph: list[list[int]], found: list[str]) -> None:
    assert circles(graph) == found


GRAPHS = st.lists(st.lists(st.integers(0, 6), max_size=4), min_size=1, max_size=6)


@given(GRAPHS)
def test_a_circle_is_found_where_there_is_one(graph: list[list[int]]) -> None:
    """Taking leaves away until there are none leaves something only where there is a circle."""
    graph = [[easier for easier in row if easier != i] for i, row in enumerate(graph)]
    left = {i: set(row) for i, row in enumerate(graph)}
    while leaves := [i for i, easier in left.items() if not easier & left.keys()]:
        for leaf in leaves:
            del left[leaf]
    assert bool(circles(graph)) == bool(left)
