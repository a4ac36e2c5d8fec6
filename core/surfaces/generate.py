"""Small data sets of our own, each made by a rule and a seed that stand here.

Python promises that `random()` gives the same numbers for a seed in every version, which it does
not for the other distributions; so everything is made of it. Numbers are rounded to two decimals,
so that a table of them can be read.
"""

from collections.abc import Callable
from math import exp
from random import Random

Rows = tuple[tuple[float, ...], ...]


def line(seed: int, n: int, slope: float, intercept: float, scatter: float) -> Rows:
    """Points (s, t) about a line, s even over [0, 3], t off by up to 2 `scatter` (triangular)."""
    random = Random(seed).random
    rows = []
    for i in range(n):
        s = 3 * (i + 0.5) / n
        off = scatter * 2 * (random() - random())
        rows.append((round(s, 2), round(slope * s + intercept + off, 2)))
    return tuple(rows)


def labels(seed: int, n: int, steepness: float) -> Rows:
    """Pairs (s, t), s even over [-3, 3], t = 1 with probability 1/(1 + exp(-steepness s))."""
    random = Random(seed).random
    rows = []
    for i in range(n):
        s = round(-3 + 6 * (i + 0.5) / n, 2)
        rows.append((s, _label(random, steepness * s)))
    return tuple(rows)


def two_features(seed: int, n: int, weights: tuple[float, float]) -> Rows:
    """Rows (u, v, t), (u, v) even over [-3, 3] x [-1, 1], t = 1 by the logistic law of weights."""
    random = Random(seed).random
    rows = []
    for _ in range(n):
        u, v = round(6 * random() - 3, 2), round(2 * random() - 1, 2)
        rows.append((u, v, _label(random, weights[0] * u + weights[1] * v)))
    return tuple(rows)


def _label(random: Callable[[], float], z: float) -> float:
    return 1.0 if random() < 1 / (1 + exp(-z)) else 0.0
