"""The networks that can be trained, as declarations; model.py builds them in torch."""

from dataclasses import dataclass

from core.refusal import Refusal

SIDE, CHANNELS, CLASSES = 32, 3, 10


@dataclass(frozen=True, slots=True)
class Network:
    """Two convolutions, each followed by a 2 × 2 maximum and a ReLU, then two linear layers."""

    name: str
    title: str
    sentence: str
    widths: tuple[int, int]  # output channels of the convolutions
    kernel: int  # pixels; no padding
    hidden: int  # outputs of the first linear layer

    @property
    def sides(self) -> tuple[int, int]:
        """Give the side in pixels of what each convolution and its maximum leave."""
        first = (SIDE - self.kernel + 1) // 2
        return first, (first - self.kernel + 1) // 2

    @property
    def features(self) -> int:
        """Count the numbers that reach the first linear layer."""
        return self.widths[1] * self.sides[1] ** 2

    @property
    def parameters(self) -> int:
        """Count weights and biases."""
        first, second = self.widths
        patch = self.kernel**2
        return (
            (CHANNELS * patch + 1) * first
            + (first * patch + 1) * second
            + (self.features + 1) * self.hidden
            + (self.hidden + 1) * CLASSES
        )

    @property
    def layers(self) -> tuple[str, ...]:
        """Describe the layers in order, with the shape that each gives."""
        (first, second), (a, b), k = self.widths, self.sides, self.kernel
        return (
            f"convolution {k} × {k}, {CHANNELS} to {first} channels",
            f"maximum 2 × 2, ReLU: {first} × {a} × {a}",
            f"convolution {k} × {k}, {first} to {second} channels",
            f"maximum 2 × 2, ReLU: {second} × {b} × {b}",
            f"linear, {self.features:,} to {self.hidden}, ReLU",
            f"linear, {self.hidden} to {CLASSES}",
        )


# Filippova, Blinova and Parshikov ("Second-order Optimization Methods in Deep Neural Networks
# Training", EPFL) say "two convolutional layers and two linear layers" and no more: the widths and
# kernels are ours. The first are LeNet-5's (LeCun et al., 1998), the second are of a usual size.
NETWORKS: tuple[Network, ...] = (
    Network(
        name="paper",
        title="Paper’s CNN",
        sentence="Two convolutions and two linear layers, narrow: quick on any machine.",
        widths=(6, 16),
        kernel=5,
        hidden=120,
    ),
    Network(
        name="paper_wide",
        title="Paper’s CNN, wide",
        sentence="The same four layers with six times the weights: about three times the work.",
        widths=(32, 64),
        kernel=3,
        hidden=128,
    ),
)


def network(name: str) -> Network:
    """Find a network by name."""
    for each in NETWORKS:
        if each.name == name:
            return each
    known = " or ".join(f'"{each.name}"' for each in NETWORKS)
    raise Refusal(f"Expected a network, {known}, got {name!r}: pick one of them.", field="network")
