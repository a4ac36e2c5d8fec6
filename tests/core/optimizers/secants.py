"""The quasi-Newton rules of `references`, their matrices from scipy where it has them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import BFGS, SR1, brentq, rosen, rosen_der

Array = NDArray[np.float64]


def bfgs(points: Array, g: Array, h: dict[str, Any]) -> Array:
    """scipy.optimize.BFGS keeps the inverse Hessian; its first scale is ours."""
    estimate = BFGS(init_scale="auto")
    estimate.initialize(2, "inv_hess")
    found = [-g[0]]
    for k in range(1, len(points)):
        estimate.update(points[k] - points[k - 1], g[k] - g[k - 1])
        found.append(-estimate.dot(g[k]))
    return np.array(found)


def dfp(points: Array, g: Array, h: dict[str, Any]) -> Array:
    """The dual of BFGS: its own update of B with s and y exchanged."""
    estimate = BFGS(init_scale=1.0)
    found = [-g[0]]
    for k in range(1, len(points)):
        s, y = points[k] - points[k - 1], g[k] - g[k - 1]
        if k == 1:
            estimate = BFGS(init_scale=float(s @ y / (y @ y)))
            estimate.initialize(2, "hess")
        estimate.update(y, s)
        found.append(-estimate.dot(g[k]))
    return np.array(found)


def lowest(hessian: Array, g: Array, radius: float) -> Array:
    """Minimise gᵀp + pᵀBp/2 over |p| ≤ Δ: (B + μ I) p = −g with the μ ≥ 0 that Brent finds."""
    values, vectors = np.linalg.eigh(hessian)
    along = vectors.T @ g

    def beyond(mu: float) -> float:
        return float(np.linalg.norm(along / (values + mu)) / radius - 1)

    if values[0] > 0 and beyond(0.0) <= 0:
        mu = 0.0
    else:
        least = max(0.0, -values[0])
        most = least + np.linalg.norm(g) / radius
        mu = brentq(beyond, least + 1e-12 * most, most * (1 + 1e-12), xtol=1e-300, rtol=1e-15)
    found: Array = -vectors @ (along / (values + mu))
    return found


def sr1(points: Array, h: dict[str, Any]) -> Array:
    """Algorithm 6.2 of Nocedal & Wright; scipy.optimize.SR1 keeps B, its first scale is ours."""
    found, radius = [points[0]], h["radius"]
    estimate = SR1(init_scale="auto")
    estimate.initialize(2, "hess")
    while len(found) < len(points):
        theta, hessian = found[-1], estimate.get_matrix()
        g = rosen_der(theta)
        p = lowest(hessian, g, radius)
        length = float(np.linalg.norm(p))
        ratio = (rosen(theta) - rosen(theta + p)) / -(g @ p + p @ hessian @ p / 2)
        if ratio < 0.1:
            radius = length / 2
        elif ratio > 0.75 and length > 0.8 * radius:
            radius = min(2 * radius, h["longest"])
        estimate.update(p, rosen_der(theta + p) - g)  # after a rejected trial as well
        if ratio > h["eta"]:
            found.append(theta + p)
    return np.array(found)


def lbfgs(points: Array, g: Array, h: dict[str, Any]) -> Array:
    """The dense inverse Hessian of the newest pairs, begun anew from γ I at every step."""
    found = [-g[0]]
    pairs: list[tuple[Array, Array]] = []
    for k in range(1, len(points)):
        pairs = [*pairs, (points[k] - points[k - 1], g[k] - g[k - 1])][-int(h["history"]) :]
        s, y = pairs[-1]
        inverse = np.eye(2) * (s @ y) / (y @ y)
        for s, y in pairs:
            left = np.eye(2) - np.outer(s, y) / (s @ y)
            inverse = left @ inverse @ left.T + np.outer(s, s) / (s @ y)
        found.append(-inverse @ g[k])
    return np.array(found)
