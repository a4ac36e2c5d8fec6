"""Newton's method made safe: damped, saddle-free, and within a trust region."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit
from scipy.linalg import sqrtm
from scipy.optimize import minimize, rosen, rosen_der, rosen_hess

from core.descent.rule import Rule
from core.optimizers.radius import lowest_within
from tests.core.optimizers.paths import ground, make, path
from tests.core.optimizers.test_searches import SURFACES

ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
TWO_WELLS = "x^4/4 - x^2/2 + y^2/2"  # minima at (±1, 0), a saddle at the origin
METHODS = ["damped_newton", "saddle_free_newton", "trust_region"]
number = st.floats(-5, 5).map(lambda value: round(value, 3))


@pytest.mark.parametrize("name", METHODS)
@given(number, number, st.floats(0.1, 50), st.floats(0.1, 50), st.floats(-0.9, 0.9))
def test_takes_newtons_step_where_it_is_good(
    name: str, x: float, y: float, a: float, c: float, lean: float
) -> None:
    b = lean * sqrt(a * c)  # positive definite for |lean| < 1
    formula = f"({a!r}*x^2 + {c!r}*y^2)/2 + ({b!r})*x*y + x - 2*y"
    free = {
        "trust_region": {"radius": 100, "longest": 100},
        "saddle_free_newton": {"damping": 1e-12},
    }
    run = path(make(name, **free.get(name, {})), formula, (x, y), 1)
    expected = np.linalg.solve([[a, b], [b, c]], [-1.0, 2.0])
    if np.linalg.norm(expected - [x, y]) < 99:
        np.testing.assert_allclose(run.path[-1], expected, rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("start", [(0.2, 0.5), (1e-9, 0.5), (-0.01, 1e-3)])
def test_leaves_the_saddle_that_newton_seeks(name: str, start: tuple[float, float]) -> None:
    run = path(make(name), TWO_WELLS, start, 100, Rule(1e-6, ((-2.0, 2.0), (-2.0, 2.0))))
    assert run.ending.reason == "converged", run.ending.message
    np.testing.assert_allclose(run.path[-1], [np.sign(start[0]), 0.0], atol=1e-6)


def test_the_trust_region_leaves_even_from_the_saddle_itself() -> None:
    run = path(make("trust_region"), TWO_WELLS, (0.0, 0.0), 50, Rule(1e-6, ((-2, 2), (-2, 2))))
    assert run.ending.reason == "converged"
    assert abs(run.path[-1, 0]) == pytest.approx(1.0)


@pytest.mark.parametrize("name", ["damped_newton", "trust_region"])
@pytest.mark.parametrize(("formula", "start"), SURFACES)
def test_arrives_at_a_minimum_downhill_all_the_way(
    name: str, formula: str, start: tuple[float, float]
) -> None:
    run = path(make(name), formula, start, 100, Rule(1e-6, ((-10.0, 10.0), (-10.0, 10.0))))
    assert run.ending.reason == "converged", run.ending.message
    assert np.all(np.diff(run.values) <= 1e-14)


def test_the_trust_region_needs_no_more_steps_than_that_of_scipy() -> None:
    options = {"initial_trust_radius": 0.3, "max_trust_radius": 10.0, "gtol": 1e-6}
    found = minimize(
        rosen, [-1.2, 1.0], jac=rosen_der, hess=rosen_hess, method="trust-exact", options=options
    )
    run = path(make("trust_region"), ROSENBROCK, (-1.2, 1.0), 100, Rule(1e-6, ((-2, 2), (-1, 3))))
    assert run.ending.reason == "converged"
    assert run.ending.step <= 1.2 * found.nit


@pytest.mark.parametrize(("formula", "start"), [*SURFACES, (TWO_WELLS, (0.4, 0.3))])
def test_saddle_free_newton_divides_by_the_root_of_the_squared_hessian(
    formula: str, start: tuple[float, float]
) -> None:
    method = make("saddle_free_newton", lr=0.5, damping=0.01)
    run = path(method, formula, start, 6)
    for at, step in zip(run.path, np.diff(run.path, axis=0), strict=False):
        _, gx, gy, hxx, hxy, hyy = ground(formula).evaluate(*at)
        h = np.array([[hxx, hxy], [hxy, hyy]])
        size = sqrtm(h @ h).real + 0.01 * np.eye(2)
        np.testing.assert_allclose(step, -0.5 * np.linalg.solve(size, [gx, gy]), rtol=1e-6)


def test_damped_newton_lifts_the_lowest_curvature_to_its_floor() -> None:
    # At (0.1, 0.5) H = diag(−0.97, 1): lifted by 1.47 it is diag(½, 2.47).
    run = path(make("damped_newton", floor=0.5), TWO_WELLS, (0.1, 0.5), 1)
    slope = 0.1**3 - 0.1
    np.testing.assert_allclose(run.path[1], [0.1 - slope / 0.5, 0.5 - 0.5 / 2.47])


@njit
def lowest(low: float, high: float, a: float, b: float, radius: float) -> tuple[float, float]:
    answer: tuple[float, float] = lowest_within(low, high, a, b, radius)
    return answer


curvature = st.floats(-1e3, 1e3)


@given(curvature, curvature, st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), st.floats(1e-3, 1e3))
def test_the_step_within_a_radius_is_the_lowest(
    one: float, other: float, a: float, b: float, radius: float
) -> None:
    low, high = sorted((one, other))
    u, v = lowest(low, high, a, b, radius)
    assert np.hypot(u, v) <= radius * (1 + 1e-12)

    def model(u: float, v: float) -> float:
        return a * u + b * v + 0.5 * (low * u * u + high * v * v)

    angles = np.linspace(0, 2 * np.pi, 721)
    rim = model(radius * np.cos(angles), radius * np.sin(angles))  # type: ignore[arg-type]
    size = (abs(a) + abs(b)) * radius + (abs(low) + abs(high)) * radius**2
    assert model(u, v) <= rim.min() + 1e-12 * size  # type: ignore[attr-defined]
    assert model(u, v) <= 0.0
    if np.hypot(u, v) < radius * (1 - 1e-9):  # inside it is where the gradient of the model is 0
        np.testing.assert_allclose([low * u, high * v], [-a, -b], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("a", [0.0, 1e-300, 1e-17, -1e-9])
def test_the_hard_case_and_what_is_close_to_it(a: float) -> None:
    # a ≈ 0: the step goes along the direction that falls, though the gradient hardly shows it.
    u, v = lowest(-2.0, 3.0, a, 1.0, 1.0)
    np.testing.assert_allclose([abs(u), v], [sqrt(1 - 0.2**2), -0.2], rtol=1e-6)
