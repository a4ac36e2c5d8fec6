"""Trust region: the lowest point of the local quadratic, but only as far as it has proved true."""

from math import sqrt
from typing import ClassVar, Literal

from core.optimizers.abi import BATCHED, NO_STEP, REASON, Addresses, Reals, kernel
from core.optimizers.arrival import arrive, hessian, value, value_and_gradient
from core.optimizers.base import Family, Need, Optimizer
from core.optimizers.noise import noise
from core.optimizers.radius import REST, ROUNDING, TRIALS, lowest_within
from core.optimizers.spectrum import spectrum
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    radius, longest, eta = h[0], h[1], h[2]
    radius = min(radius, longest)
    spent = 0
    for k in range(steps + 1):
        f, gx, gy = value_and_gradient(S, p, x, y, k)
        if arrive(S, p, rule, out, steps, k, x, y, f, gx, gy, spent, k, k):
            return k
        nx, ny = noise(rule, k)
        hxx, hxy, hyy = hessian(S, p, x, y, k)
        low, high, c, s = spectrum(hxx, hxy, hyy)
        a = c * (gy + ny) - s * (gx + nx)  # the gradient in the Hessian's own axes
        b = c * (gx + nx) + s * (gy + ny)
        # The start's own value; later ones are known, unless they were of another minibatch.
        spent += 1 if k == 0 or rule[BATCHED] != 0.0 else 0
        slack = ROUNDING * abs(f)  # so that rounding cannot reject a step at the bottom
        agreement = dx = dy = length = 0.0
        held = radius
        for _ in range(TRIALS):
            u, v = lowest_within(low, high, a, b, radius)
            dx, dy = c * v - s * u, s * v + c * u
            promised = -(a * u + b * v + 0.5 * (low * u * u + high * v * v))
            lowered = f - value(S, p, x + dx, y + dy, k) - (nx * dx + ny * dy)
            spent += 1
            agreement = (lowered + slack) / (promised + slack)
            length = sqrt(u * u + v * v)
            if not agreement >= 0.25:  # NaN too, as after a trial where f is not finite
                radius = 0.25 * length
            elif agreement > 0.75 and length > 0.99 * radius:
                radius = min(2.0 * radius, longest)
            if agreement > eta:
                break
        if rule[BATCHED] != 0.0 and length < REST * held:
            radius = held  # at rest on this minibatch: rounding tells nothing of the next one
        if not agreement > eta:
            if rule[BATCHED] != 0.0:  # another minibatch may lead on
                radius = held
                continue
            rule[REASON] = NO_STEP
            return k
        x, y = x + dx, y + dy
    return steps


class TrustRegion(Optimizer):
    """θ ← θ + p, p the lowest point of the local quadratic with |p| ≤ Δ; Δ follows its success."""

    name: Literal["trust_region"] = "trust_region"
    radius: float = hyperparameter(0.3, 1e-3, 100, r"\Delta_0", "radius of the first region", "log")
    longest: float = hyperparameter(10, 1e-3, 100, r"\Delta_{\max}", "largest radius", "log")
    eta: float = hyperparameter(
        0.1, 0, 0.24, r"\eta", "part of the promised descent that a step must bring"
    )

    title: ClassVar[str] = "Trust region"
    short: ClassVar[str] = "Trust region"
    family: ClassVar[Family] = "newton"
    formula: ClassVar[str] = (
        r"p_t = \operatorname{argmin}_{|p| \le \Delta_t} \nabla f(\theta_t)^\top p + "
        r"\tfrac{1}{2}\, p^\top \nabla^2 f(\theta_t)\, p, \quad \theta_{t+1} = \theta_t + p_t"
    )
    reference: ClassVar[str] = (
        "Nocedal & Wright, Numerical Optimization, 2006, algorithm 4.1; the step of "
        "Moré & Sorensen, Computing a trust region step, SIAM J. Sci. Stat. Comput. 4, 1983"
    )
    needs: ClassVar[frozenset[Need]] = frozenset({"value", "gradient", "hessian"})
    primary: ClassVar[str] = "radius"
    kernel = run
