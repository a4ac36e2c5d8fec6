"""Nadam: Adam with Nesterov's look ahead, by a momentum that warms up."""

from math import sqrt
from typing import ClassVar, Literal

import numpy as np

from core.optimizers.abi import Addresses, Reals, kernel
from core.optimizers.arrival import look, vanishing
from core.optimizers.base import Family, TorchTwin
from core.optimizers.decaying import Decaying
from core.optimizers.memory import Floats, running_mean, share
from core.optimizers.scheduled import scheduled
from core.optimizers.seen import Floats, Seen, running_mean, unbiased
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    base, beta1, beta2, eps, decay = h[0], h[1], h[2], h[3], h[4]
    mx = my = vx = vy = 0.0
    power2 = product = 1.0  # β₂ᵗ and μ₁ μ₂ … μₜ
    ahead = beta1 * (1.0 - 0.5 * 0.96**decay)
    for k in range(steps + 1):
        gx, gy, ended = look(S, p, x, y, k, steps, rule, out)
        if ended:
            return k
        lr = scheduled(base, rule, k)
        mx += (1.0 - beta1) * (gx - mx)
        my += (1.0 - beta1) * (gy - my)
        vx = beta2 * vx + (1.0 - beta2) * gx * gx
        vy = beta2 * vy + (1.0 - beta2) * gy * gy
        mu, ahead = ahead, beta1 * (1.0 - 0.5 * 0.96 ** ((k + 2) * decay))  # μₜ and μₜ₊₁
        power2 = vanishing(power2 * beta2)
        product = vanishing(product * mu)
        fresh = lr * (1.0 - mu) / (1.0 - product)
        kept = lr * ahead / (1.0 - product * ahead)
        scale = sqrt(1.0 - power2)
        x -= (fresh * gx + kept * mx) / (sqrt(vx) / scale + eps)
        y -= (fresh * gy + kept * my) / (sqrt(vy) / scale + eps)
    return steps


class Nadam(Decaying):
    """θ ← θ − η m̂ / (√v̂ + ε) with Adam's v̂, and m̂ the mean of m and ∇f one step ahead."""

    name: Literal["nadam"] = "nadam"
    lr: float = hyperparameter(0.1, 1e-5, 10, r"\eta", "learning rate", "log")
    beta1: float = hyperparameter(0.9, 0, 0.9999, r"\beta_1", "memory of the gradients")
    beta2: float = hyperparameter(0.999, 0, 0.9999, r"\beta_2", "memory of the squared gradients")
    eps: float = hyperparameter(1e-8, 1e-12, 1, r"\varepsilon", "keeps the division finite", "log")
    momentum_decay: float = hyperparameter(
        4e-3, 0, 0.1, r"\psi", "how fast the momentum warms up from β₁/2 to β₁"
    )

    title: ClassVar[str] = "Nadam"
    short: ClassVar[str] = "Nadam"
    family: ClassVar[Family] = "adam"
    formula: ClassVar[str] = (
        r"\mu_t = \beta_1 (1 - \tfrac{1}{2}\, 0.96^{t\psi}), \quad "
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\,\nabla f(\theta_t), \quad "
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2)\,\nabla f(\theta_t)^2, \quad "
        r"\theta_{t+1} = \theta_t - \frac{\eta}{\sqrt{v_t / (1-\beta_2^t)} + \varepsilon} \left("
        r"\frac{\mu_{t+1}\, m_t}{1 - \prod_{i=1}^{t+1} \mu_i} + "
        r"\frac{(1-\mu_t)\,\nabla f(\theta_t)}{1 - \prod_{i=1}^{t} \mu_i} \right)"
    )
    reference: ClassVar[str] = "Dozat, Incorporating Nesterov momentum into Adam, ICLR 2016"
    kernel = run
    takes_schedule: ClassVar[bool] = True
    training: ClassVar[dict[str, float]] = {
        "lr": 2e-3,
        "beta1": 0.9,
        "beta2": 0.999,
        "eps": 1e-8,
        "momentum_decay": 4e-3,
    }

    def coordinate_scales(self, seen: Seen) -> Floats:
        """1 / (√v̂ + ε), before the gradient and the momentum alike."""
        v = running_mean(seen.gradients**2, self.beta2)
        return 1.0 / (np.sqrt(v / unbiased(self.beta2, len(v))) + self.eps)

    def torch(self) -> TorchTwin:
        """Torch's NAdam."""
        return TorchTwin(
            "torch.optim.NAdam",
            {
                "lr": self.lr,
                "betas": (self.beta1, self.beta2),
                "eps": self.eps,
                "weight_decay": self.weight_decay,
                "momentum_decay": self.momentum_decay,
            },
        )

    def fresh(self, gradients: Floats, steps: Floats, rates: Floats) -> Floats:
        """The step is linear in the mean of m and ∇f one step ahead."""
        t = np.arange(1, len(steps) + 2)
        mu = self.beta1 * (1.0 - 0.5 * 0.96 ** (t * self.momentum_decay))  # μₜ
        product = np.cumprod(mu)
        own = ((1.0 - mu[:-1]) / (1.0 - product[:-1]))[:, None] * gradients
        ahead = (mu[1:] / (1.0 - product[1:]))[:, None]
        part = own + ahead * (1.0 - self.beta1) * gradients
        return share(steps, part, own + ahead * running_mean(gradients, self.beta1))
