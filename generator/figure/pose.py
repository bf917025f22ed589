"""A figure's moments become bodies in space, with what touches the ground kept in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from generator.figure import body
from generator.figure.angles import hands_on, turns_of, written
from generator.figure.body import SIDES
from generator.figure.limbs import aimed, bent, hand_on
from generator.figure.skeleton import Skeleton, bone_of, lowest, moved, posed
from generator.figure.space import (
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
    sub,
    then,
    turned,
    unit,
)
from generator.model.figure import Figure, Pose
from generator.model.schema import walk

STEP_HEIGHT: Final = 16
"""In centimetres, where no height is given."""
BOARD_SLOPE: Final = 25
"""How steep a decline board is, in degrees."""
FLOOR_REACH: Final = 30
"""A hand that is kept and starts nearer to the floor than this, in centimetres, is put down."""


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
    touching: dict[str, str] = hands_on(pose.posture)
    grounds = _grounds(figure)
    contacts: tuple[Contact, ...] = ()
    moments: list[Skeleton] = []
    lifts: list[float] = []
    travels: list[float] = []
    bearing = (figure.pin, *figure.keep)
    for moment in figure.frames:
        angles.update(written(moment))
        touching.update(hands_on(moment))
        turns = turns_of(angles)
        flat = [
            p.partition("-")[0]
            for p in bearing
            if p.endswith("-foot") and f"{p.partition('-')[0]}_leg.ankle_dorsiflexion" not in angles
        ]
        skeleton = posed(turns, (0.0, 0.0, 0.0))
        for side in flat:
            turns[f"{side}-sole"] = _flat_foot(skeleton, side, _slope(figure, f"{side}-foot"))
        contacts = contacts or _first_contacts(turns, bearing, grounds, figure)
        lifts.append(float(moment.rise))
        travels.append(float(moment.forward))
        skeleton = _settled(turns, contacts, lifts[-1], travels[-1])
        skeleton = _standing_feet(skeleton, angles, bearing)
        for side, target in touching.items():
            if target != "free":
                skeleton = hand_on(skeleton, side, target)
        moments.append(skeleton)
    return Motion(figure, tuple(moments), contacts, tuple(lifts), tuple(travels))


def _grounds(figure: Figure) -> dict[str, float]:
    """How high what lies under each part of the body is; the floor where nothing does."""
    return {
        point: float(prop.height or _HEIGHTS[prop.prop])
        for prop in figure.props
        if prop.at and prop.prop in _HEIGHTS
        for point in _same_place(prop.at)
    }


_HEIGHTS: Final[Mapping[str, int]] = {
    "chair": 40, "bench": 42, "step": STEP_HEIGHT, "decline-board": 12,
    "cushion": 5, "foam-roller": 15, "slider": 1,
}  # fmt: skip
"""How far props raise the part of the body upon them, where no height is given; centimetres."""


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
            skeleton = posed(turns, skeleton.root)
    return skeleton


_FOOT: Final = ("foot", "toes", "heel")


def _first_contacts(
    turns: Mapping[str, Quat], bearing: Iterable[str], grounds: Mapping[str, float], figure: Figure
) -> tuple[Contact, ...]:
    """Where the first moment puts what then stays: on what lies beneath, or where it is held."""
    skeleton = posed(turns, (0.0, 0.0, 0.0))
    made: list[Contact] = []
    held = {p.at for p in figure.props if p.prop in _HOLDING}
    for point in bearing:
        ground = grounds.get(point, 0.0)
        rise = ground - lowest(skeleton, point)
        at = skeleton.point(point)
        if not made:
            skeleton = posed(turns, (-at[0], rise, 0.0))
            at = skeleton.point(point)
        elif point not in held and not (point.endswith("hand") and rise < -FLOOR_REACH):
            at = (at[0], at[1] + ground - lowest(skeleton, point), at[2])
        made.append(Contact(point, at, ground, skeleton.world[bone_of(point)]))
    return tuple(made)


_HOLDING: Final = ("wall", "rail", "bench", "anchor", "partner", "gym-machine", "strap")
"""Props that hold a part of the body where it is, and not on what lies beneath."""


def _settled(
    turns: Mapping[str, Quat], contacts: tuple[Contact, ...], lift: float, travel: float
) -> Skeleton:
    """The body with its pin in place and its other contacts reached."""
    pin, *others = contacts
    skeleton = posed(turns, (0.0, 0.0, 0.0))
    at = skeleton.point(pin.point)
    rise = pin.ground + lift - lowest(skeleton, pin.point)
    skeleton = moved(skeleton, (pin.place[0] + travel - at[0], rise, pin.place[2] - at[2]))
    for contact in others:
        place = add(contact.place, (travel, lift, 0.0))
        turn = contact.turn
        if contact.point.endswith(("-toes", "-heel")):
            turn = skeleton.world[bone_of(contact.point)]
        skeleton = _reached(skeleton, replace(contact, place=place, turn=turn))
    return skeleton


def _reached(skeleton: Skeleton, contact: Contact) -> Skeleton:
    """The body with the limb of this contact brought to its place."""
    side, _, part = contact.point.partition("-")
    if part in ("knee", "elbow"):
        upper = f"{side}-thigh" if part == "knee" else f"{side}-upper-arm"
        return aimed(skeleton, upper, contact.place)
    last = bone_of(contact.point)
    offset = sub(skeleton.point(contact.point), skeleton.joints[last])
    local = turned(offset, back(skeleton.world[last]))
    end = sub(contact.place, turned(local, contact.turn))
    return bent(skeleton, side, "leg" if last.endswith("sole") else "arm", end, contact.turn)


def standing() -> Skeleton:
    """A body that stands with its arms a little out, for maps of the muscles."""
    angles = dict(body.BASES["standing"])
    for side in SIDES:
        angles[f"{side}_arm.shoulder_abduction"] = 16
        angles[f"{side}_leg.hip_abduction"] = 5
        angles[f"{side}_leg.ankle_dorsiflexion"] = 0
    return posed(turns_of(angles), (0.0, 0.0, 0.0))
