"""What a surface's data look like: points of the plane itself, or rows that a model is laid to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Points:
    """Rows that are points of the plane: `x` and `y` are formulas in columns and parameters.

    `weight` is the column that says how much a point counts.
    """

    x: str
    y: str
    weight: str


@dataclass(frozen=True, slots=True)
class Model:
    """What the coordinates (x, y) make of a row: `output`, a formula in x, y and the inputs.

    It is to come near the column `target`. With `labels` the target is 0 or 1, and the output the
    probability of 1. One or two inputs can be drawn.
    """

    inputs: tuple[str, ...]
    target: str
    output: str
    labels: bool = False
