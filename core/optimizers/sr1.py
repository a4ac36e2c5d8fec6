"""SR1: a trust region whose Hessian is learnt from the gradients, and may be indefinite."""

from math import inf, sqrt
from typing import ClassVar, Literal

from core.optimizers.abi import BATCHED, NO_STEP, REASON, Addresses, Reals, helper, kernel
from core.optimizers.arrival import arrive, renew, value_and_gradient
from core.optimizers.base import Family, Need, Optimizer
from core.optimizers.noise import noise
from core.optimizers.radius import REST, ROUNDING, TRIALS, lowest_within
from core.optimizers.spectrum import spectrum
from core.parameter import hyperparameter

POOR, GOOD, FULL = 0.1, 0.75, 0.8  # of the promise twice, of the radius: those of algorithm 6.2
SKIP = 1e-8  # of |s| |y − B s|: the least |sᵀ(y − B s)| that is no division by almost 0


@helper
def update(
    bxx: float, bxy: float, byy: float, sx: float, sy: float, yx: float, yy: float
) -> tuple[float, float, float]:
    """B ← B + r rᵀ / rᵀs with r = y − B s, eq. 6.24, save where rᵀs is almost 0, eq. 6.26."""
    rx, ry = yx - (bxx * sx + bxy * sy), yy - (bxy * sx + byy * sy)
    rs = rx * sx + ry * sy
    size = (rx * rx + ry * ry) / abs(rs)  # of the update, and NaN where the trial's gradient is
    if abs(rs) < SKIP * sqrt((sx * sx + sy * sy) * (rx * rx + ry * ry)) or not size < inf:
        return bxx, bxy, byy
    return bxx + rx * rx / rs, bxy + rx * ry / rs, byy + ry * ry / rs


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    radius, longest, eta = min(h[0], h[1]), h[1], h[2]
    spent = 0
    bxx, bxy, byy = 1.0, 0.0, 1.0  # the Hessian B
    learnt = False
    f, gx, gy = value_and_gradient(S, p, x, y, 0)
    for k in range(steps + 1):
        if arrive(S, p, rule, out, steps, k, x, y, f, gx, gy, spent, spent, 0):
            return k
        f, gx, gy, anew = renew(S, p, rule, x, y, k, f, gx, gy)
        spent += anew + (1 if k == 0 else 0)  # the start costs one evaluation of its own
        nx, ny = noise(rule, k)
        slack = ROUNDING * abs(f)  # so that rounding cannot reject a step at the bottom
        held = radius
        agreement = length = 0.0
        for _ in range(TRIALS):
            low, high, c, s = spectrum(bxx, bxy, byy)
            a = c * (gy + ny) - s * (gx + nx)  # the gradient in B's own axes
            b = c * (gx + nx) + s * (gy + ny)
            u, v = lowest_within(low, high, a, b, radius)
            dx, dy = c * v - s * u, s * v + c * u
            there, hx, hy = value_and_gradient(S, p, x + dx, y + dy, k)
            spent += 1
            promised = -(a * u + b * v + 0.5 * (low * u * u + high * v * v))
            agreement = (f - there - (nx * dx + ny * dy) + slack) / (promised + slack)
            length = sqrt(u * u + v * v)
            if not agreement >= POOR:  # NaN too, as after a trial where f is not finite
                radius = 0.5 * length
            elif agreement > GOOD and length > FULL * radius:
                radius = min(2.0 * radius, longest)
            # A rejected trial teaches B as well: it shows where the model was wrong.
            yx, yy = hx - gx, hy - gy
            scale = (yx * yx + yy * yy) / abs(dx * yx + dy * yy)
            if not learnt and 0.0 < scale < inf:  # that of the first pair, as eq. 6.20 has it
                bxx = byy = scale
                learnt = True
            bxx, bxy, byy = update(bxx, bxy, byy, dx, dy, yx, yy)
            if agreement > eta:
                x, y, f, gx, gy = x + dx, y + dy, there, hx, hy
                break
        if rule[BATCHED] != 0.0 and length < REST * held:
            radius = held  # at rest on this minibatch: rounding tells nothing of the next one
        if not agreement > eta:
            if rule[BATCHED] != 0.0:  # another minibatch may lead on
                radius = held
                continue
            rule[REASON] = NO_STEP
            return k
    return steps


class Sr1(Optimizer):
    """θ ← θ + p, p the lowest point of a quadratic with |p| ≤ Δ, its B learnt from all trials."""

    name: Literal["sr1"] = "sr1"
    radius: float = hyperparameter(0.3, 1e-3, 100, r"\Delta_0", "radius of the first region", "log")
    longest: float = hyperparameter(10, 1e-3, 100, r"\Delta_{\max}", "largest radius", "log")
    eta: float = hyperparameter(
        1e-4, 0, 1e-3, r"\eta", "part of the promised descent that a step must bring"
    )

    title: ClassVar[str] = "SR1"
    short: ClassVar[str] = "SR1"
    family: ClassVar[Family] = "newton"
    formula: ClassVar[str] = (
        r"p_t = \operatorname{argmin}_{|p| \le \Delta_t} \nabla f(\theta_t)^\top p + "
        r"\tfrac{1}{2}\, p^\top B_t\, p, \quad "
        r"B_{t+1} = B_t + \frac{r r^\top}{r^\top s}, \quad r = y - B_t s"
    )
    reference: ClassVar[str] = (
        "Nocedal & Wright, Numerical Optimization, 2006, algorithm 6.2; Conn, Gould & Toint, "
        "Convergence of quasi-Newton matrices generated by the symmetric rank one update, "
        "Math. Program. 50, 1991"
    )
    needs: ClassVar[frozenset[Need]] = frozenset({"value", "gradient"})
    primary: ClassVar[str] = "radius"
    kernel = run
