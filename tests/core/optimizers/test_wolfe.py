"""Strong Wolfe conditions hold at every step that the line search accepts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.descent.rule import Rule
from core.descent.trajectory import Trajectory
from core.optimizers.wolfe import TRIALS
from tests.core.optimizers.paths import ground, make, path

C1 = 1e-4
coefficient = st.floats(-3, 3).map(lambda value: round(value, 3))


def assert_wolfe(run: Trajectory, formula: str, c2: float) -> None:
    """Check both conditions at each step, scaled to the step s = α d itself."""
    surface = ground(formula)
    jets = np.array([surface.evaluate(x, y) for x, y in run.path.tolist()])
    trials = np.diff(run.evaluations[:, 0])
    for before, after, tried, (x, y) in zip(
        jets[:-1], jets[1:], trials, np.diff(run.path, axis=0).tolist(), strict=True
    ):
        slope, end = before[1] * x + before[2] * y, after[1] * x + after[2] * y
        slack = 1e-9 * (abs(before[0]) + abs(slope))  # s is a rounded difference
        assert slope <= slack
        assert after[0] <= before[0] + C1 * slope + slack
        if tried < TRIALS:  # a search that ran out of trials promises sufficient decrease alone
            assert abs(end) <= c2 * abs(slope) + slack


@given(
    st.tuples(coefficient, coefficient, coefficient),
    st.floats(-2, 2).map(lambda value: round(value, 3)),
    st.sampled_from([0.1, 0.5, 0.9]),
)
def test_on_one_dimensional_slices(c: tuple[float, float, float], x: float, c2: float) -> None:
    formula = f"x^4/4 + ({c[0]})*x^3 + ({c[1]})*x^2 + ({c[2]})*x + sin(5*x)/5 + y^2/2"
    for name in ("bfgs", "lbfgs"):
        assert_wolfe(path(make(name, c2=c2), formula, (x, 0.0), 12), formula, c2)


@pytest.mark.parametrize("name", ["bfgs", "lbfgs"])
@pytest.mark.parametrize("c2", [0.1, 0.9])
def test_along_the_valley_of_rosenbrock(name: str, c2: float) -> None:
    formula = "(1 - x)^2 + 100*(y - x^2)^2"
    run = path(make(name, c2=c2), formula, (-1.2, 1.0), 30)
    assert len(run.rows) > 15
    assert_wolfe(run, formula, c2)


def test_a_trial_that_is_not_finite_shrinks_the_step() -> None:
    # From here the full first step lands where the logarithm is undefined.
    run = path(make("bfgs"), "-log(1 - x^2 - y^2) + 9*x", (0.0, 0.5), 30)
    assert np.isfinite(run.rows).all()
    assert run.gradient_norms[-1] < 1e-6


def test_an_unbounded_descent_leaves_the_view_without_an_endless_search() -> None:
    run = path(make("bfgs"), "x + y^2", (0.0, 1.0), 5)
    assert np.diff(run.evaluations[:, 0]).max() <= TRIALS + 1
    assert run.ending.reason in ("left_view", "step_budget")


WOLFE = ["bfgs", "dfp", "lbfgs", "fletcher_reeves", "polak_ribiere"]
VIEW = ((-2.0, 2.0), (-1.0, 3.0))  # runs go on up to 20 from (0, 1)


@pytest.mark.parametrize("name", WOLFE)
@pytest.mark.parametrize("formula", ["-x^3/3 + y^2", "x*y", "x + exp(-y)"])
def test_a_descent_without_end_takes_a_step_across_the_region_at_most(
    name: str, formula: str
) -> None:
    run = path(make(name), formula, (0.5, 1.0), 50, Rule(1e-3, VIEW))
    assert run.ending.reason == "left_view"
    steps = np.abs(np.diff(run.path, axis=0))
    assert steps.max() == pytest.approx(40, rel=1e-12)
    assert "the longest that its line search may try" in run.ending.message


@pytest.mark.parametrize("name", WOLFE)
def test_a_minimum_in_the_region_is_never_out_of_reach(name: str) -> None:
    # So flat, and so far to go, that the first trial of length 1 must grow up to the limit, 40.
    run = path(make(name), "(x - 15)^2*1e-2 + (y - 1)^2", (-19.0, 1.0), 50, Rule(1e-6, VIEW))
    assert run.ending.reason == "converged"
    assert "longest" not in run.ending.message
