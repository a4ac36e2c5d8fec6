"""A race that is cut off and goes on from its checkpoints gives the numbers of one that is not."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
import torch

from core.training import TRAINABLE, Control, Job, train
from core.training.checkpoint import Unreadable
from core.training.keeper import Keeper, listed
from core.training.standing import Change, Standing
from tests.core.training.helpers import Event, curve, of

SMALL: dict[str, Any] = {"train_size": 256, "epochs": 3, "batch_size": 32}  # 8 steps an epoch
KINDS: list[dict[str, Any]] = [
    *({"name": kind.model_fields["name"].default} for kind in TRAINABLE),
    {"name": "lbfgs", "form": 2, "lr": 0.1},
    {"name": "momentum", "weight_decay": 1e-3, "schedule": {"name": "cosine"}},
    {"name": "barzilai_borwein", "window": 4},
]


def facts(events: list[Event], entrant: int) -> list[Any]:
    """Everything told of an entrant but its seconds; what was told twice must be equal."""
    losses: dict[int, float] = {}
    for step, loss in zip(*curve(events, entrant), strict=True):
        assert losses.setdefault(step, loss) == loss
    told = {
        json.dumps({key: value for key, value in event.items() if key != "seconds"})
        for event in events
        if event["type"] in ("evaluation", "portrait", "epoch", "tested", "diverged", "done")
        and event["entrant"] == entrant
    }
    return [losses, told]


def cut(
    job: Job, entrant: int, folder: Path, after: int, known: Standing | None = None
) -> tuple[list[Event], Standing]:
    """Run an entrant until `after` events were told; give these, and where it stands by them."""
    events: list[Event] = []
    race = train(job, [entrant], None, Keeper(folder, 0.0, {entrant: known or Standing()}))
    for event in race:
        events.append(event)
        if len(events) == after:
            break
    race.close()  # type: ignore[attr-defined]
    kept = (known or Standing()).checkpoints
    kept += tuple(event["step"] for event in of(events, "checkpoint"))
    return events, Standing(checkpoints=tuple(sorted(set(kept))))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: "-".join(map(str, kind.values())))
def test_a_cut_race_is_the_whole_race(
    kind: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.training.race.SLICE", 0.0)  # a turn is a step, and may be the last
    # torch's own L-BFGS takes 20 gradients a step.
    size = {"train_size": 64, "batch_size": 16} if kind.get("form") == 2 else {}
    job = Job.read({**SMALL, **size, "optimizers": [kind]})
    expected = list(train(job))
    assert of(expected, "done") or of(expected, "diverged")
    draw = random.Random(repr(kind))
    told: list[Event] = []
    standing = Standing()
    for _ in range(3):
        events, standing = cut(job, 0, tmp_path, draw.randrange(4, 30), standing)
        told += events
    assert standing.checkpoints
    told += train(job, [0], None, Keeper(tmp_path, 0.0, {0: standing}))
    assert facts(told, 0) == facts(expected, 0)


def test_it_goes_on_from_the_newest_checkpoint_that_the_log_knows_and_that_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.training.race.SLICE", 0.0)
    job = Job.read({**SMALL, "optimizers": [{"name": "adam"}]})
    cut(job, 0, tmp_path, 30)
    files = {step: file for _, step, file in listed(tmp_path)}
    assert len(files) >= 9
    files[7].write_bytes(files[7].read_bytes()[:-5])
    known = Standing(checkpoints=(3, 5, 7))
    race = train(job, [0], None, Keeper(tmp_path, 100, {0: known}))
    assert next(race)["from"] == {0: 5}
    assert sorted(step for _, step, _ in listed(tmp_path)) == [3, 5, 7]  # the others are removed
    race.close()  # type: ignore[attr-defined]
    for _, _, file in listed(tmp_path):
        file.unlink()
    assert next(train(job, [0], None, Keeper(tmp_path, 100, {0: known})))["from"] == {0: 0}
    forked = {0: Standing(checkpoints=(3,), forked=True)}
    with pytest.raises(Unreadable):
        next(train(job, [0], None, Keeper(tmp_path, 100, forked)))


def test_an_entrants_random_numbers_are_its_own_and_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With dropout in the network: other entrants, and a cut, leave its curve alone."""
    from core.training import model

    forward = model.TwoAndTwo.forward
    monkeypatch.setattr(
        model.TwoAndTwo, "forward",
        lambda self, x: torch.nn.functional.dropout(forward(self, x), 0.3, self.training),
    )  # fmt: skip
    monkeypatch.setattr("core.training.race.SLICE", 0.0)
    job = Job.read({**SMALL, "optimizers": [{"name": "adam"}, {"name": "momentum"}]})
    torch.manual_seed(99)
    together = list(train(job))
    alone = list(train(job, [1]))
    assert curve(alone, 1) == curve(together, 1)
    events, standing = cut(job, 1, tmp_path, 20)
    events += train(job, [1], None, Keeper(tmp_path, 0.0, {1: standing}))
    assert dict(zip(*curve(events, 1), strict=True)) == dict(zip(*curve(alone, 1), strict=True))


