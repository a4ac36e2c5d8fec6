"""Rules that torch does not have, each derived a second time from its paper, with vectors."""

import numpy as np
import pytest

from core.descent.rule import Rule
from tests.core.optimizers.paths import ENDLESS, ground, make, path

WAVES = "sin(3*x)*cos(2*y) + (x^2 + y^2)/10"
VALLEY = "exp(x/3 - y)/9 + log(1 + x^2) + y^2/2"
PLACES = [(WAVES, (1.0, -2.0)), (VALLEY, (2.0, -1.0)), ("x^4 + x*y + 3*y^2", (1.0, 1.5))]


def derivatives(formula: str, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Gradient, shape (2,), and Hessian, shape (2, 2)."""
    _, gx, gy, hxx, hxy, hyy = ground(formula).evaluate(*at)
    return np.array([gx, gy]), np.array([[hxx, hxy], [hxy, hyy]])


@pytest.mark.parametrize(("formula", "start"), PLACES)
@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_lion_is_algorithm_2_of_its_paper(
    formula: str, start: tuple[float, float], decay: float
) -> None:
    lr, beta1, beta2 = 3e-3, 0.9, 0.99
    theta, m, expected = np.array(start), np.zeros(2), [np.array(start)]
    for _ in range(300):
        g, _ = derivatives(formula, theta)
        c = beta1 * m + (1 - beta1) * g
        theta = theta - lr * (np.sign(c) + decay * theta)
        m = beta2 * m + (1 - beta2) * g
        expected.append(theta)
    run = path(make("lion", lr=lr, weight_decay=decay), formula, start, 300)
    np.testing.assert_allclose(run.path, expected, rtol=1e-9)


@pytest.mark.parametrize("power", [1.0, 0.5, 0.0])
@pytest.mark.parametrize(("formula", "start"), PLACES)
def test_adahessian_is_algorithm_1_of_its_paper_with_the_exact_diagonal(
    formula: str, start: tuple[float, float], power: float
) -> None:
    lr, beta1, beta2, eps = 0.05, 0.9, 0.99, 1e-4
    theta, expected = np.array(start), [np.array(start)]
    gs, squares = [], []
    for t in range(1, 101):
        g, h = derivatives(formula, theta)
        gs.append(g)
        squares.append(np.diag(h) ** 2)
        # The sums of the paper's eq. 11 instead of running means.
        ages = np.arange(t - 1, -1, -1)[:, None]
        m = (1 - beta1) * np.sum(beta1**ages * gs, axis=0) / (1 - beta1**t)
        v = (1 - beta2) * np.sum(beta2**ages * squares, axis=0) / (1 - beta2**t)
        theta = theta - lr * m / (np.sqrt(v) ** power + eps)
        expected.append(theta)
    method = make("adahessian", lr=lr, beta2=beta2, hessian_power=power)
    np.testing.assert_allclose(path(method, formula, start, 100).path, expected, rtol=1e-9)


def estimates(probes: int, count: int, seed: int = 1) -> np.ndarray:
    """|D| as the steps of AdaHessian show it where H = (2 1; 1 4) everywhere; shape (count, 2)."""
    method = make("adahessian", lr=1e-5, beta1=0, beta2=0, eps=1e-12, probes=probes)
    rule = Rule(ENDLESS.tolerance, ENDLESS.view, 0.0, seed)
    run = path(method, "x^2 + x*y + 2*y^2", (40.0, 20.0), count, rule)
    gradients = run.path[:-1] @ np.array([[2.0, 1.0], [1.0, 4.0]])
    return 1e-5 * gradients / -np.diff(run.path, axis=0)


def test_hutchinson_is_unbiased_and_settles_as_one_over_the_root_of_its_probes() -> None:
    # One probe gives diag H ± hxy, as z₁ z₂ = ±1: a mean of diag H and a deviation of |hxy|.
    for probes in (1, 4, 16, 64):
        d = estimates(probes, 2000)
        np.testing.assert_allclose(d.mean(axis=0), [2, 4], atol=4 / np.sqrt(2000 * probes))
        np.testing.assert_allclose(d.std(axis=0), probes**-0.5, rtol=0.1)
    one = estimates(1, 200)
    np.testing.assert_allclose(np.abs(one - [2, 4]), 1, rtol=1e-6)
    np.testing.assert_allclose(estimates(0, 50), np.broadcast_to([2, 4], (50, 2)), rtol=1e-6)


def test_probes_follow_the_seed_and_are_counted_as_gradients() -> None:
    np.testing.assert_array_equal(estimates(1, 50, seed=1), estimates(1, 50, seed=1))
    assert not np.array_equal(estimates(1, 50, seed=1), estimates(1, 50, seed=2))
    run = path(make("adahessian", probes=3), VALLEY, (2.0, -1.0), 5)
    np.testing.assert_array_equal(run.evaluations[-1], [0, 5 * (1 + 3), 0])
