"""Linear warm-up: the learning rate grows evenly to its value, and then stays."""

from typing import ClassVar, Literal

import numpy as np

from core.optimizers.schedules.base import Factors, Schedule
from core.parameter import hyperparameter


class Warmup(Schedule):
    """s_k = a + (1 − a) min(k/m, 1)."""

    name: Literal["warmup"] = "warmup"
    steps: int = hyperparameter(100, 1, 1000, "m", "steps until η is reached", "integer")
    initial: float = hyperparameter(0.01, 1e-4, 1, "a", "part of η at the first step", "log")

    title: ClassVar[str] = "Linear warm-up"
    formula: ClassVar[str] = r"\eta_k = \eta\left(a + (1-a)\min(k/m,\, 1)\right)"
    reference: ClassVar[str] = (
        "Goyal et al., Accurate, large minibatch SGD: training ImageNet in 1 hour, 2017, sec. 2.2"
    )
    words: ClassVar[str] = "grows from {initial%} to its value over {steps} steps"

    def factor(self, k: Factors, steps: int) -> Factors:
        """A straight line from a to 1, then 1."""
        return self.initial + (1.0 - self.initial) * np.minimum(k / self.steps, 1.0)
