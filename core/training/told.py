"""What the race's own optimizers tell and ask beyond torch's interface."""

from abc import ABC, abstractmethod
from typing import ClassVar

import torch


class Told(torch.optim.Optimizer, ABC):
    """An optimizer with gauges to look at, and with its own count of gradients.

    `batches_per_step` is how many minibatches one step consumes. `differentiates`: its closure
    gives the loss with its graph and leaves all differentiation to the optimizer.
    `last_gradients` is what the newest step took beside the closure's own evaluations, in
    gradients of one minibatch. `counters` names the attributes that a checkpoint must keep beside
    torch's own state.
    """

    counters: ClassVar[tuple[str, ...]] = ()
    batches_per_step: int = 1
    differentiates: bool = False
    last_gradients: int = 0

    @abstractmethod
    def gauges(self) -> dict[str, float | None]:
        """Read the needles; called at evaluations, never within a step."""


def quantiles(values: torch.Tensor) -> dict[str, float]:
    """Give the lower tenth, the median and the upper tenth of many numbers."""
    flat = values.flatten()
    if len(flat) > 100_000:  # torch.quantile's own limit is 16 million; a sample is as good
        flat = flat[:: len(flat) // 100_000 + 1]
    marks = torch.tensor([0.1, 0.5, 0.9], dtype=flat.dtype, device=flat.device)
    low, middle, high = torch.quantile(flat, marks).tolist()
    return {"tenth": low, "median": middle, "ninetieth": high}
