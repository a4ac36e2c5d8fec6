"""The exact line search: the first minimum along the direction, as exactly as float64 can tell.

It shares `found` and its tilted φ(α) = f(θ + α d) + α nᵀd with the searches of `wolfe` and
`armijo`. "First" means the first that steps growing twofold enclose: along a curved surface φ may
have several minima.
"""

from math import inf

from core.optimizers.abi import Addresses, Reals, routine
from core.optimizers.arrival import value_and_gradient
from core.optimizers.wolfe import ALPHA, GRADIENT_X, GRADIENT_Y, VALUE

TRIALS = 100  # evaluations after which a search ends
GROWTH = 2.0  # of the step, as long as φ falls
PRECISION = 1e-10  # part of the slope that may be left
ROUNDING = 1e-15  # part of f by which equal values may differ


@routine
def exact_search(
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
    longest: float,
    found: Reals,
) -> int:
    """Find φ'(α) = 0 with α ≤ `longest`, trying `alpha` first; return the number of trials.

    `slope` is φ'(0) ≤ 0 and `tilt` = nᵀd. `found` receives α, f, ∂f/∂x and ∂f/∂y there; α = 0 if
    φ falls nowhere. Where φ still falls at `longest`, that is the step.
    """
    found[ALPHA] = 0.0
    lo, slo, hi, shi = 0.0, slope, inf, inf
    last = 0  # the end of the interval that the last trial has replaced
    alpha = min(alpha, longest)
    for trial in range(1, TRIALS + 1):
        value, gx, gy = value_and_gradient(S, p, x + alpha * dx, y + alpha * dy, k)
        derivative = gx * dx + gy * dy + tilt
        # Written so that a value that is not finite counts as too high and the step shrinks.
        low_enough = value + alpha * tilt <= f + ROUNDING * abs(f) and abs(derivative) < inf
        falls = low_enough and derivative < 0.0
        flat = low_enough and abs(derivative) <= -PRECISION * slope
        if falls or flat:
            found[ALPHA] = alpha
            found[VALUE] = value
            found[GRADIENT_X] = gx
            found[GRADIENT_Y] = gy
        if flat or (falls and alpha == longest):
            return trial
        # Regula falsi on φ'; an end that stays twice loses half its weight (the Illinois rule), or
        # one steep end would keep the trials close to the other.
        if falls:
            lo, slo = alpha, derivative
            shi = 0.5 * shi if last == -1 else shi
            last = -1
        else:
            hi, shi = alpha, derivative if low_enough else inf
            slo = 0.5 * slo if last == 1 else slo
            last = 1
        if hi == inf:
            alpha = min(GROWTH * alpha, longest)
            continue
        share = slo / (slo - shi)
        if not 0.0 < share < 1.0:  # φ' is not known at the upper end
            share = 0.5
        alpha = lo + share * (hi - lo)
        if not lo < alpha < hi:  # no number lies between
            return trial
    return TRIALS
