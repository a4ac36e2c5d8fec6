"""The first picture of every surface: who is shown, for how many steps, with which numbers."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core import surfaces
from core.optimizers import NAMES, Optimizer, optimizer

FILE = Path(__file__).with_name("tuned.json")
SHOWN = ("gradient_descent", "momentum", "rmsprop", "adam", "lbfgs")
SHOWN_ON_A_LINE = ("gradient_descent", "momentum", "adam", "newton", "secant")
STEPS = 300
STEPS_ON_A_LINE = 120
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
    return LONG_STEPS.get(surface or "", STEPS_ON_A_LINE if on_a_line(surface) else STEPS)


@cache
def tuned() -> dict[str, dict[str, dict[str, float] | None]]:
    """Read what `python -m core.descent.tune` found, by surface, then by optimizer.

    It holds what differs from the optimizer's own defaults; None where nothing on the search's
    lattice keeps a method in the picture.
    """
    found: dict[str, dict[str, dict[str, float] | None]] = json.loads(FILE.read_text("utf-8"))
    return found


def defaults(surface: str | None) -> Defaults:
    """Look up a surface's tuned defaults; a typed formula (None) has the optimizers' own."""
    found = tuned().get(surface or "", {})
    values = {
        name: {
            **{each.name: each.default for each in optimizer(name).parameters()},
            **(found.get(name) or {}),
        }
        for name in NAMES
    }
    return Defaults(steps_for(surface), SHOWN_ON_A_LINE if on_a_line(surface) else SHOWN, values)


def on_a_line(name: str | None) -> bool:
    """Say whether this is a surface of one variable; typed formulas (None) have two."""
    return name is not None and len(surfaces.surface(name).variables) == 1
