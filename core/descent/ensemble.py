"""Many seeds of one run: what their ways have in common, step by step."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.descent.endings import ending
from core.descent.measures import measured
from core.descent.native import Ground
from core.descent.request import Request
from core.descent.rule import Rule
from core.descent.trajectory import Ensemble, Trajectory

Floats = NDArray[np.float64]

LOW, MEDIAN, HIGH = 0.1, 0.5, 0.9


def ensemble(
    ground: Ground,
    first: Trajectory,
    request: Request,
    rule: Rule,
    minima: Sequence[tuple[float, float]],
) -> Ensemble:
    """Follow `first`'s optimizer with the request's other seeds; `first` is the run of its own."""
    seeds = range(request.seed, request.seed + request.seeds)
    runs, endings = [first.rows], [first.ending]
    for seed in seeds[1:]:
        other = replace(rule, seed=seed)
        walked = ground.in_batches(rule.batch_size, seed)
        rows, code = walked.run(first.optimizer, request.start, request.steps, other)
        runs.append(rows)
        endings.append(ending(code, rows, first.optimizer, rule, first.stability, ground.evaluate))
    low, median, high = quantiles(runs)
    measure = None
    if request.measure is not None:
        along = [measured(request.measure, rows[:, :2], minima)[:, None] for rows in runs]
        measure = quantiles(along)[:, :, 0].T
    return Ensemble(seeds, tuple(runs), tuple(endings), low, median, high, measure)


def quantiles(runs: Sequence[Floats]) -> Floats:
    """Take the quantiles of n runs (n_i, k) step by step: (3, longest n_i, k), the lowest first.

    Between two runs it is linear. Where a run that goes on has no number, there is none: NaN.
    """
    longest, columns = max(map(len, runs)), runs[0].shape[1]
    held = np.empty((longest, columns, len(runs)))
    for i, rows in enumerate(runs):
        known = np.flatnonzero(np.isfinite(rows).all(axis=1))
        last = int(known[-1]) if len(known) else 0
        held[: last + 1, :, i] = rows[: last + 1]
        held[last + 1 :, :, i] = rows[last]
    held.sort(axis=-1)  # NaN comes last
    out = np.empty((3, longest, columns))
    with np.errstate(invalid="ignore", over="ignore"):
        for place, share in enumerate((LOW, MEDIAN, HIGH)):
            at = share * (len(runs) - 1)
            below, part = int(at), at - int(at)
            above = min(below + 1, len(runs) - 1)
            out[place] = (1 - part) * held[..., below] + part * held[..., above]
    out[:, np.isnan(held[..., -1])] = np.nan
    return out
