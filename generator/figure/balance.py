"""Where a body's weight is, and whether its feet are under it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from generator.figure.body import RADIUS, SIDES
from generator.figure.pose import Motion
from generator.figure.skeleton import Skeleton, lowest
from generator.figure.space import Vec, add, mix, scale

SHARE: Final[Mapping[str, float]] = {
    "trunk": 0.50, "head": 0.08, "thigh": 0.10, "calf": 0.045, "foot": 0.015,
    "upper-arm": 0.028, "forearm": 0.022,
}  # fmt: skip
"""Parts of the body's weight, limbs for one side, the hand with its forearm.

They are close to what Dempster weighed (Space requirements of the seated operator, WADC TR 55-159,
1955).
"""
HOLDING: Final = ("wall", "rail", "anchor", "bench", "chair", "partner", "gym-machine", "long-band")
"""Props that take weight off the feet, so that it may be elsewhere."""
MARGIN: Final = 6.0
"""How far beyond the feet the weight may be, in centimetres: a drawing is no force plate."""
STANDING: Final = 6.0
"""A foot this near to the lower one, in centimetres, bears weight."""


def centre(b: Skeleton) -> Vec:
    """The middle of the body's weight."""
    chest, pelvis = b.at("chest", (0.0, 10.0, 0.0)), b.at("pelvis")
    total = add(
        scale(mix(pelvis, chest, 0.5), SHARE["trunk"]), scale(b.point("head"), SHARE["head"])
    )
    for side in SIDES:
        hip, knee, ankle = b.at(f"{side}-thigh"), b.at(f"{side}-shank"), b.at(f"{side}-sole")
        shoulder, elbow = b.at(f"{side}-upper-arm"), b.at(f"{side}-forearm")
        hand = b.point(f"{side}-hand")
        for part, middle in (
            ("thigh", mix(hip, knee, 0.45)),
            ("calf", mix(knee, ankle, 0.45)),
            ("foot", b.point(f"{side}-foot")),
            ("upper-arm", mix(shoulder, elbow, 0.5)),
            ("forearm", mix(elbow, hand, 0.5)),
        ):
            total = add(total, scale(middle, SHARE[part]))
    return scale(total, 1 / (SHARE["trunk"] + SHARE["head"] + 2 * _LIMBS))


_LIMBS: Final = sum(SHARE[p] for p in ("thigh", "calf", "foot", "upper-arm", "forearm"))


def stands_free(solved: Motion, moment: int) -> bool:
    """Whether nothing but the feet holds the body, and it is not in the air."""
    figure = solved.figure
    on_feet = all(p.endswith(("foot", "toes", "heel")) for p in (figure.pin, *figure.keep))
    held = any(prop.prop in HOLDING for prop in figure.props)
    return on_feet and not held and solved.lifts[moment] == 0


def is_balanced(solved: Motion, moment: int) -> bool:
    """Whether the weight is above the feet that stand."""
    b = solved.moments[moment]
    low = min(lowest(b, f"{side}-foot") for side in SIDES)
    xs: list[float] = []
    zs: list[float] = []
    for side in SIDES:
        bears = any(contact.point.startswith(side) for contact in solved.contacts)
        if bears or lowest(b, f"{side}-foot") <= low + STANDING:
            ground = lowest(b, f"{side}-foot") + STANDING
            for point in (f"{side}-heel", f"{side}-toes"):
                if lowest(b, point) <= ground:
                    x, _, z = b.point(point)
                    xs += [x - RADIUS["heel"], x + RADIUS["heel"]]
                    zs += [z - 4, z + 4]
    x, _, z = centre(b)
    beside = 2 * MARGIN  # hips shift by themselves when one leg is lifted
    return min(xs) - MARGIN <= x <= max(xs) + MARGIN and min(zs) - beside <= z <= max(zs) + beside
