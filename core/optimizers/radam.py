"""RAdam: Adam that scales only as far as its few squared gradients can be trusted."""

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
    longest = 2.0 / (1.0 - beta2) - 1.0  # ρ∞, the length of the average in the end
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
        length = longest - 2.0 * (k + 1) * power2 / (1.0 - power2)  # ρₜ
        if length > 5.0:
            trust = (length - 4.0) * (length - 2.0) / ((longest - 4.0) * (longest - 2.0))
            rate *= sqrt(trust * longest / length * (1.0 - power2))
            x -= rate * mx / (sqrt(vx) + eps)
            y -= rate * my / (sqrt(vy) + eps)
        else:  # too few squares to divide by: plain momentum
            x -= rate * mx
            y -= rate * my
    return steps


class RAdam(Decaying):
    """Adam's step times √r, where r grows from 0 to 1 with the length ρ of the average v."""

    name: Literal["radam"] = "radam"
    lr: float = hyperparameter(0.1, 1e-5, 10, r"\eta", "learning rate", "log")
    beta1: float = hyperparameter(0.9, 0, 0.9999, r"\beta_1", "memory of the gradients")
    beta2: float = hyperparameter(0.999, 0, 0.9999, r"\beta_2", "memory of the squared gradients")
    eps: float = hyperparameter(1e-8, 1e-12, 1, r"\varepsilon", "keeps the division finite", "log")

    title: ClassVar[str] = "RAdam"
    short: ClassVar[str] = "RAdam"
    family: ClassVar[Family] = "adam"
    formula: ClassVar[str] = (
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\,\nabla f(\theta_t), \quad "
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2)\,\nabla f(\theta_t)^2, \quad "
        r"\rho_\infty = \frac{2}{1-\beta_2} - 1, \quad "
        r"\rho_t = \rho_\infty - \frac{2 t \beta_2^t}{1-\beta_2^t}, \quad "
        r"r_t = \frac{(\rho_t-4)(\rho_t-2)\rho_\infty}{(\rho_\infty-4)(\rho_\infty-2)\rho_t}, "
        r"\quad \theta_{t+1} = \theta_t - \frac{\eta\, m_t}{1-\beta_1^t} \begin{cases} "
        r"\frac{\sqrt{r_t (1-\beta_2^t)}}{\sqrt{v_t} + \varepsilon} & \rho_t > 5 \\ "
        r"1 & \rho_t \le 5 \end{cases}"
    )
    reference: ClassVar[str] = (
        "Liu et al., On the variance of the adaptive learning rate and beyond, ICLR 2020"
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
        """√r / (√v̂ + ε), or 1 while ρ ≤ 5; before m̂. Here ε is divided by √(1 − β₂ᵗ) as well."""
        v = running_mean(seen.gradients**2, self.beta2)
        kept, t = unbiased(self.beta2, len(v)), np.arange(1.0, len(v) + 1.0)[:, None]
        longest = 2.0 / (1.0 - self.beta2) - 1.0
        length = longest - 2.0 * t * (1.0 - kept) / kept
        trust = (length - 4.0) * (length - 2.0) * longest
        trust /= (longest - 4.0) * (longest - 2.0) * length
        trusted = length > 5.0
        scales = np.sqrt(np.where(trusted, trust, 1.0) * kept) / (np.sqrt(v) + self.eps)
        return np.where(trusted, scales, 1.0)

    def torch(self) -> TorchTwin:
        """Torch's RAdam."""
        betas = (self.beta1, self.beta2)
        return TorchTwin(
            "torch.optim.RAdam",
            {"lr": self.lr, "betas": betas, "eps": self.eps, "weight_decay": self.weight_decay},
        )

    def fresh(self, gradients: Floats, steps: Floats, rates: Floats) -> Floats:
        """m is a running mean, and the step is linear in it."""
        return part_of_mean(steps, gradients, self.beta1)
