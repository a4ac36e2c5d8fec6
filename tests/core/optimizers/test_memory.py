"""A step's part from its own gradient, beside the memory that torch's optimizers hold."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from core.descent.inspection import Inspection
from core.descent.request import Request
from core.descent.run import run
from core.optimizers import OPTIMIZERS, Optimizer
from core.optimizers.memory import running_mean
from tests.core.optimizers.paths import make
from tests.core.optimizers.references import rosen_der
from tests.twins import twin

Array = NDArray[np.float64]
State = dict[str, torch.Tensor]
START, STEPS = (-1.2, 1.0), 60
SPLIT = [
    each.model_fields["name"].default for each in OPTIMIZERS if each.fresh is not Optimizer.fresh
]


def seen(name: str, steps: int = STEPS, **changes: Any) -> tuple[Array, Inspection]:
    """The iterates on Rosenbrock, shape (n + 1, 2), and what is known of each."""
    asked = {
        "surface": {"name": "rosenbrock"},
        "start": START,
        "steps": steps,
        "optimizers": [{"name": name}],
        "inspect": 0,
        **changes,
    }
    found = run(Request.read(asked)).trajectories[0]
    assert found.inspection is not None
    return found.path, found.inspection


def copied(state: dict[str, Any]) -> State:
    return {key: torch.as_tensor(each).clone() for key, each in state.items()}


def of_adam(which: str) -> Callable[[Any, int, State, State], Array]:
    """−η β₁ mₜ₋₁ / (1 − β₁ᵗ) over the root of torch's own mean of squares."""

    def memory(method: Any, t: int, before: State, after: State) -> Array:
        root = np.sqrt(after[which].numpy() / (1 - method.beta2**t)) + method.eps
        kept = method.beta1 * before["exp_avg"].numpy() / (1 - method.beta1**t)
        found: Array = -method.lr * kept / root
        return found

    return memory


def of_adamax(method: Any, t: int, before: State, after: State) -> Array:
    kept = method.beta1 * before["exp_avg"].numpy() / (1 - method.beta1**t)
    found: Array = -method.lr * kept / after["exp_inf"].numpy()
    return found


def of_nadam(method: Any, t: int, before: State, after: State) -> Array:
    root = np.sqrt(after["exp_avg_sq"].numpy() / (1 - method.beta2**t)) + method.eps
    mu = method.beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * method.momentum_decay))
    kept = mu * method.beta1 * before["exp_avg"].numpy()
    found: Array = -method.lr * kept / (1 - after["mu_product"].numpy() * mu) / root
    return found


def of_momentum(method: Any, t: int, before: State, after: State) -> Array:
    found: Array = -method.lr * method.momentum * before["momentum_buffer"].numpy()
    return found


def of_nesterov(method: Any, t: int, before: State, after: State) -> Array:
    found: Array = -method.lr * method.momentum**2 * before["momentum_buffer"].numpy()
    return found


TORCHS: dict[str, tuple[dict[str, float], Callable[[Any, int, State, State], Array]]] = {
    "momentum": ({"lr": 5e-4, "dampening": 0.4}, of_momentum),
    "nesterov": ({"lr": 5e-4}, of_nesterov),
    "adam": ({"lr": 0.05}, of_adam("exp_avg_sq")),
    "amsgrad": ({"lr": 0.05, "beta2": 0.9}, of_adam("max_exp_avg_sq")),
    "adamax": ({"lr": 0.05}, of_adamax),
    "nadam": ({"lr": 0.05}, of_nadam),
}


@pytest.mark.parametrize("name", TORCHS)
def test_what_remains_is_what_torch_remembers(name: str) -> None:
    settings, memory = TORCHS[name]
    method = make(name, **settings)
    path, inspection = seen(name, optimizers=[{"name": name, **settings}])
    theta = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    rule = twin(method, [theta])
    expected, before = [], {}
    for t, point in enumerate(path[:-1], start=1):
        theta.data[:] = torch.from_numpy(point.copy())
        theta.grad = torch.from_numpy(rosen_der(point))
        rule.step()
        after = copied(rule.state[theta])
        expected.append(memory(method, t, before, after) if before else np.zeros(2))
        before = after
    remains = (inspection.steps - inspection.fresh)[:-1]
    size = np.linalg.norm(inspection.steps[:-1], axis=1, keepdims=True)
    np.testing.assert_allclose(remains / size, np.array(expected) / size, rtol=1e-6, atol=1e-9)
    assert np.linalg.norm(remains[5:] / size[5:], axis=1).min() > 1e-3


