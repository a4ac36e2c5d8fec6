"""When a run ends, and what noise it bears: the numbers that every kernel reads."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.optimizers import Optimizer, abi
from core.optimizers.schedules import Schedule
from core.optimizers.wolfe import LEAP

ROUNDING = 1e-9  # part of a step by which it may differ from what the search was allowed
REACH = 10  # half-widths of the view from its centre: beyond that, a run has left


@dataclass(frozen=True)
class Rule:
    """The stopping rule and the noise of one request.

    `batch_size` is the number of rows of a finite sum that a step sees, 0 for all of them.
    """

    tolerance: float
    view: tuple[tuple[float, float], tuple[float, float]]
    noise: float = 0.0
    seed: int = 0
    batch_size: int = 0

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """Lay the rule out as the kernels read it; shape (10,), the reason not yet written."""
        (xlo, xhi), (ylo, yhi) = self.view
        numbers = [0.0] * abi.RULE_SLOTS
        numbers[abi.TOLERANCE] = self.tolerance
        numbers[abi.CENTRE_X] = xlo / 2 + xhi / 2
        numbers[abi.CENTRE_Y] = ylo / 2 + yhi / 2
        numbers[abi.REACH_X] = REACH * (xhi / 2 - xlo / 2)
        numbers[abi.REACH_Y] = REACH * (yhi / 2 - ylo / 2)
        numbers[abi.NOISE] = self.noise
        numbers[abi.SEED] = self.seed
        numbers[abi.BATCHED] = float(self.batch_size > 0)
        return np.array(numbers)

    def is_longest(self, optimizer: Optimizer, dx: float, dy: float) -> bool:
        """Say whether a step is the longest that the line search of `wolfe` may try."""
        if "line_search" not in optimizer.needs:
            return False
        reach = self.numbers[[abi.REACH_X, abi.REACH_Y]]
        part = float(np.max(np.abs([dx, dy]) / (LEAP * reach)))
        return abs(part - 1.0) < ROUNDING

    def laid_out(self, schedule: Schedule | None, steps: int) -> NDArray[np.float64]:
        """Copy the numbers for one run; its schedule's factors follow, shape (10 + steps + 1,)."""
        if schedule is None:
            return self.numbers.copy()
        numbers = np.concatenate((self.numbers, schedule.factors(steps)))
        numbers[abi.SCHEDULED] = 1.0
        return numbers
