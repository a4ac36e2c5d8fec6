"""Beale's function: flat ground between steep walls."""

from core.surfaces.base import Surface

BEALE = Surface(
    name="beale",
    title="Beale",
    formula="(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
    view=((-1.0, 4.5), (-0.85, 2.05)),
    start=(1.0, 1.5),
    minima=(("3", "0.5"),),
    saddles=(("0", "1"), ("0.10053793732415837", "-2.644513585023125")),
    sentence="Steep at the corners, nearly flat around the minimum: one learning rate has to serve "
    "both.",
    reference="E. M. L. Beale, On an iterative method for finding a local minimum of a function of "
    "more than one variable, Technical Report 25, Princeton University (1958)",
)
