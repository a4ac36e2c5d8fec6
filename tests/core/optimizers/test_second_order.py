"""Newton, BFGS, L-BFGS and Barzilai-Borwein against theory, scipy and a second derivation."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize, rosen, rosen_der

from core.descent.rule import Rule
from tests.core.optimizers.paths import ENDLESS, make, path

ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
NEAR = Rule(tolerance=1e-5, view=((-2.0, 2.0), (-1.0, 3.0)))  # scipy's own gtol
number = st.floats(-5, 5, allow_nan=False)


@given(number, number, st.floats(0.1, 50), st.floats(0.1, 50), st.floats(-0.9, 0.9))
def test_newton_solves_a_quadratic_in_one_step(
    x: float, y: float, a: float, c: float, lean: float
) -> None:
    b = lean * sqrt(a * c)  # positive definite for |lean| < 1
    formula = f"({a!r}*x^2 + {c!r}*y^2)/2 + ({b!r})*x*y + x - 2*y"
    run = path(make("newton"), formula, (x, y), 1)
    expected = np.linalg.solve([[a, b], [b, c]], [-1.0, 2.0])
    np.testing.assert_allclose(run.path[-1], expected, rtol=1e-9, atol=1e-9)


def test_newton_finds_the_saddle_and_says_so() -> None:
    run = path(make("newton"), "x^4/4 - x^2/2 + y^2/2", (0.2, 0.5), 50)
    assert run.ending.reason == "stalled"
    assert "saddle" in run.ending.message
    np.testing.assert_allclose(run.path[-1], 0.0, atol=1e-9)


def test_newton_stalls_where_the_hessian_is_singular() -> None:
    run = path(make("newton"), "x^2 + y", (1.0, 1.0), 5)
    assert (run.ending.reason, run.ending.step) == ("stalled", 0)
    assert "singular" in run.ending.message


@pytest.mark.parametrize(("name", "theirs"), [("bfgs", "BFGS"), ("lbfgs", "L-BFGS-B")])
def test_reaches_scipy_accuracy_on_rosenbrock_with_its_evaluations(name: str, theirs: str) -> None:
    found = minimize(rosen, [-1.2, 1.0], jac=rosen_der, method=theirs)
    run = path(make(name), ROSENBROCK, (-1.2, 1.0), 200, Rule(1e-12, NEAR.view))
    arrived = np.flatnonzero(run.values <= found.fun)
    assert len(arrived), f"stopped at {run.values[-1]}, scipy reaches {found.fun}"
    gradients = run.evaluations[arrived[0], 1]
    assert gradients <= 1.5 * found.njev


@pytest.mark.parametrize("name", ["bfgs", "lbfgs"])
@pytest.mark.parametrize(
    ("formula", "start"),
    [
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", (-4.0, 0.0)),
        ("(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2", (1.0, 1.5)),
        ("x^2/2 + 500*y^2", (3.0, 1.0)),
        ("x - log(x) + (y - 1)^4 + y^2", (4.0, 3.0)),  # log is not finite where a trial may land
        ("log(1 + exp(x - y)) + log(1 + exp(-x)) + y^2/4", (8.0, -9.0)),
    ],
)
def test_quasi_newton_arrives_at_a_minimum(
    name: str, formula: str, start: tuple[float, float]
) -> None:
    run = path(make(name), formula, start, 100, Rule(1e-6, ((-10.0, 10.0), (-10.0, 10.0))))
    assert run.ending.reason == "converged"
    assert run.gradient_norms[-1] < 1e-6
    assert np.all(np.diff(run.values) <= 0)


def test_bfgs_and_lbfgs_agree_while_there_is_one_pair_to_remember() -> None:
    formula, start = "x^2 + x*y + 4*y^2", (3.0, -2.0)
    ours, other = (path(make(name), formula, start, 2).path for name in ("bfgs", "lbfgs"))
    np.testing.assert_allclose(ours, other, rtol=1e-12)  # later L-BFGS scales H anew every step


@pytest.mark.parametrize("form", [1, 2])
@pytest.mark.parametrize("start", [(-1.2, 1.0), (0.3, -0.4)])
def test_barzilai_borwein_equals_a_second_derivation(form: int, start: tuple[float, float]) -> None:
    """The rate as a least-squares problem: BB1 fits s ≈ α y by |s/α − y|, BB2 by |s − α y|."""
    theta, gradient = np.array(start), rosen_der(np.array(start))
    rate, expected = 1e-3, [theta]
    for _ in range(30):
        theta, before, old = theta - rate * gradient, gradient, theta
        gradient = rosen_der(theta)
        s, y = theta - old, gradient - before
        inverse = np.linalg.lstsq(s[:, None], y, rcond=None)[0][0]  # 1/α of BB1
        rate = abs(1 / inverse if form == 1 else np.linalg.lstsq(y[:, None], s, rcond=None)[0][0])
        expected.append(theta)
    run = path(make("barzilai_borwein", lr=1e-3, form=form), ROSENBROCK, start, 30, ENDLESS)
    wanted = np.array(expected)[: len(run.path)]
    # The method is chaotic off the quadratic: rounding grows, so only the first steps are held.
    np.testing.assert_allclose(run.path[:12], wanted[:12], rtol=1e-6)


def test_barzilai_borwein_solves_a_quadratic() -> None:
    run = path(make("barzilai_borwein"), "x^2/2 + 20*y^2", (-4.0, 1.5), 200, NEAR)
    assert run.ending.reason == "converged"
