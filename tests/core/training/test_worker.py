"""The worker as the server meets it: a process with two pipes."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.core.training.helpers import Event, curve, of, run

ROOT = Path(__file__).parents[3]
SMALL: dict[str, Any] = {"train_size": 512, "epochs": 2, "batch_size": 32}
LONG: dict[str, Any] = {"epochs": 100}
PATIENCE = 60  # seconds; a loaded machine is slow


class Worker:
    """A worker process; every line is read with a deadline."""

    def __init__(self, *command: str) -> None:
        self.process = subprocess.Popen(
            command or (sys.executable, "-m", "core.training.worker"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        )
        assert self.process.stdin
        assert self.process.stdout
        self._out = self.process.stdout.fileno()
        self._rest = b""

    def tell(self, command: str, **facts: Any) -> None:
        self.write(json.dumps({"command": command, **facts}).encode() + b"\n")

    def write(self, line: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(line)
        self.process.stdin.flush()

    def hear(self) -> Event | None:
        """Read the next event; None at the end of the pipe."""
        while b"\n" not in self._rest:
            ready, _, _ = select.select([self._out], [], [], PATIENCE)
            assert ready, f"no line within {PATIENCE} s"
            piece = os.read(self._out, 1 << 16)
            if not piece:
                return None
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\n")
        event: Event = json.loads(line)
        return event

    def until(self, kind: str) -> list[Event]:
        """Read up to and including the next event of this type; heartbeats are left out."""
        events: list[Event] = []
        while not events or events[-1]["type"] != kind:
            event = self.hear()
            assert event is not None, f"the pipe ended before {kind}"
            if event["type"] != "heartbeat" or kind == "heartbeat":
                events.append(event)
        return events

    def end(self) -> str:
        """Close stdin, wait, and give what was said on stderr."""
        _, errors = self.process.communicate(timeout=PATIENCE)
        return errors.decode()


@pytest.fixture(scope="module")
def warm() -> Iterator[Worker]:
    worker = Worker()
    try:
        yield worker
    finally:
        worker.process.kill()
        worker.end()


@pytest.fixture
def worker(warm: Worker) -> Worker:
    """The one warm worker of this file, idle."""
    if not hasattr(warm, "ready"):
        (warm.ready,) = warm.until("ready")  # type: ignore[attr-defined]
    return warm


def test_it_says_when_it_is_ready_and_on_what(worker: Worker) -> None:
    ready = worker.ready  # type: ignore[attr-defined]
    assert ready["device"] == "CPU" or ready["device"].startswith("CUDA · ")
    assert ready["threads"] == 1
    assert 0 < ready["seconds"] < PATIENCE


def test_a_whole_race_is_the_generators_race(worker: Worker) -> None:
    job = {**SMALL, "optimizers": [{"name": name} for name in ("momentum", "adam", "lbfgs")]}
    worker.tell("race", job=job, entrants=[0, 2])
    events = worker.until("idle")
    assert events[-1] == {"type": "idle", "outcome": "finished"}
    assert events[-2] == {"type": "finished"}
    here = run(**job)
    assert events[0]["fingerprint"] == here[0]["fingerprint"]
    assert [each["entrant"] for each in events[0]["entrants"]] == [0, 2]
    for entrant in (0, 2):
        assert curve(events, entrant) == curve(here, entrant)


def test_the_first_point_shows_within_a_second(worker: Worker) -> None:
    began = time.perf_counter()
    worker.tell("race", job=LONG, entrants=[0, 1, 2])
    for _ in range(3):
        worker.until("steps")
    assert time.perf_counter() - began < 3  # 0.15 s on a quiet machine
    worker.tell("stop")
    worker.until("idle")


def test_messages_are_few(worker: Worker) -> None:
    began = time.perf_counter()
    worker.tell("race", job={"epochs": 4}, entrants=[1])
    events = worker.until("idle")
    assert len(of(events, "steps")) <= 20 * (time.perf_counter() - began) + 10


def test_a_stop_is_acknowledged_with_its_steps(worker: Worker) -> None:
    worker.tell("race", job=LONG, entrants=[0, 5])
    worker.until("steps")
    asked = time.perf_counter()
    worker.tell("stop")
    events = worker.until("idle")
    assert time.perf_counter() - asked < 3
    assert events[-1] == {"type": "idle", "outcome": "stopped"}
    assert events[-2]["type"] == "stopped"
    assert set(events[-2]["step"]) == {"0", "5"}


def test_a_stop_right_behind_its_race_finds_it(worker: Worker) -> None:
    worker.tell("race", job=LONG, entrants=[0])
    worker.tell("stop")
    assert worker.until("idle")[-1]["outcome"] == "stopped"


def test_a_pause_holds_still_with_a_beating_heart_and_goes_on(worker: Worker) -> None:
    job = {**SMALL, "epochs": 3, "optimizers": [{"name": "adam"}, {"name": "lbfgs"}]}
    worker.tell("race", job=job, entrants=[0, 1])
    before = worker.until("steps")
    worker.tell("pause")
    before += worker.until("paused")
    assert worker.hear() == {"type": "heartbeat"}
    worker.tell("resume")
    events = [*before, *worker.until("idle")]
    assert [event["type"] for event in events if event["type"] in ("paused", "resumed")] == [
        "paused",
        "resumed",
    ]
    assert events[-1]["outcome"] == "finished"
    here = run(**job)
    assert [curve(events, entrant) for entrant in (0, 1)] == [
        curve(here, entrant) for entrant in (0, 1)
    ]


def test_a_refusal_is_the_outcome_and_the_worker_lives(worker: Worker) -> None:
    worker.tell("race", job={"dataset": "imagenet"}, entrants=[0])
    (idle,) = worker.until("idle")
    assert idle["outcome"] == "failed"
    assert idle["message"].startswith('Expected a data set, "shapes" or "cifar10"')
    worker.tell("race", job={"epochs": 1}, entrants=[99])
    idle = worker.until("idle")[-1]
    assert idle["outcome"] == "failed"
    assert "IndexError" in idle["message"]


def test_lines_that_are_no_commands_are_left_aside(worker: Worker) -> None:
    for line in (b"\n", b"{}\n", b"[1]\n", b"\xff{\n", b'{"command": "fly"}\n', b'"race"\n'):
        worker.write(line)
    worker.tell("race", job={**SMALL, "epochs": 1}, entrants=[0])
    assert worker.until("idle")[-1]["outcome"] == "finished"


PRINTING = """
import sys
sys.argv = ["worker"]
import core.training.data.shapes as shapes
draw = shapes.draw
def loud(*arguments):
    import os
    print("a library greets", flush=True)
    os.write(1, b"and so does native code\\n")
    return draw(*arguments)
