"""A training worker without training: it speaks the protocol, and misbehaves when told to.

The job's `seed` chooses the behaviour (see BEHAVIOURS), its `epochs` the number of rounds; in each
round every entrant takes one step. With `endless`, rounds go on until a command ends them.
"""

import json
import os
import select
import signal
import sys
import time
from typing import Any

BEHAVIOURS = {
    "finish": 0,
    "endless": 1,
    "killed": 2,
    "torn": 3,
    "hang": 4,
    "garbage": 5,
    "exit3": 6,
    "failed": 7,
    "deaf": 8,
    "fingerprint": 9,
    "diverge": 10,
    "segfault": 11,
    "flood": 12,
    "children": 13,
    "slow_start": 14,
    "one_dies": 15,
}
NAMES = {number: name for name, number in BEHAVIOURS.items()}
FAULT_AT = 3


class Pipe:
    """Lines out on the real stdout, lines in without blocking."""

    def __init__(self) -> None:
        self.out = os.dup(1)
        os.dup2(2, 1)
        self.waiting = b""

    def send(self, **event: object) -> None:
        os.write(self.out, json.dumps(event).encode() + b"\n")

    def receive(self, seconds: float | None) -> dict[str, object] | None:
        """Take the next command, waiting up to `seconds` (None: as long as it takes)."""
        while b"\n" not in self.waiting:
            ready, _, _ = select.select([0], [], [], seconds)
            if not ready:
                return None
            piece = os.read(0, 65536)
            if not piece:
                os._exit(0)
            self.waiting += piece
        line, _, self.waiting = self.waiting.partition(b"\n")
        found: dict[str, object] = json.loads(line)
        return found


def fault(pipe: Pipe, behaviour: str, entrants: list[int]) -> None:
    """Misbehave."""
    match behaviour:
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "torn":
            os.write(pipe.out, b'{"type":"steps","entrant":0,"step":[99],"lo')
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            while True:
                signal.pause()
        case "garbage":
            os.write(pipe.out, b'no json at all\n[1, 2]\n{"type": 5}\n{"loss": NaN}\n\xff\xfe\n')
        case "exit3":
            print("the disk is on fire", file=sys.stderr, flush=True)
            os._exit(3)
        case "children":
            if os.fork() == 0:
                os.execvp("sleep", ["sleep", "600"])
        case "one_dies":
            if 0 in entrants:
                os.kill(os.getpid(), signal.SIGKILL)


def answer(pipe: Pipe, order: dict[str, Any], entrants: list[int], step: int) -> None:
    """Acknowledge an order to one entrant; a hyperparameter of 666 is refused."""
    about = {"order": order["id"], "entrant": order["entrant"], "step": step}
    match order["command"]:
        case "stop":
            entrants.remove(order["entrant"])
            pipe.send(type="withdrawn", **about)
        case "set" if order["value"] == 0.666:
            pipe.send(type="refused", order=order["id"], message="Choose another number.")
        case "set":
            changed = {key: order[key] for key in ("hyperparameter", "value")}
            pipe.send(type="changed", before=0, **changed, **about)
        case "fork":
            entrants.append(order["new"])
            name = order["optimizer"]["name"]
            about |= {"entrant": order["new"], "parent": order["entrant"]}
            about |= {"title": name.title(), "hyperparameters": {}, "kept": name == "adam"}
            about |= {"seconds": 0.5, "gradients": step}
            pipe.send(type="forked", optimizer=order["optimizer"], name=name, **about)


def race(pipe: Pipe, job: dict[str, object], entrants: list[int]) -> None:
    """Run one race of the fake kind."""
    behaviour = NAMES[int(str(job["seed"]))]
    rounds = int(str(job["epochs"]))
    endless = behaviour not in ("finish", "diverge", "garbage", "flood")
    if behaviour == "slow_start":
        command = pipe.receive(None)
        assert command == {"command": "stop"}
        pipe.send(type="idle", outcome="stopped")
        return
    pipe.send(
        type="started",
        device="CPU",
        workers=1,
        fingerprint=f"{entrants[0]:08x}" if behaviour == "fingerprint" else "0badcafe",
        parameters=52202,
        steps_per_epoch=1,
        steps=rounds,
        epochs=rounds,
        entrants=[{"entrant": entrant, "name": "adam"} for entrant in entrants],
    )
    if behaviour == "failed":
        pipe.send(type="idle", outcome="failed", message="The images are gone. Fetch them again.")
        return
    step, paused = 0, False
    while entrants and (endless or step < rounds):
        command = pipe.receive(None if paused else (0.002 if endless else 0))
        match command and command["command"]:
            case "stop" if behaviour != "deaf" and "id" not in (command or {}):
                pipe.send(type="stopped", step={str(entrant): step for entrant in entrants})
                pipe.send(type="idle", outcome="stopped")
                return
            case "pause" if behaviour != "deaf":
                paused = True
                pipe.send(type="paused", step={str(entrant): step for entrant in entrants})
            case "resume":
                paused = False
                pipe.send(type="resumed")
            case "stop" | "set" | "fork" if behaviour != "deaf":
                assert command is not None
                answer(pipe, command, entrants, step)
        if paused:
            continue
        step += 1
        for entrant in entrants:
            pipe.send(
                type="steps",
                entrant=entrant,
                step=[step],
                loss=[1 / step],
                seconds=0.0,
                gradients=step,
            )
        if step == FAULT_AT:
            fault(pipe, behaviour, entrants)
        if step % 100 == 0:
            pipe.send(type="heartbeat")
    for entrant in entrants:
        if behaviour == "diverge":
            pipe.send(
                type="diverged", entrant=entrant, step=step, reason="It blew up.", last_loss=9
            )
        else:
            pipe.send(type="done", entrant=entrant, step=step, seconds=0.0, gradients=step)
    pipe.send(type="finished")
    pipe.send(type="idle", outcome="finished")


def main() -> None:
    """Be ready at once, then race whenever asked."""
    if "--stillborn" in sys.argv:
        sys.exit("no torch on this machine")
    if "--mute" in sys.argv:
        time.sleep(600)
    pipe = Pipe()
    pipe.send(type="ready", device="CPU", threads=1, seconds=0.0)
    while True:
        command = pipe.receive(None)
        assert command is not None
        if command["command"] == "race":
            race(pipe, command["job"], command["entrants"])  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
