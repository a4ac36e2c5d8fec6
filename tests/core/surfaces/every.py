"""What these tests go through: every surface, at every corner of its parameters' ranges."""

from itertools import product

import pytest

from core.surfaces import SURFACES, Surface

every = pytest.mark.parametrize("each", SURFACES, ids=lambda each: each.name)
planes = pytest.mark.parametrize(
    "each", [each for each in SURFACES if len(each.variables) == 2], ids=lambda each: each.name
)
lines = pytest.mark.parametrize(
    "each", [each for each in SURFACES if len(each.variables) == 1], ids=lambda each: each.name
)

# Where f has a value and no gradient, with the reason that the formula's own hint gives.
KINKS = {"ackley": ((0.0, 0.0), "sqrt has no derivative where (x^2 + y^2)/2 = 0.")}


def settings_of(each: Surface) -> list[dict[str, float]]:
    """Every corner of the parameters' ranges, and the defaults."""
    corners = product(*((p.low, p.default, p.high) for p in each.parameters))
    return [dict(zip((p.name for p in each.parameters), c, strict=True)) for c in corners]
