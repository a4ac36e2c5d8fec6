"""What a descent gives back."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.descent.inspection import Inspection
from core.optimizers import Optimizer, Stability

Reason = Literal["converged", "diverged", "left_view", "stalled", "step_budget"]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended: the reason, the step of its last row, and a sentence with figures."""

    reason: Reason
    step: int
    message: str


@dataclass(frozen=True, slots=True, eq=False)
class Trajectory:
    """One optimizer's way: rows (n + 1, 7) of x, y, f, |∇f| and the evaluations it has spent.

    `rates` is the learning rate with which each row's next step is taken, shape (n + 1,); None
    where no schedule changes it.
    """

    optimizer: Optimizer
    rows: NDArray[np.float64]
    ending: Ending
    stability: Stability | None
    rates: NDArray[np.float64] | None = None
    inspection: Inspection | None = None  # where the request asked for it
    measure: NDArray[np.float64] | None = None  # (n + 1,), likewise

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
