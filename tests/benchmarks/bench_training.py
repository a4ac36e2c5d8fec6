"""A race through the worker and its pipe against bare PyTorch loops over as many batches.

Both run in warm processes of one thread and take turns; what counts is each process's CPU time,
which the kernel keeps, so the measure sees all that the worker does: images, steps, evaluations,
events. The bare loops train the same three optimizers one after the other.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import IO

from tests.benchmarks.bare_training import JOB
from tests.benchmarks.timing import row

ROOT = Path(__file__).parents[2]
BAR = 1.02
ROUNDS = 21


def start(module: str) -> tuple[subprocess.Popen[str], IO[str], IO[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        text=True,
        bufsize=1,
    )
    assert process.stdin
    assert process.stdout
    return process, process.stdin, process.stdout


def cpu_of(pid: int) -> float:
    """Read a process's own clock of CPU seconds (Linux: the clock id is made of the pid)."""
    return time.clock_gettime((~pid << 3) | 2)


def main() -> None:
    if sys.platform != "linux":
        print("training: skipped, the clock of another process is read as on Linux")
        return
    worker, orders, events = start("core.training.worker")
    bare, lines, answers = start("tests.benchmarks.bare_training")
    first: list[float] = []
    texts = 0

    def race() -> None:
        nonlocal texts
        began = time.perf_counter()
        message = {"command": "race", "job": JOB.model_dump(), "entrants": [0, 1, 2]}
        print(json.dumps(message), file=orders, flush=True)
        shown = False
        for line in events:
            texts += 1
            kind = json.loads(line)["type"]
            if kind == "steps" and not shown:
                shown = True
                first.append(time.perf_counter() - began)
            if kind == "idle":
                return

    def loops() -> None:
        print("go", file=lines, flush=True)
        answers.readline()

    contenders: list[tuple[int, Callable[[], None], list[float]]] = [
        (worker.pid, race, []),
        (bare.pid, loops, []),
    ]
    events.readline()  # ready
    for _, run, _ in contenders:
        run()
    for _ in range(ROUNDS):
        for pid, run, taken in contenders:
            before = cpu_of(pid)
            run()
            taken.append(cpu_of(pid) - before)
    for process, stdin in ((worker, orders), (bare, lines)):
        stdin.close()
        process.wait()
    ours, theirs = (median(taken) for _, _, taken in contenders)
    pairs = [a / b for a, b in zip(contenders[0][2], contenders[1][2], strict=True)]
    row(
        "three optimizers: worker and pipe / bare loops",
        median(pairs),  # neighbours in time: what else runs on the machine weighs on both
        f"<= {BAR}",
        f"({ours:.2f} s and {theirs:.2f} s of CPU; pairs {min(pairs):.3f} to {max(pairs):.3f})",
    )
    row("first point after the order / bar of 1 s", median(first), "<= 1", "(wall time)")


if __name__ == "__main__":
    main()
