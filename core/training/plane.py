"""A plane through the space of weights: the one in which the paths of a race move most.

Its axes are the first two principal components of all waypoints (Li et al. 2018, "Visualizing the
Loss Landscape of Neural Nets", section 7), of unit length, so that distances in the plane are
distances in the weights.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

MARGIN = 0.2  # of the paths' extent, on each side


@dataclass(frozen=True, slots=True)
class Plane:
    """`middle` and `axes` in weights: (n,) and (2, n); `shares` of the variance that each shows."""

    middle: Tensor
    axes: Tensor
    shares: tuple[float, float]

    def place(self, weights: Tensor) -> Tensor:
        """Give the feet (k, 2) of points (k, n) on the plane."""
        return (weights - self.middle) @ self.axes.T

    def weights(self, u: float, v: float) -> Tensor:
        """Give the weights (n,) at a point of the plane."""
        return self.middle + u * self.axes[0] + v * self.axes[1]


def principal(points: Tensor) -> Plane:
    """Fit the plane to points (k, n), k of 3 or more that do not lie on one line.

    Works with the k × k matrix of their products: n is some 10⁵. Signs are fixed: the greatest
    entry of an axis is positive. Raises ValueError where the points span no plane.
    """
    middle = points.mean(0)
    rows = (points - middle).double()
    values, vectors = torch.linalg.eigh(rows @ rows.T)  # rising
    total = float(values.clamp_min(0).sum())
    if len(points) < 3 or not total > 0 or float(values[-2]) <= 1e-12 * total:
        raise ValueError("the paths span no plane")
    found = []
    for at in (-1, -2):
        axis = vectors[:, at] @ rows
        axis = axis / axis.norm()
        found.append(axis if axis[axis.abs().argmax()] > 0 else -axis)
    shares = (float(values[-1]) / total, float(values[-2]) / total)
    return Plane(middle, torch.stack(found).to(points.dtype), shares)


def window(feet: Tensor) -> tuple[tuple[float, float], tuple[float, float]]:
    """Give a square view ((u low, u high), (v low, v high)) around feet (k, 2), with a margin."""
    low, high = feet.amin(0), feet.amax(0)
    half = float((high - low).max()) * (0.5 + MARGIN)
    (u, v) = ((low + high) / 2).tolist()
    return (u - half, u + half), (v - half, v + half)
