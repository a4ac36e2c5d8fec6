"""A slider's question over the socket: the server's CPU for ten runs of 1,000 steps, and the wait.

The CPU is that of the server process alone (all its threads, kernels included), read from Linux's
/proc; the round trip is what a program on the same machine waits for, both sharing the cores.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser.service import serve

WARM, COUNT = 50, 500

ADAMS = {
    "surface": {"name": "rosenbrock"},
    "start": [-1.2, 1],
    "steps": 1000,
    "tolerance": 1e-12,
    "optimizers": [{"name": "adam", "lr": 0.0001 * (1 + i)} for i in range(10)],
}
"""Ten runs, none of which ends before its 1,000 steps."""

TEN = ["gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam",
       "newton", "bfgs", "lbfgs", "barzilai_borwein"]  # fmt: skip
EVERYBODY = {**ADAMS, "optimizers": [{"name": name} for name in TEN]}
"""Ten optimizers as they are: some end early, some search along lines."""


def cpu_seconds(pid: int) -> float:
    """Read the CPU time of a process, user and system, in seconds (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(socket: ClientConnection, question: dict[str, Any], sequence: int) -> tuple[float, int]:
    """Ask once; return the seconds until the reply and its size in bytes."""
    text = json.dumps({**question, "sequence": sequence})
    began = time.perf_counter()
    socket.send(text)
    reply = socket.recv(timeout=30)
    if not isinstance(reply, bytes):
        raise RuntimeError(f"expected a descent, got {reply}")
    return time.perf_counter() - began, len(reply)


def measure(url: str, pid: int, question: dict[str, Any]) -> tuple[float, list[float], int]:
    """Return the server's CPU milliseconds per request, the round trips in ms, bytes a reply."""
    with connect(f"ws{url[4:]}/ws/descents", max_size=None) as socket:
        for sequence in range(WARM):
            _, size = ask(socket, question, sequence)
        before = cpu_seconds(pid)
        waits = [1000 * ask(socket, question, WARM + turn)[0] for turn in range(COUNT)]
        spent = cpu_seconds(pid) - before
    return 1000 * spent / COUNT, sorted(waits), size


def main() -> None:
    """Print the rows."""
    if not sys.platform.startswith("linux"):
        print("socket: skipped, the CPU time of another process is read as on Linux")
        return
    print("name | value | bar")
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder), "--workers", "1") as service,
    ):
        pid = service.process.pid
        for name, question in (("10 Adam", ADAMS), ("10 optimizers", EVERYBODY)):
            cpu, waits, size = measure(service.url, pid, question)
            median, tail = statistics.median(waits), waits[int(0.95 * len(waits))]
            print(f"{name} × 1,000 steps, server CPU per request | {cpu:.2f} ms | <= 1 ms")
            print(f"{name} × 1,000 steps, round trip p50 | {median:.2f} ms | -")
            print(f"{name} × 1,000 steps, round trip p95 | {tail:.2f} ms | -")
            print(f"{name} × 1,000 steps, reply | {size / 1000:.0f} kB | -")


if __name__ == "__main__":
    main()
