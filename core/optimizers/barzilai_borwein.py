"""Barzilai and Borwein: gradient descent whose rate is read off the last step (a secant)."""

from typing import ClassVar, Literal

from core.optimizers.abi import Addresses, Reals, kernel
from core.optimizers.arrival import look
from core.optimizers.base import Family, Optimizer, TorchTwin
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    rate, form = h[0], h[1]
    px = py = ux = uy = 0.0  # the iterate before this one, and its gradient
    for k in range(steps + 1):
        gx, gy, ended = look(S, p, x, y, k, steps, rule, out)
        if ended:
            return k
        if k > 0:
            sx, sy, yx, yy = x - px, y - py, gx - ux, gy - uy
            sty = sx * yx + sy * yy
            # Where the curvature along the step is negative, the size of the secant rate is kept
            # and its sign is not, so that the step still leads down; at zero the last rate stays.
            if sty != 0.0:
                longer = form == 1.0
                rate = abs((sx * sx + sy * sy) / sty if longer else sty / (yx * yx + yy * yy))
        px, py, ux, uy = x, y, gx, gy
        x -= rate * gx
        y -= rate * gy
    return steps


class BarzilaiBorwein(Optimizer):
    """θ ← θ − α ∇f(θ) with α = |sᵀs / sᵀy| (BB1) or |sᵀy / yᵀy| (BB2)."""

    name: Literal["barzilai_borwein"] = "barzilai_borwein"
    lr: float = hyperparameter(1e-3, 1e-5, 10, r"\eta_0", "learning rate of the first step", "log")
    form: int = hyperparameter(
        1, 1, 2, r"\mathrm{BB}", "1: the longer step, 2: the shorter", "integer"
    )

    beta: float = hyperparameter(
        0.01, 1e-4, 1, r"\beta", "weight of a minibatch in the mean gradient", "log", network=True
    )
    tau_min: float = hyperparameter(
        1e-3, 1e-6, 10, r"\tau_{\min}", "least rate, times epoch + 1", "log", network=True
    )
    tau_max: float = hyperparameter(
        1, 1e-4, 100, r"\tau_{\max}", "largest rate, times epoch + 1", "log", network=True
    )
    window: int = hyperparameter(
        0, 0, 100_000, "T", "steps between two rates; 0: an epoch", "integer", network=True
    )

    title: ClassVar[str] = "Barzilai–Borwein"
    short: ClassVar[str] = "BB"
    family: ClassVar[Family] = "line_search"
    formula: ClassVar[str] = (
        r"\theta_{t+1} = \theta_t - \alpha_t\,\nabla f(\theta_t), \quad "
        r"\alpha_t = \left|\frac{s^\top s}{s^\top y}\right| \text{ or } "
        r"\left|\frac{s^\top y}{y^\top y}\right|, \quad "
        r"s = \theta_t - \theta_{t-1}, \; y = \nabla f(\theta_t) - \nabla f(\theta_{t-1})"
    )
    reference: ClassVar[str] = (
        "Barzilai & Borwein, Two-point step size gradient methods, IMA J. Numer. Anal. 8, 1988"
    )
    kernel = run
    training: ClassVar[dict[str, float]] = {"lr": 0.1, "form": 1}
    fixed: ClassVar[frozenset[str]] = frozenset({"lr", "window"})

    def torch(self) -> TorchTwin:
        """Algorithm 3 of the paper: one rate a window, from running means of the gradients."""
        return TorchTwin("core.training.barzilai_borwein.BarzilaiBorwein", self.trained_with())
