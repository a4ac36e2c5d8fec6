"""Conjugate gradients after Polak and Ribière: a direction is dropped where gradients repeat."""

from typing import ClassVar, Literal

from core.optimizers.abi import Addresses, Reals, kernel
from core.optimizers.base import Family, Need, Optimizer
from core.optimizers.conjugate import POLAK_RIBIERE, conjugate_descent
from core.optimizers.memory import Floats, along_gradient
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    return conjugate_descent(S, p, h[0], x, y, steps, rule, out, POLAK_RIBIERE, 0)


class PolakRibiere(Optimizer):
    """d ← −∇f + β d, β = max(0, ∇fᵀ(∇f − ∇f before) / |∇f before|²);  θ ← θ + α d."""

    name: Literal["polak_ribiere"] = "polak_ribiere"
    c2: float = hyperparameter(
        0.1, 1e-8, 0.49, "c_2", "part of the slope that may be left: 1e-8 is all but exact", "log"
    )

    title: ClassVar[str] = "Polak–Ribière"
    short: ClassVar[str] = "CG-PR"
    family: ClassVar[Family] = "conjugate"
    formula: ClassVar[str] = (
        r"d_t = -\nabla f(\theta_t) + \beta_t d_{t-1}, \quad "
        r"\beta_t = \max\left(0, \frac{\nabla f(\theta_t)^\top "
        r"(\nabla f(\theta_t) - \nabla f(\theta_{t-1}))}{|\nabla f(\theta_{t-1})|^2}\right), \quad "
        r"\theta_{t+1} = \theta_t + \alpha_t d_t"
    )
    reference: ClassVar[str] = (
        "Polak & Ribière, Note sur la convergence de méthodes de directions conjuguées, 1969; "
        "the sign + of Gilbert & Nocedal, SIAM J. Optim. 2, 1992"
    )
    needs: ClassVar[frozenset[Need]] = frozenset({"gradient", "line_search"})
    primary: ClassVar[str] = "c2"
    kernel = run

    def fresh(self, gradients: Floats, steps: Floats, rates: Floats) -> Floats:
        """−α ∇f, see `along_gradient`."""
        return along_gradient(gradients, steps)
