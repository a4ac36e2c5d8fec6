"""The sharpness of a training loss: the greatest eigenvalue of its Hessian in the weights.

Gradient descent is stable on a quadratic only where it is below 2 / lr; on networks it rises to
about that line and stays there (Cohen et al. 2021, "Gradient Descent on Neural Networks Typically
Occurs at the Edge of Stability", arXiv 2103.00065).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.training.costs import SHARPNESS_PRODUCTS

ENOUGH = 1e-2  # relative change between two products at which the answer is taken


@dataclass(frozen=True, slots=True)
class Found:
    """The eigenvalue of greatest magnitude, and what it took: `products` Hessian-vector ones."""

    value: float
    products: int
    settled: bool


def sharpness(
    model: nn.Module, x: Tensor, y: Tensor, seed: int, check: Callable[[], None] = lambda: None
) -> Found:
    """Measure by power iteration from a seeded vector; x (n, 3, 32, 32) normalised, y (n,).

    Gives the Rayleigh quotient of the vector that the products have turned to: the eigenvalue of
    greatest magnitude, which may be negative early in training. `check` is called before each
    product and may raise to end the work. The network and its gradients are left as they were.
    """
    weights = [p for p in model.parameters() if p.requires_grad]
    gradient = torch.autograd.grad(
        functional.cross_entropy(model(x), y), weights, create_graph=True
    )
    # A fresh vector each time: what a race tells does not depend on where it was interrupted.
    generator = torch.Generator().manual_seed(seed)
    drawn = [torch.randn(p.shape, generator=generator) for p in weights]
    vector = _unit([v.to(p.device, p.dtype) for v, p in zip(drawn, weights, strict=True)])
    value, products, settled = 0.0, 0, False
    while products < SHARPNESS_PRODUCTS and not settled:
        check()
        turned = torch.autograd.grad(gradient, weights, vector, retain_graph=True)
        products += 1
        quotient = float(_dot(vector, turned))
        settled = products > 1 and abs(quotient - value) <= ENOUGH * abs(quotient)
        value = quotient
        if not _dot(turned, turned) > 0:  # a loss without curvature, or without a value
            break
        vector = _unit(turned)
    return Found(value, products, settled)


def _dot(a: Sequence[Tensor], b: Sequence[Tensor]) -> Tensor:
    return torch.stack([(u * v).sum() for u, v in zip(a, b, strict=True)]).sum()


def _unit(vector: Sequence[Tensor]) -> list[Tensor]:
    norm = _dot(vector, vector).sqrt()
    return [v.detach() / norm for v in vector]
