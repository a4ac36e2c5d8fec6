"""A parabola: one variable, one curvature."""

from core.parameter import Parameter
from core.surfaces.base import LINE, Surface

PARABOLA = Surface(
    name="parabola",
    title="Parabola",
    formula="a/2*x^2 + b*x + c",
    variables=("x",),
    parameters=(
        Parameter("a", 1.0, 0.2, 5.0, "a", "the curvature: 1/a is the best learning rate", "log"),
        Parameter("b", -1.0, -3.0, 3.0, "b", "the slope at x = 0; the minimum lies at −b/a"),
        Parameter("c", 0.5, -3.0, 3.0, "c", "the value at x = 0"),
    ),
    view=((-4.0, 6.0), LINE),
    start=(-3.0, 0.0),
    minima=(("-b/a", "0"),),
    sentence="One learning rate hits the minimum at once: 1/a. Below it the steps creep, above it "
    "they swing, beyond 2/a they are lost.",
    reference="J. Nocedal, S. J. Wright, Numerical Optimization, 2nd ed., Springer (2006), "
    "section 3.3",
)
