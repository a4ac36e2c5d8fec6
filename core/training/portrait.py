"""What a network looks at and mistakes: its answers to ten images, its confusions, its filters."""

import base64
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.training.numbers import finite

STRIP = 10  # images that every network is asked about

Facts = dict[str, Any]


def chosen(labels: Tensor, count: int = STRIP) -> Tensor:
    """Give the places of the first image of each class, filled up with the first of the others."""
    found: list[int] = []
    classes: set[int] = set()
    for at, label in enumerate(labels.tolist()):
        if label not in classes:
            classes.add(label)
            found.append(at)
    rest = [at for at in range(len(labels)) if at not in set(found)]
    return torch.tensor(sorted((found + rest)[:count]), device=labels.device)


def strip(pixels: Tensor, labels: Tensor) -> Facts:
    """Tell the images of the strip: uint8 (n, 3072), row by row, colours together, as base64."""
    return {"labels": labels.tolist(), "pixels": _text(pixels)}


@torch.inference_mode()
def answers(model: nn.Module, x: Tensor) -> Facts:
    """Tell the class that a network names for each image (n, 3, 32, 32), and how surely."""
    most = functional.softmax(model(x), dim=1).max(dim=1)
    return {"named": most.indices.tolist(), "surety": [finite(p) for p in most.values.tolist()]}


@torch.no_grad()
def filters(model: nn.Module) -> Facts | None:
    """Tell the weights of a first layer that is a convolution, None for other networks.

    `pixels` are bytes (n, k, k, 3), base64: 128 is a weight of 0, 1 and 255 are -`scale` and
    +`scale`, the greatest magnitude of all.
    """
    first = next((m for m in model.modules() if not list(m.children())), None)
    if not isinstance(first, nn.Conv2d) or first.in_channels != 3:
        return None
    weights = first.weight.detach().permute(0, 2, 3, 1).contiguous()  # (n, k, k, 3)
    scale = float(weights.abs().max())
    grey = (weights / (scale or 1) * 127 + 128).round().to(torch.uint8)
    return {"side": first.kernel_size[0], "scale": scale, "pixels": _text(grey)}


def confusions(logits: Tensor, y: Tensor) -> Tensor:
    """Count truths (rows) against the classes named (columns): int64 (classes, classes)."""
    classes = logits.shape[1]
    pairs = y * classes + logits.argmax(1)
    return torch.bincount(pairs, minlength=classes**2).view(classes, classes)


def _text(values: Tensor) -> str:
    return base64.b64encode(values.cpu().contiguous().numpy().tobytes()).decode("ascii")
