import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
from scipy.optimize import line_search as scipy_line_search
from scipy.optimize import minimize
from torch import Tensor, nn
from torch.nn import functional

import core
from core.training.batches import Batches
from core.training.data.shapes import Shapes
from core.training.job import Job
from core.training.lbfgs import StochasticLBFGS, inverse_times
from core.training.model import build
from core.training.networks import network
from core.training.wolfe import Trial, search
from tests.core.training.helpers import finish

Loss = Callable[[Tensor], Tensor]


def closure_of(optimizer: torch.optim.Optimizer, x: Tensor, f: Loss) -> Callable[[], Tensor]:
    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = f(x)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    return closure


def quadratic(n: int = 12) -> tuple[Tensor, Tensor, Loss]:
    """½ xᵀAx - bᵀx with eigenvalues 1 to 100, so that A x* = b."""
    random = np.random.default_rng(0)
    q, _ = np.linalg.qr(random.standard_normal((n, n)))
    A = torch.from_numpy(q @ np.diag(np.geomspace(1, 100, n)) @ q.T)
    b = torch.from_numpy(random.standard_normal(n))
    return A, b, lambda x: 0.5 * x @ A @ x - b @ x


def rosenbrock(x: Tensor) -> Tensor:
    return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2


def test_a_quadratic_is_solved_like_scipy_does() -> None:
    A, b, f = quadratic()
    x = torch.zeros(12, dtype=torch.float64, requires_grad=True)
    optimizer = StochasticLBFGS([x], max_iter=50)
    optimizer.step(closure_of(optimizer, x, f))
    theirs = minimize(
        lambda v: 0.5 * v @ A.numpy() @ v - b.numpy() @ v,
        np.zeros(12),
        jac=lambda v: A.numpy() @ v - b.numpy(),
        method="L-BFGS-B",
        options={"gtol": 1e-10, "ftol": 1e-16},
    )
    solution = np.linalg.solve(A.numpy(), b.numpy())
    assert np.allclose(theirs.x, solution, atol=1e-6)
    assert np.allclose(x.detach().numpy(), solution, atol=1e-6)
    assert optimizer.evaluations <= 1.5 * theirs.nfev


def test_it_walks_the_path_of_the_descent_room() -> None:
    """Two implementations of one rule: the kernel on the surface and this on its torch twin."""
    path = core.descend("rosenbrock", "lbfgs", start=(-1.2, 1), steps=20).path
    x = torch.tensor([-1.2, 1.0], dtype=torch.float64, requires_grad=True)
    optimizer = StochasticLBFGS([x], max_iter=1)
    for expected in path:
        assert np.allclose(x.detach().numpy(), expected, rtol=1e-9)
        optimizer.step(closure_of(optimizer, x, rosenbrock))


def test_the_two_loops_multiply_by_the_bfgs_matrix() -> None:
    """Against the inverse Hessian written out: H ← (I - ρsyᵀ) H (I - ρysᵀ) + ρssᵀ."""
    random = torch.Generator().manual_seed(0)
    pairs = []
    for _ in range(4):
        s = torch.randn(6, dtype=torch.float64, generator=random)
        pairs.append((s, s + 0.1 * torch.randn(6, dtype=torch.float64, generator=random)))
    s, y = pairs[-1]
    H = (s @ y) / (y @ y) * torch.eye(6, dtype=torch.float64)
    for s, y in pairs:
        rho = 1 / (s @ y)
        V = torch.eye(6, dtype=torch.float64) - rho * torch.outer(y, s)
        H = V.T @ H @ V + rho * torch.outer(s, s)
    g = torch.randn(6, dtype=torch.float64, generator=random)
    assert torch.allclose(inverse_times(pairs, g), H @ g)


def test_evaluations_are_counted_and_the_loss_is_that_before_the_step() -> None:
    _, _, f = quadratic()
    x = torch.ones(12, dtype=torch.float64, requires_grad=True)
    optimizer = StochasticLBFGS([x])
    calls = 0

    def closure() -> Tensor:
        nonlocal calls
        calls += 1
        return closure_of(optimizer, x, f)()

    before = float(f(x).detach())
    assert float(optimizer.step(closure)) == before
    assert optimizer.evaluations == calls
    assert float(f(x).detach()) < before


def test_a_trial_that_is_not_finite_shrinks_the_step() -> None:
    """x - 2 log x, first tried at 5 - 8 < 0, where the loss is NaN."""
    x = torch.tensor([5.0], dtype=torch.float64, requires_grad=True)
    seen: list[float] = []

    def f(x: Tensor) -> Tensor:
        seen.append(float(x.detach()))
        return (x - 2 * torch.log(x)).sum()

    optimizer = StochasticLBFGS([x], lr=8, max_iter=25)
    optimizer.step(closure_of(optimizer, x, f))
    assert min(seen) < 0
    assert math.isclose(float(x.detach()), 2, abs_tol=1e-6)


