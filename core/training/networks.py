"""The networks that can be trained, as declarations; model.py builds them in torch."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from itertools import pairwise

from core.refusal import Refusal

SIDE, CHANNELS, CLASSES = 32, 3, 10


@dataclass(frozen=True, slots=True)
class Network(ABC):
    """What a network says about itself; model.py builds it."""

    name: str
    title: str
    sentence: str

    @property
    @abstractmethod
    def parameters(self) -> int:
        """Count weights and biases."""

    @property
    @abstractmethod
    def layers(self) -> tuple[str, ...]:
        """Describe the layers in order, with the shape that each gives."""


@dataclass(frozen=True, slots=True)
class Convolutional(Network):
    """Two convolutions, each followed by a 2 × 2 maximum and a ReLU, then two linear layers."""

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


@dataclass(frozen=True, slots=True)
class Dense(Network):
    """Linear layers alone, a ReLU after each but the last."""

    widths: tuple[int, ...]  # outputs of the layers but the last

    @property
    def sizes(self) -> tuple[int, ...]:
        """Give the numbers between the layers, from the pixels to the classes."""
        return (CHANNELS * SIDE**2, *self.widths, CLASSES)

    @property
    def parameters(self) -> int:
        """Count weights and biases."""
        return sum((a + 1) * b for a, b in pairwise(self.sizes))

    @property
    def layers(self) -> tuple[str, ...]:
        """Describe the layers in order."""
        last = len(self.widths)
        return tuple(
            f"linear, {a:,} to {b:,}" + (", ReLU" if at < last else "")
            for at, (a, b) in enumerate(pairwise(self.sizes))
        )


@dataclass(frozen=True, slots=True)
class Residual(Network):
    """A convolution of stride 2, then blocks that add what two convolutions make of their input.

    After the first block each halves the side and widens. No normalisation: a loss that depends on
    who else is in the batch is no function that a line search could follow.
    """

    widths: tuple[int, ...]  # channels of the blocks

    @property
    def parameters(self) -> int:
        """Count weights and biases."""
        first = self.widths[0]
        stem = (CHANNELS * 9 + 1) * first
        blocks = sum(
            (a * 9 + 1) * b + (b * 9 + 1) * b + (0 if a == b else (a + 1) * b)
            for a, b in pairwise((first, *self.widths))
        )
        return stem + blocks + (self.widths[-1] + 1) * CLASSES

    @property
    def layers(self) -> tuple[str, ...]:
        """Describe the layers in order, with the shape that each gives."""
        said = [f"convolution 3 × 3, stride 2, ReLU: {self.widths[0]} × 16 × 16"]
        side = 16
        for a, b in pairwise((self.widths[0], *self.widths)):
            side = side if a == b else side // 2
            said.append(f"residual block of two convolutions 3 × 3: {b} × {side} × {side}")
        return (*said, f"mean over the image, linear, {self.widths[-1]} to {CLASSES}")


# Filippova, Blinova and Parshikov ("Second-order Optimization Methods in Deep Neural Networks
# Training", EPFL) say "two convolutional layers and two linear layers" and no more: the widths and
# kernels are ours. The first are LeNet-5's (LeCun et al., 1998), the second are of a usual size.
NETWORKS: tuple[Network, ...] = (
    Convolutional(
        name="paper",
        title="Paper’s CNN",
        sentence="Two convolutions and two linear layers, narrow: quick on any machine.",
        widths=(6, 16),
        kernel=5,
        hidden=120,
    ),
    Convolutional(
        name="paper_wide",
        title="Paper’s CNN, wide",
        sentence="The same four layers with six times the weights: about three times the work.",
        widths=(32, 64),
        kernel=3,
        hidden=128,
    ),
    Dense(
        name="mlp",
        title="Small MLP",
        sentence="Three linear layers: quick, and blind to where a pixel lies.",
        widths=(128, 64),
    ),
    Dense(
        name="dense_five",
        title="Five dense layers",
        sentence="Deep enough to learn 1,000 images by heart, as in the chapter’s Figure 4.4.",
        widths=(256, 128, 64, 32),
    ),
    Residual(
        name="resnet",
        title="Residual net",
        sentence="Seven convolutions with shortcuts and a mean: about twice the work.",
        widths=(16, 32, 64),
    ),
)


def network(name: str) -> Network:
    """Find a network by name."""
    for each in NETWORKS:
        if each.name == name:
            return each
    known = ", ".join(f'"{each.name}"' for each in NETWORKS)
    raise Refusal(
        f"Expected one of the networks {known}, got {name!r}: pick one of them.", field="network"
    )
