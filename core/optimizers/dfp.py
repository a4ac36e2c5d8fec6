"""DFP: the first quasi-Newton method, BFGS with the roles of steps and gradients exchanged."""

from typing import ClassVar, Literal

from core.optimizers.abi import Addresses, Reals, helper, kernel
from core.optimizers.base import Family, Need, Optimizer
from core.optimizers.quasi_newton import quasi_newton_descent
from core.parameter import hyperparameter


@helper
def update(
    hxx: float,
    hxy: float,
    hyy: float,
    sx: float,
    sy: float,
    yx: float,
    yy: float,
    sty: float,
) -> tuple[float, float, float]:
    """H ← H − (H y)(H y)ᵀ / yᵀH y + s sᵀ / sᵀy, eq. 6.15."""
    ux, uy = hxx * yx + hxy * yy, hxy * yx + hyy * yy  # H y
    yhy = yx * ux + yy * uy
    hxx += sx * sx / sty - ux * ux / yhy
    hxy += sx * sy / sty - ux * uy / yhy
    hyy += sy * sy / sty - uy * uy / yhy
    return hxx, hxy, hyy


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    return quasi_newton_descent(S, p, h[0], x, y, steps, rule, out, update)


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
