"""Exact line search: against the gradient, to the very bottom of that line; so the steps zigzag."""

from math import sqrt
from typing import ClassVar, Literal

from core.optimizers.abi import BATCHED, NO_STEP, REASON, Addresses, Reals, kernel, stack
from core.optimizers.arrival import arrive, renew, value_and_gradient
from core.optimizers.base import Family, Need, Optimizer
from core.optimizers.exact import exact_search
from core.optimizers.noise import noise
from core.optimizers.wolfe import ALPHA, GRADIENT_X, GRADIENT_Y, VALUE
from core.parameter import hyperparameter

CAUTION = 0.1  # of the last α: there a search begins, so as not to pass over the first minimum


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    longest = h[0]
    found = stack(4)
    spent = 0
    f, gx, gy = value_and_gradient(S, p, x, y, 0)
    for k in range(steps + 1):
        if arrive(S, p, rule, out, steps, k, x, y, f, gx, gy, spent, spent, 0):
            return k
        f, gx, gy, anew = renew(S, p, rule, x, y, k, f, gx, gy)
        spent += anew
        nx, ny = noise(rule, k)
        dx, dy = -(gx + nx), -(gy + ny)
        slope = -(dx * dx + dy * dy)
        known = k > 0 and found[ALPHA] > 0.0
        first = CAUTION * (found[ALPHA] if known else 1.0 / sqrt(-slope))
        trials = exact_search(
            S, p, k, x, y, f, dx, dy, slope, nx * dx + ny * dy, first, longest, found
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


class ExactLineSearch(Optimizer):
    """θ ← θ − α ∇f(θ), where α is the first minimum of f along the line, up to a longest α."""

    name: Literal["exact_line_search"] = "exact_line_search"
    longest: float = hyperparameter(
        10, 1e-3, 1e4, r"\alpha_{\max}", "largest α; taken where f still falls there", "log"
    )

    title: ClassVar[str] = "Exact line search"
    short: ClassVar[str] = "Exact LS"
    family: ClassVar[Family] = "line_search"
    formula: ClassVar[str] = (
        r"\theta_{t+1} = \theta_t - \alpha_t\,\nabla f(\theta_t), \quad "
        r"\alpha_t = \operatorname{argmin}_{0 < \alpha \le \alpha_{\max}} "
        r"f(\theta_t - \alpha\,\nabla f(\theta_t))"
    )
    reference: ClassVar[str] = "Nocedal & Wright, Numerical Optimization, 2006, section 3.3"
    needs: ClassVar[frozenset[Need]] = frozenset({"gradient", "line_search"})
    primary: ClassVar[str] = "longest"
    kernel = run
