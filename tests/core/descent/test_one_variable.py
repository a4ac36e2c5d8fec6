"""One variable: every method does what it does in one dimension, and nothing leaves the line."""

from collections.abc import Callable
from itertools import pairwise
from math import sqrt
from typing import Any

import numpy as np
import pytest

import core
from core.descent import Request, Trajectory, run
from core.descent.linesearch import line_search_at
from core.optimizers import NAMES
from core.optimizers.noise import gaussians
from core.refusal import Refusal


def asked(name: str, start: float, *rules: dict[str, Any], **more: Any) -> Request:
    return Request.read(
        {"surface": {"name": name}, "start": [start, 0], "steps": 40, "optimizers": rules, **more}
    )


def walked(name: str, start: float, rule: str, steps: int = 40, **given: Any) -> Trajectory:
    return core.descend(name, rule, start=(start, 0.0), steps=steps, tolerance=1e-12, **given)


def cubic(x: float) -> tuple[float, float, float]:
    """f, f' and f'' of (x - 3)²(x + 3)."""
    return (x - 3) ** 2 * (x + 3), 3 * (x - 3) * (x + 1), 6 * (x - 1)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("noise", [0.0, 3.0])
def test_nobody_leaves_the_line_and_the_record_is_that_of_the_curve(
    name: str, noise: float
) -> None:
    for start in (1.5, 0.4, -1.0):  # beside the minimum, where the curve bends down, on the hilltop
        found = run(asked("newton_example", start, {"name": name}, noise=noise, seed=5, inspect=0))
        (way,) = found.trajectories
        assert found.surface.variables == 1
        assert np.all(way.path[:, 1] == 0)
        f, slope, bend = cubic(way.path[:, 0])
        np.testing.assert_allclose(way.values, f, 1e-12, 1e-12)
        np.testing.assert_allclose(way.gradient_norms, np.abs(slope), 1e-9, 1e-9)
        assert way.inspection is not None
        columns = way.inspection.rows.T
        np.testing.assert_allclose(columns[0], slope, 1e-9, 1e-9)
        np.testing.assert_allclose(columns[2], bend, 1e-9, 1e-9)
        np.testing.assert_array_equal(columns[1], 0)
        np.testing.assert_array_equal(columns[3], 0)
        np.testing.assert_array_equal(columns[4], columns[2])


@pytest.mark.parametrize("lr", [0.1, 0.5, 0.8, 1.0])
def test_gradient_descent_shrinks_the_error_by_one_minus_eta_a(lr: float) -> None:
    way = walked("parabola", -3.0, "gradient_descent", parameters={"a": 2.0, "b": 3.0}, lr=lr)
    steps = np.arange(len(way.path))
    error = (1 - 2.0 * lr) ** steps * (-3.0 + 1.5)
    np.testing.assert_allclose(way.path[:, 0] + 1.5, error, 1e-9, 1e-12)
    # 1/a arrives at once, 2/a goes to and fro for ever.
    assert way.ending.step == {0.5: 1, 1.0: 40}.get(lr, way.ending.step)


def test_adam_is_that_of_plain_python() -> None:
    x, m, v, path = 1.5, 0.0, 0.0, [1.5]
    for t in range(1, 41):
        g = cubic(x)[1]
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        x -= 0.3 * (m / (1 - 0.9**t)) / (sqrt(v / (1 - 0.999**t)) + 1e-8)
        path.append(x)
    way = walked("newton_example", 1.5, "adam", lr=0.3, beta1=0.9, beta2=0.999, eps=1e-8)
    np.testing.assert_allclose(way.path[:, 0], path, 1e-9)


def test_newton_goes_far_over_as_the_chapter_prints_it() -> None:
    x = walked("newton_example", 1.5, "newton", lr=1.0).path[:, 0]
    np.testing.assert_allclose(x[1:5], [5.25, 3.5956, 3.0683, 3.0011], atol=5e-5)
    for here, there in pairwise(x.tolist()):
        _, slope, bend = cubic(here)
        assert there == pytest.approx(here - slope / bend, rel=1e-13)
    assert abs(x[6] - 3) < 1e-13


def test_newton_swings_between_one_and_minus_one() -> None:
    way = walked("newton_quartic", 1.0, "newton", lr=1.0)
    np.testing.assert_array_equal(way.path[:, 0], [1.0, -1.0] * 20 + [1.0])
    assert way.ending.reason == "step_budget"


def test_the_secant_is_that_of_plain_python() -> None:
    path = [1.5, 1.6]
    while len(path) < 8:
        b, a = path[-1], path[-2]
        path.append(b - (b - a) / (cubic(b)[1] - cubic(a)[1]) * cubic(b)[1])
    way = walked("newton_example", 1.5, "secant", offset=0.1)
    np.testing.assert_allclose(way.path[:8, 0], path, 1e-12)
    assert way.ending.reason == "converged"
    # One slope a step, and no Hessian; the order of convergence is the golden ratio.
    np.testing.assert_array_equal(way.evaluations[:, 1], np.arange(len(way.path)))
    assert not way.evaluations[:, [0, 2]].any()
    errors = np.abs(way.path[6:9, 0] - 3)
    orders = np.log(errors[1:]) / np.log(errors[:-1])
    np.testing.assert_allclose(orders, (1 + sqrt(5)) / 2, rtol=0.25)


