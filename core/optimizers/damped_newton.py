"""Damped Newton: the Hessian is lifted until it is positive, the step cut until f is lower."""

from typing import ClassVar, Literal

from core.optimizers.abi import BATCHED, NO_STEP, REASON, Addresses, Reals, kernel, stack
from core.optimizers.armijo import backtrack
from core.optimizers.arrival import arrive, hessian, value_and_gradient
from core.optimizers.base import Family, Need, Optimizer
from core.optimizers.noise import noise
from core.optimizers.spectrum import spectrum
from core.optimizers.wolfe import ALPHA, C1
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    floor, shrink = h[0], h[1]
    found = stack(2)
    spent = 0
    for k in range(steps + 1):
        f, gx, gy = value_and_gradient(S, p, x, y, k)
        if arrive(S, p, rule, out, steps, k, x, y, f, gx, gy, spent, k, k):
            return k
        nx, ny = noise(rule, k)
        ux, uy = gx + nx, gy + ny
        hxx, hxy, hyy = hessian(S, p, x, y, k)
        low, high, _, _ = spectrum(hxx, hxy, hyy)
        if low <= 1e-12 * high:  # not positive definite, rounding considered
            hxx, hyy = hxx + floor - low, hyy + floor - low
        determinant = hxx * hyy - hxy * hxy
        dx = -(hyy * ux - hxy * uy) / determinant
        dy = -(hxx * uy - hxy * ux) / determinant
        slope = ux * dx + uy * dy
        trials = backtrack(
            S, p, k, x, y, f, dx, dy, slope, nx * dx + ny * dy, 1.0, shrink, C1, found
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


class DampedNewton(Optimizer):
    """θ ← θ − α (H + τ I)⁻¹ ∇f(θ), τ = 0 where H is positive definite, α by backtracking from 1."""

    name: Literal["damped_newton"] = "damped_newton"
    floor: float = hyperparameter(
        1e-3, 1e-8, 100, r"\delta", "lowest curvature after lifting a Hessian that falls", "log"
    )
    shrink: float = hyperparameter(0.5, 0.1, 0.9, r"\rho", "factor from one trial to the next")

    title: ClassVar[str] = "Damped Newton"
    short: ClassVar[str] = "Damped Newton"
    family: ClassVar[Family] = "newton"
    formula: ClassVar[str] = (
        r"\theta_{t+1} = \theta_t - \alpha_t "
        r"\left(\nabla^2 f(\theta_t) + \tau_t I\right)^{-1} \nabla f(\theta_t), \quad "
        r"\tau_t = \begin{cases} 0 & \lambda_{\min} > 0 \\ "
        r"\delta - \lambda_{\min} & \lambda_{\min} \le 0 \end{cases}"
    )
    reference: ClassVar[str] = "Nocedal & Wright, Numerical Optimization, 2006, algorithm 3.2"
    needs: ClassVar[frozenset[Need]] = frozenset({"value", "gradient", "hessian", "line_search"})
    primary: ClassVar[str] = "floor"
    kernel = run
