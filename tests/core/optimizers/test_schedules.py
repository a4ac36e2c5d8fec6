"""Schedules: equal to torch's, positive and at most 1, read by the kernels that say so."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from latex2mathml.converter import convert
from torch.optim import lr_scheduler

from core.optimizers import NAMES, OPTIMIZERS, Optimizer, optimizer
from core.optimizers.schedules import SCHEDULES, Schedule
from tests.core.optimizers.paths import make, path
from tests.twins import twin

STEPS = 200
Scheduler = Callable[[torch.optim.Optimizer], lr_scheduler.LRScheduler]
# One line per schedule: ours, and torch's of the same rule.
GOLDEN: list[tuple[dict[str, Any], Scheduler]] = [
    ({"name": "constant"}, lambda rule: lr_scheduler.ConstantLR(rule, 1.0)),
    ({"name": "exponential", "gamma": 0.99}, lambda rule: lr_scheduler.ExponentialLR(rule, 0.99)),
    ({"name": "exponential", "gamma": 0.6}, lambda rule: lr_scheduler.ExponentialLR(rule, 0.6)),
    (
        {"name": "step", "every": 37, "gamma": 0.3},
        lambda rule: lr_scheduler.StepLR(rule, 37, 0.3),
    ),
    ({"name": "step", "every": 1, "gamma": 0.97}, lambda rule: lr_scheduler.StepLR(rule, 1, 0.97)),
    (
        {"name": "inverse_time", "decay": 0.05},
        lambda rule: lr_scheduler.LambdaLR(rule, lambda k: 1 / (1 + 0.05 * k)),
    ),
    (
        {"name": "cosine", "horizon": 1, "final": 0.1},
        lambda rule: lr_scheduler.CosineAnnealingLR(rule, STEPS, 0.1 * rule.param_groups[0]["lr"]),
    ),
    (
        {"name": "warmup", "steps": 60, "initial": 0.01},
        lambda rule: lr_scheduler.LinearLR(rule, 0.01, 1.0, 60),
    ),
]
METHODS = {
    "gradient_descent": 1e-3,
    "momentum": 4e-4,
    "nesterov": 4e-4,
    "adam": 0.05,
    "nadam": 0.02,
    "adagrad": 0.2,
}
TAKES = [each.model_fields["name"].default for each in OPTIMIZERS if each.takes_schedule]


@pytest.fixture(autouse=True)
def _float64() -> Iterator[None]:
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


def by_torch(method: Optimizer, scheduler: Scheduler) -> tuple[np.ndarray, np.ndarray]:
    """Iterates and learning rates of torch's pair on Rosenbrock; (STEPS + 1, 2), (STEPS + 1,)."""
    theta = torch.tensor([-1.2, 1.0], requires_grad=True)
    rule = twin(method, [theta])
    follows = scheduler(rule)
    iterates, rates = [theta.detach().numpy().copy()], [follows.get_last_lr()[0]]
    for _ in range(STEPS):
        rule.zero_grad()
        x, y = theta
        ((1 - x) ** 2 + 100 * (y - x**2) ** 2).backward()
        rule.step()
        follows.step()
        iterates.append(theta.detach().numpy().copy())
        rates.append(follows.get_last_lr()[0])
    return np.array(iterates), np.array(rates)


@pytest.mark.parametrize(
    ("schedule", "scheduler"), GOLDEN, ids=lambda each: str(each) if isinstance(each, dict) else ""
)
@pytest.mark.parametrize("name", METHODS)
def test_equals_torch(name: str, schedule: dict[str, Any], scheduler: Scheduler) -> None:
    method = make(name, lr=METHODS[name], schedule=schedule)
    ours = path(method, "(1 - x)^2 + 100*(y - x^2)^2", (-1.2, 1.0), STEPS)
    theirs, rates = by_torch(method, scheduler)
    assert ours.rates is not None
    np.testing.assert_allclose(ours.rates, rates[: len(ours.rates)], rtol=1e-9)
    # Ours may end before, but only where the rate has become too small to move anything.
    iterates = np.pad(ours.path, ((0, STEPS + 1 - len(ours.path)), (0, 0)), mode="edge")
    np.testing.assert_allclose(iterates, theirs, rtol=1e-9, atol=1e-12)


def test_every_schedule_is_held_to_torch() -> None:
    declared = {each.model_fields["name"].default for each in SCHEDULES}
    assert declared == {schedule["name"] for schedule, _ in GOLDEN}


@pytest.mark.parametrize("kind", SCHEDULES)
@given(data=st.data())
def test_factors_are_positive_and_at_most_one(kind: type[Schedule], data: st.DataObject) -> None:
    values = {
        each.name: data.draw(
            st.integers(int(each.low), int(each.high))
            if each.scale == "integer"
            else st.floats(each.low, each.high)
        )
        for each in kind.parameters()
    }
    steps = data.draw(st.integers(1, 5000))
    made = kind.model_validate(values)
    factors = made.factors(steps)
    assert factors.shape == (steps + 1,)
    assert np.all(factors > 0)
    assert np.all(factors <= 1 + 1e-12)
    change = np.diff(factors)
    assert np.all(change >= -1e-12) or np.all(change <= 1e-12), "it turns round"
    for each in kind.parameters():
        assert f"{{{each.name}}}" in kind.words or f"{{{each.name}%}}" in kind.words


@pytest.mark.parametrize("kind", SCHEDULES)
def test_is_complete(kind: type[Schedule]) -> None:
    assert kind.title
    assert kind.reference
    assert "<math" in convert(kind.formula)
    for each in kind.parameters():
        assert each.low <= each.default <= each.high
        assert "<math" in convert(each.symbol)


def test_a_cosine_ends_at_its_horizon_and_stays() -> None:
    method = make("adam", lr=0.2, schedule={"name": "cosine", "horizon": 0.5, "final": 0.1})
    rates = method.rates(100)
    assert rates is not None
    np.testing.assert_allclose(rates[50:], 0.02)
    assert rates[0] == 0.2
    assert np.all(np.diff(rates[:51]) < 0)


@pytest.mark.parametrize("name", TAKES)
def test_whoever_takes_a_schedule_reads_it(name: str) -> None:
    """A warm-up from a to 1 within one step is, in the first step alone, lr times a."""
    formula, start = "x^2 + 2*y^2 + x*y", (1.0, 1.0)
    lr = 0.01
    plain = path(make(name, lr=lr / 2), formula, start, 1)
    halved = {"name": "warmup", "steps": 1, "initial": 0.5}
    warm = path(make(name, lr=lr, schedule=halved), formula, start, 1)
    np.testing.assert_allclose(warm.path, plain.path, rtol=1e-12)
    still = path(make(name, lr=lr), formula, start, 20)
    same = path(make(name, lr=lr, schedule={"name": "constant"}), formula, start, 20)
    np.testing.assert_array_equal(still.rows, same.rows)
    assert still.rates is None
    np.testing.assert_array_equal(same.rates, np.full(len(same.rows), lr))


def test_who_takes_a_schedule() -> None:
    """All that multiply each step by lr; who sets its own step length takes none."""
    first_order = {"gradient", "sign", "scaled", "adam"}
    for name in NAMES:
        kind = optimizer(name)
        expected = (kind.family in first_order and name != "rprop") or name == "adahessian"
        assert kind.takes_schedule == expected, name
