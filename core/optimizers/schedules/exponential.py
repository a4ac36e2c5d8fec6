"""Exponential: every step multiplies the learning rate by the same factor."""

from typing import ClassVar, Literal

from core.optimizers.schedules.base import Factors, Schedule
from core.parameter import hyperparameter


class Exponential(Schedule):
    """s_k = γᵏ."""

    name: Literal["exponential"] = "exponential"
    gamma: float = hyperparameter(0.995, 0.5, 1, r"\gamma", "factor from one step to the next")

    title: ClassVar[str] = "Exponential"
    formula: ClassVar[str] = r"\eta_k = \gamma^k\,\eta"
    reference: ClassVar[str] = "torch.optim.lr_scheduler.ExponentialLR"
    words: ClassVar[str] = "is multiplied by {gamma} at every step"

    def factor(self, k: Factors, steps: int) -> Factors:
        """γᵏ."""
        return self.gamma**k