def test_weights_stay_finite_where_no_step_is_found() -> None:
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    optimizer = StochasticLBFGS([x])
    cliff = closure_of(optimizer, x, lambda x: torch.where(x.detach() == x[:1], x, x / 0).sum())
    optimizer.step(cliff)
    assert x.detach().tolist() == [1.0, 2.0]
    nowhere = closure_of(optimizer, x, lambda x: (x * math.nan).sum())
    assert math.isnan(optimizer.step(nowhere))
    assert x.detach().tolist() == [1.0, 2.0]


def test_a_pair_without_curvature_is_not_kept() -> None:
    """Along a concave slope sᵀy is negative: no pair, and the search still finds a lower point."""
    x = torch.tensor([0.1], dtype=torch.float64, requires_grad=True)
    optimizer = StochasticLBFGS([x], max_iter=2, trials=3)
    optimizer.step(closure_of(optimizer, x, lambda x: -(x**2).sum()))
    assert optimizer.rejected == 2
    assert abs(float(x.detach())) > 1
    assert not optimizer.state[x]["pairs"]


def test_an_interruption_leaves_weights_and_memory_as_they_were() -> None:
    _, _, f = quadratic()
    x = torch.zeros(12, dtype=torch.float64, requires_grad=True)
    twin = torch.zeros(12, dtype=torch.float64, requires_grad=True)
    optimizer, other = StochasticLBFGS([x]), StochasticLBFGS([twin])
    optimizer.step(closure_of(optimizer, x, f))
    before = x.detach().clone()
    left = 3

    def closure() -> Tensor:
        nonlocal left
        left -= 1
        if not left:
            raise KeyboardInterrupt
        return closure_of(optimizer, x, f)()

    with pytest.raises(KeyboardInterrupt):
        optimizer.step(closure)
    assert torch.equal(x.detach(), before)
    optimizer.step(closure_of(optimizer, x, f))
    for _ in range(2):
        other.step(closure_of(other, twin, f))
    assert torch.equal(x, twin)


@pytest.mark.parametrize("c2", [0.1, 0.9])
@pytest.mark.parametrize("first", [0.01, 1.0, 30.0])
def test_the_search_ends_where_both_wolfe_conditions_hold(first: float, c2: float) -> None:
    def f(t: float) -> float:
        return (t - 3) ** 4 + 0.5 * math.sin(5 * t)

    def slope(t: float) -> float:
        return 4 * (t - 3) ** 3 + 2.5 * math.cos(5 * t)

    def phi(t: float) -> Trial:
        return Trial(t, f(t), slope(t), torch.zeros(1))

    found = search(phi, phi(0.0), first, c2, trials=30)
    assert found is not None
    assert found.value <= f(0) + 1e-4 * found.t * slope(0)
    assert abs(found.slope) <= -c2 * slope(0)
    theirs = scipy_line_search(
        lambda v: f(v[0]), lambda v: np.array([slope(v[0])]), np.zeros(1), np.ones(1), c2=c2
    )
    assert theirs[0] is not None  # there is such a point, says scipy too


def minibatches(model: nn.Module, optimizer: torch.optim.Optimizer, steps: int) -> list[float]:
    """Take `steps` steps, each on the next minibatch of 32 images; the losses, to the first NaN."""
    images = finish(Shapes().load(lambda: None))
    batches = Batches(Job(seed=2, batch_size=32), Shapes(), images, torch.device("cpu"))
    losses: list[float] = []
    for step in range(steps):
        x, y = batches.batch(step)

        def closure(x: Tensor = x, y: Tensor = y) -> Tensor:
            optimizer.zero_grad()
            loss = functional.cross_entropy(model(x), y)
            loss.backward()  # type: ignore[no-untyped-call]
            return loss

        losses.append(float(torch.as_tensor(optimizer.step(closure)).detach()))
        if not all(bool(torch.isfinite(p).all()) for p in model.parameters()):
            losses.append(math.nan)
        if math.isnan(losses[-1]):
            break
    return losses


def test_on_minibatches_torchs_own_ends_in_nan_and_this_one_does_not() -> None:
    """What the paper met with L-BFGS: weights that are not numbers, and no result."""
    model = build(network("paper"), seed=2)
    theirs = minibatches(model, torch.optim.LBFGS(model.parameters()), 60)
    assert math.isnan(theirs[-1])
    model = build(network("paper"), seed=2)
    ours = minibatches(model, StochasticLBFGS(model.parameters()), 60)
    assert len(ours) == 60
    assert max(ours) < 4  # guessing has ln 10 = 2.3, on 32 images now and then a little more
