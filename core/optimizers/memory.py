"""What of a step comes from the gradient of that very step; the rest the method remembers.

Where a step is linear in a running mean m of the gradients, coordinate by coordinate, its part from
the present gradient is the step times that gradient's part of m: whatever divides m need not be
known. This is for looking at a run afterwards; kernels do not use it.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BLOCK = 64  # rows that are summed in one product
KEPT = 32  # matrices of weights: a slider under a hand makes many


@lru_cache(maxsize=KEPT)
def _weights(beta: float) -> Floats:
    """β to the power of i − j where j ≤ i, else 0; shape (BLOCK, BLOCK)."""
    age = np.arange(BLOCK)[:, None] - np.arange(BLOCK)
    return np.where(age >= 0, beta ** np.maximum(age, 0), 0.0)


def decaying_sum(values: Floats, beta: float) -> Floats:
    """bₜ = β bₜ₋₁ + valueₜ from b = 0, along the first axis of (n, 2), in blocks at once."""
    n = len(values)
    count = -(-n // BLOCK)
    blocks = np.zeros((count, BLOCK, 2))
    blocks.reshape(-1, 2)[:n] = values
    sums = (_weights(beta) @ blocks.swapaxes(0, 1).reshape(BLOCK, -1)).reshape(BLOCK, count, 2)
    if count > 1:
        before = decaying_sum(sums[-1, :-1], beta**BLOCK)
        sums[:, 1:] += beta ** np.arange(1, BLOCK + 1)[:, None, None] * before
    return sums.swapaxes(0, 1).reshape(-1, 2)[:n]


def running_mean(values: Floats, beta: float) -> Floats:
    """mₜ = β mₜ₋₁ + (1 − β) valueₜ from m = 0; shape (n, 2)."""
    return (1.0 - beta) * decaying_sum(values, beta)


def part_of_mean(steps: Floats, gradients: Floats, beta: float) -> Floats:
    """The present gradient's part of steps that are linear in a running mean; shape (n, 2)."""
    return share(steps, (1.0 - beta) * gradients, running_mean(gradients, beta))


def share(steps: Floats, part: Floats, whole: Floats) -> Floats:
    """steps · part / whole, 0 where nothing has been seen yet."""
    ratio = np.zeros_like(whole)
    np.divide(part, whole, out=ratio, where=whole != 0.0)
    return steps * ratio


def along_gradient(gradients: Floats, steps: Floats) -> Floats:
    """The part along −∇f of steps that are −α ∇f + β (the step before), shape (n, 2).

    In the plane α follows from the steps alone: what is across the step before is the gradient's.
    NaN where the gradient goes the same way as that step.
    """
    across = np.stack((-steps[:-1, 1], steps[:-1, 0]), axis=1)
    alpha = -(steps[1:] * across).sum(axis=1) / (gradients[1:] * across).sum(axis=1)
    return np.concatenate((steps[:1], -alpha[:, None] * gradients[1:]))
