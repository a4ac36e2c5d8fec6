"""What must hold of a race that was interrupted: it is the race that was not."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from core.training import Job, train
from core.training.keeper import Keeper
from core.training.standing import Change, Standing

Event = dict[str, Any]

TOLD = ("evaluation", "epoch", "portrait", "sharpness", "tested", "diverged", "done")
TIMES = ("seq", "seconds", "took")  # may differ


def undisturbed(events: list[Event]) -> list[Event]:
    """Run the race of a log in this process, with the changes that the log tells of."""
    job = Job.read(events[0]["race"])
    keys = ("step", "hyperparameter", "value")
    standing = {
        entrant: Standing(
            changes=tuple(
                Change(**{key: event[key] for key in keys})
                for event in events
                if event["type"] == "changed" and event["entrant"] == entrant
            )
        )
        for entrant in range(len(job.lanes))
    }
    return list(train(job, keeper=Keeper(None, standing=standing)))


def faults(events: list[Event]) -> list[str]:
    """Say in sentences what a log lacks, has twice or has wrong; seconds are nobody's fault."""
    expected = undisturbed(events)
    found = []
    if events[-1]["type"] != "finished":
        found.append(f"it ended as {events[-1]['type']}: {events[-1].get('message')}")
    if [event["seq"] for event in events] != list(range(1, len(events) + 1)):
        found.append("seq has gaps")
    for entrant, (optimizer, repeat) in enumerate(Job.read(events[0]["race"]).lanes):
        name = f"entrant {entrant} ({optimizer.name}, repeat {repeat})"
        ours, theirs = losses(events, entrant), losses(expected, entrant)
        twice = [step for step, count in Counter(step for step, _ in ours).items() if count > 1]
        lost = sorted({step for step, _ in theirs} - {step for step, _ in ours})
        if twice:
            found.append(f"{name} has {len(twice)} steps twice, the first is {twice[0]}")
        if lost:
            found.append(f"{name} lacks {len(lost)} steps, the first is {lost[0]}")
        if not twice and not lost and ours != theirs:
            at = next(a for a, b in zip(ours, theirs, strict=False) if a != b)
            found.append(f"{name} has another loss from step {at[0]} on")
        left = told(expected, entrant)
        left.subtract(told(events, entrant))
        found += [f"{name}: {count:+} × {text}" for text, count in left.items() if count]
    return found


def losses(events: Iterable[Event], entrant: int) -> list[tuple[int, float]]:
    """All steps of an entrant with their losses, in the order of the log."""
    return [
        pair
        for event in events
        if event["type"] == "steps" and event["entrant"] == entrant
        for pair in zip(event["step"], event["loss"], strict=True)
    ]


def told(events: Iterable[Event], entrant: int) -> Counter[str]:
    """What else was told of an entrant, with all its numbers but seconds and the numbering."""
    return Counter(
        json.dumps({key: event[key] for key in sorted(event) if key not in TIMES})
        for event in events
        if event["type"] in TOLD and event["entrant"] == entrant
    )


def integrity(data: Path) -> str:
    """SQLite's own word on the file of the log: "ok"."""
    with sqlite3.connect(data / "races.sqlite") as db:
        word = str(db.execute("PRAGMA integrity_check").fetchone()[0])
    db.close()
    return word
