"""SR1: its matrices beside scipy's, and what a trust region makes of them."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numba import njit
from numpy.typing import NDArray
from scipy.optimize import SR1, minimize, rosen, rosen_der

from core.descent.rule import Rule
from core.optimizers.sr1 import update
from tests.core.optimizers.paths import make, path
from tests.core.optimizers.test_searches import SURFACES

ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
TWO_WELLS = "x^4/4 - x^2/2 + y^2/2"  # minima at (±1, 0), a saddle at the origin
TEN = ((-10.0, 10.0), (-10.0, 10.0))
number = st.floats(-5, 5).map(lambda value: round(value, 3))
pair = st.tuples(number, number)


@njit
def updated(
    bxx: float, bxy: float, byy: float, sx: float, sy: float, yx: float, yy: float
) -> tuple[float, float, float]:
    answer: tuple[float, float, float] = update(bxx, bxy, byy, sx, sy, yx, yy)
    return answer


def learnt(
    matrix: NDArray[np.float64], s: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The next B, shape (2, 2)."""
    bxx, bxy, byy = updated(matrix[0, 0], matrix[0, 1], matrix[1, 1], *s, *y)
    return np.array([[bxx, bxy], [bxy, byy]])


@given(st.tuples(number, number, number), pair, pair)
def test_a_pair_changes_the_matrix_as_with_scipy(
    b: tuple[float, float, float], s: tuple[float, float], y: tuple[float, float]
) -> None:
    """The skip rule too: a pair that tells nothing new leaves B as it is in both."""
    assume(s != (0.0, 0.0) and y != (0.0, 0.0))  # scipy learns nothing from y = 0
    matrix = np.array([[b[0], b[1]], [b[1], b[2]]])
    theirs = SR1(min_denominator=1e-8, init_scale=1.0)
    theirs.initialize(2, "hess")
    theirs.B = matrix.copy()
    with np.errstate(all="ignore"):
        theirs.update(np.array(s), np.array(y))
    size = np.abs(theirs.get_matrix()).max() + 1.0
    ours = learnt(matrix, np.array(s), np.array(y))
    np.testing.assert_allclose(ours, theirs.get_matrix(), rtol=1e-9, atol=1e-12 * size)


@given(number, number, number, pair, pair)
def test_two_pairs_of_a_quadratic_teach_its_hessian_whatever_its_signs(
    a: float, b: float, c: float, one: tuple[float, float], other: tuple[float, float]
) -> None:
    """Theorem 6.1 of Nocedal & Wright (2006): no line search has to be exact for it."""
    hessian, first, second = np.array([[a, b], [b, c]]), np.array(one), np.array(other)
    rest = hessian - np.eye(2)
    r = rest @ first
    assume(abs(r @ first) > 0.05 * np.linalg.norm(r) * np.linalg.norm(first) > 0.01)
    matrix = learnt(np.eye(2), first, hessian @ first)
    r = (hessian - matrix) @ second
    assume(abs(r @ second) > 0.05 * np.linalg.norm(r) * np.linalg.norm(second) > 0.01)
    matrix = learnt(matrix, second, hessian @ second)
    np.testing.assert_allclose(matrix, hessian, atol=1e-6)


@pytest.mark.parametrize("start", [(0.2, 0.5), (0.05, 0.01), (-0.01, 1e-3)])
def test_leaves_a_saddle_since_its_matrix_may_be_indefinite(start: tuple[float, float]) -> None:
    run = path(make("sr1"), TWO_WELLS, start, 100, Rule(1e-6, ((-2.0, 2.0), (-2.0, 2.0))))
    assert run.ending.reason == "converged", run.ending.message
    np.testing.assert_allclose(np.abs(run.path[-1]), [1.0, 0.0], atol=1e-6)


@pytest.mark.parametrize(("formula", "start"), SURFACES)
def test_arrives_at_a_minimum_downhill_all_the_way(
    formula: str, start: tuple[float, float]
) -> None:
    run = path(make("sr1"), formula, start, 100, Rule(1e-6, TEN))
    assert run.ending.reason == "converged", run.ending.message
    assert np.all(np.diff(run.values) <= 1e-14)


def test_needs_no_more_gradients_than_the_trust_region_of_scipy_with_sr1() -> None:
    found = minimize(
        rosen, [-1.2, 1.0], jac=rosen_der, hess=SR1(), method="trust-constr",
        options={"gtol": 1e-6},
    )  # fmt: skip
    run = path(make("sr1"), ROSENBROCK, (-1.2, 1.0), 200, Rule(1e-6, ((-2, 2), (-1, 3))))
    assert run.ending.reason == "converged"
    assert run.evaluations[-1, 1] <= found.njev


def test_a_trial_that_is_not_finite_makes_the_region_smaller() -> None:
    # From here the first step lands where the logarithm is undefined.
    run = path(make("sr1", radius=2), "-log(1 - x^2 - y^2) + 9*x", (0.0, 0.5), 60)
    assert np.isfinite(run.rows).all()
    assert run.gradient_norms[-1] < 1e-6


def test_no_step_is_longer_than_the_longest_radius() -> None:
    run = path(make("sr1", longest=0.25), ROSENBROCK, (-1.2, 1.0), 60)
    lengths = np.linalg.norm(np.diff(run.path, axis=0), axis=1)
    assert lengths.max() == pytest.approx(0.25, rel=1e-12)
