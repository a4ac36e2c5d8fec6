"""A descent as a whole: facts, grid, threads, one surface for all."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import numpy as np
import pytest

from core import formula
from core.descent import run
from core.descent.native import Ground
from tests.core.descent.requests import asked, ran, typed
from tests.core.optimizers.paths import PLANAR


def test_trajectories_come_in_the_order_asked_for() -> None:
    both = ran(optimizers=[{"name": "adam", "lr": 0.1}, {"name": "newton"}, {"name": "adam"}])
    assert [each.optimizer.name for each in both.trajectories] == ["adam", "newton", "adam"]
    assert both.trajectories[0].rows.shape == (101, 7)
    for each in both.trajectories:
        np.testing.assert_array_equal(each.path[0], [-1.2, 1])
        assert each.values.shape == each.gradient_norms.shape == (len(each.rows),)
        assert each.evaluations.shape == (len(each.rows), 3)


def test_facts_of_surface_and_start() -> None:
    found = ran(surface={"name": "rosenbrock", "parameters": {"a": 0.5}})
    assert found.surface.parameters == {"a": 0.5, "b": 100.0}
    assert found.surface.minima == [(0.5, 0.25)]
    assert found.surface.minima_values == [0]
    assert found.surface.minimum == 0.0
    x, y = -1.2, 1.0
    np.testing.assert_allclose(found.start.value, (0.5 - x) ** 2 + 100 * (y - x * x) ** 2)
    np.testing.assert_allclose(
        found.start.gradient, (-2 * (0.5 - x) - 400 * x * (y - x * x), 200 * (y - x * x))
    )
    hessian = [[2 - 400 * (y - 3 * x * x), -400 * x], [-400 * x, 200]]
    np.testing.assert_allclose(found.start.eigenvalues, np.linalg.eigvalsh(hessian))


def test_a_formula_equals_the_named_surface() -> None:
    named = ran(surface={"name": "rosenbrock"})
    written = ran(surface=typed("(a - x)^2 + b*(y - x^2)^2", b=100, a=1), view=[[-2, 2], [-1, 3]])
    for one, other in zip(named.trajectories, written.trajectories, strict=True):
        np.testing.assert_array_equal(one.rows, other.rows)
    assert written.surface.minimum is None
    assert written.surface.parameters == {"a": 1.0, "b": 100.0}


def test_stability_is_the_limit_at_the_start() -> None:
    found = ran(optimizers=[{"name": "gradient_descent"}, {"name": "adam"}])
    plain, adaptive = found.trajectories
    assert plain.stability is not None
    np.testing.assert_allclose(plain.stability.limit, 2 / found.start.eigenvalues[1])
    assert adaptive.stability is None


def test_grid_rows_begin_at_the_low_end_of_y() -> None:
    view = [[-1, 2], [3, 7]]
    found = ran(surface=typed("x + 10*y^2"), grid={"columns": 5, "rows": 3, "view": view}).grid
    assert found is not None
    x, y = np.linspace(-1, 2, 5), np.linspace(3, 7, 3)
    np.testing.assert_allclose(found, x[None, :] + 10 * y[:, None] ** 2)


def test_values_that_are_not_finite_stay_in_the_grid() -> None:
    view = [[-1, 1], [-1, 1]]
    found = ran(surface=typed("log(x)"), grid={"columns": 3, "rows": 2, "view": view}).grid
    assert found is not None
    assert np.isnan(found[0, 0])
    assert np.isneginf(found[0, 1])


def test_descents_on_many_threads_equal_descents_alone() -> None:
    surfaces = [typed("x^4 + y^2 + c*x*y", c=0.1 * each) for each in range(4)] + [
        {"name": "himmelblau"},
        {"name": "beale"},
    ]
    rules = [{"name": name} for name in PLANAR]
    requests = [
        asked(surface=each, steps=3000, optimizers=rules, seed=seed, noise=0.01)
        for seed, each in enumerate(surfaces * 4)
    ]
    alone = [run(each) for each in requests]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(run, requests))
    for one, other in zip(alone, together, strict=True):
        for ours, theirs in zip(one.trajectories, other.trajectories, strict=True):
            np.testing.assert_array_equal(ours.rows, theirs.rows)
            assert ours.ending == theirs.ending


def test_other_threads_go_on_meanwhile() -> None:
    """A thread that needs the interpreter ticks, though nobody is ever made to hand it over."""
    request = asked(
        surface=typed("sin(x)*cos(y) + x^2/9 + y^2/9 + exp(sin(x + y))"),
        start=[1, 1],
        steps=100_000,
        optimizers=[{"name": "gradient_descent", "lr": 1e-5}] * 5,
        tolerance=1e-12,
    )
    run(request)
    over, ticks = Event(), 0

    def tick() -> None:
        nonlocal ticks
        while not over.wait(1e-4):
            ticks += 1

    ticker = Thread(target=tick)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(60)
    try:
        ticker.start()
        for _ in range(5):
            run(request)
    finally:
        sys.setswitchinterval(interval)
        over.set()
    ticker.join()
    assert ticks > 5


def test_wrong_numbers_of_parameters_never_reach_a_pointer() -> None:
    code = formula.compile(formula.parse("a*x^2 + y"))
    with pytest.raises(ValueError, match="1 parameters"):
        Ground(code, [])
    with pytest.raises(ValueError, match="1 parameters"):
        Ground(code, [1.0, 2.0])


def test_local_minima_are_told_with_their_heights() -> None:
    found = ran(surface={"name": "two_wells"}).surface
    deep, shallow = found.minima_values
    assert deep < shallow
    assert found.minimum == deep


def test_names_of_a_typed_formula_are_parameters_of_value_one_unless_given() -> None:
    left_out = ran(surface={"formula": "(x - a)^2 + b*y^2"})
    given = ran(surface={"formula": "(x - a)^2 + b*y^2", "parameters": {"a": 1, "b": 1}})
    assert left_out.surface.parameters == {"a": 1, "b": 1}
    assert np.array_equal(left_out.trajectories[0].rows, given.trajectories[0].rows)
