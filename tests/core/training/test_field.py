"""What is asked of single entrants in a running race: leave, take another value, fork."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.training import Control, Job, train
from core.training.keeper import Keeper, listed
from core.training.standing import Standing
from tests.core.training.helpers import Event, curve, of

SMALL: dict[str, Any] = {"train_size": 256, "epochs": 3, "batch_size": 32}  # 8 steps an epoch
TWO = [{"name": "adam"}, {"name": "momentum"}]

When = Callable[[Event], bool]


@pytest.fixture(autouse=True)
def short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.training.race.SLICE", 0.0)  # a turn is a step


def at(step: int, entrant: int = 0) -> When:
    return lambda event: (
        event["type"] == "steps" and event["entrant"] == entrant and event["step"][-1] == step
    )


def race(*orders: tuple[When, Event], folder: Path | None = None) -> list[Event]:
    """Run the two entrants, and give each order once its moment has come."""
    control = Control()
    left = list(orders)
    told: list[Event] = []
    keeper = Keeper(folder, 0.0)
    for event in train(Job.read({**SMALL, "optimizers": TWO}), control=control, keeper=keeper):
        told.append(event)
        while left and left[0][0](event):
            control.order({"id": f"order {len(left)}", **left.pop(0)[1]})
    assert not left
    return told


@pytest.fixture(scope="module")
def plain() -> list[Event]:
    return list(train(Job.read({**SMALL, "optimizers": TWO})))


def test_an_entrant_leaves_and_the_others_go_on(plain: list[Event]) -> None:
    told = race((at(5), {"command": "stop", "entrant": 0, "id": "x"}))
    (left,) = of(told, "withdrawn")
    assert (left["entrant"], left["step"], left["order"]) == (0, 5, "x")
    assert left["gradients"] == 5
    assert curve(told, 0)[0] == [1, 2, 3, 4, 5]
    assert not of(told, "done", 0)
    assert curve(told, 1) == curve(plain, 1)
    assert told[-1] == {"type": "finished"}


def test_a_race_that_all_have_left_is_finished() -> None:
    told = race(*((at(3), {"command": "stop", "entrant": each}) for each in (0, 1)))
    assert len(of(told, "withdrawn")) == 2
    assert told[-1] == {"type": "finished"}


def test_a_change_is_told_and_takes_effect_at_the_next_step(plain: list[Event]) -> None:
    order = {"command": "set", "entrant": 1, "hyperparameter": "momentum", "value": 0.0}
    told = race((at(6, 1), order))
    (changed,) = of(told, "changed")
    kept = {key: changed[key] for key in ("entrant", "step", "hyperparameter", "before", "value")}
    assert kept == {
        "entrant": 1, "step": 6, "hyperparameter": "momentum", "before": 0.9, "value": 0.0,
    }  # fmt: skip
    now, before = curve(told, 1)[1], curve(plain, 1)[1]
    assert now[:7] == before[:7]  # the loss of step 7 is that before the step
    assert now[7] != before[7]
    assert curve(told, 0) == curve(plain, 0)


def test_a_change_of_lr_is_the_schedules_new_scale() -> None:
    job = Job.read({**SMALL, "optimizers": [{"name": "adam", "schedule": {"name": "cosine"}}]})
    control = Control()
    told: list[Event] = []
    for event in train(job, control=control):
        told.append(event)
        if at(8)(event):
            order = {"command": "set", "entrant": 0, "hyperparameter": "lr", "value": 0.01}
            control.order({"id": "x", **order})
    rates = {each["step"]: each["gauges"]["lr"] for each in of(told, "evaluation")}
    factor = rates[16] / 0.01
    assert 0.2 < factor < 0.3  # two thirds of the way along a cosine
    assert rates[8] == pytest.approx(0.75 * job.optimizers[0].lr, rel=0.01)  # type: ignore[attr-defined]


def test_a_fork_without_a_change_walks_on_as_its_parent(plain: list[Event]) -> None:
    fork = {"command": "fork", "entrant": 0, "at": None, "new": 2, "optimizer": {"name": "adam"}}
    told = race((at(10), fork))
    (forked,) = of(told, "forked")
    assert (forked["entrant"], forked["parent"], forked["step"]) == (2, 0, 10)
    assert forked["kept"] is True
    assert forked["name"] == "adam"
    assert forked["gradients"] == 10
    steps, losses = curve(told, 2)
    assert steps == list(range(11, 25))
    assert losses == curve(plain, 0)[1][10:]
    assert curve(told, 0) == curve(plain, 0)
    assert [event["step"] for event in of(told, "evaluation", 2)] == [10, 16, 24]
    assert [event["epoch"] for event in of(told, "epoch", 2)] == [2, 3]
    ends = [of(told, "evaluation", each)[-1] for each in (0, 2)]
    assert ends[0]["loss"] == ends[1]["loss"]
    assert of(told, "done", 2)


def test_a_fork_with_another_optimizer_starts_on_the_weights_alone(plain: list[Event]) -> None:
    optimizer = {"name": "gradient_descent", "lr": 0.05}
    fork = {"command": "fork", "entrant": 0, "at": None, "new": 2, "optimizer": optimizer}
    told = race((at(10), fork))
    (forked,) = of(told, "forked")
    assert forked["kept"] is False
    assert forked["hyperparameters"]["lr"] == 0.05
    losses = curve(told, 2)[1]
    parents = curve(plain, 0)[1][10:]
    assert losses[0] == parents[0]  # the same weights see the same minibatch
    assert losses[1] != parents[1]


def test_a_fork_from_a_checkpoint_goes_back_and_survives_a_cut(
    plain: list[Event], tmp_path: Path
) -> None:
    fork = {"command": "fork", "entrant": 1, "at": 8, "new": 2}
    optimizer = {"name": "momentum", "lr": 0.001}
    told = race((at(12, 1), {**fork, "optimizer": optimizer}), folder=tmp_path)
    (forked,) = of(told, "forked")
    where = told.index(forked)
    assert (forked["step"], forked["kept"]) == (8, True)
    assert told[where + 1] == {"type": "checkpoint", "entrant": 2, "step": 8}
    steps, losses = curve(told, 2)
    assert steps == list(range(9, 25))
    assert losses[0] == curve(plain, 1)[1][8]
    assert losses[1] != curve(plain, 1)[1][9]
    assert {step for entrant, step, _ in listed(tmp_path) if entrant == 2} == set(range(8, 25))
    job = Job.read({**SMALL, "optimizers": [*TWO, optimizer]})
    for known in (15, 8):  # the file of 15 is removed as unknown in the second turn
        standing = {2: Standing(checkpoints=tuple(sorted({8, known})), forked=True)}
        again = list(train(job, [2], keeper=Keeper(tmp_path, 100, standing)))
        assert curve(again, 2) == (steps[known - 8 :], losses[known - 8 :])


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        ({"command": "stop", "entrant": 7}, "expected one that is still in the race, got number 8"),
        ({"command": "set", "entrant": 0, "hyperparameter": "speed", "value": 1}, "“speed”"),
        ({"command": "set", "entrant": 0, "hyperparameter": "lr", "value": -1}, "lr"),
        (
            {"command": "fork", "entrant": 0, "at": 3, "new": 2, "optimizer": {"name": "adam"}},
            "no checkpoints are kept",
        ),
        (
            {"command": "fork", "entrant": 0, "at": None, "new": 2, "optimizer": {"name": "x"}},
            "Expected an optimizer",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    order: Event, sentence: str, plain: list[Event]
) -> None:
    told = race((at(4), order))
    (refused,) = of(told, "refused")
    assert refused["order"] == "order 1"
    assert sentence in refused["message"]
    assert [curve(told, each) for each in (0, 1)] == [curve(plain, each) for each in (0, 1)]
    assert not of(told, "forked")


def test_orders_are_heeded_in_a_pause() -> None:
    control = Control()
    told: list[Event] = []
    for event in train(Job.read({**SMALL, "optimizers": TWO}), control=control):
        told.append(event)
        if at(3)(event):
            control.pause()
        if event["type"] == "paused":
            control.order({"command": "stop", "entrant": 0, "id": "a"})
            control.order({"command": "fork", "entrant": 1, "at": None, "new": 2, "id": "b",
                           "optimizer": {"name": "adam"}})  # fmt: skip
        if event["type"] == "forked":
            control.resume()
    assert len(of(told, "paused")) == len(of(told, "resumed")) == 1
    kinds = [each["type"] for each in told]
    assert kinds.index("paused") < kinds.index("withdrawn") < kinds.index("forked")
    assert kinds.index("forked") < kinds.index("resumed")
    assert of(told, "done", 2)
