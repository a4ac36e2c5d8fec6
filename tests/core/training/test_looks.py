"""What is told of a network beside its loss: confusions, answers, filters, sharpness."""

import base64
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from core.training import Control, Job
from core.training.batches import Batches
from core.training.control import Interrupted
from core.training.data import dataset
from core.training.model import build
from core.training.networks import network
from core.training.portrait import chosen, confusions, filters
from core.training.sharpness import sharpness
from tests.core.training.helpers import Event, curve, finish, of, run

SMALL: dict[str, Any] = {"train_size": 512, "epochs": 2, "batch_size": 32}
TWO = [{"name": "gradient_descent"}, {"name": "adam"}]


@pytest.fixture(scope="module")
def looked() -> list[Event]:
    return run(**SMALL, optimizers=TWO, sharpness_every=1)


def tiny() -> nn.Module:
    torch.manual_seed(3)
    return nn.Sequential(nn.Conv2d(3, 2, 3, 2), nn.Tanh(), nn.Flatten(), nn.Linear(18, 4))


def test_every_epoch_has_one_portrait_of_every_entrant(looked: list[Event]) -> None:
    for entrant in range(2):
        told = of(looked, "portrait", entrant)
        assert [each["epoch"] for each in told] == [0, 1, 2]
        assert [each["step"] for each in told] == [0, 16, 32]


def test_the_confusions_are_those_of_the_evaluation(looked: list[Event]) -> None:
    for portrait, evaluation in zip(of(looked, "portrait"), of(looked, "evaluation"), strict=True):
        counts = np.array(portrait["confusions"])
        assert counts.shape == (10, 10)
        assert counts.sum() == looked[0]["validation"]
        assert counts.trace() / counts.sum() == pytest.approx(evaluation["accuracy"], abs=1e-12)


def test_confusions_against_a_plain_count() -> None:
    torch.manual_seed(0)
    logits, y = torch.randn(200, 10), torch.randint(10, (200,))
    plain = np.zeros((10, 10), int)
    for row, label in zip(logits.tolist(), y.tolist(), strict=True):
        plain[label, int(np.argmax(row))] += 1
    assert confusions(logits, y).tolist() == plain.tolist()


def test_the_strip_has_each_class_once_and_its_answers_are_the_networks(
    looked: list[Event],
) -> None:
    strip = looked[0]["strip"]
    assert sorted(strip["labels"]) == list(range(10))
    job = Job.read({**SMALL, "optimizers": TWO})
    declared = dataset(job.dataset)
    batches = Batches(job, declared, finish(declared.load(lambda: None)), torch.device("cpu"))
    pixels, labels, x = batches.strip()
    assert base64.b64decode(strip["pixels"]) == pixels.numpy().tobytes()
    assert labels.tolist() == strip["labels"]
    model = build(network(job.network), job.seed)
    with torch.no_grad():
        sure = functional.softmax(model(x), dim=1)
    first = of(looked, "portrait")[0]
    assert first["named"] == sure.argmax(1).tolist()
    np.testing.assert_allclose(first["surety"], sure.max(1).values, rtol=1e-4)


def test_a_strip_without_some_classes_is_filled_up() -> None:
    assert chosen(torch.tensor([5, 5, 2, 5, 2]), 4).tolist() == [0, 1, 2, 3]
    assert chosen(torch.tensor([5, 5]), 10).tolist() == [0, 1]


def test_filters_can_be_read_back() -> None:
    model = tiny()
    told = filters(model)
    assert told is not None
    raw = np.frombuffer(base64.b64decode(told["pixels"]), np.uint8).reshape(2, 3, 3, 3)
    back = (raw.astype(float) - 128) / 127 * told["scale"]
    weights = model[0].weight.detach().numpy().transpose(0, 2, 3, 1)  # type: ignore[index, union-attr]
    np.testing.assert_allclose(back, weights, atol=told["scale"] / 127)
    assert filters(nn.Sequential(nn.Flatten(), nn.Linear(12, 3))) is None


def test_sharpness_is_the_greatest_eigenvalue_of_the_whole_hessian() -> None:
    """Against a Hessian by central differences of gradients, in double precision."""
    model = tiny().double()
    x, y = torch.randn(40, 3, 8, 8, dtype=torch.float64), torch.randint(4, (40,))
    weights = list(model.parameters())
    middle = nn.utils.parameters_to_vector(weights).detach()

    def gradient(at: torch.Tensor) -> torch.Tensor:
        nn.utils.vector_to_parameters(at.clone(), weights)
        loss = functional.cross_entropy(model(x), y)
        return nn.utils.parameters_to_vector(torch.autograd.grad(loss, weights)).detach()

    steps = 1e-5 * torch.eye(len(middle), dtype=torch.float64)
    rows = [(gradient(middle + h) - gradient(middle - h)) / 2e-5 for h in steps]
    truth = np.linalg.eigvalsh(torch.stack(rows).numpy())
    nn.utils.vector_to_parameters(middle.clone(), weights)
    found = sharpness(model, x, y, seed=0)
    assert found.settled
    assert found.value == pytest.approx(max(truth, key=abs), rel=0.03)
    assert all(p.grad is None for p in weights)


def test_sharpness_that_is_asked_to_stop_stops() -> None:
    control = Control()
    control.stop()
    x, y = torch.randn(4, 3, 8, 8), torch.tensor([0, 1, 2, 3])
    with pytest.raises(Interrupted):
        sharpness(tiny(), x, y, 0, control.check_stop)


def test_looking_changes_nothing(looked: list[Event]) -> None:
    plain = run(**SMALL, optimizers=TWO)
    assert not of(plain, "sharpness")
    for entrant in range(2):
        assert [each["epoch"] for each in of(looked, "sharpness", entrant)] == [0, 1, 2]
        assert curve(plain, entrant) == curve(looked, entrant)


def test_the_update_ratio_is_that_of_the_step_before_the_evaluation() -> None:
    job = Job.read({**SMALL, "epochs": 1, "optimizers": [{"name": "gradient_descent"}]})
    declared = dataset(job.dataset)
    batches = Batches(job, declared, finish(declared.load(lambda: None)), torch.device("cpu"))
    model = build(network(job.network), job.seed)
    lr = job.optimizers[0].model_dump()["lr"]
    before: list[torch.Tensor] = []
    for step in range(batches.per_epoch):
        x, y = batches.batch(step)
        model.zero_grad()
        functional.cross_entropy(model(x), y).backward()
        before = [p.detach().clone() for p in model.parameters()]
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    after = [p.detach() for p in model.parameters()]
    moved = sum(float(((a - b) ** 2).sum()) for a, b in zip(after, before, strict=True)) ** 0.5
    size = sum(float((a**2).sum()) for a in after) ** 0.5
    told = of(
        run(**{**SMALL, "epochs": 1}, optimizers=[{"name": "gradient_descent"}]), "evaluation"
    )
    assert "update_ratio" not in told[0]["gauges"]
    assert told[-1]["gauges"]["update_ratio"] == pytest.approx(moved / size, rel=1e-3)
