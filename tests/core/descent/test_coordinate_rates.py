"""The rate of each coordinate: against torch's own state, and against the steps that were taken."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch

from core.descent import Request, run
from core.descent.coordinate_rates import CoordinateRates, coordinate_rates
from core.optimizers import NAMES, optimizer
from core.optimizers.seen import running_mean, unbiased
from core.refusal import Refusal
from tests.core.optimizers.paths import make
from tests.twins import twin

START, STEPS = (-4.0, 0.3), 60
State = dict[str, torch.Tensor]


@pytest.fixture(autouse=True)
def _float64() -> Iterator[None]:
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


def himmelblau(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def asked(*optimizers: dict[str, Any], **changes: Any) -> Request:
    return Request.read(
        {
            "surface": {"name": "himmelblau"},
            "start": START,
            "steps": STEPS,
            "tolerance": 1e-12,
            "optimizers": optimizers,
            **changes,
        }
    )


def adams(slot: str) -> Callable[[dict[str, Any], State], torch.Tensor]:
    """Adam's rate from torch's state: η / (√(slot / (1 − β₂ᵗ)) + ε)."""

    def rate(group: dict[str, Any], state: State) -> torch.Tensor:
        kept = 1 - group["betas"][1] ** state["step"]
        found: torch.Tensor = group["lr"] / ((state[slot] / kept).sqrt() + group["eps"])
        return found

    return rate


# From torch's state after the step to the rate that the step was taken with.
BY_TORCH: dict[str, Callable[[dict[str, Any], State], torch.Tensor]] = {
    "adagrad": lambda group, state: group["lr"] / (state["sum"].sqrt() + group["eps"]),
    "rmsprop": lambda group, state: group["lr"] / (state["square_avg"].sqrt() + group["eps"]),
    "adam": adams("exp_avg_sq"),
    "adamw": adams("exp_avg_sq"),
    "nadam": adams("exp_avg_sq"),
    "amsgrad": adams("max_exp_avg_sq"),
    "adamax": lambda group, state: group["lr"] / state["exp_inf"],
}


@pytest.mark.parametrize("name", BY_TORCH)
def test_equals_the_rate_in_torchs_state(name: str) -> None:
    method = {"name": name, "lr": 0.05, "eps": 1e-3}
    theta = torch.tensor(START, requires_grad=True)
    rule = twin(make(**method), [theta])
    expected, gradients = [], []
    for _ in range(STEPS):
        rule.zero_grad()
        himmelblau(theta[0], theta[1]).backward()
        assert theta.grad is not None
        gradients.append(theta.grad.numpy().copy())
        rule.step()
        expected.append(BY_TORCH[name](rule.param_groups[0], rule.state[theta]).numpy())
    found = coordinate_rates(asked(method))
    assert found.rates is not None
    np.testing.assert_allclose(found.gradients, gradients, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.rates, expected, rtol=1e-9)
    assert np.ptp(found.rates, axis=0).min() > 0


def direction(name: str, gradients: np.ndarray, beta1: float, corrected: bool) -> np.ndarray:
    """What the rate stands before: the gradient, or its mean, as a rule freed of the start."""
    if name in ("adagrad", "rmsprop", "adadelta"):
        return gradients
    mean = running_mean(gradients, beta1)
    return np.asarray(mean / unbiased(beta1, len(gradients)) if corrected else mean)


def holds(found: CoordinateRates, path: np.ndarray) -> None:
    """Each step is minus the rate times that, whatever the rule."""
    name = found.optimizer.model_dump()["name"]
    values = found.optimizer.hyperparameters()
    beta1, corrected = values.get("beta1", 0.0), bool(values.get("bias_correction", True))
    assert found.rates is not None
    taken = -found.rates * direction(name, found.gradients, beta1, corrected)
    np.testing.assert_allclose(taken, np.diff(path, axis=0), rtol=1e-7, atol=1e-12)
    assert len(found.rates) == len(path) - 1 > 10


# AdamW pulls towards 0 beside its step, Nadam steps along two directions: torch's state holds them.
STEPPING = [
    {"name": "adagrad"}, {"name": "rmsprop"}, {"name": "adadelta"}, {"name": "adam"},
    {"name": "adam", "bias_correction": 0, "eps": 0.1},
    {"name": "amsgrad", "beta2": 0.9}, {"name": "adamax"}, {"name": "radam", "lr": 0.01},
    {"name": "radam", "lr": 0.003, "beta2": 0.9}, {"name": "radam", "lr": 1e-3, "beta2": 0.5},
    {"name": "adahessian"}, {"name": "adahessian", "probes": 2, "hessian_power": 0.5},
]  # fmt: skip


@pytest.mark.parametrize("method", STEPPING, ids=lambda each: "-".join(map(str, each.values())))
@pytest.mark.parametrize("noise", [0, 3])
def test_the_steps_taken_have_these_rates(method: dict[str, Any], noise: float) -> None:
    request = asked(method, noise=noise, seed=5)
    holds(coordinate_rates(request), run(request).trajectories[0].path)


def test_the_steps_of_minibatches_and_schedules_have_these_rates() -> None:
    falling = {"name": "exponential", "gamma": 0.9}
    request = asked(
        {"name": "gradient_descent", "lr": 1e-3},
        {"name": "adam", "lr": 0.1, "schedule": falling},
        surface={"name": "linear_regression"},
        batch_size=2,
        inspect=1,
    )
    found = coordinate_rates(request)
    holds(found, run(request).trajectories[1].path)
    still = coordinate_rates(request.model_copy(update={"inspect": 0}))
    assert still.rates is None
    assert still.optimizer.model_dump()["name"] == "gradient_descent"


def test_who_has_a_rate_in_each_coordinate() -> None:
    found = {
        name for name in NAMES if coordinate_rates(asked({"name": name}, steps=3)).rates is not None
    }
    assert found == {*BY_TORCH, *(each["name"] for each in STEPPING)}
    assert all(optimizer(name).takes_schedule for name in found)


def test_a_run_that_ends_at_its_start_has_no_steps() -> None:
    found = coordinate_rates(asked({"name": "adam"}, start=(3.0, 2.0)))
    assert found.gradients.shape == (0, 2)
    assert found.rates is not None
    assert found.rates.shape == (0, 2)


def test_a_run_that_is_lost_breaks_nothing() -> None:
    lost = asked({"name": "radam", "lr": 10}, start=(1e150, 1e150))
    found = coordinate_rates(lost)
    assert found.rates is not None
    assert len(found.rates) == len(run(lost).trajectories[0].path) - 1


def test_minibatches_of_what_is_no_sum_are_refused() -> None:
    with pytest.raises(Refusal, match="sum over data"):
        coordinate_rates(asked({"name": "adam"}, batch_size=2))


@pytest.mark.parametrize("memory", [0.0, 0.5, 0.999])
def test_a_constant_comes_out_of_the_mean_as_it_is_once_unbiased(memory: float) -> None:
    constant = np.full((50, 2), 3.0)
    means = running_mean(constant, memory)
    t = np.arange(1, 51)[:, None]
    np.testing.assert_allclose(means, np.broadcast_to(3 * (1 - memory**t), (50, 2)), rtol=1e-12)
    np.testing.assert_allclose(means / unbiased(memory, 50), constant, rtol=1e-12)