def test_the_secant_finds_a_parabola_s_minimum_from_any_two_points() -> None:
    for offset in (1e-3, 0.1, 7.0):
        way = walked("parabola", -3.0, "secant", offset=offset)
        assert way.ending.step == 2
        assert way.path[2, 0] == pytest.approx(1.0, abs=1e-11)


def test_where_two_slopes_are_equal_the_secant_says_so() -> None:
    # The cubic's slope is the same at 1 - h/2 and 1 + h/2.
    way = walked("newton_example", 0.5, "secant", offset=1.0)
    assert (way.ending.reason, way.ending.step) == ("stalled", 1)
    assert "the slope at x = 1.5 is that of the point before" in way.ending.message


def test_quasi_newton_methods_are_one_and_the_same() -> None:
    """In one variable the secant equation leaves nothing to choose: each keeps s/y."""
    ways = [
        walked("newton_quartic", 0.9, name, c2=0.4).path[:, 0] for name in ("bfgs", "dfp", "lbfgs")
    ]
    assert len(ways[0]) > 3
    for other in ways[1:]:
        np.testing.assert_allclose(other, ways[0], 1e-9, 1e-12)


def test_on_the_hilltop_the_trust_region_goes_along_the_line() -> None:
    way = walked("newton_quartic", 0.0, "trust_region", radius=0.3)
    assert way.ending.reason == "converged"  # the hollow: nothing to leave
    way = walked("newton_example", -1.0, "trust_region", radius=0.3)
    assert abs(way.path[1, 0] + 1.0) == pytest.approx(0.3)
    assert way.path[-1, 0] == pytest.approx(3.0)


def test_the_noise_of_a_step_is_that_of_the_plane_along_x() -> None:
    (way,) = run(
        asked("parabola", -3.0, {"name": "gradient_descent", "lr": 0.1}, noise=2.0, seed=9)
    ).trajectories
    x, path = -3.0, [-3.0]
    for k in range(len(way.path) - 1):
        x -= 0.1 * (x - 1 + 2.0 * gaussians(9.0, k)[0])
        path.append(x)
    np.testing.assert_allclose(way.path[:, 0], path, 1e-10)


def test_curvature_at_the_start_is_the_second_derivative_alone() -> None:
    found = run(asked("newton_example", 1.05, {"name": "gradient_descent", "lr": 0.01}))
    assert found.start.eigenvalues == pytest.approx((0.3, 0.3))
    (way,) = found.trajectories
    assert way.stability is not None
    assert way.stability.limit == pytest.approx(2 / 0.3)


def test_a_maximum_is_told_in_the_words_of_a_curve() -> None:
    way = walked("newton_example", 0.5, "newton", lr=1.0)
    assert way.ending.reason == "stalled"
    assert "x = −1" in way.ending.message
    assert "where the curve has a maximum (second derivative −12)" in way.ending.message


def test_of_a_view_the_line_reads_x_alone() -> None:
    rule = {"name": "gradient_descent", "lr": 2.5}
    whole, aside = (
        run(asked("parabola", -3.0, rule, view=[[-4, 6], y])).trajectories[0]
        for y in ([-1, 1], [80, 90])
    )
    assert whole.ending == aside.ending
    assert whole.ending.reason == "diverged"


def test_a_line_search_looks_along_the_line() -> None:
    found = line_search_at(asked("newton_quartic", 0.9, {"name": "bfgs"}, inspect=0), 0)
    assert found.direction == (-1.0, 0.0)
    np.testing.assert_allclose(
        found.phi, 5 / 2 * (0.9 - found.distances) ** 2 - (0.9 - found.distances) ** 4 / 4, 1e-12
    )
    assert found.trials


@pytest.mark.parametrize(
    ("request_", "field", "sentence"),
    [
        ({"start": [1.5, 2]}, "start", "Expected a start [x, 0] on Newton’s cubic, which has one "
         "variable, got y = 2. Set y to 0."),
        ({"surface": {"name": "beale"}}, "optimizers.1", "Expected a function of one variable for "
         "Secant, got Beale, which has two. Choose another surface, or leave the method out."),
        ({"surface": {"formula": "x^2"}}, "optimizers.1", "Expected a function of one variable for "
         "Secant, got a typed formula, which has two. Choose another surface, or leave the method "
         "out."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(request_: dict[str, Any], field: str, sentence: str) -> None:
    plain = asked("newton_example", 1.5, {"name": "adam"}, {"name": "secant"})
    request = Request.read({**plain.model_dump(), **request_})

    def through(way: Callable[[Request], object]) -> None:
        with pytest.raises(Refusal) as refused:
            way(request)
        assert (refused.value.field, refused.value.sentence) == (field, sentence)

    through(run)
    through(lambda each: line_search_at(each, 0))
