"""Constant: the learning rate stays as it is; the same as no schedule."""

from typing import ClassVar, Literal

import numpy as np

from core.optimizers.schedules.base import Factors, Schedule


class Constant(Schedule):
    """s_k = 1."""

    name: Literal["constant"] = "constant"

    title: ClassVar[str] = "Constant"
    formula: ClassVar[str] = r"\eta_k = \eta"
    reference: ClassVar[str] = "torch.optim.lr_scheduler.ConstantLR with factor 1"
    words: ClassVar[str] = "stays as it is"

    def factor(self, k: Factors, steps: int) -> Factors:
        """1 throughout."""
        return np.ones_like(k)
