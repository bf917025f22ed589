"""A figure's moments become bodies in space: forward kinematics, then contacts kept in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

from generator.figure import body
from generator.figure.body import BALL, BONES, HEEL, RADIUS, SHANK, SIDES, SIGN, THIGH
from generator.figure.space import (
    STILL,
    Quat,
    Vec,
    X,
    Y,
    Z,
    about,
    add,
    back,
    between,
    cross,
    dot,
    frame,
    halfway,
    length,
    scale,
    sub,
    then,
    turned,
    unit,
)
from generator.model.figure import Figure, Pose, Posture
from generator.shape import fields_of, walk

STEP_HEIGHT: Final = 16
BOARD_SLOPE: Final = 25
LIFTING_PROPS: Final = (
    "chair",
    "step",
    "decline-board",
    "bench",
    "cushion",
    "foam-roller",
    "slider",
)
"""Props that raise the part of the body upon them by their height."""
FLOOR_REACH: Final = 30
"""A hand that is kept and starts nearer to the floor than this is put down on it."""
REACH: Final = 0.2
"""How close to straight a limb may be, so that its knee or elbow keeps a side."""


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
        """How far a knee or elbow is bent."""
        return between(self.axis(upper, Y), self.axis(lower, Y))


_TRUNK_POINTS: Final[Mapping[str, tuple[str, Vec]]] = {
    "pelvis": ("pelvis", (0.0, 0.0, 0.0)),
    "seat": ("pelvis", (-1.0, -2.0, 0.0)),
    "belly": ("lumbar", (0.0, 6.0, 0.0)),
    "chest": ("chest", (0.0, 12.0, 0.0)),
    "back": ("chest", (0.0, 14.0, 0.0)),
    "head": ("head", body.HEAD),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """A part of the body that stays in its place, and how its bone then lies."""

    point: str
    place: Vec
    ground: float
    turn: Quat


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """The moments of a figure as bodies, and the contacts that hold between them."""

    figure: Figure
    moments: tuple[Skeleton, ...]
    contacts: tuple[Contact, ...]
    lifts: tuple[float, ...]
    travels: tuple[float, ...]

    @property
    def moves(self) -> bool:
        """Whether anything moves; in a held squeeze nothing does."""
        first = self.moments[0].joints
        return (
            any(
                length(sub(joint, first[name])) > 1
                for moment in self.moments[1:]
                for name, joint in moment.joints.items()
            )
            or self._turns()
        )

    def _turns(self) -> bool:
        first = self.moments[0].world
        return any(
            between(turned(X, turn), turned(X, first[name])) > 1
            for moment in self.moments[1:]
            for name, turn in moment.world.items()
        )

    def at(self, moment: int, t: float) -> Skeleton:
        """The body on the way from a moment to the next; no limb changes its length."""
        if t <= 0 or moment + 1 >= len(self.moments):
            return self.moments[moment]
        a, b = self.moments[moment], self.moments[moment + 1]
        turns = {name: halfway(a.turns[name], b.turns[name], t) for name in a.turns}
        lift = self.lifts[moment] + (self.lifts[moment + 1] - self.lifts[moment]) * t
        travel = self.travels[moment] + (self.travels[moment + 1] - self.travels[moment]) * t
        return _settled(turns, self.contacts, lift, travel)


def can_be_solved(figure: Figure, poses: Mapping[str, Pose]) -> bool:
    """Whether every word of a figure and its pose is known, so that a body can be made of them."""
    pose = poses.get(figure.pose)
    if pose is None or len(figure.frames) < 2:
        return False
    for part in (figure, pose):
        for _, field, value in walk(part):
            shape = field.shape.item or field.shape
            words = value if isinstance(value, tuple) else (value,)
            said = (word for word in words if word is not None)
            if shape.choices and any(word not in shape.choices for word in said):
                return False
    return True


def motion(figure: Figure, poses: Mapping[str, Pose]) -> Motion:
    """Solve every moment of a figure."""
    pose = poses[figure.pose]
    angles: dict[str, int] = {**body.BASES[pose.base], **written(pose.posture)}
    touching: dict[str, str] = _hands(pose.posture)
    grounds = _grounds(figure)
    contacts: tuple[Contact, ...] = ()
    moments: list[Skeleton] = []
    lifts: list[float] = []
    travels: list[float] = []
    bearing = (figure.pin, *figure.keep)
    for moment in figure.frames:
        angles.update(written(moment))
        touching.update(_hands(moment))
        turns = _turns(angles)
        flat = [
            p.partition("-")[0]
            for p in bearing
            if p.endswith("-foot") and f"{p.partition('-')[0]}_leg.ankle_dorsiflexion" not in angles
        ]
        skeleton = _posed(turns, (0.0, 0.0, 0.0))
        for side in flat:
            turns[f"{side}-sole"] = _flat_foot(skeleton, side, _slope(figure, f"{side}-foot"))
        contacts = contacts or _first_contacts(turns, bearing, grounds, figure)
        lifts.append(float(moment.rise))
        travels.append(float(moment.forward))
        skeleton = _settled(turns, contacts, lifts[-1], travels[-1])
        skeleton = _standing_feet(skeleton, angles, bearing)
        for side, target in touching.items():
            if target != "free":
                skeleton = _hand_on(skeleton, side, target)
        moments.append(skeleton)
    return Motion(figure, tuple(moments), contacts, tuple(lifts), tuple(travels))


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


def _hands(posture: Posture) -> dict[str, str]:
    hands: dict[str, str] = {}
    for arm, sides in ((posture.arms, SIDES), (posture.right_arm, ("right",)),
                       (posture.left_arm, ("left",))):  # fmt: skip
        if arm is not None and arm.hand_on:
            hands |= dict.fromkeys(sides, arm.hand_on)
    return hands


def _turns(angles: Mapping[str, int]) -> dict[str, Quat]:
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


def _posed(turns: Mapping[str, Quat], root: Vec) -> Skeleton:
    world: dict[str, Quat] = {"pelvis": turns["pelvis"]}
    joints: dict[str, Vec] = {"pelvis": root}
    for bone in BONES:
        joints[bone.name] = add(joints[bone.parent], turned(bone.at, world[bone.parent]))
        world[bone.name] = then(world[bone.parent], turns.get(bone.name, STILL))
    return Skeleton(turns, root, world, joints)


def _moved(skeleton: Skeleton, by: Vec) -> Skeleton:
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
    radius = {"knee": 6.2, "elbow": 4.3, "hand": 3.2, "shin": 4.4, "calf": 5.6, "thigh": 7.0,
              "shoulder": 9.5, "hip": 9.9, "ankle": 3.7}.get(part)  # fmt: skip
    return skeleton.point(point)[1] - (radius or RADIUS.get(point, 8.0))


def _grounds(figure: Figure) -> dict[str, float]:
    """How high what lies under each part of the body is; the floor where nothing does."""
    return {
        point: float(prop.height or _HEIGHTS.get(prop.prop, 0))
        for prop in figure.props
        if prop.at and prop.prop in LIFTING_PROPS
        for point in _same_place(prop.at)
    }


_HEIGHTS: Final[Mapping[str, int]] = {
    "chair": 40, "bench": 42, "step": STEP_HEIGHT, "decline-board": 12,
    "cushion": 5, "foam-roller": 15, "slider": 1,
}  # fmt: skip


def _same_place(point: str) -> Iterable[str]:
    side, _, part = point.partition("-")
    if part in _FOOT:
        return tuple(f"{side}-{p}" for p in ("foot", "toes", "heel"))
    return (point,)


def _slope(figure: Figure, point: str) -> float:
    on_board = any(p.prop == "decline-board" and p.at == point for p in figure.props)
    return -BOARD_SLOPE if on_board else 0.0


def _flat_foot(skeleton: Skeleton, side: str, slope: float) -> Quat:
    """The ankle that lays the sole on the ground, its toes where they point."""
    toes = skeleton.axis(f"{side}-shank", X)
    ahead = unit((toes[0], 0.0, toes[2]))
    sole = then(frame(ahead, Y, cross(ahead, Y)), about(Z, slope))
    return then(back(skeleton.world[f"{side}-shank"]), sole)


def _standing_feet(
    skeleton: Skeleton, angles: Mapping[str, int], bearing: tuple[str, ...]
) -> Skeleton:
    """The body with those feet flat that reach the floor without anyone having said so."""
    for side in SIDES:
        if f"{side}_leg.ankle_dorsiflexion" in angles:
            continue
        bears = any(p.startswith(side) and p.partition("-")[2] in _FOOT for p in bearing)
        upright = dot(skeleton.axis(f"{side}-shank", Y), Y) > 0.85
        near = skeleton.point(f"{side}-ankle")[1] < body.SOLE + 4
        if upright and near and not bears:
            turns = {**skeleton.turns, f"{side}-sole": _flat_foot(skeleton, side, 0.0)}
            skeleton = _posed(turns, skeleton.root)
    return skeleton


_FOOT: Final = ("foot", "toes", "heel")


def _bone_of(point: str) -> str:
    side, _, part = point.partition("-")
    if part in ("foot", "toes", "heel", "ankle"):
        return f"{side}-sole"
    if part == "hand":
        return f"{side}-palm"
    return {"knee": f"{side}-shank", "elbow": f"{side}-forearm"}.get(part, "pelvis")


def _first_contacts(
    turns: Mapping[str, Quat], bearing: Iterable[str], grounds: Mapping[str, float], figure: Figure
) -> tuple[Contact, ...]:
    """Where the first moment puts what then stays: on what lies beneath, or where it is held."""
    skeleton = _posed(turns, (0.0, 0.0, 0.0))
    made: list[Contact] = []
    held = {p.at for p in figure.props if p.prop in _HOLDING}
    for point in bearing:
        ground = grounds.get(point, 0.0)
        rise = ground - lowest(skeleton, point)
        at = skeleton.point(point)
        if not made:
            skeleton = _posed(turns, (-at[0], rise, 0.0))
            at = skeleton.point(point)
        elif point not in held and not (point.endswith("hand") and rise < -FLOOR_REACH):
            at = (at[0], at[1] + ground - lowest(skeleton, point), at[2])
        made.append(Contact(point, at, ground, skeleton.world[_bone_of(point)]))
    return tuple(made)


_HOLDING: Final = ("wall", "rail", "bench", "anchor", "partner", "gym-machine", "strap")


def _settled(
    turns: Mapping[str, Quat], contacts: tuple[Contact, ...], lift: float, travel: float
) -> Skeleton:
    """The body with its pin in place and its other contacts reached."""
    pin, *others = contacts
    skeleton = _posed(turns, (0.0, 0.0, 0.0))
    at = skeleton.point(pin.point)
    rise = pin.ground + lift - lowest(skeleton, pin.point)
    skeleton = _moved(skeleton, (pin.place[0] + travel - at[0], rise, pin.place[2] - at[2]))
    for contact in others:
        place = add(contact.place, (travel, lift, 0.0))
        turn = contact.turn
        if contact.point.endswith(("-toes", "-heel")):
            turn = skeleton.world[_bone_of(contact.point)]
        skeleton = _reached(skeleton, replace(contact, place=place, turn=turn))
    return skeleton


def _reached(skeleton: Skeleton, contact: Contact) -> Skeleton:
    """The body with the limb of this contact brought to its place."""
    side, _, part = contact.point.partition("-")
    if part in ("knee", "elbow"):
        upper = f"{side}-thigh" if part == "knee" else f"{side}-upper-arm"
        return _aimed(skeleton, upper, contact.place)
    last = _bone_of(contact.point)
    offset = sub(skeleton.point(contact.point), skeleton.joints[last])
    local = turned(offset, back(skeleton.world[last]))
    end = sub(contact.place, turned(local, contact.turn))
    return _bent(skeleton, side, "leg" if last.endswith("sole") else "arm", end, contact.turn)


def _aimed(skeleton: Skeleton, bone: str, at: Vec) -> Skeleton:
    """The body with a bone turned the shortest way to point at a place."""
    now = scale(skeleton.axis(bone, Y), -1)
    wanted = unit(sub(at, skeleton.joints[bone]), now)
    axis = cross(now, wanted)
    if length(axis) < 1e-9:
        return skeleton
    parent = next(b.parent for b in BONES if b.name == bone)
    world = then(about(unit(axis), between(now, wanted)), skeleton.world[bone])
    turns = {**skeleton.turns, bone: then(back(skeleton.world[parent]), world)}
    return _posed(turns, skeleton.root)


def _bent(skeleton: Skeleton, side: str, limb: str, end: Vec, turn: Quat | None = None) -> Skeleton:
    """The body with a leg's ankle or an arm's wrist at `end`; the knee or elbow keeps its side.

    `turn` is how the foot or hand then lies in space.
    """
    if limb == "leg":
        upper, lower, first, second, bend = f"{side}-thigh", f"{side}-shank", THIGH, SHANK, 1
    else:
        upper, lower = f"{side}-upper-arm", f"{side}-forearm"
        first, second, bend = body.UPPER_ARM, body.FOREARM, -1
    start = skeleton.joints[upper]
    way = sub(end, start)
    reach = min(max(length(way), abs(first - second) + REACH), first + second - 1e-4)
    ahead = unit(way)
    pole = scale(skeleton.axis(upper, X), bend)
    outward = unit(sub(pole, scale(ahead, dot(pole, ahead))), skeleton.axis(upper, Z))
    along = (first * first - second * second + reach * reach) / (2 * reach)
    height = sqrt(max(0.0, first * first - along * along))
    joint = add(start, add(scale(ahead, along), scale(outward, height)))
    hinge = unit(cross(scale(outward, bend), scale(ahead, -1)))
    turns = dict(skeleton.turns)
    parent = skeleton.world["pelvis" if limb == "leg" else "chest"]
    reached = add(start, scale(ahead, reach))
    for bone, a, b in ((upper, start, joint), (lower, joint, reached)):
        up = unit(sub(a, b))
        world = frame(cross(up, hinge), up, hinge)
        turns[bone] = then(back(parent), world)
        parent = world
    if turn is not None:
        turns[f"{side}-{'sole' if limb == 'leg' else 'palm'}"] = then(back(parent), turn)
    return _posed(turns, skeleton.root)


_REST: Final[Mapping[str, Vec]] = {
    "hip": (1.0, 8.0, 12.5), "chest": (12.0, 12.0, 4.0), "head": (-2.0, 2.0, 9.0),
    "belly": (11.0, 2.0, 4.0), "shoulder": (-9.5, 4.0, 6.0),
}  # fmt: skip
"""Where a hand lies on the trunk, in the bone of that part; z outwards."""


def _hand_on(skeleton: Skeleton, side: str, target: str) -> Skeleton:
    """The body with a hand brought to a part of it."""
    z = SIGN[side]
    part = target.rpartition("-")[2]
    if part in ("hip", "chest", "head", "belly"):
        x, y, out = _REST[part]
        bone = {"hip": "pelvis", "belly": "lumbar"}.get(part, part)
        place = skeleton.at(bone, (x, y + (body.HEAD[1] if part == "head" else 0), out * z))
    elif part == "shoulder":
        x, y, out = _REST[part]
        place = add(skeleton.point(target), skeleton.axis("chest", (x, y, out * z)))
    elif part in ("thigh", "knee"):
        upper = f"{target.partition('-')[0]}-thigh"
        offset = (9.0, -26.0, 0.0) if part == "thigh" else (8.5, -38.0, 0.0)
        place = skeleton.at(upper, offset)
    else:
        place = skeleton.point(target)
    return _bent(skeleton, side, "arm", place)


def standing() -> Skeleton:
    """A body that stands with its arms a little out, for maps of the muscles."""
    angles = dict(body.BASES["standing"])
    for side in SIDES:
        angles[f"{side}_arm.shoulder_abduction"] = 16
        angles[f"{side}_leg.hip_abduction"] = 5
        angles[f"{side}_leg.ankle_dorsiflexion"] = 0
    return _posed(_turns(angles), (0.0, 0.0, 0.0))
