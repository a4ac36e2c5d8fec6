"""Repeats: each is the race of its own seed, bit for bit, whatever runs beside it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from core.training import Control, Job, assign, train
from core.training.data.shapes import Shapes
from core.training.keeper import Keeper
from core.training.repeats import prepared
from core.training.script import script
from core.training.standing import Standing
from core.training.waypoints import Waypoints
from tests.core.training.helpers import Event, curve, finish, of

SMALL: dict[str, Any] = {"train_size": 256, "epochs": 3, "batch_size": 32, "crop": 2, "flip": True}
TWO = [{"name": "adam"}, {"name": "lbfgs"}]
TOLD = ("steps", "evaluation", "epoch", "tested", "done")


def facts(events: list[Event], entrant: int) -> list[Any]:
    """What is told of an entrant but its number, its seconds, and how steps share an event."""
    told = [
        json.dumps({key: event[key] for key in event if key not in ("entrant", "seconds")})
        for event in events
        if event["type"] in TOLD[1:] and event["entrant"] == entrant
    ]
    return [curve(events, entrant), told]


@pytest.fixture(scope="module")
def thrice() -> list[Event]:
    return list(train(Job.read({**SMALL, "seed": 5, "repeats": 3, "optimizers": TWO})))


def test_a_repeat_is_the_race_with_its_seed(thrice: list[Event]) -> None:
    for repeat in range(3):
        alone = list(train(Job.read({**SMALL, "seed": 5 + repeat, "optimizers": TWO})))
        for index in range(2):
            assert facts(thrice, 2 * repeat + index) == facts(alone, index)
        assert thrice[0]["fingerprints"][repeat] == alone[0]["fingerprint"]
    assert curve(thrice, 0) != curve(thrice, 2)


def test_the_start_says_which_repeat_each_entrant_is_in(thrice: list[Event]) -> None:
    told = [(each["entrant"], each["repeat"], each["name"]) for each in thrice[0]["entrants"]]
    names = [each["name"] for each in TWO]
    assert told == [(2 * r + i, r, names[i]) for r in range(3) for i in range(2)]
    assert len(set(thrice[0]["fingerprints"])) == 3
    assert thrice[0]["fingerprint"] not in thrice[0]["fingerprints"]


def test_within_a_repeat_all_begin_at_one_point_and_no_two_repeats_do(thrice: list[Event]) -> None:
    first = [of(thrice, "evaluation", entrant)[0]["loss"] for entrant in range(6)]
    assert first[0::2] == first[1::2]
    assert len(set(first)) == 3


def test_images_are_in_memory_once_for_all_repeats() -> None:
    job = Job.read({"train_size": 1000, "repeats": 3})
    images = finish(Shapes().load(lambda: None))
    repeats = prepared(job, Shapes(), images, torch.device("cpu"), Waypoints(None, 1))
    held = {each.batches._images for each in repeats}
    assert len(held) == 1
    rows = np.unique(np.concatenate([each.batches._train_rows for each in repeats]))
    assert 1000 < len(rows) < len(held.pop().pixels) <= images.count


def test_networks_are_looked_into_in_the_first_repeat_alone(thrice: list[Event]) -> None:
    assert {event["entrant"] for event in of(thrice, "portrait")} == {0, 1}


def test_shares_agree_on_the_fingerprint_and_tell_the_same_numbers(thrice: list[Event]) -> None:
    job = Job.read({**SMALL, "seed": 5, "repeats": 3, "optimizers": TWO})
    hands = assign(job, 2)
    assert sorted(each for hand in hands for each in hand) == list(range(6))
    for hand in hands:
        told = list(train(job, hand))
        assert told[0]["fingerprint"] == thrice[0]["fingerprint"]
        assert told[0]["strip"] == thrice[0]["strip"]
        for entrant in hand:
            assert facts(told, entrant) == facts(thrice, entrant)


def test_a_repeat_that_is_cut_goes_on_from_its_own_checkpoint(
    thrice: list[Event], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.training.race.SLICE", 0.0)
    job = Job.read({**SMALL, "seed": 5, "repeats": 3, "optimizers": TWO})
    kept: dict[int, Event] = {}
    race = train(job, [1, 2, 4], None, Keeper(tmp_path, 0.0))
    for event in race:
        if event["type"] == "checkpoint":
            kept[event["entrant"]] = event
            if event["entrant"] == 4:  # L-BFGS has come to step 16, the others to step 2
                break
    race.close()  # type: ignore[attr-defined]
    standing = {each: Standing(checkpoints=(event["step"],)) for each, event in kept.items()}
    again = list(train(job, [1, 2, 4], None, Keeper(tmp_path, 100, standing)))
    assert again[0]["from"] == {each: event["step"] for each, event in kept.items()}
    for entrant in (1, 2, 4):
        whole = dict(zip(*curve(thrice, entrant), strict=True))
        rest = dict(zip(*curve(again, entrant), strict=True))
        assert rest
        assert rest.items() <= whole.items()
        assert facts(again, entrant)[1][-1] == facts(thrice, entrant)[1][-1]


def test_a_fork_stays_in_the_repeat_of_its_parent(
    thrice: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.training.race.SLICE", 0.0)
    job = Job.read({**SMALL, "seed": 5, "repeats": 3, "optimizers": TWO})
    control = Control()
    told: list[Event] = []
    fork = {"command": "fork", "id": 1, "entrant": 4, "at": None, "new": 6, "optimizer": TWO[0]}
    for event in train(job, control=control):
        told.append(event)
        if event["type"] == "steps" and event["entrant"] == 4 and event["step"][-1] == 3:
            control.order(fork)
    (forked,) = of(told, "forked")
    assert (forked["repeat"], forked["parent"], forked["step"]) == (2, 4, 3)
    whole = dict(zip(*curve(thrice, 4), strict=True))
    rest = dict(zip(*curve(told, 6), strict=True))
    assert sorted(rest) == list(range(4, 25))
    assert rest.items() <= whole.items()  # the same rule, gathered state and all


def test_a_job_with_forks_numbers_them_behind_all_repeats() -> None:
    job = Job.read({"optimizers": [*TWO, {"name": "momentum"}], "repeats": 2, "forks": [1]})
    told = [(lane.optimizer.name, lane.repeat) for lane in job.lanes]
    assert told == [("adam", 0), ("lbfgs", 0), ("adam", 1), ("lbfgs", 1), ("momentum", 1)]


def test_the_landscape_is_that_of_the_first_repeat() -> None:
    job = {**SMALL, "repeats": 2, "optimizers": [{"name": "adam"}], "landscape": True}
    fine = of(train(Job.read(job)), "landscape")[-1]
    alone = of(train(Job.read({**job, "repeats": 1})), "landscape")[-1]
    assert fine == alone
    assert not of(train(Job.read(job), [1]), "landscape")


def test_a_script_has_the_seed_of_its_repeat() -> None:
    job = Job.read({**SMALL, "seed": 5, "repeats": 3, "optimizers": TWO})
    text = script(job, 4)
    assert text is not None
    assert "'seed': 7, 'repeats': 1" in text
    assert script(job, 5) is None  # L-BFGS
