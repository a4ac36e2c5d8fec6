"""Cosine: the learning rate falls along half a wave, slowly at both ends, and then stays."""

from typing import ClassVar, Literal

import numpy as np

from core.optimizers.schedules.base import Factors, Schedule
from core.parameter import hyperparameter


class Cosine(Schedule):
    """s_k = c + (1 − c)(1 + cos(π min(k/(h n), 1)))/2 in a run of n steps."""

    name: Literal["cosine"] = "cosine"
    horizon: float = hyperparameter(1, 0.05, 1, "h", "share of the steps over which it falls")
    final: float = hyperparameter(0.01, 1e-6, 1, "c", "part of η that is left in the end", "log")

    title: ClassVar[str] = "Cosine"
    formula: ClassVar[str] = (
        r"\eta_k = \eta\left(c + \frac{1-c}{2}(1 + \cos \pi\tau_k)\right), \quad "
        r"\tau_k = \min\left(\frac{k}{h\,n},\, 1\right) \text{ of } n \text{ steps}"
    )
    reference: ClassVar[str] = (
        "Loshchilov & Hutter, SGDR: stochastic gradient descent with warm restarts, ICLR 2017"
    )
    words: ClassVar[str] = "falls along half a cosine to {final%}, over {horizon%} of the steps"

    def factor(self, k: Factors, steps: int) -> Factors:
        """Half a wave from 1 to c, then c."""
        share = np.minimum(k / (self.horizon * steps), 1.0)
        return self.final + (1.0 - self.final) * (1.0 + np.cos(np.pi * share)) / 2.0
