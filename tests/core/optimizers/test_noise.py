"""Gradient noise: a function of seed and step alone, normal, and the same for every optimizer."""

import numpy as np
import pytest

from core.descent.rule import Rule
from core.optimizers import NAMES
from tests.core.optimizers.paths import ENDLESS, make, path


def noisy(seed: int, noise: float = 1.0) -> Rule:
    return Rule(ENDLESS.tolerance, ENDLESS.view, noise, seed)


def drawn(seed: int, steps: int) -> np.ndarray:
    """Read the noise off gradient descent on a surface that is flat but for a tilt of 1 in x."""
    run = path(make("gradient_descent", lr=1), "x", (0.0, 0.0), steps, noisy(seed))
    return -np.diff(run.path, axis=0) - [1.0, 0.0]


def test_is_standard_normal() -> None:
    sample = drawn(7, 20_000)
    np.testing.assert_allclose(sample.mean(axis=0), 0, atol=0.03)
    np.testing.assert_allclose(np.cov(sample.T), np.eye(2), atol=0.04)
    np.testing.assert_allclose(np.mean(np.abs(sample) < 1), 0.6827, atol=0.01)
    assert abs(np.corrcoef(sample[:-1, 0], sample[1:, 0])[0, 1]) < 0.03


def test_same_seed_same_noise_other_seed_other_noise() -> None:
    np.testing.assert_array_equal(drawn(3, 50), drawn(3, 50))
    assert not np.any(drawn(3, 50) == drawn(4, 50))


@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_is_the_same_for_other_optimizers(name: str) -> None:
    """Without momentum these take the very steps of gradient descent, noise and all."""
    plain, other = (
        path(make(each, lr=0.01, **extra), "x^2 + 2*y^2", (1.0, 1.0), 50, noisy(11, 0.5)).path
        for each, extra in (("gradient_descent", {}), (name, {"momentum": 0}))
    )
    np.testing.assert_array_equal(plain, other)


@pytest.mark.parametrize("name", NAMES)
def test_moves_every_optimizer_but_not_what_is_recorded(name: str) -> None:
    formula, start = "x^2 + 2*y^2 + x*y", (1.0, 1.0)
    quiet = path(make(name), formula, start, 10)
    loud = path(make(name), formula, start, 10, noisy(5, 10.0))  # strong enough to turn signs
    assert not np.array_equal(quiet.path, loud.path)
    x, y = loud.path.T
    np.testing.assert_allclose(loud.values, x**2 + 2 * y**2 + x * y, rtol=1e-12)
    np.testing.assert_allclose(
        loud.gradient_norms, np.hypot(2 * x + y, 4 * y + x), rtol=1e-9, atol=1e-12
    )
