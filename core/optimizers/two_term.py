"""How quickly x_t+1 = T x_t − D x_t−1 shrinks: methods whose step remembers the one before it."""

from math import sqrt


def spectral_radius(trace: float, determinant: float) -> float:
    """The larger |z| of z² − T z + D = 0: the factor per step in the long run."""
    inside = trace * trace - 4 * determinant
    if inside < 0:  # a pair of complex roots: it swings, and shrinks by |z| = √D
        return sqrt(determinant)
    return (abs(trace) + sqrt(inside)) / 2
