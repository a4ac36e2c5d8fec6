"""The declared networks in plain torch."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.training.networks import CHANNELS, CLASSES, Network


class TwoAndTwo(nn.Module):
    """Two convolutions and two linear layers; B images, C channels, H = W = 32 pixels."""

    def __init__(self, network: Network) -> None:
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


def build(network: Network, seed: int) -> TwoAndTwo:
    """Make the network with the initial weights of this seed; torch's generator is left alone."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return TwoAndTwo(network)
