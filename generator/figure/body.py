"""The drawn body: its bones, how thick it is, and how each base holds it. Centimetres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from generator.figure.space import Vec

HEIGHT: Final = 170.0
SIDES: Final = ("right", "left")
SIGN: Final[Mapping[str, int]] = {"right": 1, "left": -1}
"""The side's direction along z."""


@dataclass(frozen=True, slots=True)
class Bone:
    """A stiff part; `at` is its joint within its parent."""

    name: str
    parent: str
    at: Vec


THIGH: Final = 42.0
SHANK: Final = 40.0
UPPER_ARM: Final = 28.0
FOREARM: Final = 25.0
HAND: Final = 8.0
SOLE: Final = 7.5
"""The ankle's height above the sole."""
HEEL: Final[Vec] = (-4.6, -4.4, 0.0)
ARCH: Final[Vec] = (2.0, -2.6, 0.0)
"""The top of the arch, where the forefoot joins."""
BALL: Final[Vec] = (9.0, -2.1, 0.0)
"""The ball of the foot, from the top of the arch."""
TOE: Final[Vec] = (6.0, -0.2, 0.0)
"""The tip of the toes, from the ball."""


def _limbs(side: str) -> tuple[Bone, ...]:
    z = SIGN[side]
    return (
        Bone(f"{side}-thigh", "pelvis", (0.0, 0.0, 8.8 * z)),
        Bone(f"{side}-shank", f"{side}-thigh", (0.0, -THIGH, 0.0)),
        Bone(f"{side}-sole", f"{side}-shank", (0.0, -SHANK, 0.0)),
        Bone(f"{side}-fore", f"{side}-sole", ARCH),
        Bone(f"{side}-toe", f"{side}-fore", BALL),
        Bone(f"{side}-upper-arm", "chest", (-0.5, 21.0, 16.5 * z)),
        Bone(f"{side}-forearm", f"{side}-upper-arm", (0.0, -UPPER_ARM, 0.0)),
        Bone(f"{side}-palm", f"{side}-forearm", (0.0, -FOREARM, 0.0)),
    )


BONES: Final[tuple[Bone, ...]] = (
    Bone("lumbar", "pelvis", (0.0, 9.0, 0.0)),
    Bone("chest", "lumbar", (0.0, 15.0, 0.0)),
    Bone("head", "chest", (0.0, 26.0, 0.0)),
    *_limbs("right"),
    *_limbs("left"),
)
"""Every bone after its parent; the pelvis is the root."""


@dataclass(frozen=True, slots=True)
class Level:
    """A slice of the trunk: half its width from side to side and from front to back."""

    bone: str
    at: Vec
    wide: float
    deep: float


TRUNK: Final[tuple[Level, ...]] = (
    Level("pelvis", (0.0, -7.0, 0.0), 12.5, 8.0),
    Level("pelvis", (-1.2, 0.0, 0.0), 15.8, 10.8),
    Level("pelvis", (-0.2, 7.5, 0.0), 14.2, 10.0),
    Level("lumbar", (0.4, 7.0, 0.0), 12.8, 9.0),
    Level("chest", (0.3, 3.0, 0.0), 13.6, 9.8),
    Level("chest", (0.2, 13.0, 0.0), 15.6, 10.6),
    Level("chest", (-0.6, 21.5, 0.0), 15.5, 8.0),
    Level("chest", (-0.5, 25.5, 0.0), 8.0, 5.4),
)
SHORTS_LEVELS: Final = 3
"""How many levels from below the shorts cover."""

HEAD: Final[Vec] = (1.0, 14.0, 0.0)
"""The middle of the head, from the joint at its neck."""

RADIUS: Final[Mapping[str, float]] = {
    "thigh": 8.6, "knee": 6.2, "calf": 5.9, "ankle": 3.7, "heel": 3.1, "ball": 2.8, "toe": 2.2,
    "shoulder": 6.3, "elbow": 4.3, "wrist": 3.1, "hand": 3.2, "neck": 4.8, "head": 10.2,
    "pelvis": 10.5, "seat": 10.5, "back": 10.5, "chest": 10.5, "belly": 9.5, "hip": 9.5,
}  # fmt: skip

Angles = Mapping[str, int]

_STRAIGHT: Final[Angles] = {
    "trunk.lean": 0, "trunk.side_lean": 0, "trunk.turn": 0, "trunk.flexion": 0,
    "trunk.side_bend": 0, "trunk.twist": 0, "head.flexion": 0, "head.turn": 0,
    **{
        f"{side}_leg.{angle}": 0
        for side in SIDES
        for angle in ("hip_flexion", "hip_abduction", "hip_rotation", "knee_flexion")
    },
    **{
        f"{side}_arm.{angle}": degrees
        for side in SIDES
        for angle, degrees in (
            ("shoulder_flexion", 4), ("shoulder_abduction", 6), ("shoulder_rotation", 0),
            ("elbow_flexion", 10), ("wrist_extension", 0),
        )
    },
}  # fmt: skip


def _both(**angles: int) -> Angles:
    """Angles of limbs for both sides, as in `leg_hip_flexion=90`."""
    return {
        f"{side}_{key.replace('_', '.', 1)}": value
        for key, value in angles.items()
        for side in SIDES
    }


BASES: Final[Mapping[str, Angles]] = {
    "standing": _STRAIGHT,
    "seated": {**_STRAIGHT, **_both(leg_hip_flexion=90, leg_knee_flexion=90)},
    "kneeling": {**_STRAIGHT, **_both(leg_knee_flexion=90)},
    "four-point": {
        **_STRAIGHT, "trunk.lean": 80, "head.flexion": -15,
        **_both(leg_hip_flexion=80, leg_knee_flexion=88, arm_shoulder_flexion=80,
                arm_shoulder_abduction=0, arm_elbow_flexion=12, arm_wrist_extension=80),
    },
    "supine": {**_STRAIGHT, "trunk.lean": -90},
    "prone": {**_STRAIGHT, "trunk.lean": 90},
    "side-lying": {**_STRAIGHT, "trunk.side_lean": -90},
}  # fmt: skip

FREE_FOOT: Final = -12
"""Ankle dorsiflexion of a foot that bears no weight, where nothing is said: relaxed."""

RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "knee": (-6, 160),
    "ankle": (-62, 46),
    "hip": (-45, 145),
    "elbow": (-8, 160),
}
"""What solved joints may reach, a little beyond what may be written."""
