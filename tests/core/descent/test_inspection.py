"""Gradient, Hessian and step along a trajectory: against the formula and finite differences."""

import numpy as np
import pytest

import core
from core import formula
from core.optimizers import OPTIMIZERS
from core.refusal import Refusal
from tests.core.descent.requests import asked, ran, typed
from tests.core.optimizers.paths import PLANAR

FORMULAS = (
    "(a - x)**2 + b*(y - x**2)**2",
    "sin(a*x)*cos(y) + b*x*y + x**2 + y**2",
    "exp(-(x*x + y*y)/a) + log(1 + b*x*x) + y**2",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_it_equals_the_formula_itself_at_every_iterate(text: str) -> None:
    values = {"a": 1.3, "b": 2.5}
    way = ran(surface=typed(text, **values), start=[0.7, -0.4], inspect=0).trajectories[0]
    assert way.inspection is not None
    assert way.inspection.rows.shape == (len(way.rows), 5)
    native = formula.compile(formula.parse(text, values))
    for (x, y), gradient, hessian in zip(
        way.path, way.inspection.gradients, way.inspection.hessians, strict=True
    ):
        _, g, h = native.evaluate(x, y, values)
        np.testing.assert_array_equal(gradient, g)
        np.testing.assert_array_equal(hessian, h)


@pytest.mark.parametrize("text", FORMULAS)
def test_it_agrees_with_finite_differences(text: str) -> None:
    values = {"a": 1.3, "b": 2.5}
    way = ran(surface=typed(text, **values), start=[0.7, -0.4], steps=20, inspect=0).trajectories[0]
    assert way.inspection is not None
    native = formula.compile(formula.parse(text, values))
    step = 1e-5
    for (x, y), gradient, hessian in zip(
        way.path, way.inspection.gradients, way.inspection.hessians, strict=True
    ):
        for axis, (dx, dy) in enumerate(((step, 0.0), (0.0, step))):
            ahead = native.evaluate(x + dx, y + dy, values)
            behind = native.evaluate(x - dx, y - dy, values)
            slope = (ahead[0] - behind[0]) / (2 * step)
            np.testing.assert_allclose(gradient[axis], slope, rtol=1e-6, atol=1e-6)
            bend = (np.array(ahead[1]) - np.array(behind[1])) / (2 * step)
            np.testing.assert_allclose(hessian[:, axis], bend, rtol=1e-6, atol=1e-6)


def test_gradients_have_the_recorded_norms_and_steps_lead_to_the_next_iterate() -> None:
    for name in PLANAR:
        way = core.descend("rosenbrock", name, steps=60, inspect=True)
        assert way.inspection is not None
        norms = np.hypot(*way.inspection.gradients.T)
        np.testing.assert_allclose(norms, way.gradient_norms, rtol=1e-12)
        np.testing.assert_array_equal(way.inspection.steps[:-1], np.diff(way.path, axis=0))
        assert np.isnan(way.inspection.steps[-1]).all()


def test_the_gradient_is_told_without_the_noise() -> None:
    noisy = ran(noise=5.0, seed=3, inspect=0).trajectories[0]
    assert noisy.inspection is not None
    np.testing.assert_allclose(np.hypot(*noisy.inspection.gradients.T), noisy.gradient_norms)


def test_only_the_chosen_one_is_inspected_and_its_way_is_the_same() -> None:
    plain, seen = ran(), ran(inspect=1)
    assert [each.inspection for each in plain.trajectories] == [None, None]
    assert seen.trajectories[0].inspection is None
    assert seen.trajectories[1].inspection is not None
    for one, other in zip(plain.trajectories, seen.trajectories, strict=True):
        np.testing.assert_array_equal(one.rows, other.rows)


def test_the_limit_falls_with_the_largest_eigenvalue_as_one_over_it() -> None:
    """What allows the page to divide the limit at λmax = 1 by the λmax of any iterate."""
    limited = 0
    for kind in OPTIMIZERS:
        optimizer = kind(**kind.training) if kind.training and "lr" in kind.training else kind()
        unit = optimizer.stability_limit(1.0)
        for curvature in (1e-6, 0.3, 760.0, 1e9):
            there = optimizer.stability_limit(curvature)
            assert (there is None) == (unit is None)
            if unit is not None and there is not None:
                limited += 1
                np.testing.assert_allclose(there.limit, unit.limit / curvature, rtol=1e-14)
                assert there.label == unit.label
    assert limited >= 12


def test_a_diverged_run_is_inspected_to_its_end() -> None:
    wild = ran(optimizers=[{"name": "gradient_descent", "lr": 9.0}], inspect=0).trajectories[0]
    assert wild.ending.reason == "diverged"
    assert wild.inspection is not None
    assert wild.inspection.rows.shape == (len(wild.rows), 5)


@pytest.mark.parametrize("index", [2, 31, 10**12, -1, 0.5, "first"])
def test_an_index_that_names_nobody_is_refused(index: object) -> None:
    with pytest.raises(Refusal) as refused:
        asked(inspect=index)
    assert "inspect" in (refused.value.field or "")
    assert "xpected" in refused.value.sentence
