"""What both conjugate gradient methods do; they differ in β alone.

Algorithm 5.4 of Nocedal & Wright (2006) with a strong Wolfe line search. A direction that does not
lead down is replaced by the gradient's own.
"""

from math import sqrt

from core.optimizers.abi import BATCHED, NO_STEP, REASON, Addresses, Reals, helper, stack
from core.optimizers.arrival import arrive, renew, value_and_gradient
from core.optimizers.noise import noise
from core.optimizers.wolfe import ALPHA, C1, GRADIENT_X, GRADIENT_Y, VALUE, line_search, longest

FLETCHER_REEVES, POLAK_RIBIERE = range(2)
GROWTH = 10.0  # at most, of the first trial over the step before it


@helper
def conjugate_descent(
    S: Addresses,
    p: Reals,
    c2: float,
    x: float,
    y: float,
    steps: int,
    rule: Reals,
    out: Reals,
    form: int,
    restart: int,
) -> int:
    """Walk down with the β of this form; every `restart` steps (0: never) it forgets the direction.

    The other arguments are a kernel's.
    """
    found = stack(4)
    spent = 0
    dx = dy = px = py = 0.0  # the direction before this one, and its gradient
    slope = norm = 0.0  # φ'(0) and |∇f|² of that step
    f, gx, gy = value_and_gradient(S, p, x, y, 0)
    for k in range(steps + 1):
        if arrive(S, p, rule, out, steps, k, x, y, f, gx, gy, spent, spent, 0):
            return k
        f, gx, gy, anew = renew(S, p, rule, x, y, k, f, gx, gy)
        spent += anew
        nx, ny = noise(rule, k)
        ux, uy = gx + nx, gy + ny
        along = ux * ux + uy * uy
        if form == POLAK_RIBIERE:
            along = max(0.0, along - (ux * px + uy * py))
        fresh = k == 0 or (restart > 0 and k % restart == 0)
        beta = 0.0 if fresh else along / norm
        px, py, norm = ux, uy, ux * ux + uy * uy
        dx, dy, before = beta * dx - ux, beta * dy - uy, slope
        slope = ux * dx + uy * dy
        if not slope < 0.0:
            dx, dy, slope = -ux, -uy, -norm
        # The first trial falls as far as the step before it did, to first order (section 3.5).
        known = k > 0 and found[ALPHA] > 0.0
        first = min(before / slope, GROWTH) * found[ALPHA] if known else 1.0 / sqrt(norm)
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
        x, y = x + found[ALPHA] * dx, y + found[ALPHA] * dy
        f, gx, gy = found[VALUE], found[GRADIENT_X], found[GRADIENT_Y]
    return steps
