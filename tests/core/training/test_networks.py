import pytest
import torch

from core.refusal import Refusal
from core.training import NETWORKS
from core.training.model import build
from core.training.networks import Network, network


@pytest.mark.parametrize("declared", NETWORKS, ids=lambda each: each.name)
def test_declared_counts_are_those_of_torch(declared: Network) -> None:
    model = build(declared, seed=0)
    assert declared.parameters == sum(p.numel() for p in model.parameters())
    assert model(torch.zeros(2, 3, 32, 32)).shape == (2, 10)
    assert len(declared.layers) >= 3


def test_the_layers_say_the_shapes() -> None:
    assert network("paper").parameters == 52_202
    assert network("paper").layers[1] == "maximum 2 × 2, ReLU: 6 × 14 × 14"
    assert network("paper").layers[4] == "linear, 400 to 120, ReLU"


def test_a_seed_gives_the_same_weights_and_leaves_torch_alone() -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    first, again, other = (build(network("paper"), seed) for seed in (1, 1, 2))
    assert torch.equal(torch.rand(3), expected)
    assert all(map(torch.equal, first.parameters(), again.parameters()))
    assert not torch.equal(next(first.parameters()), next(other.parameters()))


def test_an_unknown_network_is_refused_with_the_known_names() -> None:
    with pytest.raises(Refusal, match=r'"paper", "paper_wide", .* got \'lenet\''):
        network("lenet")


def test_the_residual_net_is_what_its_blocks_say() -> None:
    model = build(network("resnet"), seed=0)
    shapes: list[tuple[int, ...]] = []
    for block in model.blocks:  # type: ignore[union-attr]
        block.register_forward_hook(lambda _, __, out: shapes.append(tuple(out.shape[1:])))
    model(torch.zeros(2, 3, 32, 32))
    assert shapes == [(16, 16, 16), (32, 8, 8), (64, 4, 4)]


@pytest.mark.parametrize("declared", NETWORKS, ids=lambda each: each.name)
def test_an_image_is_judged_alone(declared: Network) -> None:
    """No network looks at the rest of the batch, so that a line search sees one function."""
    model = build(declared, seed=0)
    images = torch.rand(4, 3, 32, 32)
    torch.testing.assert_close(model(images)[:1], model(images[:1]), rtol=1e-4, atol=1e-5)
