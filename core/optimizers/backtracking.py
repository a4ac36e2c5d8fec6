"""Backtracking: against the gradient, by the first of ever shorter steps that lowers f enough."""

from typing import ClassVar, Literal

from core.optimizers.abi import BATCHED, NO_STEP, REASON, Addresses, Reals, kernel, stack
from core.optimizers.armijo import backtrack
from core.optimizers.arrival import arrive, value_and_gradient
from core.optimizers.base import Family, Need, Optimizer
from core.optimizers.noise import noise
from core.optimizers.wolfe import ALPHA, C1
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    lr, shrink, c1 = h[0], h[1], h[2]
    found = stack(2)
    spent = 0
    for k in range(steps + 1):
        f, gx, gy = value_and_gradient(S, p, x, y, k)
        if arrive(S, p, rule, out, steps, k, x, y, f, gx, gy, spent, k, 0):
            return k
        nx, ny = noise(rule, k)
        dx, dy = -(gx + nx), -(gy + ny)
        slope = -(dx * dx + dy * dy)
        trials = backtrack(
            S, p, k, x, y, f, dx, dy, slope, nx * dx + ny * dy, lr, shrink, c1, found
        )
        # The start's own value; later ones are known, unless they were of another minibatch.
        spent += trials + (1 if k == 0 or rule[BATCHED] != 0.0 else 0)
        if found[ALPHA] == 0.0:
            if rule[BATCHED] != 0.0:  # another minibatch may lead on
                continue
            rule[REASON] = NO_STEP
            return k
        x, y = x + found[ALPHA] * dx, y + found[ALPHA] * dy
    return steps


class Backtracking(Optimizer):
    """θ ← θ − α ∇f(θ), α the first of η₀, ρ η₀, ρ² η₀, … with f lower by c₁ α |∇f|² or more."""

    name: Literal["backtracking"] = "backtracking"
    lr: float = hyperparameter(1, 1e-5, 10, r"\eta_0", "learning rate that is tried first", "log")
    shrink: float = hyperparameter(0.5, 0.1, 0.9, r"\rho", "factor from one trial to the next")
    c1: float = hyperparameter(
        C1, 1e-8, 0.9, "c_1", "part of the promised descent that is enough", "log"
    )

    title: ClassVar[str] = "Backtracking"
    short: ClassVar[str] = "Backtracking"
    family: ClassVar[Family] = "line_search"
    formula: ClassVar[str] = (
        r"\theta_{t+1} = \theta_t - \alpha_t\,\nabla f(\theta_t), \quad "
        r"\alpha_t = \max\{\rho^i \eta_0 : f(\theta_{t+1}) \le "
        r"f(\theta_t) - c_1 \rho^i \eta_0\, |\nabla f(\theta_t)|^2\}"
    )
    reference: ClassVar[str] = (
        "Armijo, Minimization of functions having Lipschitz continuous first partial derivatives, "
        "Pacific J. Math. 16, 1966"
    )
    needs: ClassVar[frozenset[Need]] = frozenset({"value", "gradient", "line_search"})
    kernel = run
