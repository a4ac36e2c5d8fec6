"""Gradient descent: a step against the gradient, as long as the learning rate says."""

from typing import ClassVar, Literal

from core.optimizers.abi import Addresses, Reals, kernel
from core.optimizers.arrival import look
from core.optimizers.base import Family, Stability, TorchTwin
from core.optimizers.decaying import Decaying
from core.optimizers.scheduled import scheduled
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    base = h[0]
    for k in range(steps + 1):
        gx, gy, ended = look(S, p, x, y, k, steps, rule, out)
        if ended:
            return k
        lr = scheduled(base, rule, k)
        x -= lr * gx
        y -= lr * gy
    return steps


class GradientDescent(Decaying):
    """θ ← θ − η ∇f(θ)."""

    name: Literal["gradient_descent"] = "gradient_descent"
    lr: float = hyperparameter(0.01, 1e-5, 10, r"\eta", "learning rate", "log")

    title: ClassVar[str] = "Gradient descent"
    short: ClassVar[str] = "GD"
    family: ClassVar[Family] = "gradient"
    formula: ClassVar[str] = r"\theta_{t+1} = \theta_t - \eta\,\nabla f(\theta_t)"
    reference: ClassVar[str] = (
        "Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées, 1847"
    )
    kernel = run
    takes_schedule: ClassVar[bool] = True
    training: ClassVar[dict[str, float]] = {"lr": 0.1}

    def stability_limit(self, lambda_max: float) -> Stability | None:
        """2/λmax: beyond it the error along the steepest curvature grows."""
        return Stability(2 / lambda_max, "2/λmax") if lambda_max > 0 else None

    def contraction(self, curvature: float) -> float:
        """|1 − ηλ|."""
        return abs(1 - self.lr * curvature)

    def optimum(self, low: float, high: float) -> dict[str, float]:
        """η = 2/(λmin + λmax): both directions shrink by (κ − 1)/(κ + 1)."""
        return {"lr": 2 / (low + high)}

    def torch(self) -> TorchTwin:
        """Torch's SGD without momentum."""
        return TorchTwin("torch.optim.SGD", self.trained_with())
