"""The line search of BFGS and L-BFGS: strong Wolfe conditions by cubic interpolation.

Algorithms 3.5 and 3.6 of Nocedal & Wright (2006) in one loop: grow the step until an interval holds
an acceptable one, then shrink the interval. φ(α) = f(θ + α d) + α nᵀd, where n is the noise of the
step: within one step the search sees one surface.

Where φ falls without end, growing steps would leap to 10¹⁵ at once. So no trial goes farther than
`longest`: in neither coordinate more than the width of the region in which a run goes on. Whatever
lies in that region stays within reach of all of it; a step so long ends the run.
"""

from math import copysign, inf, sqrt

from core.optimizers.abi import REACH_X, REACH_Y, Addresses, Reals, helper, routine
from core.optimizers.arrival import value_and_gradient

C1, C2 = 1e-4, 0.9  # sufficient decrease and slope: the customary ones of quasi-Newton methods
TRIALS = 30  # evaluations after which a search ends
GROWTH = 4.0  # of the step, as long as φ falls steeply
MARGIN = 0.1  # part of the interval at either end that interpolation keeps clear of
LEAP = 2.0  # REACH: from one border of the region to the other
ALPHA, VALUE, GRADIENT_X, GRADIENT_Y = range(4)  # slots of `found`


@helper
def longest(rule: Reals, dx: float, dy: float) -> float:
    """The largest α that a search along d may try."""
    return LEAP * min(rule[REACH_X] / abs(dx), rule[REACH_Y] / abs(dy))


@helper
def cubic_minimum(a: float, fa: float, sa: float, b: float, fb: float, sb: float) -> float:
    """Find the minimum of the cubic with values f and slopes s at a and b (eq. 3.59), or NaN."""
    d1 = sa + sb - 3.0 * (fa - fb) / (a - b)
    d2 = copysign(sqrt(d1 * d1 - sa * sb), b - a)
    return b - (b - a) * (sb + d2 - d1) / (sb - sa + 2.0 * d2)


@helper
def within(lo: float, flo: float, slo: float, hi: float, fhi: float, shi: float) -> float:
    """Choose the next step inside the interval; the middle where interpolation means nothing."""
    share = (cubic_minimum(lo, flo, slo, hi, fhi, shi) - lo) / (hi - lo)
    if not 0.0 <= share <= 1.0:  # NaN too, as after a trial where f is not finite
        share = 0.5
    return lo + min(max(share, MARGIN), 1.0 - MARGIN) * (hi - lo)


@routine
def line_search(
    S: Addresses,
    p: Reals,
    k: int,
    x: float,
    y: float,
    f: float,
    dx: float,
    dy: float,
    slope: float,
    tilt: float,
    alpha: float,
    most: float,
    c1: float,
    c2: float,
    found: Reals,
) -> int:
    """Search along d from θ = (x, y), trying `alpha` first; return the number of trials.

    `slope` is φ'(0) < 0 and `tilt` = nᵀd; no trial is beyond α = `most`. `found` receives α, f,
    ∂f/∂x and ∂f/∂y at the accepted point. If no trial satisfies both conditions, it is the lowest
    that satisfies the first (sufficient decrease), and α = 0 if there was none. Where φ still falls
    at `most`, that is the step.
    """
    found[ALPHA] = 0.0
    alpha = min(alpha, most)
    lo, flo, slo = 0.0, f, slope
    hi, fhi, shi = inf, inf, inf
    for trial in range(1, TRIALS + 1):
        value, gx, gy = value_and_gradient(S, p, x + alpha * dx, y + alpha * dy, k)
        phi = value + alpha * tilt
        derivative = gx * dx + gy * dy + tilt
        # Written so that a value that is not finite counts as too high and the step shrinks.
        low_enough = phi <= f + c1 * alpha * slope and abs(derivative) < inf
        if not low_enough or (lo > 0.0 and phi >= flo):
            hi, fhi, shi = alpha, phi, derivative
        else:
            if derivative * (hi - lo) >= 0.0:
                hi, fhi, shi = lo, flo, slo
            lo, flo, slo = alpha, phi, derivative
            found[ALPHA] = alpha
            found[VALUE] = value
            found[GRADIENT_X] = gx
            found[GRADIENT_Y] = gy
            if abs(derivative) <= -c2 * slope or (hi == inf and alpha == most):
                return trial
        alpha = within(lo, flo, slo, hi, fhi, shi) if hi < inf else min(GROWTH * alpha, most)
    return TRIALS
