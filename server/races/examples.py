"""Recorded races that come with Thalweg: entered into the log when somebody first asks for one.

A file `server/examples/<id>.jsonl.gz` holds `{"created", "sentence", "findings"}` on its first
line and then the race's events as they were logged, `queued` first. `python -m
server.races.examples <address of a server> <id> <sentence> <finding> ...` records one.
"""

import gzip
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from server.settings import ROOT

FOLDER = ROOT / "server" / "examples"
ID = re.compile(r"[0-9a-f]{12}")

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A race that was run elsewhere: when, and all that it told."""

    created: float  # seconds since 1970
    events: list[Event]  # without seq; the first is `queued`, the last one final


def find(race: str, folder: Path = FOLDER) -> Example | None:
    """Read the recorded race of this id; None where there is none."""
    path = folder / f"{race}.jsonl.gz"
    if not ID.fullmatch(race) or not path.is_file():
        return None
    with gzip.open(path) as file:
        head, *events = map(orjson.loads, file)
    recorded = {"type": "recorded", "sentence": head["sentence"], "findings": head["findings"]}
    return Example(head["created"], [events[0], recorded, *events[1:]])


def record(address: str, race: str, sentences: list[str], folder: Path = FOLDER) -> Path:
    """Fetch a finished race from a server and write its file.

    The first sentence says what it was run on, the others what it shows.
    """
    from urllib.request import urlopen

    with urlopen(f"{address}/api/races/{race}") as answer:
        created = orjson.loads(answer.read())["created"]
    with urlopen(f"{address}/api/races/{race}/events") as answer:
        events = orjson.loads(answer.read())["events"]
    lines = [{"created": created, "sentence": sentences[0], "findings": sentences[1:]}]
    lines += [{key: event[key] for key in event if key != "seq"} for event in _joined(events)]
    path = folder / f"{race}.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n".join(map(orjson.dumps, lines)), mtime=0))
    return path


def _joined(events: list[Event]) -> list[Event]:
    """Join an entrant's consecutive `steps`: every loss stays, of its clock only the last reading.

    A live race tells ten times a second; a recorded one need not.
    """
    found: list[Event] = []
    open_: dict[int, Event] = {}
    for event in events:
        entrant = event.get("entrant")
        if event["type"] == "checkpoint":  # their files are not recorded
            continue
        if event["type"] != "steps" or entrant is None:
            found.append(event)
            open_ = {} if entrant is None else {k: v for k, v in open_.items() if k != entrant}
        elif entrant in open_:
            last = open_[entrant]
            last["step"] = last["step"] + event["step"]
            last["loss"] = last["loss"] + event["loss"]
            last["seconds"], last["gradients"] = event["seconds"], event["gradients"]
        else:
            open_[entrant] = dict(event)
            found.append(open_[entrant])
    return found


if __name__ == "__main__":
    import sys

    address, race, *sentences = sys.argv[1:]
    print(record(address, race, sentences))
