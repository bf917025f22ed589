"""Joint angles as a physiotherapist writes them -> each bone's turn within its parent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from generator.figure import body
from generator.figure.body import SIDES, SIGN
from generator.figure.space import Quat, X, Y, Z, about, then
from generator.model.figure import Posture
from generator.model.schema import fields_of

_PARTS: Final = (
    ("trunk", ("trunk",)),
    ("head", ("head",)),
    ("legs", ("right_leg", "left_leg")),
    ("right_leg", ("right_leg",)),
    ("left_leg", ("left_leg",)),
    ("arms", ("right_arm", "left_arm")),
    ("right_arm", ("right_arm",)),
    ("left_arm", ("left_arm",)),
)


def written(posture: Posture | None) -> dict[str, int]:
    """The angles that a posture gives, by `part.angle`; a single side outranks both."""
    angles: dict[str, int] = {}
    if posture is None:
        return angles
    for part, targets in _PARTS:
        value = getattr(posture, part)
        for field in fields_of(type(value)) if value is not None else ():
            degrees = getattr(value, field.name)
            if isinstance(degrees, int):
                angles |= {f"{target}.{field.name}": degrees for target in targets}
    return angles


def hands_on(posture: Posture) -> dict[str, str]:
    """Side -> the part of the body that its hand rests on, or `free`, where that is said."""
    hands: dict[str, str] = {}
    for arm, sides in ((posture.arms, SIDES), (posture.right_arm, ("right",)),
                       (posture.left_arm, ("left",))):  # fmt: skip
        if arm is not None and arm.hand_on:
            hands |= dict.fromkeys(sides, arm.hand_on)
    return hands


def turns_of(angles: Mapping[str, int]) -> dict[str, Quat]:
    """Each bone's turn within its parent, from clinical angles."""

    def degrees(key: str, otherwise: int = 0) -> int:
        return angles.get(key, otherwise)

    flexion, bend, twist = (degrees(f"trunk.{a}") for a in ("flexion", "side_bend", "twist"))
    turns = {
        "pelvis": then(
            about(Y, -degrees("trunk.turn")),
            about(Z, -degrees("trunk.lean")),
            about(X, degrees("trunk.side_lean")),
        ),
        "lumbar": then(about(Z, -flexion * 0.45), about(X, bend * 0.5)),
        "chest": then(about(Z, -flexion * 0.55), about(X, bend * 0.5), about(Y, -twist)),
        "head": then(about(Z, -degrees("head.flexion")), about(Y, -degrees("head.turn"))),
    }
    for side in SIDES:
        z = SIGN[side]
        leg, arm = f"{side}_leg", f"{side}_arm"
        turns[f"{side}-thigh"] = then(
            about(Z, degrees(f"{leg}.hip_flexion")),
            about(X, -z * degrees(f"{leg}.hip_abduction")),
            about(Y, -z * degrees(f"{leg}.hip_rotation")),
        )
        turns[f"{side}-shank"] = about(Z, -degrees(f"{leg}.knee_flexion"))
        ankle = degrees(f"{leg}.ankle_dorsiflexion", body.FREE_FOOT)
        turns[f"{side}-sole"] = about(Z, ankle)
        turns[f"{side}-fore"] = about(Z, -degrees(f"{leg}.arch_lift"))
        turns[f"{side}-toe"] = about(Z, degrees(f"{leg}.toe_extension"))
        turns[f"{side}-upper-arm"] = then(
            about(Z, degrees(f"{arm}.shoulder_flexion")),
            about(X, -z * degrees(f"{arm}.shoulder_abduction")),
            about(Y, -z * degrees(f"{arm}.shoulder_rotation")),
        )
        turns[f"{side}-forearm"] = about(Z, degrees(f"{arm}.elbow_flexion"))
        turns[f"{side}-palm"] = about(Z, -degrees(f"{arm}.wrist_extension"))
    return turns
