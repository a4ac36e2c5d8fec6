"""Every optimizer's reference: the same rule by somebody else, or derived a second time in numpy.

A reference takes an optimizer's own path on Rosenbrock and tells how far it is from its rule. The
function, its gradient and its Hessian are scipy's, so nothing of ours is measured by ours.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import polar
from scipy.optimize import brentq, rosen, rosen_der, rosen_hess

from tests.core.optimizers.paths import make, path
from tests.core.optimizers.secants import bfgs, dfp, lbfgs, sr1

Array = NDArray[np.float64]
Law = Callable[[Array, dict[str, Any]], float]

ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
START = (-1.2, 1.0)


class Reference(NamedTuple):
    """`law` gives the worst difference of a path, shape (steps + 1, 2), from its rule."""

    who: str
    compared: str
    settings: dict[str, Any]
    steps: int
    law: Law

    def worst(self, name: str) -> float:
        """Run the optimizer and measure it."""
        method = make(name, **self.settings)
        run = path(method, ROSENBROCK, START, self.steps)
        assert len(run.path) > 2, run.ending.message
        return self.law(run.path, method.hyperparameters())


def apart(ours: Array, theirs: Array) -> float:
    """Give the largest difference of two arrays of vectors, each relative to its vector's size."""
    size = np.linalg.norm(theirs, axis=-1)
    return float((np.linalg.norm(ours - theirs, axis=-1) / size).max())


def astray(ours: Array, theirs: Array) -> float:
    """Give the largest distance of two paths, relative to the farthest point from the origin."""
    far = np.linalg.norm(theirs, axis=-1).max()
    return float(np.linalg.norm(ours - theirs, axis=-1).max() / far)


def unit(vectors: Array) -> Array:
    """Scale vectors, shape (n, 2), to length 1."""
    scaled: Array = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return scaled


def slopes(points: Array) -> Array:
    """Gradients at points, shape (n, 2)."""
    return np.array([rosen_der(point) for point in points])


def iterates(rule: Callable[[Array, dict[str, Any]], Array]) -> Law:
    """Measure the iterates against those that a rule finds from the same start."""

    def law(points: Array, h: dict[str, Any]) -> float:
        return astray(points, rule(points, h))

    return law


def directions(rule: Callable[[Array, Array, dict[str, Any]], Array]) -> Law:
    """Measure the directions of the steps; how far to go is the line search's affair."""

    def law(points: Array, h: dict[str, Any]) -> float:
        at = points[:-1]
        return apart(
            unit(np.diff(points, axis=0)), unit(rule(points, slopes(points), h)[: len(at)])
        )

    return law


def steps(rule: Callable[[Array, dict[str, Any]], Array]) -> Law:
    """Measure every step against the one that a rule would take from the same iterate."""

    def law(points: Array, h: dict[str, Any]) -> float:
        return apart(np.diff(points, axis=0), np.array([rule(point, h) for point in points[:-1]]))

    return law


def lion(points: Array, h: dict[str, Any]) -> Array:
    """Chen et al. 2023, Algorithm 2."""
    found, m = [points[0]], np.zeros(2)
    for _ in points[1:]:
        theta = found[-1]
        g = rosen_der(theta)
        c = h["beta1"] * m + (1 - h["beta1"]) * g
        found.append(theta - h["lr"] * (np.sign(c) + h["weight_decay"] * theta))
        m = h["beta2"] * m + (1 - h["beta2"]) * g
    return np.array(found)


def adahessian(points: Array, h: dict[str, Any]) -> Array:
    """Yao et al. 2021, Algorithm 1, the exact diagonal in place of the estimate."""
    found, m, v = [points[0]], np.zeros(2), np.zeros(2)
    for t in range(1, len(points)):
        theta = found[-1]
        m = h["beta1"] * m + (1 - h["beta1"]) * rosen_der(theta)
        v = h["beta2"] * v + (1 - h["beta2"]) * np.diag(rosen_hess(theta)) ** 2
        root = np.sqrt(v / (1 - h["beta2"] ** t)) ** h["hessian_power"]
        found.append(theta - h["lr"] * m / (1 - h["beta1"] ** t) / (root + h["eps"]))
    return np.array(found)


def backtracking(points: Array, h: dict[str, Any]) -> Array:
    """Armijo 1966: the first of lr, lr·shrink, lr·shrink², ... that lowers f enough."""
    found = [points[0]]
    for _ in points[1:]:
        theta, alpha = found[-1], h["lr"]
        g = rosen_der(theta)
        while rosen(theta - alpha * g) > rosen(theta) - h["c1"] * alpha * g @ g:
            alpha *= h["shrink"]
        found.append(theta - alpha * g)
    return np.array(found)


def barzilai_borwein(points: Array, h: dict[str, Any]) -> Array:
    """Barzilai & Borwein 1988: 1/α as the least-squares fit of y ≈ s/α (BB1)."""
    found, rate = [points[0]], h["lr"]
    for _ in points[1:]:
        theta, g = found[-1], rosen_der(found[-1])
        found.append(theta - rate * g)
        s, y = found[-1] - theta, rosen_der(found[-1]) - g
        rate = abs(1 / np.linalg.lstsq(s[:, None], y, rcond=None)[0][0])
    return np.array(found)


