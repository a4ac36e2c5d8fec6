"""L-BFGS that survives minibatches: torch's own writes NaN into the weights within 60 of them.

What differs from torch.optim.LBFGS, and why:
- one step takes several consecutive minibatches as one batch and iterates on that batch alone, so
  that a pair (s, y) never mixes the gradients of two batches (full overlap; Berahas, Nocedal and
  Takáč, "A Multi-Batch L-BFGS Method for Machine Learning", 2016);
- a pair with too little curvature along s is not kept;
- a trial point whose loss is not finite counts as too high: the search never ends there.

On one batch, with iterations enough, it walks the path of the descent room's L-BFGS.
"""

from collections.abc import Callable, Iterable
from typing import ClassVar

import torch
from torch import Tensor

from core.training.told import Told
from core.training.wolfe import Trial, search

CURVATURE = 1e-2  # a pair is kept where sᵀy exceeds this part of sᵀBs, B the model before it

Closure = Callable[[], Tensor]
Pair = tuple[Tensor, Tensor]  # s and y, each (n,)


class StochasticLBFGS(Told):
    """Limited-memory BFGS with a strong Wolfe line search on batches of several minibatches.

    `step(closure)` makes up to `max_iter` iterations on the closure's batch; the closure must give
    the same function every time within one step. The caller hands `batches_per_step` minibatches to
    each step. An exception from the closure leaves weights and memory as they were before the step.
    """

    counters: ClassVar[tuple[str, ...]] = ("evaluations", "rejected")

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 1.0,
        history: int = 10,
        c2: float = 0.9,
        max_iter: int = 4,
        batches_per_step: int = 8,
        trials: int = 10,
    ) -> None:
        """Set the first trial length `lr`, pairs kept, Wolfe's c2, and evaluations per search."""
        super().__init__(
            params,
            {"lr": lr, "history": history, "c2": c2, "max_iter": max_iter, "trials": trials},
        )
        self.batches_per_step = batches_per_step
        self.evaluations = 0  # of loss and gradient, all in all
        self.rejected = 0  # pairs that were not kept
        self._parameters: list[Tensor] = self.param_groups[0]["params"]

    @torch.no_grad()
    def step(self, closure: Closure) -> Tensor:  # type: ignore[override]
        """Iterate on one batch and return its loss before the step."""
        state = self.state[self._parameters[0]]
        pairs: list[Pair] = list(state.get("pairs", []))
        before = self._point()
        try:
            start = self._evaluate(closure, before, None, 0.0)
            if start.finite:
                self._move_to(self._iterate(closure, before, start, pairs))
        except BaseException:
            self._move_to(before)
            raise
        state["pairs"] = pairs
        return torch.tensor(start.value, dtype=torch.float64)

    def gauges(self) -> dict[str, float | None]:
        """Evaluations so far, and pairs that were not kept."""
        return {"evaluations": self.evaluations, "rejected": self.rejected}

    def _iterate(self, closure: Closure, x: Tensor, here: Trial, pairs: list[Pair]) -> Tensor:
        """Walk from x and return the point reached; `pairs` is brought up to date."""
        group = self.param_groups[0]
        for _ in range(group["max_iter"]):
            d = -inverse_times(pairs, here.gradient)  # (n,)
            slope = float(here.gradient @ d)
            if not slope < 0 and pairs:  # a memory that no longer fits
                pairs.clear()
                d = -here.gradient
                slope = float(here.gradient @ d)
            if not slope < 0:
                break
            first = group["lr"] * (1.0 if pairs else 1 / float(d.norm()))
            found = search(
                lambda t, x=x, d=d: self._evaluate(closure, x, d, t),  # type: ignore[misc]
                Trial(0.0, here.value, slope, here.gradient),
                first,
                group["c2"],
                group["trials"],
            )
            if found is None and not pairs:
                break
            if found is None:
                pairs.clear()  # steepest descent next
                continue
            s, y = found.t * d, found.gradient - here.gradient
            # B = H⁻¹ and s = -t H g, so that sᵀBs = -t sᵀg = -t² φ'(0)
            if float(s @ y) > CURVATURE * found.t**2 * -slope:
                pairs.append((s, y))
                del pairs[: -group["history"]]
            else:
                self.rejected += 1
            x, here = x + s, found
        return x

    def _evaluate(self, closure: Closure, x: Tensor, d: Tensor | None, t: float) -> Trial:
        """Evaluate at x + t d; without a direction the slope is that against the gradient."""
        self._move_to(x if d is None else x + t * d)
        with torch.enable_grad():
            value = float(closure().detach())
        self.evaluations += 1
        gradient = torch.cat(
            [
                (torch.zeros_like(p) if p.grad is None else p.grad).reshape(-1)
                for p in self._parameters
            ]
        )
        return Trial(t, value, float(gradient @ (-gradient if d is None else d)), gradient)

    def _point(self) -> Tensor:
        return torch.cat([p.detach().reshape(-1) for p in self._parameters])

    def _move_to(self, x: Tensor) -> None:
        first = 0
        for p in self._parameters:
            p.copy_(x[first : first + p.numel()].view(p.shape))
            first += p.numel()


def inverse_times(pairs: list[Pair], g: Tensor) -> Tensor:
    """Multiply the gradient by the inverse Hessian of the pairs: the two-loop recursion.

    Algorithm 1 of Filippova, Blinova and Parshikov; Nocedal & Wright (2006), algorithm 7.4.
    """
    q = g.clone()
    alphas = []
    for s, y in reversed(pairs):
        alpha = (s @ q) / (s @ y)
        q -= alpha * y
        alphas.append(alpha)
    if pairs:
        s, y = pairs[-1]
        q *= (s @ y) / (y @ y)
    for (s, y), alpha in zip(pairs, reversed(alphas), strict=True):
        q += s * (alpha - (y @ q) / (s @ y))
    return q
