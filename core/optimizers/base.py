"""What an optimizer says about itself: the declaration behind sliders, schema, kernel and tests."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from core.optimizers.abi import Kernel
from core.parameter import Parameter, declared

Family = Literal[
    "gradient", "sign", "scaled", "adam", "line_search", "conjugate", "newton", "diagonal"
]
Need = Literal["value", "gradient", "hessian", "line_search"]


@dataclass(frozen=True, slots=True)
class Stability:
    """The learning rate at which steps on a quadratic of this curvature stop shrinking."""

    limit: float
    label: str


@dataclass(frozen=True, slots=True)
class TorchTwin:
    """The torch optimizer of the same rule: its dotted name and its keyword arguments."""

    path: str
    arguments: dict[str, Any] = field(default_factory=dict)


class Optimizer(BaseModel):
    """One optimizer with its hyperparameters; a subclass per file holds rule and kernel.

    `needs` says what a step is made of ("value" where values of f are compared to judge it).
    `primary` names the hyperparameter on the optimizer's row. `training` holds the values that are
    good defaults on a small convolutional network (None: no twin there), `training_cost` is the
    cost of one minibatch in units of one of plain SGD.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str

    title: ClassVar[str]
    short: ClassVar[str]
    family: ClassVar[Family]
    formula: ClassVar[str]
    reference: ClassVar[str]
    needs: ClassVar[frozenset[Need]] = frozenset({"gradient"})
    primary: ClassVar[str] = "lr"
    kernel: ClassVar[Kernel]
    training: ClassVar[dict[str, float] | None] = None
    training_cost: ClassVar[float] = 1.0

    @classmethod
    @cache
    def parameters(cls) -> tuple[Parameter, ...]:
        """List the hyperparameters in declared order."""
        return declared(cls.model_fields)

    @classmethod
    def training_parameters(cls) -> tuple[Parameter, ...]:
        """List the hyperparameters that a network is trained with, in declared order."""
        return tuple(each for each in cls.parameters() if each.name in (cls.training or {}))

    def hyperparameters(self) -> dict[str, float]:
        """Give the values by name, in declared order."""
        return {each.name: getattr(self, each.name) for each in self.parameters()}

    def vector(self) -> NDArray[np.float64]:
        """Give the values in declared order, as the kernel reads them; shape (n,)."""
        return np.array(list(self.hyperparameters().values()), dtype=np.float64)

    def stability_limit(self, lambda_max: float) -> Stability | None:
        """Give the largest stable learning rate where the Hessian's largest eigenvalue is this."""
        return None

    def torch(self) -> TorchTwin | None:
        """Name the torch optimizer that follows the same rule."""
        return None
