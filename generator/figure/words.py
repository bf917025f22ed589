"""What a figure shows, as words of the vocabulary: which joints move, and which way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from math import atan2, degrees
from typing import Final

from generator.figure.body import SIDES
from generator.figure.pose import Motion
from generator.figure.skeleton import Skeleton
from generator.figure.space import X, Y, Z, between, dot, turned
from generator.model.exercise import Exercise
from generator.model.figure import Pose
from generator.model.vocabulary import Vocabulary

MOVES: Final = "figure-moves"
WORDS: Final = "figure-words"
IN_BRACES: Final = ("name", "start", "moves")
"""What those words may hold in braces."""
NOTICED: Final = 13
"""Degrees, or centimetres, below which a change is not worth a word."""
LYING: Final = 60
"""A trunk that is farther from upright than these degrees doesn't lean."""
MOST: Final = 3
"""More words than these make no caption."""


def moves(before: Skeleton, after: Skeleton) -> Iterator[str]:
    """The words for what changes from one moment to the next."""
    yield from _one("hips-height", after.root[1] - before.root[1])
    bent: set[str] = set()
    for joint, measure in _SIDED.items():
        if joint == "ankle" and _lean(before) < LYING:
            yield from _one("trunk", _lean(after) - _lean(before))
        changes = {side: measure(after, side) - measure(before, side) for side in SIDES}
        noticed = {side: c for side, c in changes.items() if abs(c) > NOTICED}
        if joint == "leg-out":  # what looks like this while the hip bends is no abduction
            noticed = {side: c for side, c in noticed.items() if side not in bent}
        elif joint == "ankle":  # a foot that stays flat bends its ankle and does not move
            noticed = {side: c for side, c in noticed.items() if _tips(before, after, side) * c > 0}
        elif joint == "hip":
            bent = {side for side, change in noticed.items() if abs(change) > 2 * NOTICED}
        values = list(noticed.values())
        if len(values) == 2 and values[0] * values[1] > 0:
            yield f"{joint}-both-{'more' if values[0] > 0 else 'less'}"
        else:
            yield from (f"{joint}-one-{'more' if c > 0 else 'less'}" for c in values)


def _tips(before: Skeleton, after: Skeleton, side: str) -> float:
    """How far the toes come up in space, in whole steps that are worth a word."""
    pitch = [90 - between(b.axis(f"{side}-sole", X), Y) for b in (before, after)]
    return (pitch[1] - pitch[0]) // 8 if pitch[1] > pitch[0] else -((pitch[0] - pitch[1]) // 8)


def _one(joint: str, change: float) -> Iterator[str]:
    if abs(change) > NOTICED:
        yield f"{joint}-{'more' if change > 0 else 'less'}"


def _lean(b: Skeleton) -> float:
    """How far the chest is from upright."""
    return between(b.axis("chest", Y), Y)


def _hip(b: Skeleton, side: str) -> float:
    """How far the thigh is forward of the trunk."""
    down = turned((0.0, -1.0, 0.0), b.world[f"{side}-thigh"])
    forward = dot(down, b.axis("pelvis", X))
    return degrees(atan2(forward, dot(down, b.axis("pelvis", (0.0, -1.0, 0.0)))))


def _aside(b: Skeleton, side: str) -> float:
    """How far the thigh is out to its side."""
    down = turned((0.0, -1.0, 0.0), b.world[f"{side}-thigh"])
    out = dot(down, b.axis("pelvis", Z)) * (1 if side == "right" else -1)
    return 90 - between((out, (1 - min(1.0, out * out)) ** 0.5, 0.0), X)


_SIDED: Final[Mapping[str, Callable[[Skeleton, str], float]]] = {
    "knee": lambda b, side: b.flexion(f"{side}-thigh", f"{side}-shank"),
    "hip": _hip,
    "leg-out": _aside,
    "ankle": lambda b, side: (
        90 - between(b.axis(f"{side}-sole", X), b.axis(f"{side}-shank", (0.0, 1.0, 0.0)))
    ),
    "arm": lambda b, side: between(b.axis(f"{side}-upper-arm", Y), b.axis("chest", Y)),
    "elbow": lambda b, side: b.flexion(f"{side}-upper-arm", f"{side}-forearm"),
}


def missing(vocabulary: Vocabulary) -> list[str]:
    """The words that captions may need and that have no label, as `list.word`."""
    ways = ("more", "less")
    joints = ("trunk", "hips-height", *(f"{j}-{n}" for j in _SIDED for n in ("both", "one")))
    needed = [(MOVES, "hold"), *((MOVES, f"{j}-{way}") for j in joints for way in ways)]
    needed += [(WORDS, "alternative"), (WORDS, "then")]
    return [f"{name}.{word}" for name, word in needed if word not in vocabulary.get(name, {})]


def captions(solved: Motion, poses: Mapping[str, Pose], vocabulary: Vocabulary) -> list[str]:
    """A caption for each moment: the pose that it starts from, then what moves."""
    figure = solved.figure
    made = [figure.frames[0].caption or poses[figure.pose].name]
    labels = vocabulary[MOVES]
    for (before, after), frame in zip(pairwise(solved.moments), figure.frames[1:], strict=True):
        words = [labels[word].name for word in moves(before, after)] or [labels["hold"].name]
        text = ", ".join(words[:MOST])
        made.append(frame.caption or text[:1].upper() + text[1:])
    return made


def alternative(
    exercise: Exercise, solved: Motion, poses: Mapping[str, Pose], vocabulary: Vocabulary
) -> str:
    """What the figure shows, for readers who can't see it."""
    pattern = vocabulary[WORDS]["alternative"].name
    if solved.figure.alt:
        return f"{exercise.name}: {solved.figure.alt}"
    start, *rest = captions(solved, poses, vocabulary)
    then = f"{vocabulary[WORDS]['then'].name} ".join(text[:1].lower() + text[1:] for text in rest)
    return (
        pattern.replace("{name}", exercise.name).replace("{start}", start).replace("{moves}", then)
    )
