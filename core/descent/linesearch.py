"""The line search of one step: φ along the direction taken, and the trials that the kernel made.

φ(s) = f(θ + s u) + s nᵀu, with u the unit vector of the step's direction, n the noise of that step
and s the distance from θ; where a step sees a minibatch, f is that minibatch's. The conditions of
Armijo and Wolfe (Nocedal & Wright 2006, section 3.1) do not change when α is measured as
s = α |d|, so no method has to tell how long its d is.
"""

from dataclasses import dataclass
from math import hypot, isfinite

import numpy as np
from numpy.typing import NDArray

from core.descent.landscape import landscape
from core.descent.native import Ground
from core.descent.request import Request
from core.descent.rule import Rule
from core.descent.run import checked
from core.optimizers.noise import noise
from core.optimizers.wolfe import C1, C2
from core.refusal import Refusal

POINTS = 257  # of the grid, both ends included
BEYOND = 1.25  # of the farthest thing marked: so much of φ is shown
FAR = 4.0  # of the farthest trial: so far a minimum is looked for
OUTLYING = 4.0  # of step and minimum: trials farther out would leave nothing of these to be seen
HALVINGS = 80  # of a grid cell: more than float64 can tell apart


@dataclass(frozen=True, slots=True)
class Trial:
    """A point where the search asked for f: its distance, φ and φ' there, and what became of it."""

    distance: float
    phi: float
    slope: float
    accepted: bool


@dataclass(frozen=True, slots=True, eq=False)
class LineSearch:
    """φ and φ' on `distances`, shape (POINTS,); which of them satisfy each condition.

    `armijo`, `weak` and `strong` are sufficient decrease, the slope condition φ' ≥ c₂ φ'(0) and
    |φ'| ≤ c₂ |φ'(0)|; `minimiser` is the first local minimum in reach, None if there is none.
    `trials` is empty for a method that does not search; some may lie beyond `distances`. `longest`
    says that the search ended at the longest step that it may try; `batch_size` is 0 for whole
    sums.
    """

    direction: tuple[float, float]
    c1: float
    c2: float
    step: float
    distances: NDArray[np.float64]
    phi: NDArray[np.float64]
    slopes: NDArray[np.float64]
    trials: tuple[Trial, ...]
    minimiser: float | None
    longest: bool
    batch_size: int

    @property
    def armijo(self) -> NDArray[np.bool_]:
        """Where φ lies on or below the line φ(0) + c₁ s φ'(0)."""
        held: NDArray[np.bool_] = (
            self.phi <= self.phi[0] + self.c1 * self.distances * self.slopes[0]
        )
        return held

    @property
    def weak(self) -> NDArray[np.bool_]:
        """Where φ falls no more steeply than c₂ times as at the start."""
        held: NDArray[np.bool_] = self.slopes >= self.c2 * self.slopes[0]
        return held

    @property
    def strong(self) -> NDArray[np.bool_]:
        """Where φ is so flat, upwards too."""
        held: NDArray[np.bool_] = np.abs(self.slopes) <= self.c2 * abs(self.slopes[0])
        return held


class Ray:
    """φ and φ' at any distance from θ along u, on the surface as this step's noise tilts it."""

    def __init__(
        self,
        ground: Ground,
        step: int,
        origin: tuple[float, float],
        unit: tuple[float, float],
        tilt: float,
    ) -> None:
        """Hold the ray; `tilt` = nᵀu, and `step` tells the minibatch, where there is one."""
        self._ground, self._step = ground, step
        self._origin, self._unit, self._tilt = origin, unit, tilt

    def __call__(self, distance: float) -> tuple[float, float]:
        """Evaluate φ and φ' at one distance."""
        (x, y), (ux, uy) = self._origin, self._unit
        f, gx, gy, *_ = self._ground.evaluate(x + distance * ux, y + distance * uy, self._step)
        return f + distance * self._tilt, gx * ux + gy * uy + self._tilt

    def along(self, distances: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        """Evaluate φ and φ' at many distances, each of shape (n,)."""
        phi, slopes = np.array([self(distance) for distance in distances.tolist()]).T
        return phi, slopes


def line_search_at(request: Request, step: int) -> LineSearch:
    """Look at the step that the inspected optimizer takes from its row `step`; raises Refusal."""
    optimizer = request.optimizers[request.inspect or 0]
    surface = landscape(request.surface)
    size = checked(request.batch_size, surface.title, surface.rows)
    rule = Rule(request.tolerance, request.view or surface.view, request.noise, request.seed, size)
    ground = surface.ground.in_batches(size, request.seed)
    if not 0 <= step < request.steps:
        raise Refusal(
            f"Expected a step from 0 to {request.steps - 1:,}, got {step:,}. Name one of those.",
            field="step",
        )
    rows, points = ground.overhear(optimizer, request.start, request.steps, rule, step)
    if len(rows) < step + 2 or not np.isfinite(rows[step + 1, :2]).all():
        raise Refusal(
            f"Expected a step that is taken, got {step:,}: the run ends at step {len(rows) - 1:,}. "
            f"Choose an earlier one.",
            field="step",
        )
    here, there = rows[step, :2].tolist(), rows[step + 1, :2].tolist()
    dx, dy = there[0] - here[0], there[1] - here[1]
    length = hypot(dx, dy)
    if length == 0.0:
        raise Refusal(
            "Expected a step of some length, got one that stays where it is. Choose another.",
            field="step",
        )
    nx, ny = noise(rule.numbers, step)
    unit = (dx / length, dy / length)
    ray = Ray(ground, step, (here[0], here[1]), unit, nx * unit[0] + ny * unit[1])
    trials = []
    for x, y in points if "line_search" in optimizer.needs else ():
        distance = hypot(x - here[0], y - here[1])
        if distance == 0.0:  # θ itself, which is no trial
            continue
        trials.append(Trial(distance, *ray(distance), accepted=[x, y] == there))
    reach = max([length, *(each.distance for each in trials if isfinite(each.distance))])
    minimiser = _first_minimum(ray, BEYOND * reach)
    if minimiser is None:
        minimiser = _first_minimum(ray, FAR * reach)
    shown = max(length, minimiser or 0.0)
    distances = np.linspace(0.0, BEYOND * max(shown, min(reach, OUTLYING * shown)), POINTS)
    phi, slopes = ray.along(distances)
    values = optimizer.hyperparameters()
    return LineSearch(
        unit,
        float(values.get("c1", C1)),
        float(values.get("c2", C2)),
        length,
        distances,
        phi,
        slopes,
        tuple(trials),
        minimiser,
        rule.is_longest(optimizer, dx, dy),
        size,
    )


def _first_minimum(ray: Ray, reach: float) -> float | None:
    """Bisect φ' within the first cell of a grid up to `reach` where it turns to rising."""
    distances = np.linspace(0.0, reach, POINTS)
    _, slopes = ray.along(distances)
    turns = np.flatnonzero((slopes[:-1] < 0.0) & (slopes[1:] >= 0.0))
    if not len(turns):
        return None
    low, high = distances[turns[0]].item(), distances[turns[0] + 1].item()
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if ray(middle)[1] < 0.0:
            low = middle
        else:
            high = middle
    return float(high)
