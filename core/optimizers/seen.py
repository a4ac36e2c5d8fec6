"""What a method was told along its way, and running means of it: for looking back at its state.

Kernels keep their state to themselves. Since a state follows from the gradients alone, it is
replayed here from these, in float64, by the same recurrences.
"""

from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Seen(NamedTuple):
    """Gradients (n, 2) and Hessians (n, 3: xx, xy, yy) of n steps, as the method saw them.

    Noise and minibatches included; `seed` is what random probes are drawn from.
    """

    gradients: Floats
    hessians: Floats
    seed: int


def running_mean(values: Floats, memory: float) -> Floats:
    """v_t = β v_{t−1} + (1 − β) x_t from v_0 = 0 for t = 1..n; (n, d) -> (n, d)."""
    fresh = (1.0 - memory) * values
    means = [
        list(accumulate(column, lambda mean, x: memory * mean + x)) for column in fresh.T.tolist()
    ]
    return np.array(means).T


def unbiased(memory: float, count: int) -> Floats:
    """1 − βᵗ for t = 1..n: what a running mean from 0 is divided by; (n, 1)."""
    kept: Floats = 1.0 - memory ** np.arange(1.0, count + 1.0)
    return kept[:, None]
