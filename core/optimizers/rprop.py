"""Rprop: the gradient's signs alone; a step grows while its sign holds, else it shrinks."""

from math import copysign
from typing import ClassVar, Literal

from core.optimizers.abi import BUDGET, REASON, UNCHANGED, Addresses, Reals, helper, kernel
from core.optimizers.arrival import look
from core.optimizers.base import Family, Optimizer, TorchTwin
from core.parameter import hyperparameter


@helper
def resize(
    size: float, agreement: float, smaller: float, larger: float, least: float, most: float
) -> float:
    """Give the next step size of a coordinate; `agreement` is the product of its two gradients."""
    factor = larger if agreement > 0.0 else smaller if agreement < 0.0 else 1.0
    return min(max(size * factor, least), most)


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    smaller, larger, least, most = h[1], h[2], h[3], h[4]
    sx = sy = h[0]
    px = py = 0.0  # the gradient before this one, 0 in a coordinate that has just turned
    turned = False
    for k in range(steps + 1):
        gx, gy, ended = look(S, p, x, y, k, steps, rule, out)
        if ended:
            if not (turned and rule[REASON] == UNCHANGED):
                return k
            rule[REASON] = BUDGET  # a coordinate that has turned rests for one step
        ax, ay = gx * px, gy * py
        sx = resize(sx, ax, smaller, larger, least, most)
        sy = resize(sy, ay, smaller, larger, least, most)
        turned = ax < 0.0 or ay < 0.0
        px = 0.0 if ax < 0.0 else gx
        py = 0.0 if ay < 0.0 else gy
        if px != 0.0:
            x -= copysign(sx, px)
        if py != 0.0:
            y -= copysign(sy, py)
    return steps


class Rprop(Optimizer):
    """θ ← θ − s sign ∇f, per coordinate; s grows by η⁺ or, when the sign turns, shrinks by η⁻."""

    name: Literal["rprop"] = "rprop"
    lr: float = hyperparameter(0.01, 1e-5, 10, r"s_0", "size of the first step", "log")
    etaminus: float = hyperparameter(0.5, 0.1, 0.9, r"\eta^-", "factor when the sign has turned")
    etaplus: float = hyperparameter(1.2, 1.01, 2, r"\eta^+", "factor while the sign holds")
    least: float = hyperparameter(1e-6, 1e-12, 1e-3, r"s_{\min}", "shortest step", "log")
    most: float = hyperparameter(50, 0.01, 100, r"s_{\max}", "longest step", "log")

    title: ClassVar[str] = "Rprop"
    short: ClassVar[str] = "Rprop"
    family: ClassVar[Family] = "sign"
    formula: ClassVar[str] = (
        r"s_t = \begin{cases} \eta^+ s_{t-1} & g_t g_{t-1} > 0 \\ "
        r"\eta^- s_{t-1}, \; g_t \leftarrow 0 & g_t g_{t-1} < 0 \\ "
        r"s_{t-1} & \text{otherwise} \end{cases}, \quad g_t = \nabla f(\theta_t), \quad "
        r"\theta_{t+1} = \theta_t - s_t\,\operatorname{sign}(g_t)"
    )
    reference: ClassVar[str] = (
        "Riedmiller & Braun, A direct adaptive method for faster backpropagation learning: "
        "the RPROP algorithm, ICNN 1993"
    )
    kernel = run
    # No `training`: where signs turn because the minibatch is another one, its steps shrink to
    # nothing. It is a method for whole data sets.

    def torch(self) -> TorchTwin:
        """Torch's Rprop."""
        return TorchTwin(
            "torch.optim.Rprop",
            {
                "lr": self.lr,
                "etas": (self.etaminus, self.etaplus),
                "step_sizes": (self.least, self.most),
            },
        )
