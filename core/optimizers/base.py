"""What an optimizer says about itself: the declaration behind sliders, schema, kernel and tests."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, field_validator

from core.optimizers.abi import Kernel
from core.optimizers.memory import Floats
from core.optimizers.schedules import AnySchedule, Factors, Schedule
from core.optimizers.seen import Floats, Seen
from core.parameter import Parameter, declared
from core.refusal import Refusal

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

    `schedule` changes `lr` from step to step, in a method whose every step is `lr` times something
    (`takes_schedule`); it is no hyperparameter and no part of a dump.

    `needs` says what a step is made of ("value" where values of f are compared to judge it).
    `primary` names the hyperparameter on the optimizer's row. `training` holds the values that are
    good defaults on a small convolutional network (None: no twin there); a hyperparameter that it
    leaves out is one of surfaces alone. `training_cost` is the cost of one minibatch in units of
    one of plain SGD, `fixed` names the hyperparameters that a race cannot change under way: a rule
    reads them but once, or is another rule with them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    schedule: AnySchedule | None = Field(default=None, exclude=True)

    title: ClassVar[str]
    short: ClassVar[str]
    family: ClassVar[Family]
    formula: ClassVar[str]
    reference: ClassVar[str]
    needs: ClassVar[frozenset[Need]] = frozenset({"gradient"})
    primary: ClassVar[str] = "lr"
    kernel: ClassVar[Kernel]
    takes_schedule: ClassVar[bool] = False
    training: ClassVar[dict[str, float] | None] = None
    training_cost: ClassVar[float] = 1.0
    fixed: ClassVar[frozenset[str]] = frozenset()

    @field_validator("schedule")
    @classmethod
    def _check_schedule(cls, schedule: Schedule | None) -> Schedule | None:
        if schedule is None or cls.takes_schedule:
            return schedule
        if "line_search" in cls.needs:
            reason = "a line search sets the length of its steps"
        elif "hessian" in cls.needs:
            reason = "the Hessian sets the length of its steps"
        else:
            reason = "its own rule sets the length of every step after the first"
        raise Refusal(
            f"Expected no schedule for {cls.title}, since {reason}; got “{schedule.name}”. "
            "Remove it."
        )

    @classmethod
    @cache
    def parameters(cls) -> tuple[Parameter, ...]:
        """List the hyperparameters on a surface, in declared order."""
        return tuple(each for each in declared(cls.model_fields) if not each.network)

    @classmethod
    @cache
    def network_parameters(cls) -> tuple[Parameter, ...]:
        """List the hyperparameters that only the training of a network has."""
        return tuple(each for each in declared(cls.model_fields) if each.network)

    @classmethod
    def training_parameters(cls) -> tuple[Parameter, ...]:
        """List the hyperparameters that a network is trained with, those of networks alone last."""
        shared = tuple(each for each in cls.parameters() if each.name in (cls.training or {}))
        return shared + cls.network_parameters()

    def hyperparameters(self) -> dict[str, float]:
        """Give the values on a surface by name, in declared order."""
        return {each.name: getattr(self, each.name) for each in self.parameters()}

    def check_training(self) -> None:
        """Raise Refusal where these values, though right on a surface, cannot train a network."""
        for each in self.parameters():
            if each.name not in (self.training or {}) and getattr(self, each.name) != each.default:
                raise Refusal(
                    f"Expected no {each.name} on a network, got {getattr(self, each.name):g} for "
                    f"{self.title}: only a surface has it. Remove it.",
                )

    def check_surface(self) -> None:
        """Raise Refusal where a value is given that only the training of a network has."""
        for each in self.network_parameters():
            if getattr(self, each.name) != each.default:
                raise Refusal(
                    f"Expected no {each.name} on a surface, got {getattr(self, each.name):g} for "
                    f"{self.title}: only the training of a network has it. Remove it.",
                )

    def trained_with(self) -> dict[str, float]:
        """Give the values on a network by name."""
        return {each.name: getattr(self, each.name) for each in self.training_parameters()}

    def vector(self) -> NDArray[np.float64]:
        """Give the values in declared order, as the kernel reads them; shape (n,)."""
        return np.array(list(self.hyperparameters().values()), dtype=np.float64)

    def rates(self, steps: int) -> Factors | None:
        """Give the learning rate at steps 0..n of a run of n; None without a schedule."""
        if self.schedule is None:
            return None
        lr: float = getattr(self, "lr")  # noqa: B009 - declared by every method that takes one
        return lr * self.schedule.factors(steps)

    def coordinate_scales(self, seen: Seen) -> Floats | None:
        """Give what `lr` is multiplied by in each coordinate, at each of the n steps; (n, 2).

        It stands before the gradient, or before what the method takes for it (Adam's m̂). None
        where both coordinates share one rate, or where there is no rate at all.
        """
        return None

    def stability_limit(self, lambda_max: float) -> Stability | None:
        """Give the largest stable learning rate where the Hessian's largest eigenvalue is this."""
        return None

    def fresh(self, gradients: Floats, steps: Floats, rates: Floats) -> Floats | None:
        """Give the part of each step that comes from its own gradient, shape (n, 2).

        The rest is what the method remembers of earlier ones. `gradients` and `steps` are (n, 2)
        from the start on, `rates` the learning rates, (n,). None where a step is no sum of two such
        parts, or has no memory. NaN where the numbers do not tell.
        """
        return None

    def torch(self) -> TorchTwin | None:
        """Name the torch optimizer that follows the same rule."""
        return None
