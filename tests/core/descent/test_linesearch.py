"""The line search of one step against the recorded path, scipy's minimiser and plain numpy."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from core.descent.landscape import landscape
from core.descent.linesearch import line_search_at
from core.descent.request import NamedSurface, Request
from core.descent.rule import Rule
from core.optimizers import OPTIMIZERS
from core.optimizers.noise import noise
from core.refusal import Refusal
from tests.core.descent.requests import asked, ran

SEARCHING = [
    each.model_fields["name"].default for each in OPTIMIZERS if "line_search" in each.needs
]


def request(name: str, **changes: object) -> Request:
    return asked(optimizers=[{"name": name}], inspect=0, steps=12, **changes)


def rosenbrock(x: float, y: float) -> float:
    return (1 - x) ** 2 + 50 * (y - x * x) ** 2


@pytest.mark.parametrize("noise_level", [0, 0.5])
@pytest.mark.parametrize("name", SEARCHING)
def test_the_accepted_trial_is_the_step_of_the_recorded_path(name: str, noise_level: float) -> None:
    question = request(name, noise=noise_level)
    path = ran(optimizers=[{"name": name}], steps=12, noise=noise_level).trajectories[0]
    spent = np.diff(path.evaluations[:, 0])
    for step in range(min(4, len(path.rows) - 1)):
        found = line_search_at(question, step)
        (accepted,) = {each.distance for each in found.trials if each.accepted}
        length = np.linalg.norm(path.path[step + 1] - path.path[step])
        assert accepted == pytest.approx(length, rel=1e-9)
        assert len(found.trials) == spent[step] - (step == 0)


def test_backtracking_tries_its_own_geometric_row() -> None:
    found = line_search_at(request("backtracking"), 0)
    x, y = -1.2, 1.0
    gradient = np.array([-2 * (1 - x) - 200 * x * (y - x * x), 100 * (y - x * x)])
    ratios = [each.distance / np.linalg.norm(gradient) for each in found.trials]
    np.testing.assert_allclose(ratios, ratios[0] * 0.5 ** np.arange(len(ratios)), rtol=1e-9)
    assert [each.accepted for each in found.trials] == [False] * (len(ratios) - 1) + [True]
    assert len(ratios) > 2


def test_the_curve_and_the_conditions_are_those_of_the_surface() -> None:
    found = line_search_at(request("bfgs"), 2)
    start = ran(optimizers=[{"name": "bfgs"}], steps=12).trajectories[0].path[2]
    points = start + found.distances[:, None] * np.array(found.direction)
    phi = np.array([rosenbrock(x, y) for x, y in points.tolist()])
    np.testing.assert_allclose(found.phi, phi, rtol=1e-9, atol=1e-12)
    inner = np.gradient(phi, found.distances)[1:-1]
    np.testing.assert_allclose(found.slopes[1:-1], inner, atol=0.02 * np.abs(inner).max())
    line = phi[0] + found.c1 * found.distances * found.slopes[0]
    clear = np.abs(phi - line) > 1e-9
    np.testing.assert_array_equal(found.armijo[clear], (phi <= line)[clear])
    assert (found.strong <= found.weak).all()
    assert found.strong.any()
    assert not found.strong.all()


@pytest.mark.parametrize("name", ["gradient_descent", "exact_line_search"])
def test_the_minimiser_is_scipys(name: str) -> None:
    found = line_search_at(asked(optimizers=[{"name": name}], inspect=0, steps=3), 0)
    (ux, uy), cell = found.direction, found.distances[1]
    assert found.minimiser is not None
    low, high = max(0.0, found.minimiser - 5 * cell), found.minimiser + 5 * cell
    known = minimize_scalar(
        lambda s: rosenbrock(-1.2 + s * ux, 1 + s * uy),
        bounds=(low, high),
        method="bounded",
        options={"xatol": 1e-12},
    )
    assert found.minimiser == pytest.approx(known.x, rel=1e-6)
    if name == "exact_line_search":
        assert found.step == pytest.approx(found.minimiser, rel=1e-6)
    else:
        assert found.trials == ()


def test_noise_tilts_the_curve() -> None:
    quiet, noisy = (line_search_at(request("backtracking", noise=level), 0) for level in (0, 2.0))
    n = noise(Rule(1e-3, ((-1, 1), (-1, 1)), 2.0, 0).numbers, 0)
    x, y = -1.2, 1.0
    gradient = np.array([-2 * (1 - x) - 200 * x * (y - x * x), 100 * (y - x * x)])
    assert noisy.slopes[0] == pytest.approx(-np.linalg.norm(gradient + n), rel=1e-9)
    assert quiet.slopes[0] == pytest.approx(-np.linalg.norm(gradient), rel=1e-9)


@pytest.mark.parametrize("name", ["gradient_descent", "backtracking", "bfgs"])
def test_a_minimum_within_four_times_the_farthest_trial_is_in_the_picture(name: str) -> None:
    """Along x the minimum of (x - 2.5)² lies 3.7 from the start."""
    method = {"gradient_descent": {"lr": 0.15}, "backtracking": {"lr": 0.15}}.get(name, {})
    found = line_search_at(
        asked(
            optimizers=[{"name": name, **method}],
            surface={"formula": "(x - 2.5)^2", "parameters": {}},
            inspect=0,
            steps=3,
        ),
        0,
    )
    assert found.step < 1.2  # 0.15 · 7.4, or the first trial of length 1
    assert found.minimiser == pytest.approx(3.7, rel=1e-12)
    assert found.distances[-1] > 3.7


def test_trials_far_out_leave_room_for_step_and_minimum() -> None:
    found = line_search_at(request("backtracking"), 0)
    assert found.minimiser is not None
    assert max(each.distance for each in found.trials) > 100
    shown = max(found.step, found.minimiser)
    assert shown < found.distances[-1] <= 5 * shown


def test_the_longest_step_is_named() -> None:
    """x falls for ever: the search ends where the whole region is crossed."""
    question = asked(
        optimizers=[{"name": "bfgs"}],
        surface={"formula": "x + y^2", "parameters": {}},
        start=[0, 0],
        inspect=0,
        steps=3,
    )
    found = line_search_at(question, 0)
    assert found.longest
    assert found.minimiser is None
    assert not line_search_at(request("bfgs"), 0).longest


@pytest.mark.parametrize("name", SEARCHING)
def test_of_a_minibatch_the_curve_is_that_of_the_step_itself(name: str) -> None:
    batched = {
        "surface": {"name": "linear_regression"},
        "start": [-1.0, 2.0],
        "optimizers": [{"name": name}],
        "steps": 6,
        "batch_size": 4,
        "seed": 3,
    }
    path = ran(**batched).trajectories[0]
    spent = np.diff(path.evaluations[:, 0])
    ground = landscape(NamedSurface(name="linear_regression")).ground.in_batches(4, 3)
    for step in range(3):
        found = line_search_at(asked(**batched, inspect=0), step)
        here = path.path[step]
        assert found.batch_size == 4
        assert found.phi[0] == ground.evaluate(*here, step)[0] != path.values[step]
        (accepted,) = {each.distance for each in found.trials if each.accepted}
        assert accepted == pytest.approx(np.linalg.norm(path.path[step + 1] - here), rel=1e-9)
        assert len(found.trials) <= spent[step]


@pytest.mark.parametrize("step", [-1, 12])
def test_a_step_that_is_not_taken_is_refused(step: int) -> None:
    with pytest.raises(Refusal, match="Expected a step from 0 to 11"):
        line_search_at(request("bfgs"), step)


def test_beyond_the_end_of_a_run_is_refused() -> None:
    question = asked(optimizers=[{"name": "bfgs"}], inspect=0, steps=100)
    with pytest.raises(Refusal, match="the run ends at step"):
        line_search_at(question, 99)
