"""Numbers that claims are made of, read off a trajectory."""

from math import inf

import numpy as np
from numpy.typing import NDArray

from core.descent import Descent, Trajectory
from core.scenes.scene import Fact

Floats = NDArray[np.float64]


def distances(trajectory: Trajectory, point: tuple[float, float]) -> Floats:
    """Distance of every iterate to a point; shape (n + 1,)."""
    return np.asarray(np.hypot(*(trajectory.path - np.asarray(point)).T))


def step_lengths(trajectory: Trajectory) -> Floats:
    """Length of every step; shape (n,)."""
    return np.asarray(np.hypot(*np.diff(trajectory.path, axis=0).T))


def along(trajectory: Trajectory, angle: float) -> Floats:
    """Coordinate of every iterate along the direction at this angle; shape (n + 1,)."""
    return np.asarray(trajectory.path @ np.array([np.cos(angle), np.sin(angle)]))


def turns(values: Floats) -> int:
    """How often a sequence changes its sign."""
    signs = np.sign(values[values != 0])
    return int(np.count_nonzero(signs[1:] != signs[:-1]))


def worst_cosine(trajectory: Trajectory) -> float:
    """Largest |cosine| between consecutive steps; 0 where all are at right angles."""
    d = np.diff(trajectory.path, axis=0)
    lengths = np.hypot(*d.T)
    return float(np.max(np.abs((d[1:] * d[:-1]).sum(axis=1)) / (lengths[1:] * lengths[:-1])))


def arrived(trajectory: Trajectory, most: int | None = None, least: int = 0) -> Fact:
    """State that a run converges, and after how many steps."""
    title, (reason, step) = (
        trajectory.optimizer.title,
        (trajectory.ending.reason, trajectory.ending.step),
    )
    value = float(step) if reason == "converged" else inf
    return Fact(f"steps until {title} converges", value, least, inf if most is None else most)


def on_its_way(trajectory: Trajectory, point: tuple[float, float], least: float) -> Fact:
    """State that a run never comes nearer to a point than `least`."""
    near = float(distances(trajectory, point).min())
    return Fact(f"least distance of {trajectory.optimizer.title} to {point}", near, least)


def ends_near(trajectory: Trajectory, point: tuple[float, float], within: float) -> Fact:
    """State that a run ends within a distance of a point."""
    last = float(distances(trajectory, point)[-1])
    return Fact(f"distance of {trajectory.optimizer.title}'s end to {point}", last, 0, within)


def minimum_reached(descent: Descent, trajectory: Trajectory, within: float = 0.05) -> int:
    """Index of the minimum in which a run ends; -1 for none."""
    last = trajectory.path[-1]
    away = [float(np.hypot(*(last - np.asarray(each)))) for each in descent.surface.minima]
    nearest = int(np.argmin(away))
    return nearest if away[nearest] < within else -1
