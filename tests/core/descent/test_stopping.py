"""Stopping rules: against plain loops over the public path, and what they overlook."""

import math
from typing import Any

import pytest

from core.descent import Request, Trajectory, run
from core.descent.stopping import HIGH, LOW, RULES
from core.refusal import Refusal

NAMES = [each.name for each in RULES]
RUNNERS = ("gradient_descent", "momentum", "adam", "bfgs", "newton")


def followed(**changes: Any) -> tuple[Trajectory, ...]:
    asked: dict[str, Any] = {
        "surface": {"name": "himmelblau"},
        "start": [0.5, 0.5],
        "steps": 300,
        "optimizers": [{"name": name} for name in RUNNERS],
        **changes,
    }
    return run(Request.read(asked)).trajectories


def plainly(rule: str, tolerance: float, each: Trajectory) -> int | None:
    """Follow the rule as the chapter has it, one step after the other."""
    path, f = each.path.tolist(), each.values.tolist()
    for t in range(len(path) - 1):
        if rule == "absolute_improvement":
            small = f[t] - f[t + 1] < tolerance
        elif rule == "relative_improvement":
            small = f[t] != 0 and abs(f[t] - f[t + 1]) / abs(f[t]) < tolerance
        elif rule == "gradient_norm":
            small = float(each.gradient_norms[t + 1]) < tolerance
        else:
            small = math.dist(path[t], path[t + 1]) < tolerance
        if small:
            return t + 1
    return None


@pytest.mark.parametrize("tolerance", [1e-9, 1e-6, 1e-3, 0.1, 10.0])
@pytest.mark.parametrize("rule", NAMES)
def test_equals_a_plain_loop_over_the_path(rule: str, tolerance: float) -> None:
    # The strictest tolerance lets the public path go on as far as the rules are followed.
    for each in followed(stopping={rule: tolerance}, tolerance=1e-12):
        assert each.stops is not None
        expected, found = plainly(rule, tolerance, each), each.stops[rule]
        if found is None or found.step >= len(each.path):
            assert expected is None
        else:
            assert found.step == expected
            assert found.value == each.values[found.step]


def test_a_run_is_followed_past_its_own_end_and_only_there() -> None:
    strict = {"gradient_norm": 1e-8, "step_size": 1e-8}
    asked, bare = followed(stopping=strict), followed()
    endless = followed(tolerance=1e-12)
    beyond = 0
    for mine, plain, long in zip(asked, bare, endless, strict=True):
        assert mine.path.tolist() == plain.path.tolist()
        assert mine.ending == plain.ending
        assert mine.stops is not None
        for rule, found in mine.stops.items():
            assert (found and found.step) == plainly(rule, strict[rule], long)
            beyond += found is not None and found.step > mine.ending.step
    assert beyond >= 4


def test_each_rule_is_fooled_in_its_own_way() -> None:
    flat: dict[str, Any] = {"surface": {"name": "saddle"}, "start": [1.0, 0.0], "steps": 50}
    (at_saddle,) = followed(
        **flat,
        optimizers=[{"name": "gradient_descent", "lr": 0.1}],
        stopping={"gradient_norm": 0.01},
    )
    assert at_saddle.stops is not None
    found = at_saddle.stops["gradient_norm"]
    assert found is not None
    assert at_saddle.gradient_norms[found.step] < 0.01
    (uphill,) = followed(
        optimizers=[{"name": "momentum", "lr": 0.01}], stopping={"absolute_improvement": 1e-12}
    )
    assert uphill.stops is not None
    risen = uphill.stops["absolute_improvement"]
    assert risen is not None
    assert risen.value > uphill.values[risen.step - 1]  # the first step uphill ends it
    (slow,) = followed(
        optimizers=[{"name": "gradient_descent", "lr": 1e-5}], stopping={"step_size": 0.01}
    )
    assert slow.stops is not None
    assert slow.stops["step_size"] is not None
    assert slow.stops["step_size"].step == 1  # a short step says nothing of how near the end is


def test_a_run_that_is_not_finite_meets_no_rule_by_it() -> None:
    wild = [{"name": "gradient_descent", "lr": 5.0}]
    (each,) = followed(optimizers=wild, stopping=dict.fromkeys(NAMES, 1e-3))
    assert each.ending.reason == "diverged"
    assert each.stops is not None
    assert each.stops["gradient_norm"] is None
    assert each.stops["step_size"] is None


def test_is_absent_unless_asked_for() -> None:
    assert all(each.stops is None for each in followed())


@pytest.mark.parametrize(
    ("stopping", "field", "words"),
    [
        ({"gradient": 1e-3}, "stopping", "did you mean gradient_norm?"),
        ({"step_size": 0}, "stopping.step_size", "from 1e-12 to 1000"),
        ({"step_size": 2 * HIGH}, "stopping.step_size", "got 2000"),
        ({"step_size": LOW / 2}, "stopping.step_size", "Take one of these"),
        ({"step_size": "small"}, "stopping.step_size", "number"),
        ([1e-3], "stopping", "expected"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(
    stopping: object, field: str, words: str
) -> None:
    with pytest.raises(Refusal) as refused:
        followed(stopping=stopping)
    assert refused.value.field == field
    assert words in refused.value.sentence
