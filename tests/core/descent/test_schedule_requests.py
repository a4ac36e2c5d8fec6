"""Schedules in requests: refused in words where a method has no use for one, else followed."""

from typing import Any

import numpy as np
import pytest

import core
from core.optimizers import OPTIMIZERS
from core.refusal import Refusal
from core.training import Job
from tests.core.descent.requests import ran

COSINE = {"name": "cosine", "final": 0.1}
OWN = [each.model_fields["name"].default for each in OPTIMIZERS if not each.takes_schedule]


@pytest.mark.parametrize("name", OWN)
def test_a_method_that_sets_its_own_steps_refuses_one(name: str) -> None:
    with pytest.raises(Refusal, match="Expected no schedule for ") as refused:
        ran(optimizers=[{"name": "adam"}, {"name": name, "schedule": COSINE}])
    assert refused.value.field == "optimizers.1.schedule"
    assert "of its steps" in refused.value.sentence or "of every step" in refused.value.sentence


@pytest.mark.parametrize(
    ("schedule", "field", "words"),
    [
        ({"name": "cosin"}, "schedule", "did you mean cosine?"),
        ({}, "schedule", "an object with a name"),
        ("cosine", "schedule", "cosine"),
        ({"name": "cosine", "gamma": 1}, "schedule.gamma", "one of name, horizon, final"),
        ({"name": "exponential", "gamma": 1.1}, "schedule.gamma", "from 0.5 to 1, got 1.1"),
        ({"name": "exponential", "gamma": float("nan")}, "schedule.gamma", "got NaN"),
        ({"name": "step", "every": 0}, "schedule.every", "a whole number from 1 to 1000, got 0"),
        ({"name": "step", "every": 1.5}, "schedule.every", "a whole number"),
        ({"name": "warmup", "initial": 0}, "schedule.initial", "from 0.0001 to 1"),
    ],
)
def test_a_schedule_at_fault_is_refused(schedule: Any, field: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        ran(optimizers=[{"name": "adam", "schedule": schedule}])
    assert refused.value.field == f"optimizers.0.{field}"
    assert words in refused.value.sentence


def test_only_the_scheduled_one_is_changed() -> None:
    plain = {"name": "gradient_descent", "lr": 1e-3}
    found = ran(optimizers=[plain, {**plain, "schedule": COSINE}, {**plain, "schedule": None}])
    still, scheduled, none = found.trajectories
    np.testing.assert_array_equal(still.rows, none.rows)
    assert not np.array_equal(still.rows, scheduled.rows)
    assert still.rates is None
    assert scheduled.rates is not None
    np.testing.assert_allclose(scheduled.rates[[0, -1]], [1e-3, 1e-4])
    step = np.hypot(*np.diff(scheduled.path, axis=0).T)
    np.testing.assert_allclose(step, scheduled.rates[:-1] * scheduled.gradient_norms[:-1])


def test_in_one_line() -> None:
    steady = core.descend("rosenbrock", "adam", steps=50)
    fading = core.descend("rosenbrock", "adam", steps=50, schedule={"name": "exponential"})
    assert fading.rates is not None
    assert fading.rates[1] / fading.rates[0] == pytest.approx(0.995)
    assert not np.array_equal(steady.path, fading.path)


def test_words_about_divergence_mean_the_rate_of_the_first_step() -> None:
    steep = {"name": "gradient_descent", "lr": 1}
    warmed = {"name": "warmup", "steps": 1, "initial": 1e-4}
    found = ran(optimizers=[steep, {**steep, "schedule": warmed}])
    loud, quiet = (each.ending for each in found.trajectories)
    assert loud.reason == quiet.reason == "diverged"
    assert "Its learning rate 1 is" in loud.message
    assert "Its learning rate" not in quiet.message


def test_the_largest_run_has_a_schedule_too() -> None:
    found = ran(steps=100_000, optimizers=[{"name": "adam", "lr": 1e-5, "schedule": COSINE}])
    (only,) = found.trajectories
    assert only.rates is not None
    assert len(only.rates) == len(only.rows)


def test_a_race_keeps_its_schedules_in_what_is_written_down() -> None:
    job = Job.read({"optimizers": [{"name": "adam", "schedule": COSINE}, {"name": "adam"}]})
    scheduled, plain = job.model_dump(mode="json")["optimizers"]
    assert scheduled["schedule"]["name"] == "cosine"
    assert "schedule" not in plain
    assert Job.read(job.model_dump(mode="json")) == job