def test_changes_are_made_again_at_their_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.training.race.SLICE", 0.0)
    job = Job.read({**SMALL, "optimizers": [{"name": "adam"}]})
    control = Control()
    told: list[Event] = []
    for event in train(job, control=control, keeper=Keeper(tmp_path, 0.0)):
        told.append(event)
        if event["type"] == "steps" and event["step"][-1] in (8, 13):
            order = {"command": "set", "entrant": 0, "hyperparameter": "lr"}
            control.order({**order, "id": event["step"][-1], "value": 0.02 / event["step"][-1]})
    changes = of(told, "changed")
    assert [event["step"] for event in changes] == [8, 13]
    assert changes[0]["before"] == job.optimizers[0].lr  # type: ignore[attr-defined]
    assert changes[1]["before"] == changes[0]["value"] == 0.0025
    assert curve(told, 0) != curve(list(train(job)), 0)
    keys = ("step", "hyperparameter", "value")
    made = tuple(Change(**{key: each[key] for key in keys}) for each in changes)
    for step in (*range(0, 24, 5), 8, 13):  # those at 8 and 13 were kept before the change
        known = Standing(checkpoints=(step,) if step else (), changes=made)
        folder = tmp_path / str(step)
        folder.mkdir()
        for _, _, file in listed(tmp_path):
            (folder / file.name).write_bytes(file.read_bytes())
        again = list(train(job, keeper=Keeper(folder, 100, {0: known})))
        assert again[0]["from"] == {0: step}
        assert not of(again, "changed")
        rest = dict(zip(*curve(told, 0), strict=True))
        for at, loss in zip(*curve(again, 0), strict=True):
            assert rest[at] == loss
        assert curve(again, 0)[0][-1] == 24


def test_what_is_asked_on_the_way_to_where_the_log_is_holds_from_there_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log has steps up to 13 already, the checkpoint is of step 5: the past is not changed."""
    monkeypatch.setattr("core.training.race.SLICE", 0.0)
    job = Job.read({**SMALL, "optimizers": [{"name": "adam"}, {"name": "momentum"}]})
    told = []
    for entrant in (0, 1):
        events, _ = cut(job, entrant, tmp_path, 60)
        told += events
    known = Standing(
        checkpoints=(5,), step=13, seconds=7.5, gradients=13,
        changes=(Change(step=9, hyperparameter="lr", value=0.004),),
    )  # fmt: skip
    control = Control()
    order = {"command": "set", "entrant": 0, "hyperparameter": "lr"}
    control.order({**order, "id": 1, "value": 0.002})
    control.order({**order, "id": 2, "value": 0.0})  # refused: nothing of it is kept
    control.order({**order, "id": 3, "value": 0.005})
    control.order({"command": "stop", "entrant": 1, "id": 4})
    keeper = Keeper(tmp_path, 100, {0: known, 1: known})
    again = list(train(job, control=control, keeper=keeper))
    assert again[0]["from"] == {0: 5, 1: 5}
    first, second = of(again, "changed")
    assert (first["step"], first["before"], first["value"]) == (13, 0.004, 0.002)
    assert (second["step"], second["before"], second["value"]) == (13, 0.002, 0.005)
    assert len(of(again, "refused")) == 1
    (left,) = of(again, "withdrawn")
    assert (left["step"], left["seconds"], left["gradients"]) == (13, 7.5, 13)
    assert not curve(again, 1)[0]
    changes = (*known.changes, Change(step=13, hyperparameter="lr", value=0.005))
    whole = list(train(job, [0], keeper=Keeper(standing={0: Standing(changes=changes)})))
    losses = dict(zip(*curve(whole, 0), strict=True))
    steps, found = curve(again, 0)
    assert steps == list(range(6, 25))
    assert found == [losses[step] for step in steps]
    assert found != [dict(zip(*curve(told, 0), strict=True))[step] for step in steps]


def test_a_checkpoint_does_not_take_up_a_change_that_the_log_may_lose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two pauses at one step, a change between them that no log hears of."""
    monkeypatch.setattr("core.training.race.SLICE", 0.0)
    job = Job.read({**SMALL, "optimizers": [{"name": "adam"}]})
    control = Control()
    order = {"command": "set", "entrant": 0, "hyperparameter": "lr", "value": 0.05, "id": 1}
    race = train(job, control=control, keeper=Keeper(tmp_path, 100))
    told: list[str] = []
    for event in race:
        told.append(event["type"])
        if event["type"] == "steps" and event["step"][-1] == 5:
            control.pause()
        if event["type"] == "paused":
            if "changed" in told:
                break
            control.order(order)
        if event["type"] == "changed":
            control.resume()
        if event["type"] == "resumed":
            control.pause()
    race.close()  # type: ignore[attr-defined]
    again = list(train(job, keeper=Keeper(tmp_path, 100, {0: Standing(checkpoints=(5,))})))
    assert again[0]["from"] == {0: 5}
    assert curve(again, 0)[1] == curve(list(train(job)), 0)[1][5:]


def test_a_full_disk_is_told_once_and_the_race_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    job = Job.read({**SMALL, "optimizers": [{"name": "adam"}]})
    events = list(train(job, keeper=Keeper(tmp_path / "file" / "folder", 0.0)))
    (unkept,) = of(events, "unkept")
    assert "make room on the disk" in unkept["message"]
    assert events[-1]["type"] == "finished"
    assert curve(events, 0) == curve(list(train(job)), 0)
