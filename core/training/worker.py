"""The training worker: `python -m core.training.worker [--nice N]`.

Commands come in on stdin, events go out on stdout, both as JSON lines:
{"command": "race", "job": {...}, "entrants": [0, 2], "keep": {...}}, then "pause", "resume", "stop"
and the orders of core.training.field; out come `ready`, the events of core.training.race,
`heartbeat`, and after each race `idle` with an outcome. `keep` is the folder of its checkpoints,
seconds between two of them and what the log has of each entrant; without it none are written.
The end of stdin ends the process, whatever it is doing.
"""

from core.training.protocol import Lines, guard, take_stdout

if __name__ == "__main__":  # before anything heavy is imported, and so before anything can print
    LINES = take_stdout()
    guard()

import argparse
import json
import os
import queue
import sys
import threading
import time
import traceback
from typing import Any

from core.refusal import Refusal
from core.training.control import Control
from core.training.job import TRAINABLE, Job

Order = tuple[dict[str, Any], Control]


class Ears(threading.Thread):
    """Reads commands, so that they reach a race between two of its steps."""

    def __init__(self, lines: Lines) -> None:
        """Prepare to listen."""
        super().__init__(name="commands", daemon=True)
        self.orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._lines = lines
        self._control = Control()

    def run(self) -> None:
        """Listen until stdin ends, then leave at once."""
        for line in sys.stdin.buffer:
            try:
                message = json.loads(line)
                command = message["command"]
            except (ValueError, TypeError, KeyError):
                print(f"Expected a command as JSON, got {line[:200]!r}.", file=sys.stderr)
                continue
            self._obey(command, message)
        os._exit(0)

    def _obey(self, command: str, message: dict[str, Any]) -> None:
        match command:
            case "race":  # made here, so that a stop that follows at once finds its race
                self._control = Control(self._lines.beat)
                self.orders.put((message, self._control))
            case "pause":
                self._control.pause()
            case "resume":
                self._control.resume()
            case "stop" | "set" | "fork" if "id" in message:
                self._control.order(message)
            case "stop":
                self._control.stop()
            case _:
                known = "race, pause, resume, stop, set or fork"
                print(f"Expected {known}, got {command!r}.", file=sys.stderr)


def warm_up() -> None:
    """Pay once for what the first race would pay: imports, first steps, the embedded images."""
    import torch

    from core.training.race import train

    torch.set_num_threads(1)
    everybody = [{"name": each.model_fields["name"].default} for each in TRAINABLE]
    for first in range(0, len(everybody), 6):
        job = {"train_size": 128, "epochs": 1, "optimizers": everybody[first : first + 6]}
        for _ in train(Job.read(job)):
            pass


def race(message: dict[str, Any], control: Control, lines: Lines) -> None:
    """Run one race to its end, and tell how it ended; nothing it raises ends the worker."""
    from core.training.keeper import Keeper
    from core.training.race import train

    last: dict[str, Any] = {"type": "failed"}
    try:
        job = Job.read(message["job"])
        keeper = Keeper.told(message.get("keep"))
        for event in train(job, message.get("entrants"), control, keeper):
            lines.send(event)
            last = event
        lines.send({"type": "idle", "outcome": last["type"]})
    except Refusal as refusal:
        lines.send({"type": "idle", "outcome": "failed", "message": refusal.sentence})
    except Exception as error:
        traceback.print_exc()
        reason = f"The training failed: {type(error).__name__}: {error}".rstrip(": ")
        lines.send({"type": "idle", "outcome": "failed", "message": reason[:1000]})


def main(lines: Lines) -> None:
    """Warm up, say so, and run races one after the other until stdin ends."""
    began = time.perf_counter()
    parser = argparse.ArgumentParser(prog="core.training.worker")
    parser.add_argument("--nice", type=int, default=0, help="give way to the server by so much")
    if sys.platform != "win32":
        os.nice(parser.parse_args().nice)
    ears = Ears(lines)
    ears.start()
    warm_up()

    from core.training.race import device_name

    seconds = round(time.perf_counter() - began, 3)
    lines.send({"type": "ready", "device": device_name(), "threads": 1, "seconds": seconds})
    while True:
        race(*ears.orders.get(), lines)


if __name__ == "__main__":
    main(LINES)
