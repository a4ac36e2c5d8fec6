"""What every kernel does on arriving at an iterate: evaluate, record, and see whether it ends here.

Evaluations made here for the record and the stopping rule are not counted; the seven columns hold
what the method itself has spent.
"""

from math import inf, sqrt

from core.optimizers.abi import (
    BATCHED,
    BUDGET,
    CENTRE_X,
    CENTRE_Y,
    COLUMNS,
    CONVERGED,
    FAR_ABOVE,
    FAR_BELOW,
    NOISE,
    NOT_FINITE,
    REACH_X,
    REACH_Y,
    REASON,
    TOLERANCE,
    UNCHANGED,
    WHOLE,
    Addresses,
    Reals,
    call_surface,
    helper,
    routine,
    stack,
)
from core.optimizers.noise import noise


@helper
def value(S: Addresses, p: Reals, x: float, y: float, k: int) -> float:
    """f at (x, y)."""
    o = stack(1)
    call_surface(S[0], x, y, k, p, o)
    return o[0]


@helper
def value_and_gradient(
    S: Addresses, p: Reals, x: float, y: float, k: int
) -> tuple[float, float, float]:
    """f, ∂f/∂x and ∂f/∂y at (x, y), exact."""
    o = stack(3)
    call_surface(S[1], x, y, k, p, o)
    return o[0], o[1], o[2]


@helper
def hessian(S: Addresses, p: Reals, x: float, y: float, k: int) -> tuple[float, float, float]:
    """∂²f/∂x², ∂²f/∂x∂y and ∂²f/∂y² at (x, y), exact."""
    o = stack(6)
    call_surface(S[2], x, y, k, p, o)
    return o[3], o[4], o[5]


@routine
def falls_away(S: Addresses, p: Reals, x: float, y: float, k: int) -> bool:
    """Say whether the surface curves downwards in some direction: a saddle, no minimum."""
    hxx, hxy, hyy = hessian(S, p, x, y, k)
    mean, radius = 0.5 * (hxx + hyy), sqrt((0.5 * (hxx - hyy)) ** 2 + hxy * hxy)
    # Rounding may push the zero eigenvalue of a flat direction below zero by a few ulps.
    return mean - radius < -1e-12 * (abs(mean) + radius)


@helper
def arrive(
    S: Addresses,
    p: Reals,
    rule: Reals,
    out: Reals,
    steps: int,
    k: int,
    x: float,
    y: float,
    f: float,
    gx: float,
    gy: float,
    nf: int,
    ng: int,
    nH: int,
) -> bool:
    """Record the iterate k with the evaluations spent, and say whether the run ends with it.

    A gradient below the tolerance where the surface still falls away (a saddle) does not end the
    run: momentum or noise may carry it on. Where the method sees minibatches, what is recorded and
    judged is the whole sum, whatever f and gradient it brings.
    """
    if rule[BATCHED] != 0.0:
        f, gx, gy = value_and_gradient(S, p, x, y, WHOLE)
    norm = sqrt(gx * gx + gy * gy)
    row = COLUMNS * k
    out[row] = x
    out[row + 1] = y
    out[row + 2] = f
    out[row + 3] = norm
    out[row + 4] = nf
    out[row + 5] = ng
    out[row + 6] = nH
    if not (abs(f) < inf and norm < inf):
        rule[REASON] = NOT_FINITE
        return True
    if norm < rule[TOLERANCE] and not falls_away(S, p, x, y, WHOLE):
        rule[REASON] = CONVERGED
        return True
    if abs(x - rule[CENTRE_X]) > rule[REACH_X] or abs(y - rule[CENTRE_Y]) > rule[REACH_Y]:
        rule[REASON] = FAR_ABOVE if f > out[2] else FAR_BELOW
        return True
    still = k > 0 and x == out[row - COLUMNS] and y == out[row - COLUMNS + 1]
    if still and rule[BATCHED] == 0.0:  # the next minibatch may lead on
        rule[REASON] = UNCHANGED
        return True
    if k == steps:
        rule[REASON] = BUDGET
        return True
    return False


@helper
def look(
    S: Addresses, p: Reals, x: float, y: float, k: int, steps: int, rule: Reals, out: Reals
) -> tuple[float, float, bool]:
    """Arrive at the iterate k of a method that spends one gradient per step.

    Returns the gradient as the method sees it, with this step's noise, and whether the run ends.
    """
    f, gx, gy = value_and_gradient(S, p, x, y, k)
    ended = arrive(S, p, rule, out, steps, k, x, y, f, gx, gy, 0, k, 0)
    if rule[NOISE] != 0.0:
        nx, ny = noise(rule, k)
        gx, gy = gx + nx, gy + ny
    return gx, gy, ended


@helper
def renew(
    S: Addresses,
    p: Reals,
    rule: Reals,
    x: float,
    y: float,
    k: int,
    f: float,
    gx: float,
    gy: float,
) -> tuple[float, float, float, int]:
    """f and gradient at an iterate that the step before has already evaluated, and the cost.

    They hold for the next step too, at no cost, unless that sees another minibatch.
    """
    if rule[BATCHED] == 0.0 or k == 0:
        return f, gx, gy, 0
    f, gx, gy = value_and_gradient(S, p, x, y, k)
    return f, gx, gy, 1


@helper
def vanishing(power: float) -> float:
    """Let a shrinking power become 0 before it is denormal, which would halve the speed."""
    return power if power > 1e-300 else 0.0
