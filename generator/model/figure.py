"""How an exercise is drawn: joint angles in a physiotherapist's terms, contacts and props.

Angles are whole degrees from standing upright with the arms at the sides and the palms in.
Flexion, abduction, external rotation and dorsiflexion are positive; extension, adduction,
internal rotation and plantarflexion are negative. In a side view the body faces right, so
its right side is near the viewer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from generator.model.fields import AtLeast, Between, Phrase, Ref, Term
from generator.model.record import Located, Record

Base = Literal["standing", "seated", "kneeling", "four-point", "supine", "prone", "side-lying"]
View = Literal["side", "front", "back", "above", "corner", "feet", "raised", "foot-end"]
Point = Literal[
    "right-foot", "left-foot", "right-toes", "left-toes", "right-heel", "left-heel",
    "right-ankle", "left-ankle", "right-shin", "left-shin", "right-calf", "left-calf",
    "right-knee", "left-knee", "right-thigh", "left-thigh", "right-hip", "left-hip",
    "pelvis", "seat", "belly", "chest", "back", "head",
    "right-shoulder", "left-shoulder", "right-elbow", "left-elbow", "right-hand", "left-hand",
]  # fmt: skip
PropName = Literal[
    "wall", "chair", "bench", "step", "decline-board", "mat", "cushion", "foam-roller", "ball",
    "loop-band", "long-band", "strap", "towel", "dumbbell", "barbell", "backpack", "rail",
    "anchor", "slider", "skipping-rope", "partner", "gym-machine",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LegAngles(Located):
    """A leg. A foot that bears weight stands flat unless `ankle_dorsiflexion` says otherwise."""

    hip_flexion: Annotated[int | None, Between(-30, 140), "thigh forward of the trunk."] = None
    hip_abduction: Annotated[int | None, Between(-40, 70), "thigh out to its side."] = None
    hip_rotation: Annotated[int | None, Between(-50, 70), "external is positive."] = None
    knee_flexion: Annotated[int | None, Between(-5, 155), "heel towards the buttock."] = None
    ankle_dorsiflexion: Annotated[int | None, Between(-60, 45), "toes towards the shin."] = None
    arch_lift: Annotated[int | None, Between(-5, 25), "forefoot drawn towards the heel."] = None
    toe_extension: Annotated[int | None, Between(-50, 80), "toes up from the foot."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmAngles(Located):
    """An arm. `hand_on` brings the hand to a part of the body; the angles then guide the elbow."""

    shoulder_flexion: Annotated[int | None, Between(-60, 190), "arm forward and up."] = None
    shoulder_abduction: Annotated[int | None, Between(-60, 180), "arm out to its side."] = None
    shoulder_rotation: Annotated[int | None, Between(-100, 100), "external is positive."] = None
    elbow_flexion: Annotated[int | None, Between(-5, 155), "hand towards the shoulder."] = None
    wrist_extension: Annotated[int | None, Between(-80, 95), "hand back."] = None
    hand_on: Annotated[Literal[Point, "free"] | None, "where the hand rests, or free."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrunkAngles(Located):
    """The trunk: how the pelvis lies in space, and how the back bends upon it."""

    lean: Annotated[
        int | None, Between(-180, 180), "inclination from upright: 90 face down, -90 face up."
    ] = None
    side_lean: Annotated[int | None, Between(-120, 120), "inclination to the right."] = None
    turn: Annotated[int | None, Between(-180, 180), "the whole body, to its right."] = None
    flexion: Annotated[int | None, Between(-60, 80), "the back rounds; hollow is negative."] = None
    side_bend: Annotated[int | None, Between(-40, 40), "the back bends to the right."] = None
    twist: Annotated[int | None, Between(-80, 80), "the chest turns to the right."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadAngles(Located):
    """The head upon the chest."""

    flexion: Annotated[int | None, Between(-70, 60), "chin down; up is negative."] = None
    turn: Annotated[int | None, Between(-85, 85), "the face turns to the right."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture(Located):
    """Joint angles; what is left out stays as it was. `legs` and `arms` speak of both sides."""

    trunk: Annotated[TrunkAngles | None, "as in {lean: 30}."] = None
    head: Annotated[HeadAngles | None, "as in {flexion: 10}."] = None
    legs: Annotated[LegAngles | None, "both legs, as in {knee_flexion: 90}."] = None
    right_leg: Annotated[LegAngles | None, "the right leg alone."] = None
    left_leg: Annotated[LegAngles | None, "the left leg alone."] = None
    arms: Annotated[ArmAngles | None, "both arms, as in {shoulder_flexion: 90}."] = None
    right_arm: Annotated[ArmAngles | None, "the right arm alone."] = None
    left_arm: Annotated[ArmAngles | None, "the left arm alone."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose(Record):
    """A posture with a name, for figures to start from."""

    base: Annotated[Base, "how the body is held up: standing, supine …"]
    posture: Annotated[Posture, "the joint angles that differ from the base."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame(Posture):
    """A moment of the movement: only what differs from the moment before."""

    caption: Annotated[Phrase, "instead of the caption made from the angles."] = ""
    rise: Annotated[int, Between(0, 60), "centimetres in the air, for hops."] = 0
    forward: Annotated[int, Between(-80, 80), "centimetres that the whole body travels."] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop(Located):
    """A thing in the picture. What is under or beside the body takes its place from it."""

    prop: Annotated[PropName, "what it is."]
    at: Annotated[Point | None, "the part of the body that touches or holds it."] = None
    to: Annotated[Point | None, "where a band, rope or towel ends."] = None
    height: Annotated[int, Between(0, 120), "centimetres above the floor."] = 0
    length: Annotated[int, Between(0, 200), "centimetres long, for a bench."] = 0
    away: Annotated[int, Between(-150, 150), "centimetres further forward than `at`."] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Push(Located):
    """An arrow for a force where nothing moves, as in a held squeeze."""

    at: Annotated[Point, "where it pushes."]
    toward: Annotated[Literal["up", "down", "left", "right"], "which way in the picture."]
    beyond: Annotated[bool, "true to draw it past that part, and not up to it."] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Located):
    """Two to four moments of a movement, seen from one side."""

    view: Annotated[View, "side, front, back, above, or a slanted one."] = "side"
    pose: Annotated[str, Ref("poses"), "the named pose it starts from."]
    pin: Annotated[Point, "the part of the body that never moves."]
    keep: Annotated[tuple[Point, ...], "further hands and feet that stay where they are."] = ()
    frames: Annotated[tuple[Frame, ...], AtLeast(2), "start, then what changes."]
    props: Annotated[tuple[Prop, ...], "the things in the picture."] = ()
    moves: Annotated[
        Literal[Point, "none"] | None, "whose path the arrow shows; else what moves most."
    ] = None
    muscles: Annotated[
        tuple[Annotated[str, Term("muscles")], ...], "muscles to colour, where not all."
    ] = ()
    works: Annotated[
        Literal["both", "right", "left"], "on which side the muscles are coloured."
    ] = "both"
    pushes: Annotated[tuple[Push, ...], "arrows for forces in the last moment."] = ()
    zoom: Annotated[Point | None, "the part to show alone, for movements of the foot."] = None
    barefoot: Annotated[bool, "true where the toes must be seen."] = False
    alt: Annotated[Phrase, "instead of the text made for those who can't see it."] = ""
