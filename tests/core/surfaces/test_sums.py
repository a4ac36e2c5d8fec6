"""Sums over data against strangers: closed forms in numpy, torch's derivatives, scipy's minima."""

import numpy as np
import pytest
import torch
from scipy.optimize import minimize
from scipy.spatial import ConvexHull

from core.formula import compile
from core.surfaces import SURFACES, Surface, surface

Tensor = torch.Tensor
SUMS = [each for each in SURFACES if each.data is not None]
sums = pytest.mark.parametrize("each", SUMS, ids=lambda each: each.name)


def by_torch(name: str, at: Tensor, rows: Tensor) -> Tensor:
    """The loss as its field writes it, with torch's own functions."""
    columns = rows.T
    if name == "least_squares_points":
        a, u, v = columns
        points = torch.stack((u, v), dim=1) + 2
        return (a * ((at - points) ** 2).sum(dim=1)).mean()
    if name == "linear_regression":
        s, t = columns
        return ((torch.stack((s, torch.ones_like(s)), dim=1) @ at - t) ** 2).mean() / 2
    if name == "logistic_regression":
        z = rows[:, :2] @ at
        loss = torch.nn.functional.binary_cross_entropy_with_logits(z, rows[:, 2])
        return loss + 0.005 * (at**2).sum()
    s, t = columns
    z = at[1] * torch.sigmoid(at[0] * s)
    if name == "sigmoid_network_squared":
        return torch.nn.functional.mse_loss(torch.sigmoid(z), t)
    return torch.nn.functional.binary_cross_entropy_with_logits(z, t)


@sums
def test_value_gradient_and_hessian_are_those_of_torch(each: Surface) -> None:
    assert each.data is not None
    rows = torch.tensor(each.data.rows, dtype=torch.float64)
    native = compile(each.expression())
    random = np.random.default_rng(0)
    for x, y in random.uniform(*np.array(each.view).T, size=(20, 2)).tolist():
        at = torch.tensor([x, y], dtype=torch.float64)
        f, gradient, hessian = native.evaluate(x, y)

        def loss(point: Tensor) -> Tensor:
            return by_torch(each.name, point, rows)

        assert f == pytest.approx(float(loss(at)), rel=1e-11)
        wanted = torch.autograd.functional.jacobian(loss, at).numpy()
        np.testing.assert_allclose(gradient, wanted, 1e-9, 1e-12)
        wanted = torch.autograd.functional.hessian(loss, at).numpy()
        np.testing.assert_allclose(hessian, wanted, 1e-8, 1e-11)


@sums
def test_scipy_comes_to_a_declared_minimum_and_to_none_that_is_lower(each: Surface) -> None:
    native = compile(each.expression())
    minima = np.array(each.minima_at({}))
    lowest = min(native.evaluate(*at)[0] for at in minima.tolist())
    ended = [
        minimize(lambda at: native.evaluate(*at)[0], start, method="Nelder-Mead", tol=1e-9)
        for start in minima + np.array((0.3, -0.2))
    ]
    for end in ended:
        assert min(np.linalg.norm(minima - end.x, axis=1)) < 1e-5
        assert end.fun > lowest - 1e-13


def test_the_line_is_that_of_numpy() -> None:
    data = surface("linear_regression").data
    assert data is not None
    assert surface("linear_regression").minima_at({})[0] == pytest.approx(
        np.polyfit(data.column("s"), data.column("t"), 1)
    )


def test_the_minimum_is_the_weighted_mean_inside_the_hull_at_every_spread() -> None:
    points = surface("least_squares_points")
    assert points.data is not None
    a, u, v = np.array(points.data.rows).T
    for spread in (0.0, 0.3, 1.0):
        own = 2 + spread * np.stack((u, v), axis=1)
        minimum = points.minima_at({"spread": spread})[0]
        assert minimum == pytest.approx(np.average(own, axis=0, weights=a))
        if spread:
            hull = ConvexHull(own)
            assert np.all(hull.equations[:, :2] @ minimum + hull.equations[:, 2] < 0)
            assert len(hull.vertices) == 4  # the fifth point lies inside


def test_cross_entropy_keeps_one_saddle_of_the_three_of_the_squared_loss() -> None:
    squared, cross = SUMS[-2:]
    assert (len(squared.saddles), len(cross.saddles)) == (3, 1)
    assert squared.data is cross.data
