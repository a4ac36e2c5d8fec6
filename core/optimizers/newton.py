"""Newton: a step to the stationary point of the local quadratic, be it minimum or saddle."""

from typing import ClassVar, Literal

from core.optimizers.abi import REASON, SINGULAR, Addresses, Reals, kernel
from core.optimizers.arrival import arrive, hessian, value_and_gradient
from core.optimizers.base import Family, Need, Optimizer
from core.optimizers.noise import noise
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    lr = h[0]
    for k in range(steps + 1):
        f, gx, gy = value_and_gradient(S, p, x, y, k)
        if arrive(S, p, rule, out, steps, k, x, y, f, gx, gy, 0, k, k):
            return k
        nx, ny = noise(rule, k)
        gx, gy = gx + nx, gy + ny
        hxx, hxy, hyy = hessian(S, p, x, y, k)
        determinant = hxx * hyy - hxy * hxy
        if determinant == 0.0:
            rule[REASON] = SINGULAR
            return k
        x -= lr * (hyy * gx - hxy * gy) / determinant
        y -= lr * (hxx * gy - hxy * gx) / determinant
    return steps


class Newton(Optimizer):
    """θ ← θ − η H⁻¹ ∇f(θ)."""

    name: Literal["newton"] = "newton"
    lr: float = hyperparameter(1, 0.01, 2, r"\eta", "part of the Newton step that is taken", "log")

    title: ClassVar[str] = "Newton"
    short: ClassVar[str] = "Newton"
    family: ClassVar[Family] = "newton"
    formula: ClassVar[str] = (
        r"\theta_{t+1} = \theta_t - \eta\,\nabla^2 f(\theta_t)^{-1}\,\nabla f(\theta_t)"
    )
    reference: ClassVar[str] = "Nocedal & Wright, Numerical Optimization, 2006, section 3.3"
    needs: ClassVar[frozenset[Need]] = frozenset({"gradient", "hessian"})
    kernel = run

    def contraction(self, curvature: float) -> float | None:
        """|1 − η| along every direction that bends at all, be it downwards."""
        return abs(1 - self.lr) if curvature != 0 else None

    def optimum(self, low: float, high: float) -> dict[str, float]:
        """η = 1 arrives in one step."""
        return {"lr": 1.0}
