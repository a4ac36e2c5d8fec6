"""The first picture of every surface: who is shown, for how many steps, with which numbers."""

from dataclasses import dataclass

from core.descent.tuned import TUNED
from core.optimizers import NAMES, Optimizer, optimizer

SHOWN = ("gradient_descent", "momentum", "rmsprop", "adam", "lbfgs")
STEPS = 300
LONG_STEPS = {
    "rosenbrock": 1000,
    "long_valley": 500,
    "beale": 500,
    "matyas": 500,
    "goldstein_price": 500,
}


@dataclass(frozen=True, slots=True)
class Defaults:
    """The defaults of one surface; `hyperparameters` by optimizer, then by name, complete."""

    steps: int
    shown: tuple[str, ...]
    hyperparameters: dict[str, dict[str, float]]

    def optimizer(self, name: str) -> Optimizer:
        """Build the optimizer of this name with the surface's own hyperparameters."""
        return optimizer(name).model_validate({"name": name, **self.hyperparameters[name]})


def steps_for(surface: str | None) -> int:
    """How many steps a descent on this surface takes unless asked otherwise."""
    return LONG_STEPS.get(surface or "", STEPS)


def defaults(surface: str | None) -> Defaults:
    """Look up a surface's tuned defaults; a typed formula (None) has the optimizers' own."""
    tuned = TUNED.get(surface or "", {})
    values = {
        name: {
            **{each.name: each.default for each in optimizer(name).parameters()},
            **tuned.get(name, {}),
        }
        for name in NAMES
    }
    return Defaults(steps_for(surface), SHOWN, values)
