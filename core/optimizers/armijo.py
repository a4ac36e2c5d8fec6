"""The line search of backtracking: the first of ever shorter steps that lowers f enough (Armijo).

It shares `found` and its tilted φ(α) = f(θ + α d) + α nᵀd with the searches of `wolfe` and `exact`,
and spends values of f alone.
"""

from core.optimizers.abi import Addresses, Reals, routine
from core.optimizers.arrival import value
from core.optimizers.wolfe import ALPHA, VALUE

TRIALS = 400  # 0.9⁴⁰⁰ = 5·10⁻¹⁹: by then no step changes the point


@routine
def backtrack(
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
    shrink: float,
    c1: float,
    found: Reals,
) -> int:
    """Try α, `shrink` α, `shrink`² α, … from θ = (x, y) along d; return the number of trials.

    `slope` is φ'(0) ≤ 0 and `tilt` = nᵀd. `found` receives α and f at the accepted point, α = 0 if
    no trial satisfies φ(α) ≤ φ(0) + c1 α φ'(0), eq. 3.6a of Nocedal & Wright (2006).
    """
    found[ALPHA] = 0.0
    for trial in range(1, TRIALS + 1):
        there = value(S, p, x + alpha * dx, y + alpha * dy, k)
        if there + alpha * tilt <= f + c1 * alpha * slope:
            found[ALPHA] = alpha
            found[VALUE] = there
            return trial
        alpha *= shrink
    return TRIALS
