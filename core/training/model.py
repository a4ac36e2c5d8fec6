"""The declared networks in plain torch."""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.training.networks import CHANNELS, CLASSES, Convolutional, Dense, Network, Residual


class TwoAndTwo(nn.Module):
    """Two convolutions and two linear layers; B images, C channels, H = W = 32 pixels."""

    def __init__(self, network: Convolutional) -> None:
        """Lay out the layers with torch's own initial weights, drawn from its global generator."""
        super().__init__()
        first, second = network.widths
        self.conv1 = nn.Conv2d(CHANNELS, first, network.kernel)
        self.conv2 = nn.Conv2d(first, second, network.kernel)
        self.linear1 = nn.Linear(network.features, network.hidden)
        self.linear2 = nn.Linear(network.hidden, CLASSES)

    def forward(self, x: Tensor) -> Tensor:
        """Give the ten logits of each image."""
        # shapes of the network "paper"                              (B, 3, 32, 32)
        x = functional.relu(functional.max_pool2d(self.conv1(x), 2))  # (B, 6, 14, 14)
        x = functional.relu(functional.max_pool2d(self.conv2(x), 2))  # (B, 16, 5, 5)
        x = functional.relu(self.linear1(x.flatten(1)))  # (B, 120)
        logits: Tensor = self.linear2(x)  # (B, 10)
        return logits


class Layers(nn.Module):
    """Linear layers with a ReLU between; B images, flattened."""

    def __init__(self, network: Dense) -> None:
        """Lay out the layers with torch's own initial weights."""
        super().__init__()
        self.linears = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(network.sizes))

    def forward(self, x: Tensor) -> Tensor:
        """Give the ten logits of each image."""
        x = x.flatten(1)  # (B, 3072)
        *inner, last = self.linears
        for linear in inner:
            x = functional.relu(linear(x))
        logits: Tensor = last(x)  # (B, 10)
        return logits


class Block(nn.Module):
    """x + conv(relu(conv(x))), then a ReLU; a 1 × 1 convolution brings x into a new shape."""

    def __init__(self, before: int, after: int) -> None:
        """Halve the side where the number of channels changes."""
        super().__init__()
        stride = 1 if before == after else 2
        self.conv1 = nn.Conv2d(before, after, 3, stride, padding=1)
        self.conv2 = nn.Conv2d(after, after, 3, padding=1)
        self.shortcut = nn.Identity() if stride == 1 else nn.Conv2d(before, after, 1, stride)

    def forward(self, x: Tensor) -> Tensor:
        """(B, before, H, H) to (B, after, H / stride, H / stride)."""
        made = self.conv2(functional.relu(self.conv1(x)))
        return functional.relu(made + self.shortcut(x))


class ResidualNet(nn.Module):
    """He et al. 2016 in small, without normalisation."""

    def __init__(self, network: Residual) -> None:
        """Lay out the layers with torch's own initial weights."""
        super().__init__()
        first = network.widths[0]
        self.stem = nn.Conv2d(CHANNELS, first, 3, stride=2, padding=1)
        self.blocks = nn.Sequential(*(Block(a, b) for a, b in pairwise((first, *network.widths))))
        self.linear = nn.Linear(network.widths[-1], CLASSES)

    def forward(self, x: Tensor) -> Tensor:
        """Give the ten logits of each image."""
        # shapes of the network "resnet"       (B, 3, 32, 32)
        x = functional.relu(self.stem(x))  # (B, 16, 16, 16)
        x = self.blocks(x)  # (B, 64, 4, 4)
        logits: Tensor = self.linear(x.mean((2, 3)))  # (B, 10)
        return logits


def build(network: Network, seed: int) -> nn.Module:
    """Make the network with the initial weights of this seed; torch's generator is left alone."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        match network:
            case Convolutional():
                return TwoAndTwo(network)
            case Dense():
                return Layers(network)
            case Residual():
                return ResidualNet(network)
    raise TypeError(f"expected a declared network, got {network!r}")
