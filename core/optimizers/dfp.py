"""DFP: the first quasi-Newton method, BFGS with the roles of steps and gradients exchanged."""

from math import sqrt
from typing import ClassVar, Literal

from core.optimizers.abi import BATCHED, NO_STEP, REASON, Addresses, Reals, kernel, stack
from core.optimizers.arrival import arrive, renew, value_and_gradient
from core.optimizers.base import Family, Need, Optimizer
from core.optimizers.noise import noise
from core.optimizers.wolfe import ALPHA, GRADIENT_X, GRADIENT_Y, VALUE, line_search
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    c1, c2 = 1e-4, h[0]
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
        trials = line_search(
            S, p, k, x, y, f, dx, dy, slope, nx * dx + ny * dy, first, c1, c2, found
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
            # H ← H − (H y)(H y)ᵀ / yᵀH y + s sᵀ / sᵀy, eq. 6.15
            ux, uy = hxx * yx + hxy * yy, hxy * yx + hyy * yy  # H y
            yhy = yx * ux + yy * uy
            hxx += sx * sx / sty - ux * ux / yhy
            hxy += sx * sy / sty - ux * uy / yhy
            hyy += sy * sy / sty - uy * uy / yhy
    return steps


class Dfp(Optimizer):
    """θ ← θ − α H ∇f(θ), H from the pairs s = Δθ, y = Δ∇f, α by a strong Wolfe line search."""

    name: Literal["dfp"] = "dfp"
    # Finer than that of BFGS, which mends a bad H by itself; DFP does so only slowly.
    c2: float = hyperparameter(
        0.1, 1e-8, 0.99, "c_2", "part of the slope that may be left: 1e-8 is all but exact", "log"
    )

    title: ClassVar[str] = "DFP"
    short: ClassVar[str] = "DFP"
    family: ClassVar[Family] = "newton"
    formula: ClassVar[str] = (
        r"\theta_{t+1} = \theta_t - \alpha_t H_t \nabla f(\theta_t), \quad "
        r"H_{t+1} = H_t - \frac{H_t y y^\top H_t}{y^\top H_t y} + \frac{s s^\top}{s^\top y}"
    )
    reference: ClassVar[str] = (
        "Davidon, Variable metric method for minimization, 1959; "
        "Fletcher & Powell, A rapidly convergent descent method, Computer J. 6, 1963"
    )
    needs: ClassVar[frozenset[Need]] = frozenset({"gradient", "line_search"})
    primary: ClassVar[str] = "c2"
    kernel = run
