"""Momentum: the step keeps a part of the step before it (the heavy ball)."""

from math import sqrt
from typing import ClassVar, Literal

import numpy as np

from core.optimizers.abi import Addresses, Reals, kernel
from core.optimizers.arrival import look
from core.optimizers.base import Family, Stability, TorchTwin
from core.optimizers.decaying import Decaying
from core.optimizers.scheduled import scheduled
from core.optimizers.seen import Floats
from core.optimizers.two_term import spectral_radius
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    base, momentum, dampening = h[0], h[1], h[2]
    # As in torch: the first gradient enters undamped, and without momentum nothing is damped.
    fresh = 1.0 - dampening if momentum != 0.0 else 1.0
    bx = by = 0.0
    for k in range(steps + 1):
        gx, gy, ended = look(S, p, x, y, k, steps, rule, out)
        if ended:
            return k
        lr = scheduled(base, rule, k)
        if k == 0:
            bx, by = gx, gy
        else:
            bx = momentum * bx + fresh * gx
            by = momentum * by + fresh * gy
        x -= lr * bx
        y -= lr * by
    return steps


class Momentum(Decaying):
    """b ← β b + (1 − d) ∇f(θ);  θ ← θ − η b."""

    name: Literal["momentum"] = "momentum"
    lr: float = hyperparameter(0.01, 1e-5, 10, r"\eta", "learning rate", "log")
    momentum: float = hyperparameter(0.9, 0, 0.999, r"\beta", "part of the last step that is kept")
    dampening: float = hyperparameter(
        0, 0, 0.999, "d", "part of the new gradient that is left out; d = β gives a running mean"
    )

    title: ClassVar[str] = "Momentum"
    short: ClassVar[str] = "Momentum"
    family: ClassVar[Family] = "gradient"
    formula: ClassVar[str] = (
        r"b_t = \beta b_{t-1} + (1-d)\,\nabla f(\theta_t), \quad "
        r"\theta_{t+1} = \theta_t - \eta\, b_t"
    )
    reference: ClassVar[str] = (
        "Polyak, Some methods of speeding up the convergence of iteration methods, 1964"
    )
    kernel = run
    takes_schedule: ClassVar[bool] = True
    training: ClassVar[dict[str, float]] = {"lr": 0.01, "momentum": 0.9, "dampening": 0}

    def stability_limit(self, lambda_max: float) -> Stability | None:
        """2(1+β)/((1−d)λmax): the heavy ball bears a larger step than plain descent."""
        if lambda_max <= 0:
            return None
        label = "2(1+β)/((1−d)λmax)" if self._fresh() < 1 else "2(1+β)/λmax"
        return Stability(2 * (1 + self.momentum) / (self._fresh() * lambda_max), label)

    def contraction(self, curvature: float) -> float:
        """The spectral radius of θ_t+1 = (1 + β − η(1−d)λ) θ_t − β θ_t−1; √β where it swings."""
        return spectral_radius(
            1 + self.momentum - self.lr * self._fresh() * curvature, self.momentum
        )

    def optimum(self, low: float, high: float) -> dict[str, float]:
        """η = 4/((√λmin + √λmax)² (1−d)), β = ((√κ − 1)/(√κ + 1))² (Polyak 1964)."""
        beta = ((sqrt(high) - sqrt(low)) / (sqrt(high) + sqrt(low))) ** 2
        fresh = 1 - self.dampening if beta else 1.0
        return {"lr": 4 / ((sqrt(low) + sqrt(high)) ** 2 * fresh), "momentum": beta}

    def _fresh(self) -> float:
        return 1 - self.dampening if self.momentum else 1.0

    def torch(self) -> TorchTwin:
        """Torch's SGD with momentum."""
        return TorchTwin("torch.optim.SGD", self.trained_with())

    def fresh(self, gradients: Floats, steps: Floats, rates: Floats) -> Floats:
        """−η (1 − d) ∇f, the first gradient undamped as in torch."""
        weight = np.full(len(steps), 1.0 - self.dampening if self.momentum else 1.0)
        weight[:1] = 1.0
        found: Floats = -(rates * weight)[:, None] * gradients
        return found
