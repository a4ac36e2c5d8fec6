"""One entrant and its minibatches, without a race around them."""

import math
from typing import Any

import pytest
import torch

from core.training import TRAINABLE, Control, Job
from core.training.batches import Batches
from core.training.data.shapes import Shapes
from core.training.entrant import Entrant
from core.training.learner import build
from core.training.model import build as build_network
from core.training.networks import network
from tests.core.training.helpers import finish

SMALL: dict[str, Any] = {"train_size": 512, "epochs": 2, "batch_size": 32}  # 16 steps an epoch


def shapes_batches(job: Job) -> Batches:
    return Batches(job, Shapes(), finish(Shapes().load(lambda: None)), torch.device("cpu"))


def test_a_loss_that_is_no_number_ends_at_its_exact_step(monkeypatch: pytest.MonkeyPatch) -> None:
    batches = shapes_batches(Job.read(SMALL))
    entrant = Entrant(0, Job().optimizers[0], build_network(network("paper"), seed=0), batches)
    whole = batches.batch

    def batch(step: int) -> tuple[torch.Tensor, torch.Tensor]:
        x, y = whole(step)
        return (x * math.nan if step == 6 else x), y

    monkeypatch.setattr(batches, "batch", batch)
    steps, diverged = entrant.advance(60, 16, Control())
    assert steps["step"] == [1, 2, 3, 4, 5, 6]
    assert (diverged["type"], diverged["step"]) == ("diverged", 7)
    assert diverged["reason"] == "The training loss is not a finite number at step 7."
    assert diverged["last_loss"] == steps["loss"][-1]
    assert entrant.over


def test_weights_that_are_not_finite_are_found_at_the_next_evaluation() -> None:
    batches = shapes_batches(Job.read(SMALL))
    model = build_network(network("paper"), seed=0)
    entrant = Entrant(0, Job().optimizers[0], model, batches)
    with torch.no_grad():
        model.linear2.bias[3] = math.inf
    event = entrant.evaluate(Control())
    assert event["type"] == "diverged"
    assert event["reason"] == "A weight is not a finite number after step 0."
    assert entrant.over


def test_an_epoch_shows_every_image_once_and_the_next_in_another_order() -> None:
    batches = shapes_batches(Job.read({**SMALL, "train_size": 500}))  # 15 × 32 + 20
    assert batches.per_epoch == 15
    epochs = [
        torch.cat([batches.batch(step)[0] for step in range(first, first + 15)])
        for first in (0, 15)
    ]
    assert len(torch.unique(epochs[0].flatten(1), dim=0)) == 480
    assert not torch.equal(*epochs)


def test_images_are_normalised_and_lie_channels_last() -> None:
    x, y = shapes_batches(Job.read({"batch_size": 1024})).batch(0)
    assert x.shape == (1024, 3, 32, 32)
    assert x.dtype == torch.float32
    assert x.is_contiguous(memory_format=torch.channels_last)
    assert torch.allclose(x.mean(dim=(0, 2, 3)), torch.zeros(3), atol=0.05)
    assert torch.allclose(x.std(dim=(0, 2, 3)), torch.ones(3), atol=0.05)
    assert y.dtype == torch.int64


@pytest.mark.parametrize("kind", TRAINABLE, ids=lambda each: each.__name__)
def test_every_optimizer_learns(kind: Any) -> None:
    """128 images by heart, with the values for training."""
    batches = shapes_batches(Job.read({"train_size": 128, "epochs": 30}))
    model = build_network(network("paper"), seed=0)
    # By default Barzilai and Borwein's rate falls with every epoch, and an epoch is two steps here.
    windows = {"window": 30} if "window" in kind.model_fields else {}
    entrant = Entrant(0, kind.model_validate({**kind.training, **windows}), model, batches)
    (steps,) = entrant.advance(60, round(60 / kind.training_cost), Control())
    assert steps["loss"][-1] < 0.97 * steps["loss"][0]


@pytest.mark.parametrize(
    "kind",
    [each for each in TRAINABLE if each().torch().path.startswith("torch.optim.")],  # type: ignore[union-attr]
    ids=lambda each: each.__name__,
)
def test_the_quick_form_of_an_optimizer_is_the_plain_one(kind: Any) -> None:
    """Fused or foreach: the same steps as torch's plain loop, to rounding."""
    declaration = kind.model_validate(kind.training)
    twin = declaration.torch()
    plain_kind = getattr(torch.optim, twin.path.rpartition(".")[2])
    start = torch.linspace(-1, 1, 6)
    a, b = (start.clone().requires_grad_() for _ in range(2))
    quick = build(declaration, [a], torch.device("cpu"))
    plain = plain_kind([b], **twin.arguments, foreach=False)
    for _ in range(5):
        for x, optimizer in ((a, quick), (b, plain)):
            optimizer.zero_grad()
            (x**4).sum().backward()
            optimizer.step()
    assert not torch.equal(a, start)
    assert torch.allclose(a, b, rtol=1e-6)


def test_a_step_of_lbfgs_is_cut_short_and_made_again() -> None:
    """Control is looked at between its evaluations; what a cut step took is not counted."""
    looks = 0

    def beat() -> None:
        nonlocal looks
        looks += 1
        if looks == 30:  # amid the evaluations of the first step, eight minibatches each
            control.pause()

    control = Control(beat)
    entrant, undisturbed = (
        Entrant(0, Job().optimizers[5], build_network(network("paper"), 0), shapes_batches(Job()))
        for _ in range(2)
    )
    assert list(entrant.advance(0, 64, control)) == []
    assert (looks, entrant.step, entrant.gradients) == (30, 0, 0)
    control.resume()
    (again,) = entrant.advance(0, 64, control)
    (expected,) = undisturbed.advance(0, 64, Control())
    assert (again["loss"], again["gradients"]) == (expected["loss"], expected["gradients"])
    assert again["step"] == [8]
