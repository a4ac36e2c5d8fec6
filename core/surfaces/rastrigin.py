"""Rastrigin's function: a shallow bowl full of pits."""

from itertools import product

from core.parameter import Parameter
from core.surfaces.base import Surface

ROUNDS = 10  # of the iterations below; each gains two digits, or more


def _pit(k: int) -> str:
    """The minimum of x² - A cos(2πx) near x = k, where x + π A sin(2πx) = 0."""
    x = f"{k}"
    for _ in range(ROUNDS if k else 0):
        x = f"{k} - asin(({x})/(pi*A))/(2*pi)"
    return x


def _crest(k: int) -> str:
    """Its maximum near x = k + 1/2."""
    x = f"{k + 0.5}"
    for _ in range(ROUNDS):
        x = f"{k + 0.5} + asin(({x})/(pi*A))/(2*pi)"
    return x


# Minima and saddles are those in the view.
RASTRIGIN = Surface(
    name="rastrigin",
    title="Rastrigin",
    formula="2*A + x^2 + y^2 - A*cos(2*pi*x) - A*cos(2*pi*y)",
    parameters=(
        Parameter("A", 10.0, 3.0, 20.0, "A", "how deep the pits are: their walls rise by about 2A"),
    ),
    view=((-2.4, 2.4), (-1.2, 1.2)),
    start=(-2.2, 0.45),
    minima=tuple(product(map(_pit, (0, -1, 1, -2, 2)), map(_pit, (0, -1, 1)))),
    saddles=(
        *product(map(_crest, (-2, -1, 0, 1)), map(_pit, (-1, 0, 1))),
        *product(map(_pit, (-2, -1, 0, 1, 2)), map(_crest, (-1, 0))),
    ),
    sentence="A pit at every whole number, and all but one are traps: descent alone does not find "
    "the lowest.",
    reference="L. A. Rastrigin, Systems of Extremal Control, Nauka, Moscow (1974), in Russian",
)
