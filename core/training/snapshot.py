"""All that an entrant's next step depends on, taken as plain data and put back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from core.training.told import Told

State = dict[str, Any]


def taken(model: nn.Module, optimizer: torch.optim.Optimizer) -> State:
    """Give weights, newest gradients and the optimizer's state; its tensors are not copied."""
    parameters = list(model.parameters())
    told = optimizer.counters if isinstance(optimizer, Told) else ()
    return {
        "weights": [p.detach() for p in parameters],
        "gradients": [p.grad for p in parameters],  # gauges are read off them
        "groups": [
            {key: value for key, value in group.items() if key != "params"}
            for group in optimizer.param_groups
        ],
        "optimizer": [dict(optimizer.state.get(p, {})) for p in parameters],
        "counters": {name: getattr(optimizer, name) for name in told},
    }


def put_back(model: nn.Module, optimizer: torch.optim.Optimizer, state: State) -> None:
    """Put a state back into a model and an optimizer of the same kind; takes its tensors over."""
    put_weights(model, state)
    for p, gradient, kept in zip(
        model.parameters(), state["gradients"], state["optimizer"], strict=True
    ):
        p.grad = gradient
        if kept:
            optimizer.state[p] = kept
    for group, kept in zip(optimizer.param_groups, state["groups"], strict=True):
        group.update(kept)
    for name, value in state["counters"].items():
        setattr(optimizer, name, value)


@torch.no_grad()
def put_weights(model: nn.Module, state: State) -> None:
    """Put the weights alone back: the optimizer begins anew."""
    for p, weight in zip(model.parameters(), state["weights"], strict=True):
        p.copy_(weight)


class Dice:
    """An entrant's own random numbers, in the place of torch's global ones while it trains.

    So nobody's numbers depend on whose turn it was before, and they can be kept with the weights.
    """

    def __init__(self, device: torch.device, seed: int) -> None:
        """Begin with the race's seed, as every entrant does."""
        self._cuda = device.type == "cuda"
        with torch.random.fork_rng(devices=[device] if self._cuda else []):
            torch.manual_seed(seed)
            self.state = self._read()

    @contextmanager
    def in_hand(self) -> Iterator[None]:
        """Draw from these numbers within the block, and go on where it ended in the next."""
        outside = self._read()
        self._write(self.state)
        try:
            yield
        finally:
            self.state = self._read()
            self._write(outside)

    def _read(self) -> State:
        cuda = torch.cuda.get_rng_state() if self._cuda else None
        return {"cpu": torch.get_rng_state(), "cuda": cuda}

    def _write(self, state: State) -> None:
        torch.set_rng_state(state["cpu"])
        if self._cuda:
            torch.cuda.set_rng_state(state["cuda"])
