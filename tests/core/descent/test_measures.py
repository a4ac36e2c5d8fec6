"""Measures of a path: against plain loops, and where there is nothing to measure."""

import math

import numpy as np
import pytest

from core.descent import Request, run
from core.descent.measures import measured


def asked(measure: str, **changes: object) -> Request:
    return Request.read(
        {
            "surface": {"name": "himmelblau"},
            "start": [0.5, 0.5],
            "steps": 200,
            "optimizers": [{"name": "momentum", "lr": 0.005}, {"name": "bfgs"}],
            "measure": measure,
            **changes,
        }
    )


@pytest.mark.parametrize("measure", ["step_length", "distance", "angle"])
def test_equals_a_plain_loop_over_the_path(measure: str) -> None:
    found = run(asked(measure))
    for each in found.trajectories:
        path, last = each.path.tolist(), len(each.path) - 1
        expected = []
        for k, (x, y) in enumerate(path):
            if measure == "distance":
                expected.append(min(math.dist((x, y), m) for m in found.surface.minima))
            elif measure == "step_length":
                expected.append(math.dist(path[k], path[k + 1]) if k < last else math.nan)
            elif 0 < k < last:
                before = math.atan2(y - path[k - 1][1], x - path[k - 1][0])
                after = math.atan2(path[k + 1][1] - y, path[k + 1][0] - x)
                turn = abs(math.degrees(after - before))
                expected.append(min(turn, 360 - turn))
            else:
                expected.append(math.nan)
        assert each.measure is not None
        np.testing.assert_allclose(each.measure, expected, rtol=1e-9, atol=1e-9)


def test_without_a_known_minimum_there_is_no_distance() -> None:
    found = measured("distance", np.zeros((3, 2)), [])
    assert np.isnan(found).all()


def test_exact_line_search_turns_at_right_angles() -> None:
    found = run(asked("angle", optimizers=[{"name": "exact_line_search"}], steps=8))
    measure = found.trajectories[0].measure
    assert measure is not None
    np.testing.assert_allclose(measure[1:-1], 90, atol=1e-3)


def test_is_absent_unless_asked_for() -> None:
    assert run(asked("angle").model_copy(update={"measure": None})).trajectories[0].measure is None
