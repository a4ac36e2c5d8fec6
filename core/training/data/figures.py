"""The ten figures of the `shapes` data set, each as a signed distance in its own coordinates.

A figure takes (u, v), coordinates in units of the figure's radius with the pose already undone, and
returns a number that is negative inside and positive outside: near the edge it is about the
distance to it, so that half a pixel of it makes a smooth edge. Distances after Inigo Quilez, "2D
distance functions", https://iquilezles.org/articles/distfunctions2d/.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.floating[Any]]  # (n, side, side), float32
Figure = Callable[[Plane, Plane], Plane]

_STRIPE = np.float32(6.5)  # radians per radius: about two dark and two bright bands over a figure


def _both(a: Plane, b: Plane) -> Plane:
    """Give the distance to what lies inside both."""
    inside: Plane = np.maximum(a, b)
    return inside


def disc(u: Plane, v: Plane) -> Plane:
    """Everything within one radius."""
    return np.hypot(u, v) - np.float32(1)


def ring(u: Plane, v: Plane) -> Plane:
    """A disc with a hole of half its radius."""
    return np.abs(np.hypot(u, v) - np.float32(0.75)) - np.float32(0.25)


def square(u: Plane, v: Plane) -> Plane:
    """Four equal sides."""
    return _both(np.abs(u), np.abs(v)) - np.float32(0.85)


def triangle(u: Plane, v: Plane) -> Plane:
    """Three equal sides, centred on the centroid."""
    slope = np.abs(u) * np.float32(0.8660254) + v * np.float32(0.5)
    return _both(slope, -v) - np.float32(0.55)


def cross(u: Plane, v: Plane) -> Plane:
    """Two bars at a right angle."""
    a, b = np.abs(u), np.abs(v)
    thin: Plane = np.minimum(a, b)
    return _both(_both(a, b) - np.float32(1), thin - np.float32(0.32))


def star(u: Plane, v: Plane) -> Plane:
    """Five rounded rays."""
    rays = np.cos(np.float32(5) * np.arctan2(v, u))
    return np.hypot(u, v) - np.float32(0.72) - np.float32(0.34) * rays


def crescent(u: Plane, v: Plane) -> Plane:
    """A disc without a second disc beside its centre."""
    return _both(
        np.hypot(u, v) - np.float32(1), np.float32(0.8) - np.hypot(u - np.float32(0.55), v)
    )


def stripes(u: Plane, v: Plane) -> Plane:
    """A disc cut into parallel bands."""
    return _both(disc(u, v), np.cos(_STRIPE * u) / _STRIPE)


def checks(u: Plane, v: Plane) -> Plane:
    """A disc cut into squares that alternate."""
    return _both(disc(u, v), np.sin(_STRIPE * u) * np.sin(_STRIPE * v) / _STRIPE)


def dots(u: Plane, v: Plane) -> Plane:
    """A disc that is left only in spots on a square lattice."""
    lattice = np.float32(0.5) - np.cos(_STRIPE * u) - np.cos(_STRIPE * v)
    return _both(disc(u, v), lattice / _STRIPE)


FIGURES: tuple[Figure, ...] = (
    disc,
    ring,
    square,
    triangle,
    cross,
    star,
    crescent,
    stripes,
    checks,
    dots,
)