shapes.draw = loud
import runpy
runpy.run_module("core.training.worker", run_name="__main__")
"""


def test_print_does_not_break_the_protocol_and_the_end_of_stdin_ends_a_race(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # so that it draws
    worker = Worker(sys.executable, "-c", PRINTING)
    first = worker.hear()
    assert first
    assert first["type"] == "ready"
    worker.tell("race", job=LONG, entrants=[5])
    worker.until("steps")
    asked = time.perf_counter()
    errors = worker.end()
    assert worker.process.returncode == 0
    assert time.perf_counter() - asked < 3
    assert "a library greets" in errors
    assert "and so does native code" in errors


ORPHAN = """
import os, subprocess, sys, time
worker = subprocess.Popen(
    [sys.executable, "-m", "core.training.worker"], stdin=int(sys.argv[1]), stdout=subprocess.PIPE
)
worker.stdout.readline()
print(worker.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's signal is Linux's own")
def test_it_dies_with_its_parent_even_while_stdin_stays_open() -> None:
    """Stdin is a pipe of this test, so its end tells the worker nothing."""
    reading, writing = os.pipe()
    parent = subprocess.Popen(
        [sys.executable, "-c", ORPHAN, str(reading)],
        stdout=subprocess.PIPE,
        pass_fds=[reading],
        cwd=ROOT,
    )
    try:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        parent.kill()
        deadline = time.monotonic() + PATIENCE
        while alive(pid):
            assert time.monotonic() < deadline
            time.sleep(0.02)
    finally:
        parent.communicate()
        os.close(reading)
        os.close(writing)


def alive(pid: int) -> bool:
    """Say whether a process runs; one that only waits to be reaped does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_is_left_to_the_parent_and_a_kill_is_the_end_of_the_pipe(worker: Worker) -> None:
    worker.tell("race", job=LONG, entrants=[0])
    worker.until("steps")
    worker.process.send_signal(signal.SIGINT)
    worker.until("steps")  # it goes on
    worker.process.kill()  # the last test of this worker
    while worker.hear() is not None:
        pass
    worker.process.wait(PATIENCE)
    assert worker.process.returncode == -signal.SIGKILL
