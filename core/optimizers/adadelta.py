"""Adadelta: RMSprop whose learning rate is the recent size of its own steps."""

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
    base, rho, eps = h[0], h[1], h[2]
    vx = vy = ux = uy = 0.0
    for k in range(steps + 1):
        gx, gy, ended = look(S, p, x, y, k, steps, rule, out)
        if ended:
            return k
        lr = scheduled(base, rule, k)
        vx = rho * vx + (1.0 - rho) * gx * gx
        vy = rho * vy + (1.0 - rho) * gy * gy
        dx = sqrt(ux + eps) / sqrt(vx + eps) * gx
        dy = sqrt(uy + eps) / sqrt(vy + eps) * gy
        ux = rho * ux + (1.0 - rho) * dx * dx
        uy = rho * uy + (1.0 - rho) * dy * dy
        x -= lr * dx
        y -= lr * dy
    return steps


class Adadelta(Decaying):
    """v, u: running means of ∇f² and d²;  d = √(u + ε) / √(v + ε) ∇f;  θ ← θ − η d."""

    name: Literal["adadelta"] = "adadelta"
    # The first steps are √ε long, and grow slowly: on a surface, η = 1 as in the paper looks dead.
    lr: float = hyperparameter(10, 1e-3, 100, r"\eta", "factor of the step; 1 in the paper", "log")
    rho: float = hyperparameter(0.9, 0, 0.9999, r"\rho", "memory of squared gradients and steps")
    eps: float = hyperparameter(
        1e-6, 1e-12, 1, r"\varepsilon", "sets the size of the first steps", "log"
    )

    title: ClassVar[str] = "Adadelta"
    short: ClassVar[str] = "Adadelta"
    family: ClassVar[Family] = "scaled"
    formula: ClassVar[str] = (
        r"v_t = \rho v_{t-1} + (1-\rho)\,\nabla f(\theta_t)^2, \quad "
        r"d_t = \frac{\sqrt{u_{t-1} + \varepsilon}}{\sqrt{v_t + \varepsilon}}\,\nabla f(\theta_t), "
        r"\quad u_t = \rho u_{t-1} + (1-\rho)\, d_t^2, \quad \theta_{t+1} = \theta_t - \eta\, d_t"
    )
    reference: ClassVar[str] = "Zeiler, Adadelta: an adaptive learning rate method, 2012"
    kernel = run
    takes_schedule: ClassVar[bool] = True
    training: ClassVar[dict[str, float]] = {"lr": 1, "rho": 0.9, "eps": 1e-6}

    def coordinate_scales(self, seen: Seen) -> Floats:
        """√(u + ε) / √(v + ε), u as it was before the step."""
        root = np.sqrt(running_mean(seen.gradients**2, self.rho) + self.eps)
        scales = np.empty_like(root)
        for axis in range(2):
            u, column = 0.0, []
            gradients = seen.gradients[:, axis].tolist()
            for g, below in zip(gradients, root[:, axis].tolist(), strict=True):
                column.append(sqrt(u + self.eps) / below)
                d = column[-1] * g
                u = self.rho * u + (1.0 - self.rho) * d * d
            scales[:, axis] = column
        return scales

    def torch(self) -> TorchTwin:
        """Torch's Adadelta."""
        return TorchTwin("torch.optim.Adadelta", self.trained_with())
