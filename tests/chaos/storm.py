"""Races of real training under a storm of kill -9 and cut sockets."""

import random
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.error import URLError

from tests.chaos import judge
from tests.chaos.house import PATIENCE, House, Watcher, kill
from tests.server.jobs import until

# 8 steps an epoch; steps of some milliseconds.
RACE: dict[str, Any] = {"dataset": "shapes", "train_size": 256, "batch_size": 32}
FIELDS = (
    ({"name": "adam"}, {"name": "adahessian"}, {"name": "momentum"}),
    ({"name": "barzilai_borwein"}, {"name": "lbfgs"}, {"name": "nadam"}),
    ({"name": "rmsprop", "schedule": {"name": "cosine"}}, {"name": "adamw"}, {"name": "rprop"}),
)


class Storm:
    """Races, one after another, until so many processes were killed and sockets cut as wanted."""

    def __init__(
        self, data: Path, wanted: dict[str, int], seed: int, epochs: int, loud: bool = False
    ) -> None:
        self.house = House(data)
        self.wanted = Counter(wanted)
        self.done: Counter[str] = Counter()
        self.faults: list[str] = []
        self.events = 0
        self._draw = random.Random(seed)
        self._epochs = epochs
        self._loud = loud
        self._unlucky = 0  # kills in a row without a step between them

    def run(self) -> None:
        """Let it blow until all is done; `faults` has what went wrong."""
        number = 0
        try:
            self.house.start()
            while not self.faults and (number == 0 or self._left()):
                self._race(number)
                number += 1
            left = self.house.end()
        finally:
            self.house.process.kill()  # its workers follow
        if left:
            self.faults.append(f"processes {left} are left")
        word = judge.integrity(self.house.data)
        if word != "ok":
            self.faults.append(f"the log's file is damaged: {word}")
        if any((self.house.data / "checkpoints").glob("*")):
            self.faults.append("checkpoints are left")

    def _left(self) -> Counter[str]:
        return self.wanted - self.done

    def _race(self, number: int) -> None:
        optimizers = FIELDS[number % len(FIELDS)]
        job = {**RACE, "epochs": self._epochs, "seed": number, "optimizers": optimizers}
        job["repeats"] = 2 - number % 2
        race = self.house.ask("/api/races", job)["id"]
        watcher = Watcher(self.house, race)
        while not watcher.over and self._left():
            self._wait(watcher)
            if not watcher.over:
                self._strike(race, watcher)
        watcher.join(20 * PATIENCE)
        self.faults += watcher.faults
        self.done["races"] += 1
        self.done["connections"] += watcher.connections
        self.events += len(watcher.events)
        logged = self.house.ask(f"/api/races/{race}/events")["events"]
        if logged != watcher.events:
            self.faults.append("what was seen is not what is in the log")
        self.faults += judge.faults(logged)
        kinds = Counter(event["type"] for event in logged)
        self.done.update({kind: kinds[kind] for kind in ("interrupted", "continued", "changed")})

    def _wait(self, watcher: Watcher) -> None:
        """Wait for some steps, or, now and then, for nothing: processes also die at birth."""
        if self._unlucky < 2 and self._draw.random() < 0.25:
            self._unlucky += 1
            return
        self._unlucky = 0
        goal = watcher.steps + self._draw.randrange(1, 60)
        until(lambda: watcher.over or watcher.steps >= goal, PATIENCE)

    def _strike(self, race: str, watcher: Watcher) -> None:
        """Kill or cut one of what is still wanted; change a hyperparameter now and then."""
        left = self._left()
        what = self._draw.choices(list(left), list(left.values()))[0]
        match what:
            case "worker":
                workers = self.house.workers()
                if not workers:
                    return
                kill(self._draw.choice(workers))
                self._change_soon(race, watcher)
            case "server":
                self.house.kill()
                self.house.start()
                self._change_soon(race, watcher)
            case "socket":
                if not watcher.cut():
                    return
                self._change(race)
        self.done[what] += 1
        if self._loud:
            print(what, self.done[what], f"step {watcher.steps}", flush=True)

    def _change_soon(self, race: str, watcher: Watcher) -> None:
        """Ask until a worker hears it, which is behind the log at that moment."""

        def over() -> bool:
            told = [each["type"] for each in watcher.events if each.get("entrant") == 2]
            return watcher.over or not {"done", "diverged"}.isdisjoint(told)

        until(lambda: over() or self._change(race), PATIENCE)

    def _change(self, race: str) -> bool:
        """Change the last entrant's rate; a refusal is no fault: it is over, or its worker dead."""
        value = self._draw.choice((0.001, 0.002, 0.004))
        order = {"command": "set", "entrant": 2, "hyperparameter": "lr", "value": value}
        try:
            self.house.ask(f"/api/races/{race}/commands", order)
        except URLError:
            self.done["refused"] += 1
            return False
        return True
