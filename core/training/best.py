"""The weights that did best on the validation images: what early stopping would have kept."""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

State = dict[str, Any]


class Best:
    """Keeps a copy of the weights at the highest validation accuracy so far; of equals, the first.

    `step` and `accuracy` are those of the kept weights; before the first look there are none.
    """

    def __init__(self) -> None:
        """Begin with nothing kept."""
        self.step = 0
        self.accuracy = -1.0  # below any: the first look is kept
        self._weights: list[Tensor] = []

    @torch.no_grad()
    def see(self, model: nn.Module, step: int, accuracy: float) -> None:
        """Look at weights and their accuracy, and copy them where they are the best yet."""
        if accuracy <= self.accuracy:
            return
        self.step, self.accuracy = step, accuracy
        _copy(model.parameters(), self._weights)

    @torch.no_grad()
    def put_into(self, model: nn.Module) -> None:
        """Copy the kept weights into a model of the same shape."""
        for p, kept in zip(model.parameters(), self._weights, strict=True):
            p.copy_(kept)

    def state(self) -> State:
        """Give what is kept, for a checkpoint; tensors are not copied."""
        return {"step": self.step, "accuracy": self.accuracy, "weights": self._weights}

    def restore(self, state: State) -> None:
        """Go on from what was kept before; takes its tensors over."""
        self.step, self.accuracy = state["step"], state["accuracy"]
        self._weights = list(state["weights"])


def _copy(weights: Iterable[Tensor], into: list[Tensor]) -> None:
    """Copy the weights, into the memory of the last copy where there was one."""
    if not into:
        into.extend(p.detach().clone() for p in weights)
        return
    for p, kept in zip(weights, into, strict=True):
        kept.copy_(p)
