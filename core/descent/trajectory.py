"""What a descent gives back."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.descent.inspection import Inspection
from core.descent.stopping import Stop
from core.optimizers import Optimizer, Stability

Reason = Literal["converged", "diverged", "left_view", "stalled", "step_budget"]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended: the reason, the step of its last row, and a sentence with figures."""

    reason: Reason
    step: int
    message: str


@dataclass(frozen=True, slots=True)
class Quadratic:
    """What theory says of a method on a quadratic of two curvatures, ascending.

    `contractions` are the factors of the error per step in the long run, one along each of the
    Hessian's eigenvectors. `optimum` are the hyperparameters with which the slower direction is as
    quick as can be, `best` its factor then; both None where no minimum is or no optimum is known.
    """

    curvatures: tuple[float, float]
    contractions: tuple[float, float]
    optimum: dict[str, float] | None
    best: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Ensemble:
    """Runs of one optimizer that differ by their seed alone, and their quantiles.

    `runs` holds each seed's rows, (n + 1, 7) as a trajectory's, and `endings` how it ended.
    `low`, `median` and `high` are the quantiles 10, 50 and 90 % over the runs, taken step by step
    and column by column, (longest n + 1, 7): no run need pass where the median passes. A run that
    has ended holds its last row meanwhile, or its last one of finite numbers. `measure` is that of
    the request likewise, its columns low, median and high: (longest n + 1, 3).
    """

    seeds: range
    runs: tuple[NDArray[np.float64], ...]
    endings: tuple[Ending, ...]
    low: NDArray[np.float64]
    median: NDArray[np.float64]
    high: NDArray[np.float64]
    measure: NDArray[np.float64] | None = None

    def tally(self) -> list[tuple[str, int, float]]:
        """Count the endings: reason, runs, median of their steps; the most frequent first."""
        counts = Counter(each.reason for each in self.endings).most_common()
        steps = {
            reason: [each.step for each in self.endings if each.reason == reason]
            for reason, _ in counts
        }
        return [(reason, count, float(np.median(steps[reason]))) for reason, count in counts]


@dataclass(frozen=True, slots=True, eq=False)
class Trajectory:
    """One optimizer's way: rows (n + 1, 7) of x, y, f, |∇f| and the evaluations it has spent.

    `rates` is the learning rate with which each row's next step is taken, shape (n + 1,); None
    where no schedule changes it. `stability` is the limit at the start, `at_minimum` that at the
    declared minimum nearest to the end, or at the end itself where none is declared and it has
    converged. `quadratic` is None where the surface is none, or noise, minibatches or a schedule
    leave no constant rate.
    """

    optimizer: Optimizer
    rows: NDArray[np.float64]
    ending: Ending
    stability: Stability | None
    rates: NDArray[np.float64] | None = None
    at_minimum: Stability | None = None
    quadratic: Quadratic | None = None
    inspection: Inspection | None = None  # where the request asked for it
    measure: NDArray[np.float64] | None = None  # (n + 1,), likewise
    stops: dict[str, Stop | None] | None = None  # likewise; a step may lie beyond the ending
    ensemble: Ensemble | None = None  # where the request has more than one seed

    @property
    def path(self) -> NDArray[np.float64]:
        """The iterates; shape (n + 1, 2)."""
        return self.rows[:, :2]

    @property
    def values(self) -> NDArray[np.float64]:
        """f at the iterates; shape (n + 1,)."""
        return self.rows[:, 2]

    @property
    def gradient_norms(self) -> NDArray[np.float64]:
        """|∇f| at the iterates, without noise; shape (n + 1,)."""
        return self.rows[:, 3]

    @property
    def evaluations(self) -> NDArray[np.int64]:
        """Values, gradients and Hessians that the method has spent so far; shape (n + 1, 3)."""
        return self.rows[:, 4:].astype(np.int64)


@dataclass(frozen=True, slots=True)
class SurfaceFacts:
    """What is known of the surface at these parameters.

    `minima_values` is f at each of the minima, `minimum` the lowest of these, None where no minimum
    is declared. Of a function of x alone (`variables` is 1) all points have y = 0.
    """

    parameters: dict[str, float]
    minima: list[tuple[float, float]]
    minima_values: list[float]
    saddles: list[tuple[float, float]]
    minimum: float | None
    variables: int = 2


@dataclass(frozen=True, slots=True)
class StartFacts:
    """The surface at the start: f, ∇f, and the Hessian's eigenvalues in ascending order."""

    value: float
    gradient: tuple[float, float]
    eigenvalues: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """All trajectories of one request, in its order; `grid` has shape (rows, columns)."""

    surface: SurfaceFacts
    start: StartFacts
    trajectories: tuple[Trajectory, ...]
    grid: NDArray[np.float64] | None
    seconds: float
