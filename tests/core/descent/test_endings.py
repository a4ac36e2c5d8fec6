"""Each way for a run to end, and the sentence that says so."""

from typing import Any

import pytest

from core.descent import Ending
from tests.core.descent.requests import ran, typed

SADDLE = typed("x^2/2 - y^2/2 + y^4/4")


def end(method: dict[str, Any], **changes: Any) -> Ending:
    return ran(optimizers=[method], **changes).trajectories[0].ending


def test_converged() -> None:
    ending = end({"name": "newton"}, surface=typed("x^2 + y^2"))
    assert (ending.reason, ending.step) == ("converged", 1)
    assert ending.message == ("Newton converged after 1 step: its gradient norm 0 is below 0.001.")


def test_converged_where_it_starts() -> None:
    ending = end({"name": "adam"}, surface=typed("x^2 + y^2"), start=[0, 0])
    assert (ending.reason, ending.step) == ("converged", 0)


@pytest.mark.parametrize(
    ("lr", "reason"), [(0.0025, "step_budget"), (0.006, "step_budget"), (0.007, "diverged")]
)
def test_gradient_descent_on_rosenbrock_lives_beyond_the_limit(lr: float, reason: str) -> None:
    ending = end({"name": "gradient_descent", "lr": lr}, surface={"name": "rosenbrock"}, steps=1000)
    assert ending.reason == reason
    if reason == "diverged":
        assert "5.3 times 2/λmax = 0.00133 at the start" in ending.message


def test_diverged_by_leaving_upwards() -> None:
    ending = end({"name": "gradient_descent", "lr": 3}, surface=typed("x^2 + y^2"))
    assert ending.reason == "diverged"
    assert "f has risen" in ending.message


def test_diverged_where_f_is_not_finite() -> None:
    ending = end({"name": "adam"}, surface=typed("log(x)"), start=[-1, 0])
    assert (ending.reason, ending.step) == ("diverged", 0)
    assert "(−1, 0)" in ending.message


def test_left_the_view_downwards() -> None:
    ending = end({"name": "gradient_descent", "lr": 1}, surface=typed("x + y"), start=[0, 0])
    assert ending.reason == "left_view"
    assert ending.step == 51  # the first beyond ten half-widths of 5


def test_the_view_asked_for_is_the_one_that_counts() -> None:
    near = {"view": [[-1, 1], [-1, 1]], "start": [0, 0]}
    ending = end({"name": "gradient_descent", "lr": 1}, surface=typed("x + y"), **near)
    assert (ending.reason, ending.step) == ("left_view", 11)


def test_stalled_on_the_ridge_of_a_saddle() -> None:
    ending = end({"name": "gradient_descent", "lr": 0.1}, surface=SADDLE, start=[1, 0], steps=300)
    assert ending.reason == "stalled"
    assert "a saddle (eigenvalues −1 and 1)" in ending.message


def test_a_saddle_that_is_only_passed_ends_nothing() -> None:
    ending = end(
        {"name": "gradient_descent", "lr": 0.1}, surface=SADDLE, start=[1, 1e-9], steps=1000
    )
    assert ending.reason == "converged"


def test_noise_leads_off_the_ridge() -> None:
    noisy = {"surface": SADDLE, "start": [1, 0], "steps": 1000, "noise": 1e-6}
    assert end({"name": "gradient_descent", "lr": 0.1}, **noisy).reason == "converged"


def test_flat_ground_is_a_minimum() -> None:
    ending = end({"name": "adam"}, surface=typed("0*x + 3"), start=[1, 1])
    assert ending.reason == "converged"  # every point of a constant is a minimum


def test_stalled_by_steps_too_small() -> None:
    ending = end({"name": "adagrad", "lr": 1e-5}, surface=typed("x/1000000"), start=[1e15, 0],
                 view=[[9e14, 2e15], [-1, 1]], tolerance=1e-12)  # fmt: skip
    assert (ending.reason, ending.step) == ("stalled", 1)
    assert "too small to change the point" in ending.message


def test_stalled_line_search() -> None:
    # At the foot of |x| the slope jumps: no step lowers f by the part of it that is asked for.
    ending = end({"name": "lbfgs"}, surface=typed("abs(x)"), start=[0.3, 0.2])
    assert ending.reason == "stalled"
    assert "it finds no step" in ending.message


def test_still_moving() -> None:
    ending = end({"name": "gradient_descent", "lr": 1e-4}, steps=1000)
    assert (ending.reason, ending.step) == ("step_budget", 1000)
    assert ending.message.startswith("Gradient descent is still moving after 1,000 steps")
