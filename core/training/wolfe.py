"""A line search for the strong Wolfe conditions that treats a loss that is not finite as too high.

Algorithms 3.5 and 3.6 of Nocedal & Wright (2006) in one loop: grow the step until an interval holds
an acceptable one, then shrink the interval. The same rule as the descent room's, in torch.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from core.optimizers.wolfe import C1, GROWTH, MARGIN


@dataclass(frozen=True, slots=True)
class Trial:
    """A point of the search: t, φ(t) = f(x + t d), φ'(t) and the gradient there, (n,)."""

    t: float
    value: float
    slope: float
    gradient: Tensor

    @property
    def finite(self) -> bool:
        """Say whether loss and slope are numbers: no gradient but a finite one has such a slope."""
        return math.isfinite(self.value) and math.isfinite(self.slope)


def search(
    phi: Callable[[float], Trial], origin: Trial, t: float, c2: float, trials: int
) -> Trial | None:
    """Find a point where φ has fallen enough and its slope has flattened to c2 of the first.

    If no trial satisfies both, give the lowest that satisfies the first; None if there was none.
    `low` is the best point yet; `high`, once there, is the other end of an interval that holds an
    acceptable point.
    """
    low, high = origin, None
    for _ in range(trials):
        trial = phi(t)
        enough = trial.value <= origin.value + C1 * t * origin.slope
        if not (trial.finite and enough) or (low.t > 0 and trial.value >= low.value):
            high = trial
        else:
            # Beyond the lowest point the slope looks up: the point before it becomes the far end.
            if trial.slope * ((math.inf if high is None else high.t) - low.t) >= 0:
                high = low
            low = trial
            if abs(trial.slope) <= -c2 * origin.slope:
                return trial
        t = GROWTH * t if high is None else _within(low, high)
    return low if low.t > 0 else None


def _within(low: Trial, high: Trial) -> float:
    """Choose the next step inside the interval; the middle where interpolation means nothing."""
    share = (_cubic_minimum(low, high) - low.t) / (high.t - low.t)
    if not 0 <= share <= 1:  # NaN too
        share = 0.5
    return low.t + min(max(share, MARGIN), 1 - MARGIN) * (high.t - low.t)


def _cubic_minimum(a: Trial, b: Trial) -> float:
    """Find the minimum of the cubic with the values and slopes at a and b (eq. 3.59), or NaN."""
    if not (a.finite and b.finite):
        return math.nan
    d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.t - b.t)
    under = d1 * d1 - a.slope * b.slope
    if under < 0:
        return math.nan
    d2 = math.copysign(math.sqrt(under), b.t - a.t)
    below = b.slope - a.slope + 2 * d2
    return b.t - (b.t - a.t) * (b.slope + d2 - d1) / below if below else math.nan
