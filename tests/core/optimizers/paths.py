"""Short ways to run optimizers in these tests."""

from math import inf
from typing import Any

from core.descent.landscape import landscape
from core.descent.native import Ground
from core.descent.request import TypedSurface
from core.descent.rule import Rule
from core.descent.run import follow
from core.descent.trajectory import Trajectory
from core.optimizers import NAMES, Optimizer, optimizer

# So wide and so strict that a run ends only where it must.
ENDLESS = Rule(tolerance=1e-300, view=((-1e9, 1e9), (-1e9, 1e9)))

PLANAR = [each for each in NAMES if 2 in optimizer(each).variables]


def ground(formula: str) -> Ground:
    return landscape(TypedSurface(formula=formula)).ground


def make(name: str, **hyperparameters: Any) -> Optimizer:
    return optimizer(name).model_validate({"name": name, **hyperparameters})


def path(
    method: Optimizer,
    formula: str,
    start: tuple[float, float],
    steps: int,
    rule: Rule = ENDLESS,
) -> Trajectory:
    return follow(ground(formula), method, start, steps, rule, inf)
