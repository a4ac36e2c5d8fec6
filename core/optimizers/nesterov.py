"""Nesterov's momentum: the gradient is read where the kept step is about to lead."""

from typing import ClassVar, Literal

from core.optimizers.abi import Addresses, Reals, kernel
from core.optimizers.arrival import look
from core.optimizers.base import Family, Stability, TorchTwin
from core.optimizers.decaying import Decaying
from core.optimizers.memory import Floats
from core.optimizers.scheduled import scheduled
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    base, momentum = h[0], h[1]
    bx = by = 0.0
    for k in range(steps + 1):
        gx, gy, ended = look(S, p, x, y, k, steps, rule, out)
        if ended:
            return k
        lr = scheduled(base, rule, k)
        bx = momentum * bx + gx
        by = momentum * by + gy
        # Torch's form: θ is the point looked ahead to, so that one gradient per step is enough.
        x -= lr * (gx + momentum * bx)
        y -= lr * (gy + momentum * by)
    return steps


class Nesterov(Decaying):
    """b ← β b + ∇f(θ);  θ ← θ − η (∇f(θ) + β b)."""

    name: Literal["nesterov"] = "nesterov"
    lr: float = hyperparameter(0.01, 1e-5, 10, r"\eta", "learning rate", "log")
    momentum: float = hyperparameter(0.9, 0, 0.999, r"\beta", "part of the last step that is kept")

    title: ClassVar[str] = "Nesterov"
    short: ClassVar[str] = "Nesterov"
    family: ClassVar[Family] = "gradient"
    formula: ClassVar[str] = (
        r"b_t = \beta b_{t-1} + \nabla f(\theta_t), \quad "
        r"\theta_{t+1} = \theta_t - \eta\,(\nabla f(\theta_t) + \beta b_t)"
    )
    reference: ClassVar[str] = (
        "Nesterov, A method for solving the convex programming problem with rate O(1/k²), 1983"
    )
    kernel = run
    takes_schedule: ClassVar[bool] = True
    training: ClassVar[dict[str, float]] = {"lr": 0.01, "momentum": 0.9}

    def stability_limit(self, lambda_max: float) -> Stability | None:
        """2(1+β)/((1+2β)λmax): below that of plain descent for every β > 0."""
        if lambda_max <= 0:
            return None
        beta = self.momentum
        return Stability(2 * (1 + beta) / ((1 + 2 * beta) * lambda_max), "2(1+β)/((1+2β)λmax)")

    def torch(self) -> TorchTwin:
        """Torch's SGD with Nesterov momentum, which it refuses at β = 0: then plain SGD."""
        return TorchTwin(
            "torch.optim.SGD",
            {**self.trained_with(), "nesterov": self.momentum > 0},
        )

    def fresh(self, gradients: Floats, steps: Floats, rates: Floats) -> Floats:
        """−η (1 + β) ∇f: as itself, and as the newest part of b."""
        return -(1.0 + self.momentum) * rates[:, None] * gradients
