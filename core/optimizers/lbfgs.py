"""L-BFGS: BFGS that remembers only the last few steps, so that it fits millions of parameters."""

from math import sqrt
from typing import ClassVar, Literal

from core.optimizers.abi import BATCHED, NO_STEP, REASON, Addresses, Reals, kernel, routine, stack
from core.optimizers.arrival import arrive, renew, value_and_gradient
from core.optimizers.base import Family, Need, Optimizer, TorchTwin
from core.optimizers.noise import noise
from core.optimizers.wolfe import ALPHA, C1, C2, GRADIENT_X, GRADIENT_Y, VALUE, line_search, longest
from core.parameter import hyperparameter

LONGEST = 100  # of the history
PAIR = 6  # sx, sy, yx, yy, 1/sᵀy and room for the a of the two loops


@routine
def two_loops(pairs: Reals, count: int, history: int, gx: float, gy: float) -> tuple[float, float]:
    """H ∇f from the newest `history` of `count` pairs in a ring (algorithm 7.4)."""
    qx, qy = gx, gy
    oldest = max(0, count - history)
    for i in range(count - 1, oldest - 1, -1):
        at = PAIR * (i % history)
        a = (pairs[at] * qx + pairs[at + 1] * qy) * pairs[at + 4]
        qx -= a * pairs[at + 2]
        qy -= a * pairs[at + 3]
        pairs[at + 5] = a
    if count > 0:  # the scale of the newest pair, eq. 7.20
        at = PAIR * ((count - 1) % history)
        scale = 1.0 / (pairs[at + 4] * (pairs[at + 2] ** 2 + pairs[at + 3] ** 2))
        qx *= scale
        qy *= scale
    for i in range(oldest, count):
        at = PAIR * (i % history)
        b = (pairs[at + 2] * qx + pairs[at + 3] * qy) * pairs[at + 4]
        qx += (pairs[at + 5] - b) * pairs[at]
        qy += (pairs[at + 5] - b) * pairs[at + 1]
    return qx, qy


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    history, c2 = int(h[0]), h[1]
    found = stack(4)
    pairs = stack(600)  # LONGEST * PAIR
    count = spent = 0
    f, gx, gy = value_and_gradient(S, p, x, y, 0)
    for k in range(steps + 1):
        if arrive(S, p, rule, out, steps, k, x, y, f, gx, gy, spent, spent, 0):
            return k
        f, gx, gy, anew = renew(S, p, rule, x, y, k, f, gx, gy)
        spent += anew
        nx, ny = noise(rule, k)
        dx, dy = two_loops(pairs, count, history, -(gx + nx), -(gy + ny))
        slope = (gx + nx) * dx + (gy + ny) * dy
        first = 1.0 if count > 0 else 1.0 / sqrt(dx * dx + dy * dy)
        most = longest(rule, dx, dy)
        trials = line_search(
            S, p, k, x, y, f, dx, dy, slope, nx * dx + ny * dy, first, most, C1, c2, found
        )
        spent += trials + (1 if k == 0 else 0)  # the start costs one evaluation of its own
        if found[ALPHA] == 0.0:
            if rule[BATCHED] != 0.0:  # another minibatch may lead on
                continue
            rule[REASON] = NO_STEP
            return k
        sx, sy = found[ALPHA] * dx, found[ALPHA] * dy
        yx, yy = found[GRADIENT_X] - gx, found[GRADIENT_Y] - gy
        x, y, f, gx, gy = x + sx, y + sy, found[VALUE], found[GRADIENT_X], found[GRADIENT_Y]
        sty = sx * yx + sy * yy
        if sty > 0.0:  # otherwise the remembered curvature would not be positive
            at = PAIR * (count % history)
            pairs[at], pairs[at + 1], pairs[at + 2], pairs[at + 3] = sx, sy, yx, yy
            pairs[at + 4] = 1.0 / sty
            count += 1
    return steps


class Lbfgs(Optimizer):
    """θ ← θ − α H ∇f(θ), H from the newest m pairs s = Δθ, y = Δ∇f, α by a line search."""

    name: Literal["lbfgs"] = "lbfgs"
    history: int = hyperparameter(10, 1, LONGEST, "m", "steps that are remembered", "integer")
    c2: float = hyperparameter(
        C2, 0.1, 0.99, "c_2", "part of the slope that may be left: smaller is a finer line search"
    )

    lr: float = hyperparameter(
        1, 1e-4, 10, r"\eta", "length of a search's first trial; torch's own step", "log",
        network=True,
    )  # fmt: skip
    form: int = hyperparameter(
        1, 1, 2, r"\mathrm{form}", "1: guarded, on batches of its own; 2: torch's own, unguarded",
        "integer", network=True,
    )  # fmt: skip

    title: ClassVar[str] = "L-BFGS"
    short: ClassVar[str] = "L-BFGS"
    family: ClassVar[Family] = "newton"
    formula: ClassVar[str] = (
        r"\theta_{t+1} = \theta_t - \alpha_t H_t \nabla f(\theta_t), \quad "
        r"H_t \text{ from the last } m \text{ pairs } (s, y)"
    )
    reference: ClassVar[str] = "Nocedal & Wright, Numerical Optimization, 2006, algorithm 7.5"
    needs: ClassVar[frozenset[Need]] = frozenset({"gradient", "line_search"})
    primary: ClassVar[str] = "history"
    kernel = run
    training: ClassVar[dict[str, float]] = {"history": 10, "c2": 0.9}
    training_cost: ClassVar[float] = 5.0
    fixed: ClassVar[frozenset[str]] = frozenset({"form"})

    def torch(self) -> TorchTwin:
        """The guarded L-BFGS, with a line search on one batch per step; or torch's, as it is."""
        if self.form == 2:
            arguments = {"lr": self.lr, "history_size": self.history}
            return TorchTwin("torch.optim.LBFGS", arguments)
        arguments = {"lr": self.lr, "history": self.history, "c2": self.c2}
        return TorchTwin("core.training.lbfgs.StochasticLBFGS", arguments)
