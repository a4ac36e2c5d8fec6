"""Momentum: the step keeps a part of the step before it (the heavy ball)."""

from typing import ClassVar, Literal

import numpy as np

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
        damped = self.dampening if self.momentum else 0
        label = "2(1+β)/((1−d)λmax)" if damped else "2(1+β)/λmax"
        return Stability(2 * (1 + self.momentum) / ((1 - damped) * lambda_max), label)

    def torch(self) -> TorchTwin:
        """Torch's SGD with momentum."""
        return TorchTwin("torch.optim.SGD", self.trained_with())

    def fresh(self, gradients: Floats, steps: Floats, rates: Floats) -> Floats:
        """−η (1 − d) ∇f, the first gradient undamped as in torch."""
        weight = np.full(len(steps), 1.0 - self.dampening if self.momentum else 1.0)
        weight[:1] = 1.0
        found: Floats = -(rates * weight)[:, None] * gradients
        return found
