"""The stopping rules of the chapter (section 4.1): at which step each would have ended a run.

Each looks at one step, from θ_t to θ_t+1, and ends the run at t + 1 where a quantity of that step
lies below a tolerance ε. They are judged afterwards, on float64 rows, and end nothing themselves.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.refusal import Refusal
from core.sentences import listed, nearest

Floats = NDArray[np.float64]

LOW, HIGH = 1e-12, 1e3
"""Tolerances that are accepted, and the ends of their sliders."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a rule would have ended a run: the step, and f there."""

    step: int
    value: float


@dataclass(frozen=True, slots=True)
class StoppingRule:
    """One rule; `quantity` measures all steps at once, rows (n + 1, 7) of a run -> (n,).

    `formula` is LaTeX, `tolerance` the ε that a reader begins with. NaN, as of 0/0, is never below.
    """

    name: str
    title: str
    formula: str
    words: str
    tolerance: float
    quantity: Callable[[Floats], Floats]

    def stop(self, rows: Floats, tolerance: float) -> Stop | None:
        """Find the first step that brings the quantity below; None where none of these does."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            below = np.flatnonzero(self.quantity(rows) < tolerance)
        if len(below) == 0:
            return None
        step = int(below[0]) + 1
        return Stop(step, float(rows[step, 2]))


def _decrease(rows: Floats) -> Floats:
    return rows[:-1, 2] - rows[1:, 2]


RULES: tuple[StoppingRule, ...] = (
    StoppingRule(
        "absolute_improvement",
        "Absolute improvement",
        r"f(\theta_t) - f(\theta_{t+1}) < \varepsilon",
        "f falls by less than ε; a step that raises f ends the run as well",
        1e-3,
        _decrease,
    ),
    StoppingRule(
        "relative_improvement",
        "Relative improvement",
        r"\frac{|f(\theta_t) - f(\theta_{t+1})|}{|f(\theta_t)|} < \varepsilon",
        "f changes by less than the part ε of itself",
        1e-3,
        lambda rows: np.abs(_decrease(rows)) / np.abs(rows[:-1, 2]),
    ),
    StoppingRule(
        "gradient_norm",
        "Gradient norm",
        r"\|\nabla f(\theta_{t+1})\| < \varepsilon",
        "the slope is less than ε, be it at a minimum or at a saddle",
        1e-2,
        lambda rows: rows[1:, 3],
    ),
    StoppingRule(
        "step_size",
        "Step size",
        r"\|\theta_{t+1} - \theta_t\| < \varepsilon",
        "the step is shorter than ε, whatever has made it short",
        1e-3,
        lambda rows: np.hypot(*np.diff(rows[:, :2], axis=0).T),
    ),
)

_NAMED = {each.name: each for each in RULES}


def checked(tolerances: Mapping[str, float]) -> None:
    """Refuse rules that are not known, and tolerances out of range."""
    for name, tolerance in tolerances.items():
        if name not in _NAMED:
            raise Refusal(
                f"Expected stopping rules among {listed(_NAMED)}, got “{name[:60]}”; "
                f"{nearest(name, _NAMED)}",
                field="stopping",
            )
        if not LOW <= tolerance <= HIGH:
            raise Refusal(
                f"Expected a tolerance from {LOW:g} to {HIGH:g} for {name}, got {tolerance:g}. "
                "Take one of these.",
                field=f"stopping.{name}",
            )


def stops(rows: Floats, tolerances: Mapping[str, float]) -> dict[str, Stop | None]:
    """Judge a run, rows (n + 1, 7), by each rule that has a tolerance here."""
    return {name: _NAMED[name].stop(rows, tolerance) for name, tolerance in tolerances.items()}
