"""Requests and settings that many tests share."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from server.settings import Patience, Settings
from tests.server.fake_worker import BEHAVIOURS

WORKER = (sys.executable, str(Path(__file__).with_name("fake_worker.py")))

QUICK = Patience(start=20, first=20, step=20, acknowledge=5, grace=5)


def fake_settings(data: Path, *flags: str, **changes: Any) -> Settings:
    """Settings of a server on a free port whose workers are fake ones."""
    chosen: dict[str, Any] = {
        "port": 0,
        "data": data,
        "workers": 2,
        "worker": (*WORKER, *flags),
        "quiet": 0.0,
        "warm": False,
        "patience": QUICK,
        **changes,
    }
    return Settings(**chosen)


def job(behaviour: str = "finish", *, entrants: int = 3, epochs: int = 5) -> dict[str, Any]:
    """A race request to which a fake worker behaves as named."""
    return {
        "dataset": "shapes",
        "epochs": epochs,
        "seed": BEHAVIOURS[behaviour],
        "optimizers": [{"name": "adam", "lr": 0.001 * (1 + i)} for i in range(entrants)],
    }


def descent(**changes: Any) -> dict[str, Any]:
    """A good descent request."""
    request = {
        "surface": {"name": "rosenbrock"},
        "start": [-1.2, 1],
        "steps": 50,
        "optimizers": [{"name": "adam", "lr": 0.1}, {"name": "gradient_descent", "lr": 0.001}],
    }
    return {**request, **changes}


def until(true: Callable[[], object], seconds: float = 20) -> None:
    """Wait for something that another process or thread is about to do."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.005)


def alive(pid: int) -> bool:
    """Tell whether a process still runs (one that waits for its parent to notice does not)."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"


def children(pid: int) -> list[int]:
    """List the live processes that a process has started (Linux)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid and alive(int(stat.parent.name)):
            found.append(int(stat.parent.name))
    return found
