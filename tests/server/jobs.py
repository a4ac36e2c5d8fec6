"""Requests and settings that many tests share."""

import sys
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
        "workers_after": 0.0,
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
