"""The ledger: what a log already has is not entered again, and what goes on knows where."""

import random
from typing import Any

from core.training import Job
from server.races.ledger import KEPT, Ledger

Event = dict[str, Any]

JOB: Event = {"optimizers": [{"name": "adam", "lr": 0.1}, {"name": "momentum"}]}


def steps(entrant: int, *step: int) -> Event:
    return {"type": "steps", "entrant": entrant, "step": list(step),
            "loss": [1 / at for at in step], "seconds": 1.0, "gradients": step[-1]}  # fmt: skip


def story(entrant: int, until: int) -> list[Event]:
    """All that a worker tells of an entrant, as numbers alone decide it."""
    told: list[Event] = [{"type": "evaluation", "entrant": entrant, "step": 0, "loss": 2.3}]
    for step in range(1, until + 1):
        told.append(steps(entrant, step))
        if step % 4 == 0:
            told.append({"type": "evaluation", "entrant": entrant, "step": step, "loss": 1.0})
            told.append({"type": "portrait", "entrant": entrant, "step": step})
            told.append({"type": "sharpness", "entrant": entrant, "step": step, "value": 2.0})
        if step % 8 == 0:
            told.append({"type": "epoch", "entrant": entrant, "epoch": step // 8, "seconds": 1.0})
    told.append({"type": "tested", "entrant": entrant, "images": 8})
    told.append({"type": "done", "entrant": entrant, "step": until})
    return told


def enter(ledger: Ledger, *events: Event) -> list[Event]:
    return [new for event in events if (new := ledger.enter(event)) is not None]


def test_what_is_told_again_is_dropped_wherever_it_begins() -> None:
    whole = story(0, 24)
    for seed in range(100):
        draw = random.Random(seed)
        ledger = Ledger(JOB)
        entered: list[Event] = []
        while len(entered) < len(whole):
            begin = draw.randrange(len(entered) + 1)
            entered += enter(ledger, *whole[begin : draw.randrange(begin, len(whole)) + 1])
        assert entered == whole
        assert ledger.running == [1]


def test_a_message_that_is_partly_known_is_told_in_part() -> None:
    ledger = Ledger(JOB)
    enter(ledger, steps(0, 1, 2, 3))
    (told,) = enter(ledger, steps(0, 2, 3, 4, 5))
    assert told == {**steps(0, 4, 5), "seconds": 1.0}
    assert enter(ledger, steps(0, 4, 5)) == []
    assert enter(ledger, steps(1, 4, 5)) == [steps(1, 4, 5)]  # another's


def test_it_is_read_from_a_log_and_says_where_to_go_on() -> None:
    changed = {"type": "changed", "entrant": 0, "step": 4, "hyperparameter": "lr", "value": 1.0,
               "before": 0.1}  # fmt: skip
    forked = {"type": "forked", "entrant": 2, "parent": 0, "step": 4, "name": "adam",
              "seconds": 1.5, "gradients": 4,
              "optimizer": {"name": "adam", "lr": 0.5}}  # fmt: skip
    log: list[Event] = [
        {"type": "queued", "race": JOB},
        {"type": "started", "fingerprint": "0badcafe"},
        *(steps(0, step) for step in range(1, 5)),
        *({"type": "checkpoint", "entrant": 0, "step": step} for step in (1, 2, 3, 4)),
        changed,
        forked,
        {"type": "withdrawn", "entrant": 1, "step": 0},
        {"type": "paused", "step": {}},
    ]
    ledger = Ledger.of({"seq": seq, **event} for seq, event in enumerate(log, 1))
    assert ledger.begun
    assert ledger.paused
    assert ledger.running == [0, 2]
    assert ledger.steps == {"0": 4, "1": 0, "2": 4}
    assert ledger.job["optimizers"][2] == {"name": "adam", "lr": 0.5}
    assert len(JOB["optimizers"]) == 2
    assert ledger.standing([0, 2]) == {
        "0": {
            "step": 4,
            "seconds": 1.0,
            "gradients": 4,
            "checkpoints": [2, 3, 4],
            "changes": [{"step": 4, "hyperparameter": "lr", "value": 1.0}],
            "forked": False,
        },
        "2": {
            "step": 4, "seconds": 1.5, "gradients": 4, "checkpoints": [4], "changes": [],
            "forked": True,
        },
    }  # fmt: skip
    assert len(ledger.accounts[0].checkpoints) == KEPT


def test_repeats_are_entrants_and_a_fork_stays_in_its_own() -> None:
    ledger = Ledger({**JOB, "repeats": 2})
    assert ledger.running == [0, 1, 2, 3]
    forked = {"type": "forked", "entrant": 4, "parent": 3, "step": 4, "repeat": 1,
              "seconds": 1.0, "gradients": 4, "optimizer": {"name": "adam", "lr": 0.5}}  # fmt: skip
    enter(ledger, forked)
    assert [lane.repeat for lane in ledger.lanes] == [0, 0, 1, 1, 1]
    assert ledger.lanes[3].optimizer == {"name": "momentum"}
    assert ledger.lanes[4].optimizer == {"name": "adam", "lr": 0.5}
    assert Job.read(ledger.job).lanes[4].repeat == 1  # what a worker is told


def test_interruptions_without_a_step_are_counted() -> None:
    ledger = Ledger(JOB)
    ended: Event = {"type": "interrupted", "message": "x"}
    enter(ledger, ended, ended)
    assert ledger.stale == 2
    enter(ledger, {**ended, "entrants": [0]})  # a worker's own
    assert ledger.stale == 2
    enter(ledger, steps(0, 1), ended)
    assert ledger.stale == 1
