"""Secant: Newton's method in one variable, f'' read off the last two slopes."""

from typing import ClassVar, Literal

from core.optimizers.abi import FLAT_CHORD, REASON, Addresses, Reals, kernel
from core.optimizers.arrival import look
from core.optimizers.base import Family, Optimizer
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk along x; see `core.optimizers.abi` for the arguments."""
    offset = h[0]
    px = ux = 0.0  # the iterate before this one, and the slope there
    for k in range(steps + 1):
        gx, _, ended = look(S, p, x, y, k, steps, rule, out)
        if ended:
            return k
        here = x
        if k == 0:
            x += offset
        elif gx == ux:
            rule[REASON] = FLAT_CHORD
            return k
        else:
            x -= (x - px) / (gx - ux) * gx
        px, ux = here, gx
    return steps


class Secant(Optimizer):
    """θ ← θ − (θ − θ⁻) / (f'(θ) − f'(θ⁻)) f'(θ), θ⁻ the iterate before; θ₁ = θ₀ + h."""

    name: Literal["secant"] = "secant"
    offset: float = hyperparameter(
        0.1, 1e-6, 10, "h", "distance of the second start from the first, to the right", "log"
    )

    title: ClassVar[str] = "Secant"
    short: ClassVar[str] = "Secant"
    family: ClassVar[Family] = "newton"
    formula: ClassVar[str] = (
        r"\theta_{t+1} = \theta_t - \frac{\theta_t - \theta_{t-1}}"
        r"{f'(\theta_t) - f'(\theta_{t-1})}\, f'(\theta_t), \quad \theta_1 = \theta_0 + h"
    )
    reference: ClassVar[str] = (
        "Papakonstantinou & Tapia, Origin and evolution of the secant method in one dimension, "
        "Amer. Math. Monthly 120, 2013"
    )
    primary: ClassVar[str] = "offset"
    kernel = run
    variables: ClassVar[frozenset[int]] = frozenset({1})
