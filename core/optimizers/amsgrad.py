"""AMSGrad: Adam whose scaling never forgets the largest mean square of the gradients."""

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
    base, beta1, beta2, eps = h[0], h[1], h[2], h[3]
    mx = my = vx = vy = ux = uy = 0.0
    power1 = power2 = 1.0  # β₁ᵗ and β₂ᵗ
    for k in range(steps + 1):
        gx, gy, ended = look(S, p, x, y, k, steps, rule, out)
        if ended:
            return k
        lr = scheduled(base, rule, k)
        mx += (1.0 - beta1) * (gx - mx)
        my += (1.0 - beta1) * (gy - my)
        vx = beta2 * vx + (1.0 - beta2) * gx * gx
        vy = beta2 * vy + (1.0 - beta2) * gy * gy
        ux, uy = max(ux, vx), max(uy, vy)
        power1 = vanishing(power1 * beta1)
        power2 = vanishing(power2 * beta2)
        rate = lr / (1.0 - power1)
        scale = sqrt(1.0 - power2)
        x -= rate * mx / (sqrt(ux) / scale + eps)
        y -= rate * my / (sqrt(uy) / scale + eps)
    return steps


class AMSGrad(Decaying):
    """u ← max(u, v) with Adam's m and v;  θ ← θ − η m̂ / (√û + ε)."""

    name: Literal["amsgrad"] = "amsgrad"
    lr: float = hyperparameter(0.1, 1e-5, 10, r"\eta", "learning rate", "log")
    beta1: float = hyperparameter(0.9, 0, 0.9999, r"\beta_1", "memory of the gradients")
    beta2: float = hyperparameter(0.999, 0, 0.9999, r"\beta_2", "memory of the squared gradients")
    eps: float = hyperparameter(1e-8, 1e-12, 1, r"\varepsilon", "keeps the division finite", "log")

    title: ClassVar[str] = "AMSGrad"
    short: ClassVar[str] = "AMSGrad"
    family: ClassVar[Family] = "adam"
    formula: ClassVar[str] = (
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\,\nabla f(\theta_t), \quad "
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2)\,\nabla f(\theta_t)^2, \quad "
        r"u_t = \max(u_{t-1}, v_t), \quad \theta_{t+1} = \theta_t - \eta\,"
        r"\frac{m_t / (1-\beta_1^t)}{\sqrt{u_t / (1-\beta_2^t)} + \varepsilon}"
    )
    reference: ClassVar[str] = (
        "Reddi, Kale & Kumar, On the convergence of Adam and beyond, ICLR 2018"
    )
    kernel = run
    takes_schedule: ClassVar[bool] = True
    training: ClassVar[dict[str, float]] = {
        "lr": 2e-3,
        "beta1": 0.9,
        "beta2": 0.999,
        "eps": 1e-8,
    }

    def coordinate_scales(self, seen: Seen) -> Floats:
        """1 / (√û + ε), before m̂."""
        u = np.maximum.accumulate(running_mean(seen.gradients**2, self.beta2), axis=0)
        return 1.0 / (np.sqrt(u / unbiased(self.beta2, len(u))) + self.eps)

    def torch(self) -> TorchTwin:
        """Torch's Adam with its switch for this variant."""
        betas = (self.beta1, self.beta2)
        arguments = {
            "lr": self.lr,
            "betas": betas,
            "eps": self.eps,
            "weight_decay": self.weight_decay,
            "amsgrad": True,
        }
        return TorchTwin("torch.optim.Adam", arguments)

    def fresh(self, gradients: Floats, steps: Floats, rates: Floats) -> Floats:
        """m is a running mean, and the step is linear in it."""
        return part_of_mean(steps, gradients, self.beta1)
