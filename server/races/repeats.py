"""Repeats of an optimizer put together for the report: median, band, and what is lost.

The rules are those of the page (frontend/training/repeats.js and quantiles.js).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from server.races.curves import Curve, Curves

ENOUGH = 5
"""From so many repeats on a band leaves out the outermost tenths; of fewer it holds all."""


@dataclass(frozen=True, slots=True)
class Line:
    """The median of some repeats over epochs, and the band around it."""

    epochs: list[float]
    middle: list[float]
    low: list[float]
    high: list[float]


def grouped(found: Curves) -> list[list[Curve]]:
    """Give the repeats of each optimizer; a fork stands alone, as all do in a race without."""
    asked = len(found.request.get("optimizers", ()))
    repeated = asked * found.repeats
    groups: dict[int, list[Curve]] = {}
    for entrant, curve in found.entrants.items():
        groups.setdefault(entrant % asked if entrant < repeated else entrant, []).append(curve)
    return list(groups.values())


def line(curves: Sequence[Curve], key: str) -> Line:
    """Give `loss` or `accuracy` in validation, as far as all have come and half are not lost."""
    worst = math.inf if key == "loss" else -math.inf
    told = Line([], [], [], [])
    while True:
        at = len(told.epochs)
        there = [curve.evaluations[at] for curve in curves if at < len(curve.evaluations)]
        waiting = any(at >= len(each.evaluations) and each.ending is None for each in curves)
        lost = sum(at >= len(curve.evaluations) and diverged(curve) for curve in curves)
        values = [worst if seen[key] is None else float(seen[key]) for seen in there]
        middle = _median([*values, *[worst] * lost])
        if waiting or not values or not math.isfinite(middle):
            return told
        low, high = band([value for value in values if math.isfinite(value)], len(curves))
        told.epochs.append(there[0]["epoch"])
        told.middle.append(middle)
        told.low.append(low)
        told.high.append(high)


def best(curves: Sequence[Curve]) -> tuple[float, float] | None:
    """Give the median of the best accuracies and half of the width of their band; None: lost."""
    tops = [top(curve) for curve in curves if not diverged(curve)]
    middle = _median([*tops, *[-math.inf] * (len(curves) - len(tops))])
    if not math.isfinite(middle):
        return None
    low, high = band(tops, len(curves))
    return middle, (high - low) / 2


def top(curve: Curve) -> float:
    """Give the best validation accuracy; 0 before the first evaluation."""
    told = (seen["accuracy"] for seen in curve.evaluations if seen["step"] > 0)
    return max((float(each) for each in told if each is not None), default=0.0)


def diverged(curve: Curve) -> bool:
    """Tell whether an entrant is out."""
    return curve.ending is not None and curve.ending["type"] == "diverged"


def band(values: Sequence[float], repeats: int) -> tuple[float, float]:
    """Give what most of some finite values lie between: all of few, 10 % to 90 % of many."""
    ordered = sorted(values)
    if repeats < ENOUGH:
        return ordered[0], ordered[-1]
    return _quantile(ordered, 0.1), _quantile(ordered, 0.9)


def _quantile(ordered: Sequence[float], share: float) -> float:
    at = share * (len(ordered) - 1)
    below, above = ordered[math.floor(at)], ordered[math.ceil(at)]
    return below + (at % 1) * (above - below)


def _median(values: Sequence[float]) -> float:
    """Give the median; not a number where there is none, infinite beside an infinite one."""
    return median(values) if values else math.nan
