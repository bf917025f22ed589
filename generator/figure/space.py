"""Vectors, turns and cameras. Lengths are centimetres, angles degrees.

A body stands facing +x, its head towards +y; its right side is towards +z, where the viewer
of a side view stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import acos, cos, degrees, hypot, radians, sin, sqrt
from typing import Final

Vec = tuple[float, float, float]
Quat = tuple[float, float, float, float]
Flat = tuple[float, float]

X: Final[Vec] = (1.0, 0.0, 0.0)
Y: Final[Vec] = (0.0, 1.0, 0.0)
Z: Final[Vec] = (0.0, 0.0, 1.0)
STILL: Final[Quat] = (1.0, 0.0, 0.0, 0.0)


def add(a: Vec, b: Vec) -> Vec:
    """a + b."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    """a - b."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vec, by: float) -> Vec:
    """a times a number."""
    return (a[0] * by, a[1] * by, a[2] * by)


def dot(a: Vec, b: Vec) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """The vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vec) -> float:
    """How long a vector is."""
    return sqrt(dot(a, a))


def unit(a: Vec, otherwise: Vec = X) -> Vec:
    """The direction of a vector; `otherwise` where it has none."""
    size = length(a)
    return scale(a, 1 / size) if size > 1e-9 else otherwise


def mix(a: Vec, b: Vec, t: float) -> Vec:
    """The point at `t` on the way from a to b."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def between(a: Vec, b: Vec) -> float:
    """The angle between two directions."""
    return degrees(acos(max(-1.0, min(1.0, dot(unit(a), unit(b))))))


def about(axis: Vec, angle: float) -> Quat:
    """The turn about an axis, counter-clockwise when the axis points at you."""
    half = radians(angle) / 2
    s = sin(half)
    return (cos(half), axis[0] * s, axis[1] * s, axis[2] * s)


def then(*turns: Quat) -> Quat:
    """One turn within the other: the first is the outermost."""
    w, x, y, z = turns[0]
    for b, c, d, e in turns[1:]:
        w, x, y, z = (
            w * b - x * c - y * d - z * e,
            w * c + x * b + y * e - z * d,
            w * d - x * e + y * b + z * c,
            w * e + x * d - y * c + z * b,
        )
    return (w, x, y, z)


def back(turn: Quat) -> Quat:
    """The turn undone."""
    return (turn[0], -turn[1], -turn[2], -turn[3])


def turned(v: Vec, turn: Quat) -> Vec:
    """A vector after a turn."""
    w, x, y, z = turn
    a, b, c = v
    p, q, r = 2 * (y * c - z * b), 2 * (z * a - x * c), 2 * (x * b - y * a)
    return (
        a + w * p + y * r - z * q,
        b + w * q + z * p - x * r,
        c + w * r + x * q - y * p,
    )


def halfway(a: Quat, b: Quat, t: float) -> Quat:
    """The turn at `t` on the shortest way from a to b, from 0 to 1."""
    if a == b:
        return a
    cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]
    if cosine < 0:
        b, cosine = (-b[0], -b[1], -b[2], -b[3]), -cosine
    if cosine > 0.9995:
        u, v = 1 - t, t
    else:
        angle = acos(cosine)
        u, v = sin((1 - t) * angle) / sin(angle), sin(t * angle) / sin(angle)
    w, x, y, z = u * a[0] + v * b[0], u * a[1] + v * b[1], u * a[2] + v * b[2], u * a[3] + v * b[3]
    size = sqrt(w * w + x * x + y * y + z * z)
    return (w / size, x / size, y / size, z / size)


def frame(x: Vec, y: Vec, z: Vec) -> Quat:
    """The turn that brings the three axes to x, y and z."""
    trace = x[0] + y[1] + z[2]
    if trace > 0:
        s = 2 * sqrt(trace + 1)
        return (s / 4, (y[2] - z[1]) / s, (z[0] - x[2]) / s, (x[1] - y[0]) / s)
    if x[0] >= y[1] and x[0] >= z[2]:
        s = 2 * sqrt(max(1e-12, 1 + x[0] - y[1] - z[2]))
        return ((y[2] - z[1]) / s, s / 4, (y[0] + x[1]) / s, (z[0] + x[2]) / s)
    if y[1] >= z[2]:
        s = 2 * sqrt(max(1e-12, 1 + y[1] - x[0] - z[2]))
        return ((z[0] - x[2]) / s, (y[0] + x[1]) / s, s / 4, (z[1] + y[2]) / s)
    s = 2 * sqrt(max(1e-12, 1 + z[2] - x[0] - y[1]))
    return ((x[1] - y[0]) / s, (z[0] + x[2]) / s, (z[1] + y[2]) / s, s / 4)


@dataclass(frozen=True)
class Camera:
    """Where the viewer stands: `yaw` from the body's right towards its front, `pitch` upwards."""

    yaw: float
    pitch: float = 0.0

    @cached_property
    def axes(self) -> tuple[Vec, Vec, Vec]:
        """The directions of the picture's right, its top, and towards the viewer."""
        yaw, pitch = radians(self.yaw), radians(self.pitch)
        right = (cos(yaw), 0.0, -sin(yaw))
        near = (sin(yaw) * cos(pitch), sin(pitch), cos(yaw) * cos(pitch))
        return right, cross(near, right), near

    def flat(self, point: Vec) -> Flat:
        """The point in the picture, y downwards as in SVG."""
        right, up, _ = self.axes
        return dot(point, right), -dot(point, up)

    def depth(self, point: Vec) -> float:
        """How near the point is to the viewer."""
        return dot(point, self.axes[2])

    def facing(self, direction: Vec) -> float:
        """1 when a direction points at the viewer, -1 when it points away."""
        return dot(unit(direction), self.axes[2])


def distance(a: Flat, b: Flat) -> float:
    """How far two points of the picture are apart."""
    return hypot(a[0] - b[0], a[1] - b[1])
