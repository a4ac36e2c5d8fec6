"""Adam: momentum divided by the recent size of the gradients, both freed of their start at 0."""

from math import sqrt
from typing import ClassVar, Literal

import numpy as np

from core.optimizers.abi import Addresses, Reals, kernel
from core.optimizers.arrival import look, vanishing
from core.optimizers.base import Family, TorchTwin
from core.optimizers.decaying import Decaying
from core.optimizers.memory import Floats, part_of_mean
from core.optimizers.scheduled import scheduled
from core.optimizers.seen import Floats, Seen, running_mean, unbiased
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    base, beta1, beta2, eps, corrected = h[0], h[1], h[2], h[3], h[4]
    mx = my = vx = vy = 0.0
    power1 = power2 = corrected  # c β₁ᵗ and c β₂ᵗ
    for k in range(steps + 1):
        gx, gy, ended = look(S, p, x, y, k, steps, rule, out)
        if ended:
            return k
        lr = scheduled(base, rule, k)
        mx += (1.0 - beta1) * (gx - mx)
        my += (1.0 - beta1) * (gy - my)
        vx = beta2 * vx + (1.0 - beta2) * gx * gx
        vy = beta2 * vy + (1.0 - beta2) * gy * gy
        power1 = vanishing(power1 * beta1)
        power2 = vanishing(power2 * beta2)
        rate = lr / (1.0 - power1)
        scale = sqrt(1.0 - power2)
        x -= rate * mx / (sqrt(vx) / scale + eps)
        y -= rate * my / (sqrt(vy) / scale + eps)
    return steps


class Adam(Decaying):
    """m, v: running means of ∇f and ∇f², corrected for their start;  θ ← θ − η m̂ / (√v̂ + ε)."""

    name: Literal["adam"] = "adam"
    lr: float = hyperparameter(0.1, 1e-5, 10, r"\eta", "learning rate", "log")
    beta1: float = hyperparameter(0.9, 0, 0.9999, r"\beta_1", "memory of the gradients")
    beta2: float = hyperparameter(0.999, 0, 0.9999, r"\beta_2", "memory of the squared gradients")
    eps: float = hyperparameter(1e-8, 1e-12, 1, r"\varepsilon", "keeps the division finite", "log")
    bias_correction: int = hyperparameter(
        1, 0, 1, "c", "1: means freed of their start at 0; 0: left as they are", "integer"
    )

    title: ClassVar[str] = "Adam"
    short: ClassVar[str] = "Adam"
    family: ClassVar[Family] = "adam"
    formula: ClassVar[str] = (
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\,\nabla f(\theta_t), \quad "
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2)\,\nabla f(\theta_t)^2, \quad "
        r"\theta_{t+1} = \theta_t - \eta\,"
        r"\frac{m_t / (1-c\,\beta_1^t)}{\sqrt{v_t / (1-c\,\beta_2^t)} + \varepsilon}"
    )
    reference: ClassVar[str] = "Kingma & Ba, Adam: a method for stochastic optimization, ICLR 2015"
    kernel = run
    takes_schedule: ClassVar[bool] = True
    training: ClassVar[dict[str, float]] = {
        "lr": 2e-3,
        "beta1": 0.9,
        "beta2": 0.999,
        "eps": 1e-8,
    }

    def coordinate_scales(self, seen: Seen) -> Floats:
        """1 / (√v̂ + ε), before m̂; both without their hats where nothing is corrected."""
        v = running_mean(seen.gradients**2, self.beta2)
        if self.bias_correction:
            v /= unbiased(self.beta2, len(v))
        return 1.0 / (np.sqrt(v) + self.eps)

    def torch(self) -> TorchTwin | None:
        """Torch's Adam, which always corrects."""
        if not self.bias_correction:
            return None
        betas = (self.beta1, self.beta2)
        return TorchTwin(
            "torch.optim.Adam",
            {"lr": self.lr, "betas": betas, "eps": self.eps, "weight_decay": self.weight_decay},
        )

    def fresh(self, gradients: Floats, steps: Floats, rates: Floats) -> Floats:
        """m is a running mean, and the step is linear in it."""
        return part_of_mean(steps, gradients, self.beta1)
