"""AdaHessian: Adam that divides by the Hessian's diagonal instead of the gradient's size."""

from math import sqrt
from typing import ClassVar, Literal

import numpy as np
from numpy import uint64

from core.optimizers.abi import SEED, Addresses, Reals, helper, kernel
from core.optimizers.arrival import arrive, hessian, value_and_gradient, vanishing
from core.optimizers.base import Family, Need, TorchTwin
from core.optimizers.decaying import Decaying
from core.optimizers.memory import Floats, part_of_mean
from core.optimizers.noise import noise, signs
from core.optimizers.scheduled import scheduled
from core.optimizers.seen import Floats, Seen, running_mean, unbiased
from core.parameter import hyperparameter
from core.refusal import Refusal


@helper
def lean(seed: float, k: int, probes: int) -> float:
    """Average z₁ z₂ over the probes z of step k: a fair coin each, since both are; 0 for none."""
    coins, total = signs(seed, k), 0.0
    for i in range(probes):
        total += 1.0 if (coins >> uint64(i)) & uint64(1) else -1.0
    return total / probes if probes > 0 else 0.0


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    base, beta1, beta2, eps, power, probes = h[0], h[1], h[2], h[3], h[4], int(h[5])
    mx = my = vx = vy = 0.0
    power1 = power2 = 1.0  # β₁ᵗ and β₂ᵗ
    # A product of the Hessian with a probe costs a second backward pass, as much as a gradient.
    ng, nH = (1 + probes, 0) if probes > 0 else (1, 1)
    for k in range(steps + 1):
        f, gx, gy = value_and_gradient(S, p, x, y, k)
        if arrive(S, p, rule, out, steps, k, x, y, f, gx, gy, 0, k * ng, k * nH):
            return k
        lr = scheduled(base, rule, k)
        nx, ny = noise(rule, k)
        hxx, hxy, hyy = hessian(S, p, x, y, k)
        # Hutchinson: the mean of z ⊙ H z is the diagonal, but for what z₁ z₂ leaves of hxy.
        rest = lean(rule[SEED], k, probes) * hxy
        mx += (1.0 - beta1) * (gx + nx - mx)
        my += (1.0 - beta1) * (gy + ny - my)
        vx = beta2 * vx + (1.0 - beta2) * (hxx + rest) ** 2
        vy = beta2 * vy + (1.0 - beta2) * (hyy + rest) ** 2
        power1 = vanishing(power1 * beta1)
        power2 = vanishing(power2 * beta2)
        rate = lr / (1.0 - power1)
        scale = sqrt(1.0 - power2)
        x -= rate * mx / ((sqrt(vx) / scale) ** power + eps)
        y -= rate * my / ((sqrt(vy) / scale) ** power + eps)
    return steps


class AdaHessian(Decaying):
    """m, v: running means of ∇f and D², D the diagonal of H;  θ ← θ − η m̂ / (√v̂ᵏ + ε).

    The paper averages D over blocks of a network's weights; two coordinates have no such blocks.
    """

    name: Literal["adahessian"] = "adahessian"
    lr: float = hyperparameter(0.15, 1e-5, 10, r"\eta", "learning rate", "log")
    beta1: float = hyperparameter(0.9, 0, 0.9999, r"\beta_1", "memory of the gradients")
    beta2: float = hyperparameter(0.999, 0, 0.9999, r"\beta_2", "memory of the squared diagonals")
    eps: float = hyperparameter(1e-4, 1e-12, 1, r"\varepsilon", "keeps the division finite", "log")
    hessian_power: float = hyperparameter(1, 0, 1, "k", "1: divide by |D|; 0: momentum alone")
    probes: int = hyperparameter(
        0, 0, 64, "n", "random probes for the diagonal; 0: the exact diagonal", "integer"
    )

    block: int = hyperparameter(
        0, 0, 4096, "b", "weights that share a diagonal; 0: kernels and rows, 1: none", "integer",
        network=True,
    )  # fmt: skip
    refresh: int = hyperparameter(
        1, 1, 100, "r", "steps between two estimates of the diagonal", "integer", network=True
    )

    title: ClassVar[str] = "AdaHessian"
    short: ClassVar[str] = "AdaHessian"
    family: ClassVar[Family] = "diagonal"
    formula: ClassVar[str] = (
        r"D_t \approx \operatorname{diag} \nabla^2 f(\theta_t), \quad "
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\,\nabla f(\theta_t), \quad "
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2)\, D_t^2, \quad "
        r"\theta_{t+1} = \theta_t - \eta\,"
        r"\frac{m_t / (1-\beta_1^t)}{\left(v_t / (1-\beta_2^t)\right)^{k/2} + \varepsilon}"
    )
    reference: ClassVar[str] = (
        "Yao et al., ADAHESSIAN: an adaptive second order optimizer for machine learning, AAAI 2021"
    )
    needs: ClassVar[frozenset[Need]] = frozenset({"gradient", "hessian"})
    kernel = run
    takes_schedule: ClassVar[bool] = True
    training: ClassVar[dict[str, float]] = {
        "lr": 0.05, "beta1": 0.9, "beta2": 0.999, "eps": 1e-4, "hessian_power": 1, "probes": 1,
    }  # fmt: skip
    training_cost: ClassVar[float] = 3.0

    def check_training(self) -> None:
        """A network has no exact diagonal at hand."""
        super().check_training()
        if self.probes < 1:
            raise Refusal(
                "Expected at least 1 probe on a network, whose exact diagonal is out of reach, "
                "got probes 0: take 1 or more."
            )

    def coordinate_scales(self, seen: Seen) -> Floats:
        """1 / (√v̂ᵏ + ε) with the diagonal's v̂, before m̂."""
        xx, xy, yy = seen.hessians.T
        rest = [lean(seen.seed, t, self.probes) for t in range(len(xy))] * xy
        v = running_mean(np.stack((xx + rest, yy + rest), axis=1) ** 2, self.beta2)
        root = np.sqrt(v / unbiased(self.beta2, len(v)))
        return 1.0 / (root**self.hessian_power + self.eps)

    def torch(self) -> TorchTwin:
        """Algorithm 2 of the paper, with Hutchinson's probes and blocks."""
        return TorchTwin("core.training.adahessian.AdaHessian", self.trained_with())

    def fresh(self, gradients: Floats, steps: Floats, rates: Floats) -> Floats:
        """m is a running mean, and the step is linear in it."""
        return part_of_mean(steps, gradients, self.beta1)
