"""Step: the learning rate stays, then falls by a factor, again and again."""

from typing import ClassVar, Literal

import numpy as np

from core.optimizers.schedules.base import Factors, Schedule
from core.parameter import hyperparameter


class Step(Schedule):
    """s_k = γ^⌊k/m⌋."""

    name: Literal["step"] = "step"
    every: int = hyperparameter(100, 1, 1000, "m", "steps from one fall to the next", "integer")
    gamma: float = hyperparameter(0.5, 0.01, 1, r"\gamma", "factor at each fall", "log")

    title: ClassVar[str] = "Step"
    formula: ClassVar[str] = r"\eta_k = \gamma^{\lfloor k/m \rfloor}\,\eta"
    reference: ClassVar[str] = "torch.optim.lr_scheduler.StepLR"
    words: ClassVar[str] = "is multiplied by {gamma} every {every} steps"

    def factor(self, k: Factors, steps: int) -> Factors:
        """γ^⌊k/m⌋."""
        return self.gamma ** np.floor(k / self.every)
