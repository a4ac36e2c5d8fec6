"""The learning rate of each coordinate along a path: what the state of Adam and its kin amounts to.

The path is run once more, its gradients are taken as the method saw them, and the method's own
rule is replayed over them in float64 (`Optimizer.coordinate_scales`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.descent.landscape import landscape
from core.descent.native import Ground
from core.descent.request import Request
from core.descent.rule import Rule
from core.descent.run import checked
from core.optimizers import Optimizer
from core.optimizers.noise import noise
from core.optimizers.seen import Seen

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class CoordinateRates:
    """What drove the n steps of one run.

    `gradients` (n, 2) with noise and minibatch; `rates` (n, 2), None for a method that has no rate
    of its own in each coordinate.
    """

    optimizer: Optimizer
    gradients: Floats
    rates: Floats | None


def coordinate_rates(request: Request) -> CoordinateRates:
    """Look back at the inspected optimizer's run (the first's, if none is); raises Refusal."""
    optimizer = request.optimizers[request.inspect or 0]
    surface = landscape(request.surface)
    size = checked(request.batch_size, surface.title, surface.rows)
    rule = Rule(request.tolerance, request.view or surface.view, request.noise, request.seed, size)
    walked = surface.ground.in_batches(size, request.seed)
    rows, _ = walked.run(optimizer, request.start, request.steps, rule)
    seen = _seen(walked, rows, rule)
    with np.errstate(all="ignore"):  # a diverging run overflows on its last steps
        scales = optimizer.coordinate_scales(seen)
        rates = None if scales is None else scales * _lr(optimizer, request.steps, len(scales))
    return CoordinateRates(optimizer, seen.gradients, rates)


def _seen(walked: Ground, rows: Floats, rule: Rule) -> Seen:
    """Evaluate where each of the n steps began; the last row is where none does."""
    if rule.batch_size == 0:
        found = walked.derivatives(rows)[:-1]
    else:
        path = rows[:-1, :2].tolist()
        jets = [walked.evaluate(x, y, k)[1:] for k, (x, y) in enumerate(path)]
        found = np.array(jets).reshape(-1, 5)
    gradients = found[:, :2].copy()
    if rule.noise != 0.0:
        disturbances = [noise(rule.numbers, k) for k in range(len(gradients))]
        gradients += np.array(disturbances).reshape(-1, 2)
    return Seen(gradients, found[:, 2:], rule.seed)


def _lr(optimizer: Optimizer, steps: int, count: int) -> Floats | float:
    """Give the rate before the scales: `lr`, or as the schedule has it at each step, (n, 1)."""
    scheduled = optimizer.rates(steps)
    if scheduled is not None:
        return scheduled[:count, None]
    return float(optimizer.hyperparameters()["lr"])
