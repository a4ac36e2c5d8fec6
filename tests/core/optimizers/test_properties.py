"""What holds for every optimizer, whatever it is given."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.descent.rule import Rule
from core.descent.trajectory import Trajectory
from core.optimizers import NAMES, Optimizer, optimizer
from core.optimizers.arrival import vanishing
from tests.core.optimizers.paths import ground, make, path

FORMULAS = (
    "(1 - x)^2 + 100*(y - x^2)^2",
    "x^4/4 - x^2/2 + y^2/2",
    "log(x) + 1/y",
    "exp(exp(x)) - sqrt(y)",
    "x*y",
    "3 + 0*x",
    "abs(x) + tan(y)^2",
    "x^9 - y^8 + x*sin(20*y)",
)
VIEW = ((-3.0, 3.0), (-2.0, 2.0))


@st.composite
def any_optimizer(draw: st.DrawFn) -> Optimizer:
    """Any optimizer with any hyperparameters inside their ranges, the ends included."""
    kind = optimizer(draw(st.sampled_from(NAMES)))
    values = {
        each.name: draw(
            st.integers(int(each.low), int(each.high))
            if each.scale == "integer"
            else st.floats(each.low, each.high)
        )
        for each in kind.parameters()
    }
    return make(kind.model_fields["name"].default, **values)


def assert_consistent(run: Trajectory, formula: str, steps: int, rule: Rule) -> None:
    """Check a trajectory's rows and its ending against the surface itself."""
    rows, ending = run.rows, run.ending
    assert ending.step == len(rows) - 1 <= steps
    assert np.all(np.diff(run.evaluations, axis=0) >= 0)
    assert np.all(run.evaluations[0] == 0)
    assert np.all(np.isfinite(rows[:-1]))
    x, y, value, norm = rows[-1, :4].tolist()
    jet = ground(formula).evaluate(x, y)
    np.testing.assert_equal(value, jet[0])
    with np.errstate(over="ignore"):
        np.testing.assert_allclose(norm, np.sqrt(np.square(jet[1]) + np.square(jet[2])), rtol=1e-12)
    away = np.abs([x, y]) > 10 * np.array([VIEW[0][1], VIEW[1][1]])
    match ending.reason:
        case "converged":
            assert norm < rule.tolerance
        case "diverged":
            assert not np.isfinite([value, norm]).all() or (away.any() and value > rows[0, 2])
        case "left_view":
            assert away.any()
            assert value <= rows[0, 2]
        case "step_budget":
            assert len(rows) == steps + 1
            assert norm >= rule.tolerance
    assert ending.message.endswith(".")


@settings(max_examples=300)
@given(
    any_optimizer(),
    st.sampled_from(FORMULAS),
    st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)) | st.just((0.0, 0.0)),
    st.integers(1, 60),
    st.sampled_from([0.0, 0.1, 1e6]),
    st.integers(0, 2**32 - 1),
)
def test_any_input_gives_a_consistent_trajectory(
    method: Optimizer,
    formula: str,
    start: tuple[float, float],
    steps: int,
    noise: float,
    seed: int,
) -> None:
    rule = Rule(1e-3, VIEW, noise, seed)
    run = path(method, formula, start, steps, rule)
    assert_consistent(run, formula, steps, rule)
    again = path(method, formula, start, steps, rule)
    np.testing.assert_array_equal(run.rows, again.rows)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("start", [(1.7e308, -1.7e308), (5e-324, 0.0), (-0.0, 1e-160)])
def test_numbers_at_the_edge_of_float64_end_in_words(name: str, start: tuple[float, float]) -> None:
    for formula in FORMULAS:
        run = path(make(name), formula, start, 40, Rule(1e-3, VIEW))
        assert run.ending.message


@pytest.mark.parametrize("name", NAMES)
def test_the_record_is_not_counted(name: str) -> None:
    run = path(make(name), "x^2 + 3*y^2 + x^4", (1.0, 1.0), 4)
    spent = run.evaluations
    steps = np.arange(len(spent))
    needs = type(run.optimizer).needs
    values, gradients, hessians = spent.T
    np.testing.assert_array_equal(hessians, steps if "hessian" in needs else 0 * steps)
    if "value" in needs:
        assert np.all(values[1:] >= steps[1:] + 1)  # the start's and at least one per step
        # A trial takes the value alone, or both.
        assert np.array_equal(gradients, steps) or np.array_equal(gradients, values)
    elif "line_search" in needs:  # each of its trials takes both
        assert np.all(gradients[1:] >= steps[1:] + 1)
        np.testing.assert_array_equal(values, gradients)
    else:
        np.testing.assert_array_equal(gradients, steps)
        np.testing.assert_array_equal(values, 0 * steps)


def test_powers_vanish_before_they_are_denormal() -> None:
    # 0.9^k would reach 5e-324 after some 7,000 steps, stay there, and halve Adam's speed.
    assert vanishing(1e-299) == 1e-299
    assert vanishing(0.9e-300) == 0.0
