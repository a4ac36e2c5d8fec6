"""Seeded gradient noise: at step k every optimizer is disturbed by the same vector.

The noise is a function of (seed, k) alone. Adding it to the gradient is the same as adding a linear
function to the surface, so a line search within step k sees one consistent, tilted surface.
"""

from math import cos, log, pi, sin, sqrt

from numpy import uint64

from core.optimizers.abi import LINE, NOISE, SEED, Reals, helper, routine


@routine
def splitmix64(state: uint64) -> uint64:
    """Scramble 64 bits (Steele, Lea & Flood 2014)."""
    z = state + uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> uint64(27))) * uint64(0x94D049BB133111EB)
    return z ^ (z >> uint64(31))


@routine
def gaussians(seed: float, k: int) -> tuple[float, float]:
    """Two independent standard normal numbers of step k (Box and Muller 1958)."""
    first = splitmix64(splitmix64(uint64(seed)) ^ uint64(k))
    second = splitmix64(first)
    # The upper 53 bits as a number in (0, 1], so that its logarithm is finite.
    u = (float(first >> uint64(11)) + 1.0) * 2.0**-53
    angle = 2.0 * pi * float(second >> uint64(11)) * 2.0**-53
    radius = sqrt(-2.0 * log(u))
    return radius * cos(angle), radius * sin(angle)


@helper
def signs(seed: float, k: int) -> uint64:
    """64 fair coins of step k, one a bit; they know nothing of the Gaussian noise of that step."""
    return splitmix64(splitmix64(~uint64(seed)) ^ uint64(k))


@helper
def noise(rule: Reals, k: int) -> tuple[float, float]:
    """Give the vector that disturbs the gradient of step k; (0, 0) where no noise is asked for.

    Where f is one of x alone, it points along x.
    """
    if rule[NOISE] == 0.0:
        return 0.0, 0.0
    a, b = gaussians(rule[SEED], k)
    return rule[NOISE] * a, rule[NOISE] * b if rule[LINE] == 0.0 else 0.0
