"""The race as a generator, on the paper's network and a few hundred of the project's images."""

import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from core.refusal import Refusal
from core.training import Control, Job, train
from core.training.data import split
from core.training.data.shapes import Shapes
from core.training.model import build as build_network
from core.training.networks import network
from tests.core.training.helpers import (
    REAL,
    Event,
    curve,
    finish,
    needs_real_cifar,
    of,
    run,
)

SMALL: dict[str, Any] = {"train_size": 512, "epochs": 2, "batch_size": 32}  # 16 steps an epoch
BESIDE = ("epoch", "portrait")  # events that say nothing of the clock's state
FOUR = [{"name": name} for name in ("gradient_descent", "momentum", "adam", "lbfgs")]


@pytest.fixture(scope="module")
def small() -> list[Event]:
    return run(**SMALL, optimizers=FOUR)


def test_the_start_says_what_runs(small: list[Event]) -> None:
    started = small[0]
    assert started["type"] == "started"
    assert started["device"] in ("CPU",) or started["device"].startswith("CUDA · ")
    assert (started["steps_per_epoch"], started["steps"], started["epochs"]) == (16, 32, 2)
    assert started["parameters"] == 52_202
    assert (started["train"], started["validation"]) == (512, 1024)
    assert [each["entrant"] for each in started["entrants"]] == [0, 1, 2, 3]
    assert started["entrants"][2]["hyperparameters"]["beta2"] == 0.999
    assert len(started["fingerprint"]) == 8


def test_all_entrants_show_at_once_and_take_turns(small: list[Event]) -> None:
    kinds = [(event["type"], event.get("entrant")) for event in small]
    both = ("evaluation", "portrait")
    assert kinds[1:9] == [(kind, entrant) for entrant in range(4) for kind in both]
    assert kinds[9:13] == [("steps", entrant) for entrant in range(4)]
    assert [len(event["step"]) for event in small[9:13]] == [1, 1, 1, 1]
    assert small[-1] == {"type": "finished"}


def test_every_step_is_told_once(small: list[Event]) -> None:
    for entrant in range(3):
        steps, losses = curve(small, entrant)
        assert steps == list(range(1, 33))
        assert len(losses) == 32
    assert curve(small, 3)[0] == [8, 16, 24, 32]  # eight minibatches at once


def test_all_begin_at_the_same_point(small: list[Event]) -> None:
    first = [of(small, "evaluation", entrant)[0] for entrant in range(4)]
    assert {event["loss"] for event in first} == {first[0]["loss"]}
    assert first[0]["step"] == 0
    assert math.isclose(first[0]["loss"], math.log(10), rel_tol=0.02)
    assert len({curve(small, entrant)[1][0] for entrant in range(3)}) == 1


def test_evaluations_epochs_and_ends_are_told(small: list[Event]) -> None:
    for entrant in range(4):
        assert [event["step"] for event in of(small, "evaluation", entrant)] == [0, 16, 32]
        assert [event["epoch"] for event in of(small, "evaluation", entrant)] == [0, 1, 2]
        assert [event["epoch"] for event in of(small, "epoch", entrant)] == [1, 2]
        (done,) = of(small, "done", entrant)
        assert done["step"] == 32
        epochs = of(small, "epoch", entrant)
        assert math.isclose(sum(event["seconds"] for event in epochs), done["seconds"])


def test_clocks_and_counts_only_grow(small: list[Event]) -> None:
    for entrant in range(4):
        mine = [event for event in small if event.get("entrant") == entrant]
        for key in ("seconds", "gradients"):
            values = [event[key] for event in mine if event["type"] not in BESIDE]
            assert values == sorted(values)
    assert [of(small, "done", entrant)[0]["gradients"] for entrant in range(3)] == [32] * 3


def test_lbfgs_is_counted_in_all_the_gradients_it_took(small: list[Event]) -> None:
    """Four iterations a step, each with one evaluation at least, and one to begin with."""
    (done,) = of(small, "done", 3)
    assert done["gradients"] % 8 == 0
    assert done["gradients"] >= 5 * 32


def test_events_are_plain_json(small: list[Event]) -> None:
    for event in small:
        json.dumps(event, allow_nan=False)


def numbers(events: list[Event]) -> list[Any]:
    """Everything but seconds and the way steps are shared out among events."""
    kept = [
        {key: value for key, value in event.items() if key != "seconds"}
        for event in events
        if event["type"] in ("started", "evaluation", "diverged", "done")
    ]
    return [
        sorted(kept, key=lambda event: json.dumps(event)),
        [curve(events, entrant) for entrant in range(4)],
    ]


def test_the_same_job_gives_the_same_numbers(small: list[Event]) -> None:
    assert numbers(run(**SMALL, optimizers=FOUR)) == numbers(small)


