"""What a learning-rate schedule says about itself; a file per schedule holds its factor."""

from abc import ABC, abstractmethod
from functools import cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from core.parameter import Parameter, declared

Factors = NDArray[np.float64]
SMALLEST = float(np.finfo(np.float64).tiny)


class Schedule(BaseModel, ABC):
    """One schedule: at step k the learning rate is η_k = s_k η, with s_k in (0, 1].

    `words` says what becomes of η ("stays as it is"), with {name} for a hyperparameter's value and
    {name%} for the value in per cent.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str

    title: ClassVar[str]
    formula: ClassVar[str]
    reference: ClassVar[str]
    words: ClassVar[str]

    @classmethod
    @cache
    def parameters(cls) -> tuple[Parameter, ...]:
        """List the hyperparameters in declared order."""
        return declared(cls.model_fields)

    def factors(self, steps: int) -> Factors:
        """Give s_0 .. s_n for a run of n = `steps` steps; shape (steps + 1,), s_n only to draw.

        A factor that underflows stays at the smallest normal number, so that all are positive.
        """
        k = np.arange(steps + 1, dtype=np.float64)
        return np.maximum(self.factor(k, steps), SMALLEST)

    @abstractmethod
    def factor(self, k: Factors, steps: int) -> Factors:
        """Give s at the steps k of a run of so many steps; same shape as k."""
