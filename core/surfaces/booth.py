"""Booth's function: a bowl in the place of two linear equations."""

from core.surfaces.base import Surface

BOOTH = Surface(
    name="booth",
    title="Booth",
    formula="(x + 2*y - 7)^2 + (2*x + y - 5)^2",
    view=((-9.0, 11.0), (-2.0, 8.0)),
    start=(-7.0, 2.0),
    minima=(("1", "3"),),
    sentence="Two linear equations solved by least squares: a tilted bowl nine times steeper "
    "across than along.",
    reference="M. Jamil, X.-S. Yang, A literature survey of benchmark functions for global "
    "optimisation problems, International Journal of Mathematical Modelling and Numerical "
    "Optimisation 4 (2013) 150-194",
)
