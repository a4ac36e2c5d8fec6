"""A quadratic bowl of given condition number, turned in the plane."""

from math import pi

from core.parameter import Parameter
from core.surfaces.base import Surface

QUADRATIC = Surface(
    name="quadratic",
    title="Quadratic",
    formula="((x*cos(angle) + y*sin(angle))^2 + kappa*(y*cos(angle) - x*sin(angle))^2)/2",
    parameters=(
        Parameter(
            "kappa",
            20.0,
            1.0,
            1000.0,
            r"\kappa",
            "condition number: the curvature across the valley over that along it, which is 1",
            "log",
        ),
        Parameter(
            "angle",
            0.3,
            -pi / 2,
            pi / 2,
            r"\varphi",
            "direction of the valley in radians, counter-clockwise from the x axis",
        ),
    ),
    view=((-5.0, 5.0), (-2.5, 2.5)),
    start=(-4.0, 1.5),
    minima=(("0", "0"),),
    sentence="Everything theory says about learning rates is exact here: beyond 2/λmax gradient "
    "descent diverges.",
    reference="G. Goh, Why momentum really works, Distill (2017), doi:10.23915/distill.00006",
)