@pytest.mark.parametrize("name", ["fletcher_reeves", "polak_ribiere"])
def test_a_conjugate_step_keeps_a_part_of_the_direction_before(name: str) -> None:
    path, inspection = seen(name, steps=18)
    steps, remains = inspection.steps[:-1], (inspection.steps - inspection.fresh)[:-1]
    g = np.array([rosen_der(point) for point in path])
    d, kept = -g[0], np.zeros(2)
    for k, step in enumerate(steps):
        if k > 0:
            change = g[k] if name == "fletcher_reeves" else g[k] - g[k - 1]
            restart = name == "fletcher_reeves" and k % 3 == 0
            beta = 0.0 if restart else max(0.0, g[k] @ change / (g[k - 1] @ g[k - 1]))
            kept = beta * d
            if (kept - g[k]) @ g[k] >= 0:
                kept = np.zeros(2)
            d = kept - g[k]
        alpha = np.linalg.norm(step) / np.linalg.norm(d)
        np.testing.assert_allclose(remains[k], alpha * kept, atol=1e-6 * np.linalg.norm(step))


@pytest.mark.parametrize("name", SPLIT)
def test_the_first_step_remembers_nothing(name: str) -> None:
    _, inspection = seen(name)
    np.testing.assert_allclose(inspection.fresh[0], inspection.steps[0], rtol=1e-9)
    assert np.isfinite(inspection.fresh[:-1]).all()
    assert np.isnan(inspection.fresh[-1]).all()


@pytest.mark.parametrize("name", ["radam", "adahessian"])
def test_a_mean_gives_way_to_the_newest_gradient_by_its_share(name: str) -> None:
    path, inspection = seen(name)
    m = np.zeros(2)
    for k, point in enumerate(path[:-1]):
        g = rosen_der(point)
        m = 0.9 * m + 0.1 * g
        expected = inspection.steps[k] * 0.1 * g / m
        np.testing.assert_allclose(inspection.fresh[k], expected, rtol=1e-6)


@pytest.mark.parametrize("name", ["gradient_descent", "rmsprop", "newton", "lbfgs", "lion"])
def test_nothing_is_told_apart_where_a_step_is_no_such_sum(name: str) -> None:
    assert np.isnan(seen(name)[1].fresh).all()


def test_nothing_is_told_apart_where_the_gradient_was_another() -> None:
    assert np.isnan(seen("adam", noise=0.1)[1].fresh).all()
    batches = {"surface": {"name": "linear_regression"}, "batch_size": 4}
    assert np.isnan(seen("momentum", **batches)[1].fresh).all()


def test_a_schedule_scales_the_part_with_the_step() -> None:
    cosine = {"name": "momentum", "lr": 5e-4, "schedule": {"name": "cosine"}}
    path, inspection = seen("momentum", optimizers=[cosine])
    g = np.array([rosen_der(point) for point in path[:-1]])
    rates = np.linalg.norm(inspection.fresh[:-1], axis=1) / np.linalg.norm(g, axis=1)
    assert rates[0] == pytest.approx(5e-4)
    assert rates[-1] < 0.1 * rates[0]


@pytest.mark.parametrize("n", [0, 1, 63, 64, 65, 300])
@pytest.mark.parametrize("beta", [0.0, 0.9, 0.9999])
def test_the_running_mean_by_blocks_is_the_running_mean(n: int, beta: float) -> None:
    values = np.random.default_rng(n).normal(size=(n, 2))
    m, expected = np.zeros(2), np.empty((n, 2))
    for k, value in enumerate(values):
        m = beta * m + (1 - beta) * value
        expected[k] = m
    np.testing.assert_allclose(running_mean(values, beta), expected, rtol=1e-9, atol=1e-13)
