"""BFGS: a Newton step with an inverse Hessian that is learnt from the gradients on the way."""

from typing import ClassVar, Literal

from core.optimizers.abi import Addresses, Reals, helper, kernel
from core.optimizers.base import Family, Need, Optimizer
from core.optimizers.quasi_newton import quasi_newton_descent
from core.optimizers.wolfe import C2
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
    """H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ with ρ = 1/sᵀy, eq. 6.17."""
    ux, uy = hxx * yx + hxy * yy, hxy * yx + hyy * yy  # H y
    scale = (1.0 + (yx * ux + yy * uy) / sty) / sty
    hxx += scale * sx * sx - 2.0 * sx * ux / sty
    hxy += scale * sx * sy - (sx * uy + sy * ux) / sty
    hyy += scale * sy * sy - 2.0 * sy * uy / sty
    return hxx, hxy, hyy


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    return quasi_newton_descent(S, p, h[0], x, y, steps, rule, out, update)


class Bfgs(Optimizer):
    """θ ← θ − α H ∇f(θ), H from the pairs s = Δθ, y = Δ∇f, α by a strong Wolfe line search."""

    name: Literal["bfgs"] = "bfgs"
    c2: float = hyperparameter(
        C2, 0.1, 0.99, "c_2", "part of the slope that may be left: smaller is a finer line search"
    )

    title: ClassVar[str] = "BFGS"
    short: ClassVar[str] = "BFGS"
    family: ClassVar[Family] = "newton"
    formula: ClassVar[str] = (
        r"\theta_{t+1} = \theta_t - \alpha_t H_t \nabla f(\theta_t), \quad "
        r"H_{t+1} = (I - \rho s y^\top) H_t (I - \rho y s^\top) + \rho s s^\top, \quad "
        r"\rho = \frac{1}{s^\top y}"
    )
    reference: ClassVar[str] = "Nocedal & Wright, Numerical Optimization, 2006, algorithm 6.1"
    needs: ClassVar[frozenset[Need]] = frozenset({"gradient", "line_search"})
    primary: ClassVar[str] = "c2"
    kernel = run
