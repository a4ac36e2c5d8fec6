"""What of a step comes from the gradient of that very step; the rest the method remembers.

Where a step is linear in a running mean m of the gradients, coordinate by coordinate, its part from
the present gradient is the step times that gradient's part of m: whatever divides m need not be
known. This is for looking at a run afterwards; kernels do not use it.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BLOCK = 64  # rows that are summed in one product


def running_mean(values: Floats, beta: float) -> Floats:
    """mₜ = β mₜ₋₁ + (1 − β) valueₜ from m = 0, along the first axis of (n, 2)."""
    n = len(values)
    blocks = np.zeros((-(-n // BLOCK), BLOCK, 2))
    blocks.reshape(-1, 2)[:n] = values
    age = np.arange(BLOCK)[:, None] - np.arange(BLOCK)
    weights = np.where(age >= 0, (1.0 - beta) * beta ** np.maximum(age, 0), 0.0)
    means = weights @ blocks
    decay = beta ** np.arange(1, BLOCK + 1)[:, None]
    for k in range(1, len(blocks)):
        means[k] += decay * means[k - 1, -1]
    return means.reshape(-1, 2)[:n]


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
