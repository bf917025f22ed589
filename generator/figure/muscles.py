"""Where the muscles of the vocabulary lie on the body, as spindles on its bones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from generator.figure.body import SIDES, SIGN
from generator.figure.skeleton import Skeleton
from generator.figure.space import Vec, add, turned


@dataclass(frozen=True, slots=True)
class Spindle:
    """A muscle on a bone, from end to end; `facing` points outwards, z away from the middle."""

    bone: str
    start: Vec
    end: Vec
    width: float
    facing: Vec


_FRONT: Final[Vec] = (1.0, 0.0, 0.0)
_REAR: Final[Vec] = (-1.0, 0.0, 0.0)
_OUTER: Final[Vec] = (0.0, 0.0, 1.0)
_INNER: Final[Vec] = (0.0, 0.0, -1.0)

MUSCLES: Final[Mapping[str, tuple[Spindle, ...]]] = {
    "quadriceps": (Spindle("*-thigh", (4.0, -5, 0), (2.6, -38, 0.5), 4.2, _FRONT),),
    "hamstrings": (Spindle("*-thigh", (-4.0, -8, 0), (-2.6, -39, 0), 3.8, _REAR),),
    "gluteus-maximus": (Spindle("*-thigh", (-5.5, 7, -1), (-4.5, -8, 1), 5.2, (-1, 0, 0.25)),),
    "gluteus-medius": (Spindle("pelvis", (-2.5, 9, 11), (-0.5, -3, 13), 3.8, (-0.3, 0, 1)),),
    "deep-hip-rotators": (Spindle("pelvis", (-7.5, 2, 4), (-4, -2, 12), 2.4, (-1, 0, 0.6)),),
    "hip-flexors": (Spindle("*-thigh", (6.0, 9, 0), (4.8, -9, 0), 3.0, (1, 0, 0.15)),),
    "adductors": (Spindle("*-thigh", (0.5, -5, -4), (0.5, -30, -2.5), 3.2, (0.4, 0, -1)),),
    "gastrocnemius": (
        Spindle("*-shank", (-2.6, -3, 1.6), (-2.0, -22, 1.2), 2.6, _REAR),
        Spindle("*-shank", (-2.8, -3, -1.6), (-2.2, -23, -1.2), 2.6, _REAR),
    ),
    "soleus": (Spindle("*-shank", (-1.9, -17, 0), (-1.7, -36, 0), 2.5, _REAR),),
    "tibialis-anterior": (Spindle("*-shank", (2.4, -6, 0.8), (2.0, -34, 0), 2.2, _FRONT),),
    "tibialis-posterior": (Spindle("*-shank", (-0.5, -14, -2.2), (-0.5, -37, -2), 1.9, _INNER),),
    "peroneals": (Spindle("*-shank", (0, -6, 2.8), (-0.5, -34, 2.4), 2.0, _OUTER),),
    "foot-muscles": (Spindle("*-sole", (-2.5, -6, 0), (11, -6.2, 0), 1.7, (0, 0, 0)),),
    "toe-flexors": (Spindle("*-sole", (4, -5.6, 0), (15, -5.8, 0), 1.6, (0, 0, 0)),),
    "abdominals": (Spindle("lumbar", (6.0, 21, 0), (6.0, -9, 0), 3.6, _FRONT),),
    "obliques": (Spindle("lumbar", (1.5, 16, 9.5), (2.5, -4, 10.5), 3.6, (0.35, 0, 1)),),
    "back-extensors": (Spindle("lumbar", (-6.2, 22, 2.6), (-6.0, -9, 2.6), 2.5, _REAR),),
    "upper-back": (Spindle("chest", (-6.5, 19, 6), (-6.8, 2, 5), 4.0, _REAR),),
    "shoulders": (Spindle("*-upper-arm", (0.3, 4, 1.5), (0, -12, 1), 4.2, (0, 0, 1)),),
}
"""Muscles by their word in vocabulary.yaml, on the right side; `*` is the side."""

ON_TRUNK: Final = ("lumbar", "chest")


@dataclass(frozen=True, slots=True)
class Placed:
    """A spindle on a body in space. `part` says with which part of the body it is drawn."""

    part: str
    start: Vec
    end: Vec
    width: float
    facing: Vec


def placed(muscle: str, skeleton: Skeleton, works: str) -> Iterator[Placed]:
    """A muscle on the sides that work."""
    for side in SIDES if works == "both" else (works,):
        z = SIGN[side]
        for spindle in MUSCLES.get(muscle, ()):
            bone = spindle.bone.replace("*", side)

            def mirrored(v: Vec, z: int = z) -> Vec:
                return (v[0], v[1], v[2] * z)

            turn, joint = skeleton.world[bone], skeleton.joints[bone]
            yield Placed(
                "trunk" if bone in ON_TRUNK else _limb(bone, side),
                add(joint, turned(mirrored(spindle.start), turn)),
                add(joint, turned(mirrored(spindle.end), turn)),
                spindle.width,
                turned(mirrored(spindle.facing), turn),
            )


def _limb(bone: str, side: str) -> str:
    return f"{side}-arm" if bone.endswith("arm") else f"{side}-leg"
