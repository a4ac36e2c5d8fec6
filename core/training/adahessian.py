"""AdaHessian on networks: Algorithm 2 of Filippova, Blinova and Parshikov, after Yao et al. 2021.

The Hessian's diagonal is estimated by Hutchinson's probes, z ⊙ H z with random signs z, and its
magnitudes are averaged over blocks of weights, as in the code of Yao et al.; averaged with their
signs, as Algorithm 2 is printed, they cancel, and a step divides by next to nothing: on `shapes` at
lr 0.15 the loss rose to 2·10⁵, with magnitudes not above 2.7.
"""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor

from core.training.told import Told, quantiles


class AdaHessian(Told):
    """x ← x − η m̂ / ((√v̂)ᵏ + ε), v the running mean of the squared averaged diagonal.

    `step(closure)` takes a closure that gives the loss with its graph. The probes of a diagonal are
    a function of (seed, how many diagonals went before), so the state is complete in its tensors.
    """

    differentiates = True

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 0.1,
        beta1: float = 0.9,
        beta2: float = 0.999,
        eps: float = 1e-4,
        hessian_power: float = 1.0,
        probes: int = 1,
        block: int = 0,
        refresh: int = 1,
        weight_decay: float = 0.0,
        seed: int = 0,
    ) -> None:
        """Set the rule; `block` 0 averages over kernels and rows, n over n neighbouring weights."""
        if probes < 1:
            raise ValueError(f"expected at least one probe, got {probes}")
        defaults = {
            "lr": lr, "beta1": beta1, "beta2": beta2, "eps": eps, "hessian_power": hessian_power,
            "probes": probes, "block": block, "refresh": refresh, "weight_decay": weight_decay,
            "seed": seed, "steps": 0, "diagonals": 0,
        }  # fmt: skip
        super().__init__(params, defaults)

    def step(self, closure: Callable[[], Tensor]) -> Tensor:  # type: ignore[override]
        """Make one step and return the loss before it."""
        (group,) = self.param_groups
        parameters: list[Tensor] = group["params"]
        fresh = group["steps"] % group["refresh"] == 0
        with torch.enable_grad():
            loss = closure()
            # Not backward(create_graph=True): that ties weights and gradients into a cycle.
            gradients = torch.autograd.grad(loss, parameters, create_graph=fresh)
        if fresh:
            self._renew(group, parameters, gradients)
        self.last_gradients = group["probes"] if fresh else 0
        group["steps"] += 1
        with torch.no_grad():
            for p, g in zip(parameters, gradients, strict=True):
                p.grad = g.detach()
                self._move(group, p, p.grad)
        return loss.detach()

    def _renew(
        self, group: dict[str, float], parameters: list[Tensor], gradients: tuple[Tensor, ...]
    ) -> None:
        """Estimate the diagonal anew and take it into the running mean of its squares."""
        generator = torch.Generator(parameters[0].device)
        generator.manual_seed(int(group["seed"]) * 1_000_003 + int(group["diagonals"]))
        sums = [torch.zeros_like(p) for p in parameters]
        probes = int(group["probes"])
        for probe in range(probes):
            signs = [
                torch.randint(0, 2, p.shape, generator=generator, device=p.device).to(p) * 2 - 1
                for p in parameters
            ]
            products = torch.autograd.grad(
                gradients, parameters, signs, retain_graph=probe + 1 < probes
            )
            for total, z, product in zip(sums, signs, products, strict=True):
                total += z * product
        group["diagonals"] += 1
        beta2 = group["beta2"]
        for p, total in zip(parameters, sums, strict=True):
            averaged = blockwise((total / probes).abs(), int(group["block"]))
            state = self._of(p)
            state["square"].mul_(beta2).addcmul_(averaged, averaged, value=1 - beta2)

    def _move(self, group: dict[str, float], p: Tensor, g: Tensor) -> None:
        state = self._of(p)
        state["mean"].mul_(group["beta1"]).add_(g, alpha=1 - group["beta1"])
        m = state["mean"] / (1 - group["beta1"] ** group["steps"])
        # Counted in diagonals, not in steps: an average of few is corrected as one of few.
        v = state["square"] / (1 - group["beta2"] ** group["diagonals"])
        if group["weight_decay"]:
            p.mul_(1 - group["lr"] * group["weight_decay"])
        root = v.sqrt().pow_(group["hessian_power"]).add_(group["eps"])
        p.addcdiv_(m, root, value=-group["lr"])

    def _of(self, p: Tensor) -> dict[str, Tensor]:
        state: dict[str, Tensor] = self.state[p]
        if not state:
            state["mean"] = torch.zeros_like(p)
            state["square"] = torch.zeros_like(p)
        return state

    def gauges(self) -> dict[str, float | None]:
        """Quantiles of the corrected √v, what a step divides by."""
        (group,) = self.param_groups
        if not group["diagonals"]:
            return {}
        correction = 1 - group["beta2"] ** group["diagonals"]
        roots = [(self.state[p]["square"] / correction).sqrt().flatten() for p in group["params"]]
        return {f"diagonal_{name}": each for name, each in quantiles(torch.cat(roots)).items()}


def blockwise(diagonal: Tensor, block: int) -> Tensor:
    """Replace every number by the mean of its block; same shape.

    Block 0: a kernel (k, k) of a convolution (C_out, C_in, k, k), a row of a matrix (n, m), each
    number of a vector alone. Block b: b neighbours in
    memory's order; the last block may be shorter.
    """
    if block == 0:
        if diagonal.dim() < 2:
            return diagonal
        over = (2, 3) if diagonal.dim() == 4 else (1,)
        return diagonal.mean(over, keepdim=True).expand_as(diagonal)
    if block == 1:
        return diagonal
    flat = diagonal.flatten()
    count = flat.numel()
    which = torch.arange(count, device=flat.device) // block
    sums = torch.zeros(-(-count // block), dtype=flat.dtype, device=flat.device)
    sums.index_add_(0, which, flat)
    sizes = torch.bincount(which).to(flat.dtype)
    return (sums / sizes)[which].view_as(diagonal)
