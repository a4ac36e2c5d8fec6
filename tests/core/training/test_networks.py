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
    assert len(declared.layers) == 6


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
    assert not torch.equal(first.conv1.weight, other.conv1.weight)


def test_an_unknown_network_is_refused_with_the_known_names() -> None:
    with pytest.raises(Refusal, match='"paper" or "paper_wide", got \'resnet\''):
        network("resnet")
