"""AdamW: Adam that also pulls the weights towards 0, apart from the gradient and its scaling."""

from math import sqrt
from typing import ClassVar, Literal

import numpy as np

from core.optimizers.abi import Addresses, Reals, kernel
from core.optimizers.arrival import look, vanishing
from core.optimizers.base import Family, Optimizer, TorchTwin
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
        power1 = vanishing(power1 * beta1)
        power2 = vanishing(power2 * beta2)
        rate = lr / (1.0 - power1)
        scale = sqrt(1.0 - power2)
        x = (1.0 - lr * decay) * x - rate * mx / (sqrt(vx) / scale + eps)
        y = (1.0 - lr * decay) * y - rate * my / (sqrt(vy) / scale + eps)
    return steps


class AdamW(Optimizer):
    """θ ← (1 − η λ) θ − η m̂ / (√v̂ + ε) with Adam's m̂ and v̂; it ends where the two pulls balance."""

    name: Literal["adamw"] = "adamw"
    lr: float = hyperparameter(0.1, 1e-5, 10, r"\eta", "learning rate", "log")
    beta1: float = hyperparameter(0.9, 0, 0.9999, r"\beta_1", "memory of the gradients")
    beta2: float = hyperparameter(0.999, 0, 0.9999, r"\beta_2", "memory of the squared gradients")
    eps: float = hyperparameter(1e-8, 1e-12, 1, r"\varepsilon", "keeps the division finite", "log")
    weight_decay: float = hyperparameter(
        0.01, 0, 0.5, r"\lambda", "pull towards 0; away from there it shifts where a run ends"
    )

    title: ClassVar[str] = "AdamW"
    short: ClassVar[str] = "AdamW"
    family: ClassVar[Family] = "adam"
    formula: ClassVar[str] = (
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\,\nabla f(\theta_t), \quad "
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2)\,\nabla f(\theta_t)^2, \quad "
        r"\theta_{t+1} = (1 - \eta\lambda)\,\theta_t - \eta\,"
        r"\frac{m_t / (1-\beta_1^t)}{\sqrt{v_t / (1-\beta_2^t)} + \varepsilon}"
    )
    reference: ClassVar[str] = (
        "Loshchilov & Hutter, Decoupled weight decay regularization, ICLR 2019"
    )
    kernel = run
    takes_schedule: ClassVar[bool] = True
    training: ClassVar[dict[str, float]] = {
        "lr": 2e-3,
        "beta1": 0.9,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0.01,
    }

    def coordinate_scales(self, seen: Seen) -> Floats:
        """1 / (√v̂ + ε), before m̂."""
        v = running_mean(seen.gradients**2, self.beta2)
        return 1.0 / (np.sqrt(v / unbiased(self.beta2, len(v))) + self.eps)

    def torch(self) -> TorchTwin:
        """Torch's AdamW."""
        return TorchTwin(
            "torch.optim.AdamW",
            {
                "lr": self.lr,
                "betas": (self.beta1, self.beta2),
                "eps": self.eps,
                "weight_decay": self.weight_decay,
            },
        )
