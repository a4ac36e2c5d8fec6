"""Adamax: Adam that divides by the largest recent gradient instead of the mean square."""

from itertools import accumulate
from typing import ClassVar, Literal

import numpy as np

from core.optimizers.abi import Addresses, Reals, kernel
from core.optimizers.arrival import look, vanishing
from core.optimizers.base import Family, TorchTwin
from core.optimizers.decaying import Decaying
from core.optimizers.memory import Floats, part_of_mean
from core.optimizers.scheduled import scheduled
from core.optimizers.seen import Floats, Seen
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    base, beta1, beta2, eps = h[0], h[1], h[2], h[3]
    mx = my = ux = uy = 0.0
    power1 = 1.0  # β₁ᵗ
    for k in range(steps + 1):
        gx, gy, ended = look(S, p, x, y, k, steps, rule, out)
        if ended:
            return k
        lr = scheduled(base, rule, k)
        mx += (1.0 - beta1) * (gx - mx)
        my += (1.0 - beta1) * (gy - my)
        ux = max(beta2 * ux, abs(gx) + eps)
        uy = max(beta2 * uy, abs(gy) + eps)
        power1 = vanishing(power1 * beta1)
        rate = lr / (1.0 - power1)
        x -= rate * mx / ux
        y -= rate * my / uy
    return steps


class Adamax(Decaying):
    """m: running mean of ∇f;  u ← max(β₂ u, |∇f| + ε);  θ ← θ − η m̂ / u."""

    name: Literal["adamax"] = "adamax"
    lr: float = hyperparameter(0.1, 1e-5, 10, r"\eta", "learning rate", "log")
    beta1: float = hyperparameter(0.9, 0, 0.9999, r"\beta_1", "memory of the gradients")
    beta2: float = hyperparameter(0.999, 0, 0.9999, r"\beta_2", "memory of the largest gradient")
    eps: float = hyperparameter(1e-8, 1e-12, 1, r"\varepsilon", "keeps the division finite", "log")

    title: ClassVar[str] = "Adamax"
    short: ClassVar[str] = "Adamax"
    family: ClassVar[Family] = "adam"
    formula: ClassVar[str] = (
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\,\nabla f(\theta_t), \quad "
        r"u_t = \max(\beta_2 u_{t-1}, |\nabla f(\theta_t)| + \varepsilon), \quad "
        r"\theta_{t+1} = \theta_t - \eta\,\frac{m_t / (1-\beta_1^t)}{u_t}"
    )
    reference: ClassVar[str] = (
        "Kingma & Ba, Adam: a method for stochastic optimization, ICLR 2015, section 7.1"
    )
    kernel = run
    takes_schedule: ClassVar[bool] = True
    training: ClassVar[dict[str, float]] = {
        "lr": 4e-3,
        "beta1": 0.9,
        "beta2": 0.999,
        "eps": 1e-8,
    }

    def coordinate_scales(self, seen: Seen) -> Floats:
        """1 / u, before m̂."""
        u = [
            list(accumulate(sizes, lambda largest, size: max(self.beta2 * largest, size)))
            for sizes in (abs(seen.gradients) + self.eps).T.tolist()
        ]
        return 1.0 / np.array(u).T

    def torch(self) -> TorchTwin:
        """Torch's Adamax."""
        betas = (self.beta1, self.beta2)
        return TorchTwin(
            "torch.optim.Adamax",
            {"lr": self.lr, "betas": betas, "eps": self.eps, "weight_decay": self.weight_decay},
        )

    def fresh(self, gradients: Floats, steps: Floats, rates: Floats) -> Floats:
        """m is a running mean, and the step is linear in it."""
        return part_of_mean(steps, gradients, self.beta1)
