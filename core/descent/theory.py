"""What theory says of a run: the limit of stability where it ends, its rates on a quadratic."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import hypot, isfinite

from core.descent.endings import eigenvalues
from core.descent.native import Ground
from core.descent.trajectory import Quadratic, Trajectory
from core.optimizers import Optimizer, Stability

Point = tuple[float, float]


@dataclass(frozen=True)
class Theory:
    """A surface as theory sees it: its declared minima, and what curvature it has there.

    `curvatures` are the eigenvalues of its Hessian where that is constant and every step sees it
    without noise; None else.
    """

    ground: Ground
    minima: Sequence[Point]
    curvatures: tuple[float, float] | None
    steepest: dict[Point, float] = field(default_factory=dict)  # largest eigenvalues found so far

    def judge(self, trajectory: Trajectory) -> Trajectory:
        """Add to a trajectory what is known of its method here."""
        optimizer = trajectory.optimizer
        steady = self.curvatures if optimizer.schedule is None else None
        quadratic = None if steady is None else rates(optimizer, steady)
        at_minimum = self._at_minimum(trajectory)
        if quadratic is None and at_minimum is None:
            return trajectory
        return replace(trajectory, quadratic=quadratic, at_minimum=at_minimum)

    def _at_minimum(self, trajectory: Trajectory) -> Stability | None:
        optimizer = trajectory.optimizer
        if optimizer.stability_limit(1.0) is None:
            return None
        x, y = trajectory.path[-1].tolist()
        if not (isfinite(x) and isfinite(y)):
            return None
        if self.minima:
            place = min(self.minima, key=lambda at: hypot(at[0] - x, at[1] - y))
        elif trajectory.ending.reason == "converged":
            place = (x, y)
        else:
            return None
        if place not in self.steepest:  # of the few minima where runs end, once each
            self.steepest[place] = eigenvalues(self.ground.evaluate(*place))[1]
        steepest = self.steepest[place]
        limit = optimizer.stability_limit(steepest) if isfinite(steepest) else None
        return limit and limit.of(self.ground.variables)


def rates(optimizer: Optimizer, curvatures: tuple[float, float]) -> Quadratic | None:
    """Ask an optimizer of constant learning rate; None where it knows no closed form."""
    low, high = curvatures
    slow, fast = optimizer.contraction(low), optimizer.contraction(high)
    if slow is None or fast is None:
        return None
    optimum = optimizer.optimum(low, high) if low > 0 else None
    best = None
    if optimum is not None:
        tuned = optimizer.model_copy(update=optimum)  # as theory has it, whatever a slider's range
        best = max(tuned.contraction(low) or 0.0, tuned.contraction(high) or 0.0)
    return Quadratic(curvatures, (slow, fast), optimum, best)
