"""Weighted squared distances to a few points: each pulls to itself, the sum to their mean."""

from core.formula import Data
from core.parameter import Parameter
from core.surfaces.base import Surface
from core.surfaces.pictures import Points

# A weight a and a point (u, v) in each row; where the spread is 0, all points stand at the centre.
_CENTRE = (2.0, 2.0)
_ROWS = ((1.0, -0.8, -1.3), (1.5, 1.6, -0.7), (0.6, 1.1, 1.2), (0.9, -0.4, 1.5), (0.5, 0.3, 0.2))


def _mean(column: int) -> str:
    """The weighted mean of the points in one coordinate, as a formula in the spread."""
    total = sum(row[0] for row in _ROWS)
    off = sum(row[0] * row[column] for row in _ROWS) / total
    return f"{_CENTRE[column - 1]!r} + spread*{off!r}"


LEAST_SQUARES_POINTS = Surface(
    name="least_squares_points",
    title="Distances to points",
    formula=f"a*((x - {_CENTRE[0]:g} - spread*u)^2 + (y - {_CENTRE[1]:g} - spread*v)^2)",
    parameters=(
        Parameter("spread", 1.0, 0.0, 1.0, "s", "how far the points lie apart; 0: all are one"),
    ),
    view=((-2.5, 7.5), (-1.0, 5.5)),
    start=(6.6, 4.9),
    minima=((_mean(1), _mean(2)),),
    sentence="Each of five points pulls to itself; the minimum is their weighted mean. In "
    "minibatches of one, paths wander among the points and never come to rest.",
    reference="B. Liquet, S. Moka, Y. Nazarathy, Mathematical Engineering of Deep Learning, CRC "
    "Press (2024), eq. (4.12)",
    data=Data(("a", "u", "v"), _ROWS),
    picture=Points(f"{_CENTRE[0]:g} + spread*u", f"{_CENTRE[1]:g} + spread*v", weight="a"),
)
