"""A long valley that winds: steep across, nearly flat along."""

from core.parameter import Parameter
from core.surfaces.base import Surface

LONG_VALLEY = Surface(
    name="long_valley",
    title="Long valley",
    formula="x^2/20 + steepness*(y - bend*sin(x))^2",
    parameters=(
        Parameter("steepness", 5.0, 0.5, 100.0, "s", "how steep the valley's walls are", "log"),
        Parameter("bend", 0.8, 0.0, 1.5, "c", "how far the valley winds; 0 is a straight one"),
    ),
    view=((-4.8, 4.8), (-2.4, 2.4)),
    start=(-3.8, 1.6),
    minima=(("0", "0"),),
    sentence="Gradient descent zig-zags from wall to wall, momentum overshoots the bends: both "
    "must follow the thalweg.",
    reference="Thalweg; a winding form of the ravine in B. T. Polyak, Some methods of speeding up "
    "the convergence of iteration methods, USSR Computational Mathematics and Mathematical "
    "Physics 4 (1964) 1-17",
)
