"""Barzilai-Borwein on networks: Algorithm 3 of Filippova, Blinova and Parshikov.

The rate is set once a window (an epoch), from the way of the window before and from running means
of the minibatch gradients; within a window it stays. After Tan et al. 2016 and Liang et al. 2019.
"""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor

from core.training.told import Told


class BarzilaiBorwein(Told):
    """x ← x − η̂ₖ ∇f_B(x), η̂ₖ = ‖s‖² / |sᵀy| if within [τ_min, τ_max] / (k + 1), else τ₀ / (k + 1).

    s is the mean step of window k − 1 (its way divided by the number of its steps T), y the change
    of the running mean of the gradients from the window before. The first two windows take τ₀,
    which is `lr`: there is no pair yet.
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 0.01,
        form: int = 1,
        beta: float = 0.01,
        tau_min: float = 0.001,
        tau_max: float = 1.0,
        window: int = 0,
        steps_per_epoch: int = 1,
    ) -> None:
        """Set the rule; `window` is T in steps, 0 for an epoch."""
        defaults = {
            "lr": lr, "form": form, "beta": beta, "tau_min": tau_min, "tau_max": tau_max,
            "window": window or steps_per_epoch, "steps": 0, "rate": lr, "raw": None,
            "curvature": None, "bounded": 0,
        }  # fmt: skip
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure: Callable[[], Tensor]) -> Tensor:  # type: ignore[override]
        """Make one step and return the loss before it."""
        with torch.enable_grad():
            loss = closure()
        (group,) = self.param_groups
        k, t = divmod(group["steps"], group["window"])
        if t == 0:
            self._begin(group, k)
        group["steps"] += 1
        for p in group["params"]:
            self.state[p]["mean"].mul_(1 - group["beta"]).add_(p.grad, alpha=group["beta"])
            p.add_(p.grad, alpha=-group["rate"])
        return loss

    def _begin(self, group: dict[str, float], k: int) -> None:
        """Set the rate of window k, and begin its running mean and its way."""
        if k > 1:
            ss = sy = yy = 0.0
            for p in group["params"]:  # type: ignore[attr-defined]
                state = self.state[p]
                s = (p - state["origin"]) / group["window"]
                y = state["mean"] - state["before"]
                ss += float((s * s).sum())
                sy += float((s * y).sum())
                yy += float((y * y).sum())
            self._set(group, k, ss, sy, yy)
        for p in group["params"]:  # type: ignore[attr-defined]
            state = self.state[p]
            state["before"] = state.get("mean", torch.zeros_like(p))
            state["mean"] = torch.zeros_like(p)
            state["origin"] = p.clone()

    @staticmethod
    def _set(group: dict[str, float], k: int, ss: float, sy: float, yy: float) -> None:
        over, under = (ss, abs(sy)) if group["form"] == 1 else (abs(sy), yy)
        raw = over / under if under > 0 else float("inf")
        low, high = group["tau_min"] / (k + 1), group["tau_max"] / (k + 1)
        within = low <= raw <= high
        group["raw"], group["curvature"] = raw, sy
        group["bounded"] = int(not within)
        group["rate"] = raw if within else group["lr"] / (k + 1)

    def gauges(self) -> dict[str, float | None]:
        """The rate as the pair gives it, the one in use, and on which side the curvature was."""
        (group,) = self.param_groups
        return {key: group[key] for key in ("raw", "rate", "bounded", "curvature")}
