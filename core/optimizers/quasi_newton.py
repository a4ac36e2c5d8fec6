"""What BFGS and DFP do alike; they differ in how the inverse Hessian takes up a pair, and no more.

Algorithm 6.1 of Nocedal & Wright (2006) with a strong Wolfe line search, H starting as the identity
and scaled by the first pair.
"""

from collections.abc import Callable
from math import sqrt

from core.optimizers.abi import BATCHED, NO_STEP, REASON, Addresses, Reals, helper, stack
from core.optimizers.arrival import arrive, renew, value_and_gradient
from core.optimizers.noise import noise
from core.optimizers.wolfe import ALPHA, C1, GRADIENT_X, GRADIENT_Y, VALUE, line_search, longest

# (hxx, hxy, hyy) of H, then s, y and sᵀy > 0 -> those of the next H
Update = Callable[
    [float, float, float, float, float, float, float, float], tuple[float, float, float]
]


@helper
def quasi_newton_descent(
    S: Addresses,
    p: Reals,
    c2: float,
    x: float,
    y: float,
    steps: int,
    rule: Reals,
    out: Reals,
    update: Update,
) -> int:
    """Walk down along −H ∇f, where `update` (a `helper`) teaches H each pair s = Δθ, y = Δ∇f.

    The other arguments are a kernel's.
    """
    found = stack(4)
    spent = 0
    hxx, hxy, hyy = 1.0, 0.0, 1.0  # the inverse Hessian H
    f, gx, gy = value_and_gradient(S, p, x, y, 0)
    for k in range(steps + 1):
        if arrive(S, p, rule, out, steps, k, x, y, f, gx, gy, spent, spent, 0):
            return k
        f, gx, gy, anew = renew(S, p, rule, x, y, k, f, gx, gy)
        spent += anew
        nx, ny = noise(rule, k)
        dx = -(hxx * (gx + nx) + hxy * (gy + ny))
        dy = -(hxy * (gx + nx) + hyy * (gy + ny))
        slope = (gx + nx) * dx + (gy + ny) * dy
        first = 1.0 if k > 0 else 1.0 / sqrt(dx * dx + dy * dy)
        most = longest(rule, dx, dy)
        trials = line_search(
            S, p, k, x, y, f, dx, dy, slope, nx * dx + ny * dy, first, most, C1, c2, found
        )
        spent += trials + (1 if k == 0 else 0)  # the start costs one evaluation of its own
        if found[ALPHA] == 0.0:
            if rule[BATCHED] != 0.0:  # another minibatch may lead on
                continue
            rule[REASON] = NO_STEP
            return k
        sx, sy = found[ALPHA] * dx, found[ALPHA] * dy
        yx, yy = found[GRADIENT_X] - gx, found[GRADIENT_Y] - gy
        x, y, f, gx, gy = x + sx, y + sy, found[VALUE], found[GRADIENT_X], found[GRADIENT_Y]
        sty = sx * yx + sy * yy
        if sty > 0.0:  # otherwise H would no longer be positive definite
            if k == 0:  # the scale of the first step, eq. 6.20
                hxx = hyy = sty / (yx * yx + yy * yy)
            hxx, hxy, hyy = update(hxx, hxy, hyy, sx, sy, yx, yy, sty)
    return steps