def newton(point: Array, h: dict[str, Any]) -> Array:
    """Solve H s = −g."""
    found: Array = -h["lr"] * np.linalg.solve(rosen_hess(point), rosen_der(point))
    return found


def damped_newton(points: Array, g: Array, h: dict[str, Any]) -> Array:
    """(H + μ I) s = −g, μ the least that lifts the lowest eigenvalue to the floor."""
    found = []
    for point, slope in zip(points, g, strict=True):
        hessian = rosen_hess(point)
        lift = max(0.0, h["floor"] - np.linalg.eigvalsh(hessian)[0])
        found.append(np.linalg.solve(hessian + lift * np.eye(2), -slope))
    return np.array(found)


def saddle_free_newton(point: Array, h: dict[str, Any]) -> Array:
    """Dauphin et al. 2014: |H| is the positive factor of H's polar decomposition."""
    size = polar(rosen_hess(point))[1] + h["damping"] * np.eye(2)
    found: Array = -h["lr"] * np.linalg.solve(size, rosen_der(point))
    return found


def trust_region(points: Array, h: dict[str, Any]) -> float:
    """Nocedal & Wright, Theorem 4.1: (H + μ I) s = −g with μ ≥ 0 and H + μ I ⪰ 0."""
    worst = 0.0
    for point, s in zip(points, np.diff(points, axis=0), strict=False):
        if not s.any():
            continue  # a trial that was refused
        g, hessian = rosen_der(point), rosen_hess(point)
        mu = max(0.0, -s @ (hessian @ s + g) / (s @ s))
        residual = np.linalg.norm((hessian + mu * np.eye(2)) @ s + g) / np.linalg.norm(g)
        below = -min(0.0, np.linalg.eigvalsh(hessian)[0] + mu) / np.linalg.norm(hessian)
        worst = max(worst, float(residual), float(below))
    return worst


def exact_line_search(points: Array, h: dict[str, Any]) -> float:
    """Brent's root of φ′(α) beside the step taken."""
    worst = 0.0
    for point, s in zip(points, np.diff(points, axis=0), strict=False):
        d = -rosen_der(point)
        alpha = np.linalg.norm(s) / np.linalg.norm(d)
        root = brentq(lambda a, p=point, d=d: rosen_der(p + a * d) @ d, 0.9 * alpha, 1.1 * alpha,
                      xtol=1e-15, rtol=1e-15)  # fmt: skip
        worst = max(worst, abs(alpha / root - 1), float(np.linalg.norm(unit(s) - unit(d))))
    return worst


def conjugate(change: Callable[[Array, Array], Array], every: int) -> Law:
    """β from `change` (new gradient, old one), back to −g every so many steps."""

    def rule(_: Array, g: Array, h: dict[str, Any]) -> Array:
        found = [-g[0]]
        for k in range(1, len(g)):
            d = -g[k]
            if not every or k % every:
                beta = max(0.0, g[k] @ change(g[k], g[k - 1]) / (g[k - 1] @ g[k - 1]))
                d = d + beta * found[-1]
            found.append(d if d @ g[k] < 0 else -g[k])
        return np.array(found)

    return directions(rule)


REFERENCES = {
    "lion": Reference("its Algorithm 2, in numpy", "iterates", {"lr": 3e-3}, 300, iterates(lion)),
    "adahessian": Reference("its Algorithm 1, in numpy", "iterates", {"lr": 0.05}, 100,
                            iterates(adahessian)),
    "backtracking": Reference("Armijo's rule, in numpy", "iterates", {}, 100,
                              iterates(backtracking)),
    "exact_line_search": Reference("scipy.optimize.brentq", "step lengths", {}, 40,
                                   exact_line_search),
    "barzilai_borwein": Reference("numpy.linalg.lstsq for the rate", "iterates",
                                  {"lr": 1e-3}, 11, iterates(barzilai_borwein)),
    "fletcher_reeves": Reference("its β, in numpy", "directions", {}, 18,
                                 conjugate(lambda new, old: new, 3)),
    "polak_ribiere": Reference("its β, in numpy", "directions", {}, 18,
                               conjugate(lambda new, old: new - old, 0)),
    "newton": Reference("numpy.linalg.solve", "steps", {}, 5, steps(newton)),
    "damped_newton": Reference("numpy.linalg.eigvalsh, solve", "directions", {}, 12,
                               directions(damped_newton)),
    "saddle_free_newton": Reference("scipy.linalg.polar", "steps", {}, 6,
                                    steps(saddle_free_newton)),
    "trust_region": Reference("Nocedal & Wright, Theorem 4.1", "steps", {}, 18, trust_region),
    "sr1": Reference("scipy.optimize.SR1 and brentq", "iterates", {}, 20, iterates(sr1)),
    "bfgs": Reference("scipy.optimize.BFGS", "directions", {}, 25, directions(bfgs)),
    "dfp": Reference("scipy.optimize.BFGS, s and y exchanged", "directions", {}, 25,
                     directions(dfp)),
    "lbfgs": Reference("dense update, in numpy", "directions", {}, 25, directions(lbfgs)),
}  # fmt: skip