def test_another_seed_gives_others(small: list[Event]) -> None:
    other = run(**{**SMALL, "epochs": 1}, optimizers=FOUR[:1], seed=1)
    assert other[0]["fingerprint"] != small[0]["fingerprint"]
    assert curve(other, 0)[1][0] != curve(small, 0)[1][0]


def test_a_share_of_the_entrants_runs_the_same_race(small: list[Event]) -> None:
    share = list(train(Job.read({**SMALL, "optimizers": FOUR}), entrants=[1, 3]))
    assert share[0]["fingerprint"] == small[0]["fingerprint"]
    assert [each["entrant"] for each in share[0]["entrants"]] == [1, 3]
    assert curve(share, 1) == curve(small, 1)
    assert curve(share, 3) == curve(small, 3)


def test_a_bare_loop_walks_the_same_way(small: list[Event]) -> None:
    """Momentum written out: own normalisation, own order, torch's plain SGD."""
    images = finish(Shapes().load(lambda: None))
    rows, _ = split(images.count, 1024, 512, seed=0)
    pixels, labels = images.take(rows)
    mean, std = np.float32(Shapes.mean), np.float32(Shapes.std)
    x = torch.from_numpy(((pixels / np.float32(255) - mean) / std).transpose(0, 3, 1, 2).copy())
    y = torch.from_numpy(labels)
    model = build_network(network("paper"), seed=0)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    order = np.random.default_rng([0, 1, 0]).permutation(512)
    for step, expected in enumerate(curve(small, 1)[1][:16]):
        batch = order[step * 32 : (step + 1) * 32]
        optimizer.zero_grad()
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        assert math.isclose(float(loss.detach()), expected, rel_tol=1e-4)


def test_a_learning_rate_beyond_reason_ends_in_a_marked_point() -> None:
    events = run(
        **SMALL, optimizers=[{"name": "gradient_descent", "lr": 10}, {"name": "gradient_descent"}]
    )
    (diverged,) = of(events, "diverged")
    assert diverged["entrant"] == 0
    steps, losses = curve(events, 0)
    assert steps == list(range(1, diverged["step"]))  # told up to the last loss within bounds
    assert diverged["last_loss"] == losses[-1]
    words = rf"The training loss rose to \d\.\de\+\d\d at step {diverged['step']}\."
    assert re.fullmatch(words, diverged["reason"])
    assert not of(events, "done", 0)
    assert of(events, "done", 1)  # the other one is not disturbed


def test_a_pause_is_told_with_its_steps_and_changes_no_number(small: list[Event]) -> None:
    control = Control()
    events: list[Event] = []
    for event in train(Job.read({**SMALL, "optimizers": FOUR}), control=control):
        events.append(event)
        if event["type"] == "evaluation" and event["step"] == 16 and event["entrant"] == 1:
            control.pause()
        if event["type"] == "paused":
            assert control.paused
            control.resume()
    (paused,) = of(events, "paused")
    assert set(paused["step"]) == {0, 1, 2, 3}
    assert paused["step"][1] == 16
    assert events[events.index(paused) + 1] == {"type": "resumed"}
    assert numbers(events) == numbers(small)


def test_a_stop_is_told_with_its_steps() -> None:
    control = Control()
    events: list[Event] = []
    for event in train(Job.read({**SMALL, "optimizers": FOUR}), control=control):
        events.append(event)
        if event["type"] == "steps" and event["entrant"] == 3:
            control.stop()
    assert events[-1] == {"type": "stopped", "step": {0: 1, 1: 1, 2: 1, 3: 8}}


def test_a_stop_ends_a_pause_and_a_race_that_has_not_begun() -> None:
    control = Control()
    control.pause()
    control.stop()
    events = list(train(Job.read({**SMALL, "optimizers": FOUR}), control=control))
    assert events == [{"type": "stopped", "step": {0: 0, 1: 0, 2: 0, 3: 0}}]


def test_threads_are_given_back() -> None:
    torch.set_num_threads(2)
    try:
        race = train(Job.read({**SMALL, "optimizers": FOUR[:1]}))
        next(race)
        assert torch.get_num_threads() == 1
        race.close()  # type: ignore[attr-defined]
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(1)


def test_images_that_cannot_be_had_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "data_batch_1.bin").write_bytes(bytes(100))
    monkeypatch.setenv("THALWEG_DATA", str(tmp_path))
    with pytest.raises(Refusal, match="whole records"):
        run(dataset="cifar10", optimizers=FOUR[:1])


@needs_real_cifar
def test_a_race_on_the_real_photographs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THALWEG_DATA", str(REAL))
    events = run(dataset="cifar10", train_size=2000, epochs=2, optimizers=[{"name": "adam"}])
    accuracies = [event["accuracy"] for event in of(events, "evaluation", 0)]
    assert accuracies[-1] > 0.25  # ten classes: guessing gets 0.1
    assert "data_batch_1.bin" in events[0]["data"]
