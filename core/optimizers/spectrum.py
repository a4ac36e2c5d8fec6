"""Eigenvalues and eigenvectors of a symmetric 2 × 2 matrix."""

from math import atan2, cos, hypot, sin

from core.optimizers.abi import helper


@helper
def spectrum(hxx: float, hxy: float, hyy: float) -> tuple[float, float, float, float]:
    """The eigenvalues, ascending, and the unit eigenvector (c, s) of the higher one.

    That of the lower one is (−s, c): one rotation by half the angle of (hxx − hyy, 2 hxy).
    """
    mean, radius = 0.5 * (hxx + hyy), hypot(0.5 * (hxx - hyy), hxy)
    angle = 0.5 * atan2(2.0 * hxy, hxx - hyy)
    return mean - radius, mean + radius, cos(angle), sin(angle)
