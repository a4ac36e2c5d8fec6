"""What can be read off a path beside f and its gradient, in float64, where late iterates differ."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Measure = Literal["step_length", "distance", "angle"]
Floats = NDArray[np.float64]


def measured(kind: Measure, path: Floats, minima: Sequence[tuple[float, float]]) -> Floats:
    """Measure a path (n + 1, 2) at every iterate, (n + 1,); NaN where there is nothing to measure.

    `step_length` is that of the step which follows, `distance` to the nearest of the minima,
    `angle` that between the step before and the step after, in degrees.
    """
    found = np.full(len(path), np.nan)
    steps = np.diff(path, axis=0)
    match kind:
        case "step_length":
            found[:-1] = np.hypot(steps[:, 0], steps[:, 1])
        case "distance":
            if minima:
                away = path[:, None, :] - np.array(minima)[None, :, :]  # (n + 1, minima, 2)
                found = np.hypot(away[..., 0], away[..., 1]).min(axis=1)
        case "angle":
            a, b = steps[:-1], steps[1:]
            # arctan2, not arccos: exact for steps that are nearly parallel.
            cross, dot = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0], np.einsum("ij,ij->i", a, b)
            moved = (cross != 0) | (dot != 0)
            found[1:-1] = np.where(moved, np.degrees(np.arctan2(np.abs(cross), dot)), np.nan)
    return found
