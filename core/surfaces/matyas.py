"""Matyas's function: a long bowl along the diagonal."""

from core.surfaces.base import Surface

MATYAS = Surface(
    name="matyas",
    title="Matyas",
    formula="0.26*(x^2 + y^2) - 0.48*x*y",
    view=((-10.0, 10.0), (-5.0, 5.0)),
    start=(-9.0, 1.0),
    minima=(("0", "0"),),
    sentence="The valley runs along the diagonal, where a learning rate for each coordinate is of "
    "no help.",
    reference="M. Jamil, X.-S. Yang, A literature survey of benchmark functions for global "
    "optimisation problems, International Journal of Mathematical Modelling and Numerical "
    "Optimisation 4 (2013) 150-194",
)
