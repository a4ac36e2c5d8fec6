"""Lion: every coordinate takes the same step, in the direction in which its momentum points."""

from math import copysign
from typing import ClassVar, Literal

from core.optimizers.abi import Addresses, Reals, helper, kernel
from core.optimizers.arrival import look
from core.optimizers.base import Family, Optimizer
from core.optimizers.scheduled import scheduled
from core.parameter import hyperparameter


@helper
def sign(value: float) -> float:
    """Give −1, 0 or 1."""
    return copysign(1.0, value) if value != 0.0 else 0.0


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    base, beta1, beta2, decay = h[0], h[1], h[2], h[3]
    mx = my = 0.0
    for k in range(steps + 1):
        gx, gy, ended = look(S, p, x, y, k, steps, rule, out)
        if ended:
            return k
        lr = scheduled(base, rule, k)
        cx = beta1 * mx + (1.0 - beta1) * gx
        cy = beta1 * my + (1.0 - beta1) * gy
        x -= lr * (sign(cx) + decay * x)
        y -= lr * (sign(cy) + decay * y)
        # What is remembered forgets more slowly than what has just set the direction.
        mx = beta2 * mx + (1.0 - beta2) * gx
        my = beta2 * my + (1.0 - beta2) * gy
    return steps


class Lion(Optimizer):
    """θ ← θ − η (sign(β₁ m + (1 − β₁) ∇f) + λ θ);  m ← β₂ m + (1 − β₂) ∇f."""

    name: Literal["lion"] = "lion"
    lr: float = hyperparameter(0.01, 1e-5, 10, r"\eta", "length of every step", "log")
    beta1: float = hyperparameter(0.9, 0, 0.9999, r"\beta_1", "part of the memory in the direction")
    beta2: float = hyperparameter(0.99, 0, 0.9999, r"\beta_2", "memory of the gradients")
    weight_decay: float = hyperparameter(
        0, 0, 0.5, r"\lambda", "pull towards 0; away from there it shifts where a run ends"
    )

    title: ClassVar[str] = "Lion"
    short: ClassVar[str] = "Lion"
    family: ClassVar[Family] = "sign"
    formula: ClassVar[str] = (
        r"\theta_{t+1} = \theta_t - \eta\left(\operatorname{sign}"
        r"(\beta_1 m_{t-1} + (1-\beta_1)\,\nabla f(\theta_t)) + \lambda\theta_t\right), \quad "
        r"m_t = \beta_2 m_{t-1} + (1-\beta_2)\,\nabla f(\theta_t)"
    )
    reference: ClassVar[str] = (
        "Chen et al., Symbolic discovery of optimization algorithms, NeurIPS 2023, algorithm 2"
    )
    kernel = run
    takes_schedule: ClassVar[bool] = True
