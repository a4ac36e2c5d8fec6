"""Adagrad: each coordinate divides its step by the size of all its gradients so far."""

from math import sqrt
from typing import ClassVar, Literal

import numpy as np

from core.optimizers.abi import Addresses, Reals, kernel
from core.optimizers.arrival import look
from core.optimizers.base import Family, TorchTwin
from core.optimizers.decaying import Decaying
from core.optimizers.scheduled import scheduled
from core.optimizers.seen import Floats, Seen
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    base, eps = h[0], h[1]
    vx = vy = 0.0
    for k in range(steps + 1):
        gx, gy, ended = look(S, p, x, y, k, steps, rule, out)
        if ended:
            return k
        lr = scheduled(base, rule, k)
        vx += gx * gx
        vy += gy * gy
        x -= lr * gx / (sqrt(vx) + eps)
        y -= lr * gy / (sqrt(vy) + eps)
    return steps


class Adagrad(Decaying):
    """v ← v + ∇f²;  θ ← θ − η ∇f / (√v + ε)."""

    name: Literal["adagrad"] = "adagrad"
    lr: float = hyperparameter(0.3, 1e-5, 10, r"\eta", "learning rate", "log")
    eps: float = hyperparameter(1e-10, 1e-12, 1, r"\varepsilon", "keeps the division finite", "log")

    title: ClassVar[str] = "Adagrad"
    short: ClassVar[str] = "Adagrad"
    family: ClassVar[Family] = "scaled"
    formula: ClassVar[str] = (
        r"v_t = v_{t-1} + \nabla f(\theta_t)^2, \quad "
        r"\theta_{t+1} = \theta_t - \frac{\eta\,\nabla f(\theta_t)}{\sqrt{v_t} + \varepsilon}"
    )
    reference: ClassVar[str] = "Duchi, Hazan & Singer, Adaptive subgradient methods, JMLR 12, 2011"
    kernel = run
    takes_schedule: ClassVar[bool] = True
    training: ClassVar[dict[str, float]] = {"lr": 0.01, "eps": 1e-10}

    def coordinate_scales(self, seen: Seen) -> Floats:
        """1 / (√v + ε)."""
        return 1.0 / (np.sqrt(np.cumsum(seen.gradients**2, axis=0)) + self.eps)

    def torch(self) -> TorchTwin:
        """Torch's Adagrad."""
        return TorchTwin("torch.optim.Adagrad", self.trained_with())
