"""Rosenbrock's curved valley."""

from core.parameter import Parameter
from core.surfaces.base import Surface

ROSENBROCK = Surface(
    name="rosenbrock",
    title="Rosenbrock",
    formula="(a - x)^2 + b*(y - x^2)^2",
    parameters=(
        Parameter("a", 1.0, -1.2, 1.2, "a", "where the minimum lies along the valley: x = a"),
        Parameter("b", 100.0, 1.0, 1000.0, "b", "how steep the valley's walls are", "log"),
    ),
    view=((-2.0, 2.0), (-0.5, 1.5)),
    start=(-1.2, 1.0),
    minima=(("a", "a^2"),),
    sentence="The valley is easy to find; following its bend to the minimum is not.",
    reference="H. H. Rosenbrock, An automatic method for finding the greatest or least value of a "
    "function, The Computer Journal 3 (1960) 175-184",
)
