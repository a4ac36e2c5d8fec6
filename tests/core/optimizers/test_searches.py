"""The exact and the Armijo line search, seen through the methods that go against the gradient."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.descent.rule import Rule
from core.optimizers import exact
from tests.core.optimizers.paths import ENDLESS, ground, make, path

ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
SURFACES = [
    (ROSENBROCK, (-1.2, 1.0)),
    ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", (-4.0, 0.0)),
    ("(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2", (1.0, 1.5)),
    ("exp(x/3 - y)/9 + log(1 + x^2) + y^2/2", (2.0, -1.0)),
    ("x - log(x) + (y - 1)^4 + y^2", (4.0, 3.0)),  # log is not finite where a trial may land
]
WIDE = Rule(tolerance=1e-3, view=((-10.0, 10.0), (-10.0, 10.0)))


def gradients(formula: str, points: np.ndarray) -> np.ndarray:
    surface = ground(formula)
    return np.array([surface.evaluate(x, y)[1:3] for x, y in points.tolist()])


@pytest.mark.parametrize(("formula", "start"), SURFACES)
def test_exact_steps_are_orthogonal_and_end_at_the_first_minimum(
    formula: str, start: tuple[float, float]
) -> None:
    run = path(make("exact_line_search", longest=1e4), formula, start, 40, WIDE)
    assert len(run.path) >= 5
    g = gradients(formula, run.path)
    cosines = np.einsum("ij,ij->i", g[:-1], g[1:]) / np.prod(
        [np.linalg.norm(g[:-1], axis=1), np.linalg.norm(g[1:], axis=1)], axis=0
    )
    assert np.abs(cosines).max() < 1e-6
    assert np.all(np.diff(run.values) < 0)
    for at, step in zip(run.path, np.diff(run.path, axis=0), strict=False):
        assert np.all(gradients(formula, at + np.linspace(0, 0.99, 50)[:, None] * step) @ step < 0)
    assert np.diff(run.evaluations[:, 1]).max() <= exact.TRIALS + 1


def test_exact_step_on_a_quadratic_and_its_slowest_descent() -> None:
    # α = gᵀg / gᵀA g; from (κ, 1) every step brings f down by ((κ − 1)/(κ + 1))², the worst case.
    kappa = 10.0
    run = path(make("exact_line_search"), "x^2/2 + 5*y^2", (kappa, 1.0), 20)
    a, g = np.diag([1.0, kappa]), run.path * [1.0, kappa]
    alphas = np.einsum("ij,ij->i", g, g) / np.einsum("ij,jk,ik->i", g, a, g)
    np.testing.assert_allclose(np.diff(run.path, axis=0), -alphas[:-1, None] * g[:-1], rtol=1e-7)
    falls = run.values[1:] / run.values[:-1]
    np.testing.assert_allclose(falls, ((kappa - 1) / (kappa + 1)) ** 2, rtol=1e-7)


def test_exact_step_is_the_longest_where_f_falls_for_ever() -> None:
    run = path(make("exact_line_search", longest=0.5), "x - 2*y", (0.0, 0.0), 4)
    np.testing.assert_allclose(run.path, np.arange(5)[:, None] * [-0.5, 1.0])


def test_exact_search_finds_a_flat_minimum_along_the_line() -> None:
    # φ' ~ α⁹: regula falsi alone would creep.
    run = path(make("exact_line_search", longest=1e4), "(x - 1)^10", (3.0, 0.0), 1)
    assert run.gradient_norms[1] < 1e-9 * run.gradient_norms[0]


@given(
    st.sampled_from(SURFACES),
    st.floats(0.01, 10),
    st.floats(0.1, 0.9),
    st.floats(1e-4, 0.5),
    st.sampled_from([0.0, 0.1]),
)
def test_backtracking_takes_the_first_trial_that_lowers_f_enough(
    place: tuple[str, tuple[float, float]], lr: float, shrink: float, c1: float, noise: float
) -> None:
    formula, start = place
    method = make("backtracking", lr=lr, shrink=shrink, c1=c1)
    run = path(method, formula, start, 8, Rule(ENDLESS.tolerance, ENDLESS.view, noise, 3))
    trials = np.diff(run.evaluations[:, 0])
    trials[:1] -= 1  # the start's own value
    surface, steps = ground(formula), np.diff(run.path, axis=0)
    alphas = lr * shrink ** (trials - 1.0)
    tilts = -steps / alphas[:, None] - gradients(formula, run.path[:-1])  # the noise of each step
    if noise == 0:
        np.testing.assert_allclose(tilts, 0, atol=1e-6)
    for at, step, alpha, count, tilt in zip(run.path, steps, alphas, trials, tilts, strict=False):
        f, slack = surface.evaluate(*at)[0], 1e-9 * (1 + abs(surface.evaluate(*at)[0]))
        for scale in (1.0, 1 / shrink) if count > 1 else (1.0,):
            there = surface.evaluate(*(at + scale * step))[0] + scale * step @ tilt
            enough = f - c1 * scale * step @ step / alpha
            # Accepted as taken, and refused one trial before.
            assert there <= enough + slack if scale == 1 else not there <= enough - slack


def test_backtracking_counts_one_gradient_a_step_and_every_value() -> None:
    # From 8 down to ½ of the curvature's 2: 1/8, four halvings of the first step each time.
    run = path(make("backtracking", lr=2, shrink=0.5, c1=0.5), "4*x^2 + 4*y^2", (1.0, 2.0), 1)
    np.testing.assert_allclose(run.path[1], 0.0, atol=1e-15)
    np.testing.assert_array_equal(run.evaluations, [[0, 0, 0], [6, 1, 0]])
