"""RMSprop: each coordinate divides its step by the recent size of its gradients."""

from math import sqrt
from typing import ClassVar, Literal

import numpy as np

from core.optimizers.abi import Addresses, Reals, kernel
from core.optimizers.arrival import look
from core.optimizers.base import Family, TorchTwin
from core.optimizers.decaying import Decaying
from core.optimizers.scheduled import scheduled
from core.optimizers.seen import Floats, Seen, running_mean
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    base, alpha, eps = h[0], h[1], h[2]
    vx = vy = 0.0
    for k in range(steps + 1):
        gx, gy, ended = look(S, p, x, y, k, steps, rule, out)
        if ended:
            return k
        lr = scheduled(base, rule, k)
        vx = alpha * vx + (1.0 - alpha) * gx * gx
        vy = alpha * vy + (1.0 - alpha) * gy * gy
        x -= lr * gx / (sqrt(vx) + eps)
        y -= lr * gy / (sqrt(vy) + eps)
    return steps


class RMSprop(Decaying):
    """v ← α v + (1 − α) ∇f²;  θ ← θ − η ∇f / (√v + ε)."""

    name: Literal["rmsprop"] = "rmsprop"
    lr: float = hyperparameter(0.02, 1e-5, 10, r"\eta", "learning rate", "log")
    alpha: float = hyperparameter(0.99, 0, 0.9999, r"\alpha", "memory of the squared gradients")
    eps: float = hyperparameter(1e-8, 1e-12, 1, r"\varepsilon", "keeps the division finite", "log")

    title: ClassVar[str] = "RMSprop"
    short: ClassVar[str] = "RMSprop"
    family: ClassVar[Family] = "scaled"
    formula: ClassVar[str] = (
        r"v_t = \alpha v_{t-1} + (1-\alpha)\,\nabla f(\theta_t)^2, \quad "
        r"\theta_{t+1} = \theta_t - \frac{\eta\,\nabla f(\theta_t)}{\sqrt{v_t} + \varepsilon}"
    )
    reference: ClassVar[str] = (
        "Tieleman & Hinton, Neural networks for machine learning, lecture 6.5, 2012"
    )
    kernel = run
    takes_schedule: ClassVar[bool] = True
    training: ClassVar[dict[str, float]] = {"lr": 1e-3, "alpha": 0.99, "eps": 1e-8}

    def coordinate_scales(self, seen: Seen) -> Floats:
        """1 / (√v + ε)."""
        return 1.0 / (np.sqrt(running_mean(seen.gradients**2, self.alpha)) + self.eps)

    def torch(self) -> TorchTwin:
        """Torch's RMSprop."""
        return TorchTwin("torch.optim.RMSprop", self.trained_with())
