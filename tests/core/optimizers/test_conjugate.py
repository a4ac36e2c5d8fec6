"""Conjugate gradients and DFP: exact on quadratics, sound elsewhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize, rosen, rosen_der

from core.descent.rule import Rule
from tests.core.optimizers.paths import make, path
from tests.core.optimizers.test_searches import SURFACES, gradients

ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
HIMMELBLAU = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
METHODS = ["fletcher_reeves", "polak_ribiere", "dfp"]
TIGHT = 1e-8  # c₂: all but an exact line search
number = st.floats(-5, 5).map(lambda value: round(value, 3))


def quadratic(a: float, b: float, c: float) -> str:
    return f"({a!r}*x^2 + {c!r}*y^2)/2 + ({b!r})*x*y + x - 2*y"


@pytest.mark.parametrize("name", METHODS)
@given(number, number, st.floats(0.1, 50), st.floats(0.1, 50), st.floats(-0.9, 0.9))
def test_solves_a_quadratic_in_two_steps(
    name: str, x: float, y: float, a: float, c: float, lean: float
) -> None:
    b = lean * np.sqrt(a * c).item()  # positive definite for |lean| < 1
    run = path(make(name, c2=TIGHT), quadratic(a, b, c), (x, y), 2)
    matrix = np.array([[a, b], [b, c]])
    np.testing.assert_allclose(run.path[-1], np.linalg.solve(matrix, [-1.0, 2.0]), atol=1e-6)


def test_steps_on_a_quadratic_are_conjugate_and_the_same_for_every_method() -> None:
    # Dixon 1972: with exact searches the whole Broyden class walks the path of CG.
    formula, matrix = quadratic(1.0, 0.5, 30.0), np.array([[1.0, 0.5], [0.5, 30.0]])
    paths = [path(make(name, c2=TIGHT), formula, (4.0, -3.0), 2).path for name in METHODS]
    first, second = np.diff(paths[0], axis=0)
    assert abs(first @ matrix @ second) < 1e-6 * np.linalg.norm(first) * np.linalg.norm(second)
    for other in paths[1:]:
        np.testing.assert_allclose(other, paths[0], atol=1e-6)


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize(("formula", "start"), SURFACES)
def test_arrives_at_a_minimum(name: str, formula: str, start: tuple[float, float]) -> None:
    run = path(make(name), formula, start, 300, Rule(1e-4, ((-10.0, 10.0), (-10.0, 10.0))))
    assert run.ending.reason == "converged", run.ending.message
    assert np.all(np.diff(run.values) <= 0)


@pytest.mark.parametrize("name", ["fletcher_reeves", "polak_ribiere"])
def test_directions_equal_a_second_derivation(name: str) -> None:
    run = path(make(name), ROSENBROCK, (-1.2, 1.0), 18)
    g, steps = gradients(ROSENBROCK, run.path), np.diff(run.path, axis=0)
    d = -g[0]
    for k, step in enumerate(steps):
        if name == "fletcher_reeves" and k % 3 == 0:
            d = -g[k]
        elif k > 0:
            change = g[k] if name == "fletcher_reeves" else g[k] - g[k - 1]
            d = -g[k] + max(0.0, g[k] @ change / (g[k - 1] @ g[k - 1])) * d
        if d @ g[k] >= 0:
            d = -g[k]
        cosine = step @ d / np.linalg.norm(step) / np.linalg.norm(d)
        assert cosine > 1 - 1e-7, k


def test_fletcher_reeves_jams_unless_it_restarts() -> None:
    # From here its directions soon stand almost upright on the gradient, and stay so.
    start, rule = (-4.0, 0.0), Rule(1e-4, ((-10.0, 10.0), (-10.0, 10.0)))
    never, three = (
        path(make("fletcher_reeves", restart=each), HIMMELBLAU, start, 300, rule) for each in (0, 3)
    )
    assert never.gradient_norms[-1] > 1
    assert three.ending.reason == "converged"


def test_polak_ribiere_needs_no_more_gradients_than_that_of_scipy() -> None:
    found = minimize(rosen, [-1.2, 1.0], jac=rosen_der, method="CG")  # Polak-Ribière too
    run = path(make("polak_ribiere"), ROSENBROCK, (-1.2, 1.0), 200, Rule(1e-5, ((-2, 2), (-1, 3))))
    assert run.ending.reason == "converged"
    assert run.evaluations[-1, 1] <= 1.5 * found.njev


def test_dfp_keeps_its_secant_equation_and_its_formula() -> None:
    """H from the path alone: H y = s for the newest pair, and every step is along −H ∇f."""
    run = path(make("dfp"), ROSENBROCK, (-1.2, 1.0), 20)
    g, steps = gradients(ROSENBROCK, run.path), np.diff(run.path, axis=0)
    inverse = np.eye(2)
    for k, (s, y) in enumerate(zip(steps, np.diff(g, axis=0), strict=True)):
        d = -inverse @ g[k]
        assert s @ d / np.linalg.norm(s) / np.linalg.norm(d) > 1 - 1e-8, k
        if k == 0:
            inverse = np.eye(2) * (s @ y) / (y @ y)
        # The update as a least-squares problem over symmetric H has this form in B = H⁻¹.
        left = np.eye(2) - np.outer(y, s) / (s @ y)
        b = left @ np.linalg.inv(inverse) @ left.T + np.outer(y, y) / (s @ y)
        inverse = np.linalg.inv(b)
        np.testing.assert_allclose(inverse @ y, s, rtol=1e-6, atol=1e-12)
