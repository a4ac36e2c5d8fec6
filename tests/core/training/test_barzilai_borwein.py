"""Barzilai-Borwein on tensors: Algorithm 3 of the paper, derived again in numpy."""

from typing import Any

import numpy as np
import pytest
import torch

from core.training.barzilai_borwein import BarzilaiBorwein

CURVATURES = np.array([1.0, 3.0, 10.0])
EPOCHS, T = 9, 5


def again(noise: np.ndarray, lr: float, beta: float, low: float, high: float, form: int) -> Any:
    """The iterates and the rate of every epoch; noise, shape (epochs · T, 3), tilts a batch."""
    x, rate = np.array([1.0, -2.0, 0.5]), lr
    ends, means, rates, iterates = [x], [], [], [x]
    for k in range(EPOCHS):
        if k > 1:
            y = means[k - 1] - means[k - 2]
            s = (ends[k] - ends[k - 1]) / T
            eta = s @ s / abs(s @ y) if form == 1 else abs(s @ y) / (y @ y)
            rate = eta if low / (k + 1) <= eta <= high / (k + 1) else lr / (k + 1)
        rates.append(rate)
        g = np.zeros(3)
        for t in range(T):
            gradient = CURVATURES * x + noise[k * T + t]
            x = x - rate * gradient
            g = (1 - beta) * g + beta * gradient
            iterates.append(x)
        ends.append(x)
        means.append(g)
    return np.array(iterates), rates


@pytest.mark.parametrize("form", [1, 2])
@pytest.mark.parametrize("bounds", [(1e-3, 10.0), (0.5, 0.6)])
def test_follows_algorithm_3(form: int, bounds: tuple[float, float]) -> None:
    noise = np.random.default_rng(0).normal(0, 0.01, (EPOCHS * T, 3))
    lr, beta = 0.02, 0.3
    expected, rates = again(noise, lr, beta, *bounds, form)
    theta = torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64, requires_grad=True)
    rule = BarzilaiBorwein([theta], lr, form, beta, *bounds, steps_per_epoch=T)
    for step in range(EPOCHS * T):

        def closure(step: int = step) -> torch.Tensor:
            rule.zero_grad()
            loss = (torch.from_numpy(CURVATURES) * theta**2).sum() / 2
            loss = loss + torch.from_numpy(noise[step]) @ theta
            loss.backward()  # type: ignore[no-untyped-call]
            return loss

        rule.step(closure)
        gauges = rule.gauges()
        assert gauges["rate"] == pytest.approx(rates[step // T], rel=1e-9)
        np.testing.assert_allclose(theta.detach().numpy(), expected[step + 1], rtol=1e-9)
    assert (gauges["bounded"] == 1) == (gauges["rate"] == lr / EPOCHS)
    assert gauges["raw"] is not None
    assert gauges["raw"] > 0


def test_both_outcomes_of_the_bounds_occur_above() -> None:
    noise = np.random.default_rng(0).normal(0, 0.01, (EPOCHS * T, 3))
    wide = again(noise, 0.02, 0.3, 1e-3, 10.0, 1)[1]
    narrow = again(noise, 0.02, 0.3, 0.5, 0.6, 1)[1]
    assert wide[2] != 0.02 / 3
    assert narrow[8] == 0.02 / 9
