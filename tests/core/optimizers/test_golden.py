"""Every first-order kernel equals torch's own optimizer, step by step, in float64."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pytest
import torch

from core.optimizers import OPTIMIZERS, Optimizer
from tests.core.optimizers.paths import make, path
from tests.twins import twin

STEPS = 300


class Ground(NamedTuple):
    """A surface, once for our parser and once for torch, with starts."""

    formula: str
    function: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
    starts: list[tuple[float, float]]


SURFACES = {
    "rosenbrock": Ground(
        "(1 - x)^2 + 100*(y - x^2)^2",
        lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
        [(-1.2, 1.0), (1.5, -0.5)],
    ),
    "himmelblau": Ground(
        "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
        [(-4.0, 0.0), (0.5, 0.5)],
    ),
    "waves": Ground(
        "sin(3*x)*cos(2*y) + (x^2 + y^2)/10",
        lambda x, y: torch.sin(3 * x) * torch.cos(2 * y) + (x**2 + y**2) / 10,
        [(1.0, -2.0), (-0.7, 0.3)],
    ),
    "valley": Ground(
        "exp(x/3 - y)/9 + log(1 + x^2) + y^2/2",
        lambda x, y: torch.exp(x / 3 - y) / 9 + torch.log(1 + x**2) + y**2 / 2,
        [(2.0, -1.0)],
    ),
}
# One line per optimizer: the settings at which it is held to its twin. None of them is chaotic: a
# rule that jumps from wall to wall doubles the last bit of rounding every few steps, in torch too.
GOLDEN = {
    "gradient_descent": [{"lr": 1e-3}, {"lr": 4e-4}],
    "momentum": [{"lr": 5e-4}, {"lr": 1e-3, "dampening": 0.9},
                 {"lr": 1e-3, "momentum": 0, "dampening": 0.5}],
    "nesterov": [{"lr": 5e-4}, {"lr": 2e-4, "momentum": 0.95}, {"lr": 1e-3, "momentum": 0}],
    "adagrad": [{"lr": 0.3}, {"lr": 0.05, "eps": 1e-3}],
    "rmsprop": [{"lr": 1e-2}, {"lr": 2e-3, "alpha": 0.95, "eps": 0.1}],
    "adam": [{"lr": 0.1}, {"lr": 0.01, "beta1": 0.8, "beta2": 0.99}, {"beta1": 0, "eps": 1}],
    "rprop": [{"lr": 0.01}, {"lr": 0.3, "etaminus": 0.7, "etaplus": 1.1, "most": 0.1}],
    "adadelta": [{"lr": 0.3}, {"lr": 1, "rho": 0.99, "eps": 1e-3}],
    "adamw": [{"lr": 0.1}, {"lr": 0.01, "weight_decay": 0.3}, {"eps": 1, "weight_decay": 0}],
    "amsgrad": [{"lr": 0.1}, {"lr": 0.01, "beta1": 0.8, "beta2": 0.9}],
    "adamax": [{"lr": 0.1}, {"lr": 0.01, "beta1": 0.8, "beta2": 0.9, "eps": 0.1}],
    "nadam": [{"lr": 0.05}, {"lr": 0.01, "beta1": 0.8, "beta2": 0.99, "momentum_decay": 0.1}],
    "radam": [{"lr": 1e-3}, {"lr": 5e-4, "beta1": 0.8, "beta2": 0.99}, {"lr": 5e-4, "beta2": 0.5}],
}  # fmt: skip
CASES = [
    pytest.param(
        make(name, **settings), ground, start, id=f"{name}-{number}-{surface}-{start[0]:g}"
    )
    for name, lines in GOLDEN.items()
    for number, settings in enumerate(lines)
    for surface, ground in SURFACES.items()
    for start in ground.starts[: 1 if number else None]
]


@pytest.fixture(autouse=True)
def _float64() -> Iterator[None]:
    # Torch keeps some scalars of its rules in the default type, not in that of the parameters.
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


def by_torch(method: Optimizer, ground: Ground, start: tuple[float, float]) -> np.ndarray:
    """Iterates 0..STEPS of the torch twin, the gradient by autograd; shape (STEPS + 1, 2)."""
    theta = torch.tensor(start, requires_grad=True)
    rule = twin(method, [theta])
    iterates = [theta.detach().numpy().copy()]
    for _ in range(STEPS):
        rule.zero_grad()
        ground.function(theta[0], theta[1]).backward()
        rule.step()
        iterates.append(theta.detach().numpy().copy())
    return np.array(iterates)


@pytest.mark.parametrize(("method", "ground", "start"), CASES)
def test_equals_torch(method: Optimizer, ground: Ground, start: tuple[float, float]) -> None:
    ours = path(method, ground.formula, start, STEPS).path
    theirs = by_torch(method, ground, start)
    # Ours may end before, but only by standing still: then torch's has to stand still as well.
    ours = np.pad(ours, ((0, STEPS + 1 - len(ours)), (0, 0)), mode="edge")
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("eps", [1e-8, 0.1])
@pytest.mark.parametrize("ground", SURFACES.values(), ids=SURFACES.keys())
def test_adam_without_correction_is_torchs_with_the_correction_undone(
    ground: Ground, eps: float
) -> None:
    """η m/(√v + ε) is torch's step at η (1 − β₁ᵗ)/√(1 − β₂ᵗ) and ε/√(1 − β₂ᵗ)."""
    lr, beta1, beta2, start = 0.01, 0.9, 0.999, ground.starts[0]
    theta = torch.tensor(start, requires_grad=True)
    rule = torch.optim.Adam([theta], betas=(beta1, beta2))
    iterates = [theta.detach().numpy().copy()]
    for t in range(1, STEPS + 1):
        root = (1 - beta2**t) ** 0.5
        rule.param_groups[0].update(lr=lr * (1 - beta1**t) / root, eps=eps / root)
        rule.zero_grad()
        ground.function(theta[0], theta[1]).backward()
        rule.step()
        iterates.append(theta.detach().numpy().copy())
    method = make("adam", lr=lr, eps=eps, bias_correction=0)
    ours = path(method, ground.formula, start, STEPS).path
    np.testing.assert_allclose(ours, iterates[: len(ours)], rtol=1e-9, atol=1e-12)
    assert method.torch() is None


def test_every_optimizer_with_a_twin_in_torch_is_held_to_it() -> None:
    twins = {each.model_fields["name"].default: each().torch() for each in OPTIMIZERS}
    first_order = {name for name, named in twins.items() if named and "torch.optim." in named.path}
    assert first_order == set(GOLDEN)
