"""Rules about figures: a body can do what they show, and stands, holds and touches as said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Place, Severity, rule
from generator.figure import body
from generator.figure.balance import is_balanced, stands_free
from generator.figure.body import RANGES, SIDES, TRUNK
from generator.figure.pose import Motion
from generator.figure.skeleton import Skeleton, lowest
from generator.figure.space import X, Y, Z, between, distance, dot, length, sub
from generator.figure.words import missing
from generator.library.library import Library

TOUCHING: Final = body.HEIGHT * 0.005
"""A contact that is farther than this from its place floats."""
SUNK: Final = 2.0
"""A part that is farther than this below the floor goes through it."""
GROUNDED: Final = (
    "right-heel", "left-heel", "right-toes", "left-toes", "right-knee", "left-knee",
    "right-hand", "left-hand", "right-elbow", "left-elbow", "head",
)  # fmt: skip
HELD: Final = ("dumbbell", "barbell", "skipping-rope")
SCENERY: Final = ("mat", "chair", "bench", "anchor")
INSIDE: Final = 0.55
"""How deep in the trunk a limb counts as passing through it."""


@rule("figure-beyond-range")
def joints_within_range(library: Library) -> Iterator[Diagnostic]:
    """No joint of a figure goes beyond what a healthy joint can do.

    What is written is held to the ranges in generator/model/figure.py. Joints that follow from
    contacts, such as the knees while both feet stay where they are, are held to the same.
    """
    for _, solved, number, skeleton in _moments(library):
        for joint, degrees in _solved_angles(skeleton):
            low, high = RANGES[joint.partition(" ")[0]]
            if not low <= degrees <= high:
                yield Diagnostic(
                    code="figure-beyond-range",
                    place=_place(solved, number),
                    message=f"The {joint} must be between {low} and {high} degrees, "
                    f"and contacts bend it to {degrees:.0f}.",
                    help="Give this moment angles that fit its contacts, or keep fewer of them.",
                )


@rule("figure-contact")
def contacts_hold(library: Library) -> Iterator[Diagnostic]:
    """What a figure pins or keeps stays in its place, and nothing goes through the floor."""
    for _, solved, number, skeleton in _moments(library):
        pin, *kept = solved.contacts
        lift, travel = solved.lifts[number], solved.travels[number]
        for contact in kept:
            place = (contact.place[0] + travel, contact.place[1] + lift, contact.place[2])
            away = length(sub(skeleton.point(contact.point), place))
            if away > TOUCHING:
                yield Diagnostic(
                    code="figure-contact",
                    place=_place(solved, number),
                    message=f"The {contact.point} must stay where it is, "
                    f"and is {away:.0f} cm away: the limb is too short.",
                    help=f"Bring the body nearer to it, or move what is pinned ({pin.point}).",
                )
        for point in GROUNDED:
            depth = -lowest(skeleton, point)
            if depth > SUNK:
                yield Diagnostic(
                    code="figure-contact",
                    place=_place(solved, number),
                    message=f"The {point} must not go {depth:.0f} cm through the floor.",
                    help="Bend the joints above it, or pin another part of the body.",
                )


@rule("figure-prop")
def props_are_held(library: Library) -> Iterator[Diagnostic]:
    """A thing in a figure is equipment of the exercise, and what is held has a hand that holds it.

    A mat, a seat or a post that the body leans on may be there unnamed.
    """
    for id_, solved in library.motions.items():
        equipment = library.exercises[id_].equipment
        for prop in solved.figure.props:
            if _EQUIPMENT.get(prop.prop, prop.prop) not in equipment and prop.prop not in SCENERY:
                yield Diagnostic(
                    code="figure-prop",
                    place=prop.where("prop"),
                    message=f"`{prop.prop}` must be among the exercise's equipment.",
                    help="Add it to `equipment`, or take it out of the figure.",
                )
            if prop.prop in HELD and not (prop.at or "").endswith("hand"):
                yield Diagnostic(
                    code="figure-prop",
                    place=prop.where(),
                    message=f"`{prop.prop}` must be held by a hand.",
                    help="Write `at: right-hand`.",
                )


_EQUIPMENT: Final = {"dumbbell": "dumbbells"}


@rule("figure-off-balance")
def bodies_balance(library: Library) -> Iterator[Diagnostic]:
    """A body that stands free has its weight over its feet at the start and at the end."""
    for _, solved in library.motions.items():
        for number in range(len(solved.moments)):
            if stands_free(solved, number) and not is_balanced(solved, number):
                yield Diagnostic(
                    code="figure-off-balance",
                    place=_place(solved, number),
                    message="The body must have its weight over its feet.",
                    help="Change the trunk's lean, bring the arms forward, or move the feet.",
                    severity=Severity.WARNING,
                )


@rule("figure-through-trunk")
def limbs_stay_outside(library: Library) -> Iterator[Diagnostic]:
    """No elbow, hand, knee or foot is inside the trunk."""
    for _, solved, number, skeleton in _moments(library):
        for side in SIDES:
            for part in ("elbow", "hand", "knee", "ankle"):
                if _inside_trunk(skeleton, f"{side}-{part}"):
                    yield Diagnostic(
                        code="figure-through-trunk",
                        place=_place(solved, number),
                        message=f"The {side}-{part} must not be inside the trunk.",
                        help="Bend the limb less, or move it to the side.",
                    )


@rule("figure-words")
def movements_have_words(library: Library) -> Iterator[Diagnostic]:
    """Every movement that a figure may show has its words in vocabulary.yaml."""
    words = missing(library.vocabulary)
    if words and library.motions:
        first = library.exercises[next(iter(library.motions))]
        yield Diagnostic(
            code="figure-words",
            place=first.where("figure"),
            message=f"Figures need {len(words)} words that vocabulary.yaml must have, "
            f"the first of them `{words[0]}`.",
            help="Give each word its label in that list.",
        )


def _moments(library: Library) -> Iterator[tuple[str, Motion, int, Skeleton]]:
    """Every moment of every figure."""
    for id_, solved in library.motions.items():
        for number in range(len(solved.moments)):
            yield id_, solved, number, solved.moments[number]


def _place(solved: Motion, number: int) -> Place:
    return solved.figure.frames[number].where()


def _solved_angles(b: Skeleton) -> Iterator[tuple[str, float]]:
    for side in SIDES:
        thigh, shank = b.axis(f"{side}-thigh", Y), b.axis(f"{side}-shank", Y)
        bent = between(thigh, shank)
        forwards = dot(b.axis(f"{side}-thigh", X), shank) > 0
        yield f"knee ({side})", bent if forwards or bent < 1 else -bent
        yield f"ankle ({side})", 90 - between(b.axis(f"{side}-sole", X), shank)
        yield (
            f"elbow ({side})",
            between(b.axis(f"{side}-upper-arm", Y), b.axis(f"{side}-forearm", Y)),
        )


def _inside_trunk(b: Skeleton, point: str) -> bool:
    at = b.point(point)
    for level in TRUNK[1:7]:
        away = sub(at, b.at(level.bone, level.at))
        wide = dot(away, b.axis(level.bone, Z)) / level.wide
        deep = dot(away, b.axis(level.bone, X)) / level.deep
        tall = dot(away, b.axis(level.bone, Y)) / 6.0
        if distance((wide, deep), (0.0, 0.0)) < INSIDE and abs(tall) < 1:
            return True
    return False
