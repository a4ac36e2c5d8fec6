"""The surface along one trajectory: what explains each of its steps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.descent.native import Floats, Ground
from core.optimizers import Optimizer, Stability

COLUMNS = ("gx", "gy", "hxx", "hxy", "hyy")


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """Gradient and Hessian at every iterate, without noise, and the step taken from there.

    `rows` has shape (n + 1, 5), its columns are COLUMNS; `steps` has shape (n + 1, 2), its last row
    is NaN, since nothing follows. `fresh`, of the same shape, is the part of a step that its own
    gradient brings, the rest being memory; NaN where a step is no sum of the two, or is disturbed
    by what is not recorded (noise, minibatches). `stability` is the limit where λmax = 1: where
    there is one, it is inversely proportional to λmax, so that limit / λmax holds at any iterate.
    """

    rows: NDArray[np.float64]
    steps: NDArray[np.float64]
    fresh: NDArray[np.float64]
    stability: Stability | None

    @property
    def gradients(self) -> NDArray[np.float64]:
        """∇f at the iterates; shape (n + 1, 2)."""
        return self.rows[:, :2]

    @property
    def hessians(self) -> NDArray[np.float64]:
        """The Hessian at the iterates; shape (n + 1, 2, 2)."""
        return self.rows[:, [2, 3, 3, 4]].reshape(-1, 2, 2)


def inspect(
    ground: Ground, optimizer: Optimizer, rows: Floats, rates: Floats | None, disturbed: bool
) -> Inspection:
    """Look at the surface at every iterate; `rows` (n + 1, 7) are those of a trajectory.

    `rates` (n + 1,) are its learning rates where a schedule changes them; `disturbed` says that its
    gradients are not those of the surface.
    """
    seen = ground.derivatives(rows)
    steps, fresh = np.full((2, len(rows), 2), np.nan)
    with np.errstate(all="ignore"):  # a diverged run ends beyond all numbers
        np.subtract(rows[1:, :2], rows[:-1, :2], out=steps[:-1])
        if not disturbed and len(rows) > 1:
            if rates is None:
                rates = np.full(len(rows), optimizer.hyperparameters().get("lr", np.nan))
            part = optimizer.fresh(seen[:-1, :2], steps[:-1], rates[:-1])
            if part is not None:
                fresh[:-1] = part
    return Inspection(seen, steps, fresh, optimizer.stability_limit(1.0))
