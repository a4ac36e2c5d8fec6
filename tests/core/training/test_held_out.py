"""Validation and test images: apart from each other, the test split looked at only at the end."""

from typing import Any

import numpy as np
import pytest
import torch

from core.training import Control, Job
from core.training.batches import Batches, Seen
from core.training.best import Best
from core.training.data.base import Images
from core.training.data.shapes import Shapes, draw
from core.training.entrant import Entrant
from core.training.model import build
from core.training.networks import network
from tests.core.training.helpers import Event, fake_records, finish, of, run

TINY: dict[str, Any] = {"train_size": 256, "epochs": 3, "batch_size": 32, "validation_size": 100}
TWO = [{"name": "adam"}, {"name": "gradient_descent", "lr": 1.0}]


@pytest.fixture(scope="module")
def race() -> list[Event]:
    return run(**TINY, optimizers=TWO)


def shapes() -> Images:
    return finish(Shapes().load(lambda: None))


def test_the_race_says_how_many_images_are_in_each_split(race: list[Event]) -> None:
    assert [race[0][part] for part in ("train", "validation", "test")] == [256, 100, 1024]


def test_holding_out_fewer_leaves_more_to_train_on() -> None:
    job = Job.read({**TINY, "train_size": None})
    assert Batches(job, Shapes(), shapes(), torch.device("cpu")).train_count == 5_020


def test_the_test_images_are_none_of_the_others() -> None:
    images = shapes()
    assert np.array_equal(images.test[0], draw(1_024, "test"))
    seen = {row.tobytes() for row in images.parts[0][:, 1:]}
    assert not any(row.tobytes() in seen for row in images.test[0][:, 1:])


def test_each_entrant_is_tested_once_right_before_its_end(race: list[Event]) -> None:
    for entrant in range(2):
        own = [event for event in race if event.get("entrant") == entrant]
        kinds = [event["type"] for event in own]
        if kinds[-1] == "diverged":
            assert "tested" not in kinds
            continue
        assert kinds.count("tested") == 1
        assert kinds[-2:] == ["tested", "done"]


def test_the_best_epoch_is_the_one_with_the_highest_validation_accuracy(race: list[Event]) -> None:
    (tested,) = of(race, "tested", 0)
    evaluations = of(race, "evaluation", 0)
    highest = max(event["accuracy"] for event in evaluations)
    first = next(event for event in evaluations if event["accuracy"] == highest)
    assert tested["images"] == 1_024
    assert (tested["best"]["step"], tested["best"]["epoch"]) == (first["step"], first["epoch"])
    assert (tested["last"]["step"], tested["last"]["epoch"]) == (24, 3)


def entrant_on(images: Images, job: Job) -> Entrant:
    batches = Batches(job, Shapes(), images, torch.device("cpu"))
    return Entrant(0, job.optimizers[0], build(network("paper"), job.seed), batches)


def test_best_and_last_weights_are_both_tested_and_the_last_stay() -> None:
    job = Job.read({**TINY, "optimizers": [{"name": "adam"}]})
    entrant, images, control = entrant_on(shapes(), job), shapes(), Control()
    entrant.evaluated(
        Seen(2.3, 0.9, [])
    )  # said to be the best, at step 0: kept against all that follows
    list(entrant.advance(60, 24, control))
    before = [p.clone() for p in entrant.learner.model.parameters()]
    tested = entrant.tested(control)
    initial, last = build(network("paper"), job.seed), entrant.learner.model
    for which, model, step in (("best", initial, 0), ("last", last, 24)):
        pixels, labels = torch.from_numpy(images.test[0][:, 1:].copy()), images.test[0][:, 0]
        planes = pixels.view(-1, 3, 32, 32) / 255
        mean, std = (torch.tensor(each).view(3, 1, 1) for each in (Shapes.mean, Shapes.std))
        with torch.inference_mode():
            found = model((planes - mean) / std).argmax(1).numpy()
        # A logit may tie to the last digit, whose order of sums is not the race's.
        assert abs(tested[which]["test_accuracy"] - (found == labels).mean()) <= 1 / 1024
        assert tested[which]["step"] == step
    assert all(torch.equal(a, b) for a, b in zip(before, last.parameters(), strict=True))


def test_of_equal_accuracies_the_first_is_kept_and_a_copy_it_is() -> None:
    model, best = torch.nn.Linear(2, 1), Best()
    for step, accuracy in ((0, 0.1), (1, 0.5), (2, 0.5), (3, 0.4)):
        with torch.no_grad():
            model.weight.fill_(step)
        best.see(model, step, accuracy)
    assert (best.step, best.accuracy) == (1, 0.5)
    best.put_into(model)
    assert model.weight.tolist() == [[1, 1]]


def test_what_is_kept_can_be_taken_along() -> None:
    model, best, other = torch.nn.Linear(2, 1), Best(), Best()
    best.see(model, 7, 0.25)
    other.restore(best.state())
    assert (other.step, other.accuracy) == (7, 0.25)
    fresh = torch.nn.Linear(2, 1)
    other.put_into(fresh)
    assert torch.equal(fresh.weight, model.weight)


def test_without_a_test_split_nothing_is_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    records = fake_records(400)

    def load(self: Shapes, check: Any) -> Any:
        yield from ()
        return Images((records,), "made up")

    monkeypatch.setattr(Shapes, "load", load)
    events = run(**{**TINY, "epochs": 1}, optimizers=TWO[:1])
    assert events[0]["test"] == 0
    assert not of(events, "tested")
    assert len(of(events, "done")) == 1
