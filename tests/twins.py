"""The torch optimizer that a declaration names, made for given tensors."""

from collections.abc import Iterable
from importlib import import_module

import torch

from core.optimizers import Optimizer


def twin(optimizer: Optimizer, parameters: Iterable[torch.Tensor]) -> torch.optim.Optimizer:
    """Make the optimizer's torch twin; fails where it has none."""
    named = optimizer.torch()
    assert named is not None, f"{optimizer.name} has no torch twin"
    module, _, name = named.path.rpartition(".")
    made: torch.optim.Optimizer = getattr(import_module(module), name)(
        list(parameters), **named.arguments
    )
    return made
