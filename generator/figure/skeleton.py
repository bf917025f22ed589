"""A body in space: its bones, and where each part of it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from generator.figure import body
from generator.figure.body import BALL, BONES, HEEL, RADIUS
from generator.figure.space import STILL, Quat, Vec, Y, add, between, then, turned


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A body in one moment: each bone's turn within its parent, and the pelvis in space."""

    turns: Mapping[str, Quat]
    root: Vec
    world: Mapping[str, Quat]
    joints: Mapping[str, Vec]

    def at(self, bone: str, offset: Vec = (0.0, 0.0, 0.0)) -> Vec:
        """A point fixed to a bone."""
        return add(self.joints[bone], turned(offset, self.world[bone]))

    def axis(self, bone: str, direction: Vec) -> Vec:
        """A direction fixed to a bone."""
        return turned(direction, self.world[bone])

    def point(self, name: str) -> Vec:
        """The middle of a named part of the body."""
        side, _, part = name.partition("-")
        match part:
            case "foot":
                return self.at(f"{side}-sole", (3.0, -4.5, 0.0))
            case "toes":
                return self.at(f"{side}-fore", BALL)
            case "heel":
                return self.at(f"{side}-sole", HEEL)
            case "ankle":
                return self.at(f"{side}-sole")
            case "shin":
                return self.at(f"{side}-shank", (0.0, -24.0, 0.0))
            case "calf":
                return self.at(f"{side}-shank", (-1.0, -14.0, 0.0))
            case "knee":
                return self.at(f"{side}-shank")
            case "thigh":
                return self.at(f"{side}-thigh", (0.0, -30.0, 0.0))
            case "hip":
                return self.at(f"{side}-thigh")
            case "shoulder":
                return self.at(f"{side}-upper-arm")
            case "elbow":
                return self.at(f"{side}-forearm")
            case "hand":
                return self.at(f"{side}-palm", (0.0, -body.HAND * 0.6, 0.0))
        bone, offset = _TRUNK_POINTS[name]
        return self.at(bone, offset)

    def flexion(self, upper: str, lower: str) -> float:
        """How far a knee or elbow is bent, in degrees."""
        return between(self.axis(upper, Y), self.axis(lower, Y))


_TRUNK_POINTS: Final[Mapping[str, tuple[str, Vec]]] = {
    "pelvis": ("pelvis", (0.0, 0.0, 0.0)),
    "seat": ("pelvis", (-1.0, -2.0, 0.0)),
    "belly": ("lumbar", (0.0, 6.0, 0.0)),
    "chest": ("chest", (0.0, 12.0, 0.0)),
    "back": ("chest", (0.0, 14.0, 0.0)),
    "head": ("head", body.HEAD),
}


def posed(turns: Mapping[str, Quat], root: Vec) -> Skeleton:
    """The body with each bone turned within its parent, and the pelvis at `root`."""
    world: dict[str, Quat] = {"pelvis": turns["pelvis"]}
    joints: dict[str, Vec] = {"pelvis": root}
    for bone in BONES:
        joints[bone.name] = add(joints[bone.parent], turned(bone.at, world[bone.parent]))
        world[bone.name] = then(world[bone.parent], turns.get(bone.name, STILL))
    return Skeleton(turns, root, world, joints)


def moved(skeleton: Skeleton, by: Vec) -> Skeleton:
    """The same body elsewhere."""
    joints = {name: add(joint, by) for name, joint in skeleton.joints.items()}
    return replace(skeleton, root=joints["pelvis"], joints=joints)


def lowest(skeleton: Skeleton, point: str) -> float:
    """How high the skin of a part of the body is above the floor, at its lowest."""
    side, _, part = point.partition("-")
    if part in ("foot", "toes", "heel"):
        sole = f"{side}-sole"
        heel = skeleton.at(sole, HEEL)[1] - RADIUS["heel"]
        ball = skeleton.at(f"{side}-fore", BALL)[1] - RADIUS["ball"]
        return {"foot": min(heel, ball), "toes": ball, "heel": heel}[part]
    part = part or point
    return skeleton.point(point)[1] - (_SKIN.get(part) or RADIUS[part])


_SKIN: Final[Mapping[str, float]] = {
    "shin": 4.4, "calf": 5.6, "thigh": 7.0, "shoulder": 9.5, "hip": 9.9,
}  # fmt: skip
"""How far the skin is from a part's middle, where the body is not drawn as thick right there."""


def bone_of(point: str) -> str:
    """The bone that a part of the body turns with; the pelvis where there is no nearer one."""
    side, _, part = point.partition("-")
    if part in ("foot", "toes", "heel", "ankle"):
        return f"{side}-sole"
    if part == "hand":
        return f"{side}-palm"
    return {"knee": f"{side}-shank", "elbow": f"{side}-forearm"}.get(part, "pelvis")
