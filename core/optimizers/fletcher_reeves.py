"""Conjugate gradients after Fletcher and Reeves: each direction keeps a part of the one before."""

from typing import ClassVar, Literal

from core.optimizers.abi import Addresses, Reals, kernel
from core.optimizers.base import Family, Need, Optimizer
from core.optimizers.conjugate import FLETCHER_REEVES, conjugate_descent
from core.optimizers.memory import Floats, along_gradient
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    c2, restart = h[0], int(h[1])
    return conjugate_descent(S, p, c2, x, y, steps, rule, out, FLETCHER_REEVES, restart)


class FletcherReeves(Optimizer):
    """d ← −∇f + β d with β = |∇f|² / |∇f before|²;  θ ← θ + α d, α by a strong Wolfe search."""

    name: Literal["fletcher_reeves"] = "fletcher_reeves"
    # Below ½, or the direction need not lead down.
    c2: float = hyperparameter(
        0.1, 1e-8, 0.49, "c_2", "part of the slope that may be left: 1e-8 is all but exact", "log"
    )
    # n + 1 as in the paper, for n = 2. Without it, one poor direction spoils all that follow.
    restart: int = hyperparameter(
        3, 0, 100, "r", "steps after which the direction is forgotten; 0: never", "integer"
    )

    title: ClassVar[str] = "Fletcher–Reeves"
    short: ClassVar[str] = "CG-FR"
    family: ClassVar[Family] = "conjugate"
    formula: ClassVar[str] = (
        r"d_t = -\nabla f(\theta_t) + \beta_t d_{t-1}, \quad "
        r"\beta_t = \frac{|\nabla f(\theta_t)|^2}{|\nabla f(\theta_{t-1})|^2}, \quad "
        r"\theta_{t+1} = \theta_t + \alpha_t d_t"
    )
    reference: ClassVar[str] = (
        "Fletcher & Reeves, Function minimization by conjugate gradients, Computer J. 7, 1964"
    )
    needs: ClassVar[frozenset[Need]] = frozenset({"gradient", "line_search"})
    primary: ClassVar[str] = "c2"
    kernel = run

    def fresh(self, gradients: Floats, steps: Floats, rates: Floats) -> Floats:
        """−α ∇f, see `along_gradient`."""
        return along_gradient(gradients, steps)
