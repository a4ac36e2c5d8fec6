"""AdaHessian on tensors: Hessians known by hand, the published rule derived again in numpy."""

import numpy as np
import pytest
import torch
from torch import Tensor

from core.training.adahessian import AdaHessian, blockwise

CURVATURES = torch.tensor([1.0, -4.0, 9.0, 0.5], dtype=torch.float64)


def quadratic(theta: Tensor) -> Tensor:
    """½ Σ cᵢ θᵢ²: its Hessian is diagonal, so that a single probe gives it exactly."""
    return 0.5 * (CURVATURES * theta**2).sum()


def test_follows_algorithm_2_on_a_diagonal_hessian() -> None:
    lr, beta1, beta2, eps, power, decay = 0.1, 0.9, 0.99, 1e-4, 0.7, 0.01
    theta = torch.tensor([1.0, 2.0, -1.0, 3.0], dtype=torch.float64, requires_grad=True)
    rule = AdaHessian([theta], lr, beta1, beta2, eps, power, weight_decay=decay, block=1)
    expected = theta.detach().numpy().copy()
    gradients, squares = [], []
    for t in range(1, 31):
        loss = rule.step(lambda: quadratic(theta))
        assert float(loss) == pytest.approx(0.5 * float((CURVATURES.numpy() * expected**2).sum()))
        gradients.append(CURVATURES.numpy() * expected)
        squares.append(CURVATURES.numpy() ** 2)
        ages = np.arange(t - 1, -1, -1)[:, None]  # the sums as they are printed
        m = (1 - beta1) * np.sum(beta1**ages * gradients, axis=0) / (1 - beta1**t)
        d = np.sqrt((1 - beta2) * np.sum(beta2**ages * squares, axis=0) / (1 - beta2**t))
        expected = (1 - lr * decay) * expected - lr * m / (d**power + eps)
        np.testing.assert_allclose(theta.detach().numpy(), expected, rtol=1e-12)


def test_the_mean_of_many_probes_is_the_diagonal() -> None:
    # H = (2 1; 1 4): a probe gives (2 ± 1, 4 ± 1), the mean of n stays within a few / √n.
    matrix = torch.tensor([[2.0, 1.0], [1.0, 4.0]], dtype=torch.float64)
    theta = torch.tensor([1.0, 1.0], dtype=torch.float64, requires_grad=True)
    rule = AdaHessian([theta], lr=1e-6, beta2=0.0, probes=2000, block=1)
    rule.step(lambda: 0.5 * theta @ matrix @ theta)
    found = rule.state[theta]["square"].sqrt()
    assert torch.allclose(found, torch.tensor([2.0, 4.0], dtype=torch.float64), atol=0.1)
    one = AdaHessian([theta], lr=1e-6, beta2=0.0, probes=1, block=1)
    seen = set()
    for _ in range(20):
        one.step(lambda: 0.5 * theta @ matrix @ theta)
        seen.add(tuple(one.state[theta]["square"].sqrt().tolist()))
    assert seen == {(1.0, 3.0), (3.0, 5.0)}


def test_a_diagonal_is_kept_for_refresh_steps_and_costs_only_then() -> None:
    theta = torch.ones(4, dtype=torch.float64, requires_grad=True)
    rule = AdaHessian([theta], lr=0.1, refresh=3, probes=2)
    spent, squares = [], []
    for _ in range(7):
        rule.step(lambda: quadratic(theta))
        spent.append(rule.last_gradients)
        squares.append(rule.state[theta]["square"].clone())
    assert spent == [2, 0, 0, 2, 0, 0, 2]
    assert torch.equal(squares[0], squares[2])
    assert not torch.equal(squares[2], squares[3])
    assert torch.isfinite(theta).all()


def test_blocks() -> None:
    kernel = torch.arange(2 * 3 * 2 * 2, dtype=torch.float64).view(2, 3, 2, 2)
    whole = blockwise(kernel, 0)
    assert torch.equal(whole[1, 2], torch.full((2, 2), 21.5, dtype=torch.float64))
    matrix = torch.tensor([[1.0, 3.0], [5.0, 9.0]])
    assert torch.equal(blockwise(matrix, 0), torch.tensor([[2.0, 2.0], [7.0, 7.0]]))
    vector = torch.tensor([1.0, 2.0, 3.0, 10.0, 20.0])
    assert torch.equal(blockwise(vector, 0), vector)
    assert torch.equal(blockwise(vector, 1), vector)
    assert torch.equal(blockwise(vector, 2), torch.tensor([1.5, 1.5, 6.5, 6.5, 20.0]))
    assert torch.equal(blockwise(matrix, 3), torch.tensor([[3.0, 3.0], [3.0, 9.0]]))


def test_no_probe_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one probe"):
        AdaHessian([torch.zeros(1)], probes=0)
