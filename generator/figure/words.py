"""What a figure shows, as words of the vocabulary: which joints move, and which way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from generator.figure.body import SIDES
from generator.figure.pose import Skeleton, motion
from generator.figure.space import X, Y, Z, between, dot, turned
from generator.model.exercise import Exercise
from generator.model.figure import Figure, Pose
from generator.model.vocabulary import Vocabulary

MOVES: Final = "figure-moves"
WORDS: Final = "figure-words"
NOTICED: Final = 13
"""Degrees, or centimetres, below which a change is not worth a word."""


def moves(before: Skeleton, after: Skeleton) -> Iterator[str]:
    """The words for what changes from one moment to the next, the largest joints first."""
    yield from _one("trunk", _lean(after) - _lean(before))
    yield from _one("hips-height", after.root[1] - before.root[1])
    for joint, measure in _SIDED.items():
        changes = {side: measure(after, side) - measure(before, side) for side in SIDES}
        noticed = [change for change in changes.values() if abs(change) > NOTICED]
        if len(noticed) == 2 and noticed[0] * noticed[1] > 0:
            yield f"{joint}-both-{'more' if noticed[0] > 0 else 'less'}"
        else:
            yield from (f"{joint}-one-{'more' if c > 0 else 'less'}" for c in noticed)


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
    straight = between(down, b.axis("pelvis", (0.0, -1.0, 0.0)))
    return straight if forward >= 0 else -straight


def _aside(b: Skeleton, side: str) -> float:
    """How far the thigh is out to its side."""
    down = turned((0.0, -1.0, 0.0), b.world[f"{side}-thigh"])
    out = dot(down, b.axis("pelvis", Z)) * (1 if side == "right" else -1)
    return 90 - between((out, (1 - min(1.0, out * out)) ** 0.5, 0.0), X)


_SIDED: Final[Mapping[str, Callable[[Skeleton, str], float]]] = {
    "hip": _hip,
    "leg-out": _aside,
    "knee": lambda b, side: b.flexion(f"{side}-thigh", f"{side}-shank"),
    "ankle": lambda b, side: (
        90 - between(b.axis(f"{side}-sole", X), b.axis(f"{side}-shank", (0.0, 1.0, 0.0)))
    ),
    "arm": lambda b, side: between(b.axis(f"{side}-upper-arm", Y), b.axis("chest", Y)),
    "elbow": lambda b, side: b.flexion(f"{side}-upper-arm", f"{side}-forearm"),
}


def captions(figure: Figure, poses: Mapping[str, Pose], vocabulary: Vocabulary) -> list[str]:
    """A caption for each moment: the pose that it starts from, then what moves."""
    bodies = motion(figure, poses).moments
    made = [figure.frames[0].caption or poses[figure.pose].name]
    labels = vocabulary[MOVES]
    for before, after, frame in zip(bodies, bodies[1:], figure.frames[1:], strict=False):
        words = [labels[word].name for word in moves(before, after)] or [labels["hold"].name]
        text = ", ".join(words[:4])
        made.append(frame.caption or text[:1].upper() + text[1:])
    return made


def alternative(exercise: Exercise, poses: Mapping[str, Pose], vocabulary: Vocabulary) -> str:
    """What the figure shows, for readers who can't see it."""
    figure = exercise.figure
    assert figure is not None
    pattern = vocabulary[WORDS]["alternative"].name
    if figure.alt:
        return f"{exercise.name}: {figure.alt}"
    start, *rest = captions(figure, poses, vocabulary)
    then = vocabulary[WORDS]["then"].name.join(text[:1].lower() + text[1:] for text in rest)
    return (
        pattern.replace("{name}", exercise.name).replace("{start}", start).replace("{moves}", then)
    )
