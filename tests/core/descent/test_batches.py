"""Minibatches: the same rows for everybody, the whole sum on record, and every step re-derived."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from core.descent import Trajectory, run
from core.descent.landscape import landscape
from core.descent.request import NamedSurface, Request
from core.refusal import Refusal
from core.surfaces import surface
from tests.core.formula.rows import drawn
from tests.core.optimizers.paths import PLANAR

Array = NDArray[np.float64]
DATA = surface("linear_regression").data
assert DATA is not None
S, T = np.array(DATA.rows).T
START = (-1.2, 2.0)


def ran(name: str, size: int | None, seed: int = 3, steps: int = 40, **given: float) -> Trajectory:
    request = {
        "surface": {"name": "linear_regression"},
        "start": START,
        "steps": steps,
        "seed": seed,
        "batch_size": size,
        "tolerance": 1e-12,
        "optimizers": [{"name": name, **given}],
    }
    return run(Request.read(request)).trajectories[0]


def loss(at: Array, rows: list[int]) -> float:
    return float(np.mean((at[0] * S[rows] + at[1] - T[rows]) ** 2) / 2)


def gradient(at: Array, rows: list[int]) -> Array:
    left = at[0] * S[rows] + at[1] - T[rows]
    return np.array([np.mean(left * S[rows]), np.mean(left)])


@pytest.mark.parametrize("size", [1, 3, 19])
def test_stochastic_gradient_descent_is_that_of_plain_python(size: int) -> None:
    at, path = np.array(START), [np.array(START)]
    for step in range(40):
        at = at - 0.1 * gradient(at, drawn(3, step, 20, size))
        path.append(at)
    np.testing.assert_allclose(ran("gradient_descent", size, lr=0.1).path, path, 1e-12, 1e-12)


def test_adam_sees_the_same_minibatches() -> None:
    at, m, v = np.array(START), np.zeros(2), np.zeros(2)
    for step in range(40):
        g = gradient(at, drawn(3, step, 20, 4))
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        rate = 0.1 / (1 - 0.9 ** (step + 1))
        at = at - rate * m / (np.sqrt(v / (1 - 0.999 ** (step + 1))) + 1e-8)
    end = ran("adam", 4, lr=0.1, beta1=0.9, beta2=0.999, eps=1e-8).path[-1]
    np.testing.assert_allclose(end, at, 1e-10)


def test_an_exact_line_search_searches_along_its_own_minibatch() -> None:
    path = ran("exact_line_search", 5, steps=15).path
    for step, (at, to) in enumerate(pairwise(path)):
        rows = drawn(3, step, 20, 5)
        down = -gradient(at, rows)
        found = minimize_scalar(lambda a, at=at, d=down, r=rows: loss(at + a * d, r))
        np.testing.assert_allclose(to, at + found.x * down, atol=1e-6)


@pytest.mark.parametrize("name", PLANAR)
def test_what_is_recorded_is_the_whole_sum_and_everybody_goes_another_way(name: str) -> None:
    whole, batched = ran(name, None, steps=300), ran(name, 4, steps=300)
    every = list(range(20))
    assert len(batched.path) > 3, batched.ending.message
    shared = min(len(whole.path), len(batched.path))
    assert not np.array_equal(whole.path[:shared], batched.path[:shared])
    wanted = [loss(at, every) for at in batched.path]
    np.testing.assert_allclose(batched.values, wanted, 1e-9, 1e-12)
    norms = [np.linalg.norm(gradient(at, every)) for at in batched.path]
    np.testing.assert_allclose(batched.gradient_norms, norms, 1e-7, 1e-10)


@pytest.mark.parametrize("name", PLANAR)
def test_a_minibatch_of_all_rows_is_the_whole_sum(name: str) -> None:
    whole, batched = ran(name, None, steps=12), ran(name, 20, steps=12)
    shared = min(len(whole.path), len(batched.path))
    np.testing.assert_array_equal(batched.path[:shared], whole.path[:shared])


@pytest.mark.parametrize("name", ["bfgs", "dfp", "lbfgs", "exact_line_search", "polak_ribiere"])
def test_whoever_carries_a_gradient_on_pays_for_a_new_one_on_another_minibatch(name: str) -> None:
    """A step costs its trials, at least one, and the gradient of the new minibatch."""
    spent = np.diff(ran(name, 4, steps=10).evaluations[:, 1])
    assert np.all(spent >= 2)


def test_one_minibatch_at_rest_does_not_end_the_run() -> None:
    """Of five points one is drawn; its own minimum is reached at once, and the next one calls."""
    request = {
        "surface": {"name": "least_squares_points"},
        "start": (6.6, 4.9),
        "steps": 60,
        "batch_size": 1,
        "optimizers": [{"name": name} for name in ("exact_line_search", "bfgs", "trust_region")],
    }
    for each in run(Request.read(request)).trajectories:
        assert each.ending.reason == "step_budget", each.ending.message
        moved = np.linalg.norm(np.diff(each.path, axis=0), axis=1)
        assert np.count_nonzero(moved > 0.1) > 10
        assert np.all(np.isfinite(each.path))


def test_the_mean_over_steps_is_the_whole_gradient_and_the_spread_that_of_theory() -> None:
    """Var = S²/b (1 - b/n): sampling without replacement, W. G. Cochran (1977), theorem 2.2."""
    ground = landscape(NamedSurface(name="linear_regression")).ground
    x, y = START
    each = np.array([gradient(np.array(START), [row]) for row in range(20)])
    for size in (1, 5, 15):
        seen = ground.in_batches(size, 1)
        found = np.array([seen.evaluate(x, y, step)[1:3] for step in range(4000)])
        theory = each.var(axis=0, ddof=1) / size * (1 - size / 20)
        np.testing.assert_allclose(found.var(axis=0), theory, rtol=0.1)
        off = abs(found.mean(axis=0) - each.mean(axis=0))
        assert np.all(off < 4 * np.sqrt(theory / 4000))


@pytest.mark.parametrize(
    ("place", "size", "said"),
    [
        ({"name": "beale"}, 2, "a sum over data for minibatches, got Beale"),
        ({"formula": "x^2 + y^2"}, 2, "got a typed formula"),
        ({"name": "linear_regression"}, 21, "batch size from 1 to 20, .* got 21"),
        ({"name": "linear_regression"}, 0, "batch_size"),
    ],
)
def test_other_sizes_and_surfaces_are_refused(place: dict[str, str], size: int, said: str) -> None:
    with pytest.raises(Refusal, match=said) as caught:
        run(
            Request.read(
                {
                    "surface": place,
                    "start": (1, 1),
                    "steps": 5,
                    "batch_size": size,
                    "optimizers": [{"name": "adam"}],
                }
            )
        )
    assert caught.value.field == "batch_size"
