"""Inverse time: the learning rate falls as one over the steps, fast first, then slowly."""

from typing import ClassVar, Literal

from core.optimizers.schedules.base import Factors, Schedule
from core.parameter import hyperparameter


class InverseTime(Schedule):
    """s_k = 1/(1 + d k)."""

    name: Literal["inverse_time"] = "inverse_time"
    decay: float = hyperparameter(0.01, 1e-5, 1, "d", "share of η that a first step takes", "log")

    title: ClassVar[str] = "Inverse time"
    formula: ClassVar[str] = r"\eta_k = \frac{\eta}{1 + d\,k}"
    reference: ClassVar[str] = "Robbins & Monro, A stochastic approximation method, 1951"
    words: ClassVar[str] = "is divided by 1 + {decay} k at step k"

    def factor(self, k: Factors, steps: int) -> Factors:
        """1/(1 + d k)."""
        return 1.0 / (1.0 + self.decay * k)
