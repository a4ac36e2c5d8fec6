"""Everything that may differ from one start of the server to the next, in one frozen place."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from core.refusal import Refusal

ROOT = Path(__file__).resolve().parents[1]
"""The folder that holds `core`, `server`, `frontend` and `static`."""

KIB = 1024

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Addresses that only this machine can reach."""


def default_data() -> Path:
    """Where races are kept unless told otherwise: the user's data folder."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "thalweg"


def gpus() -> int:
    """Count NVIDIA GPUs that this process may use, without importing torch (Linux; else 0)."""
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    if visible is not None:
        return len([part for part in visible.split(",") if part.strip() not in ("", "-1")])
    devices = Path("/proc/driver/nvidia/gpus")
    return len(list(devices.iterdir())) if devices.is_dir() else 0


def default_workers() -> int:
    """Choose the number of workers: one per GPU; else one single-threaded one per core.

    Six is the most that a race can use, one per entrant.
    """
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return min(gpus() or cores, 6)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the server waits for a worker before it ends it, in seconds.

    `start`: from the birth of the process to `ready`. `first`: from the order to race to the first
    event (data sets are read or downloaded here). `step`: between two signs of life while training.
    `acknowledge`: from a command to its acknowledgement. `grace`: from SIGTERM to SIGKILL.
    """

    start: float = 120.0
    first: float = 120.0
    step: float = 30.0
    acknowledge: float = 5.0
    grace: float = 5.0
    closing: float = 0.8


@dataclass(frozen=True, slots=True)
class Settings:
    """One server.

    `token`: when set, every request must carry it. `hosts`: further names ("name" or "name:port")
    under which browsers may reach this server. `worker`: the command of a training worker.
    `checkpoints_every`: seconds between two checkpoints of an entrant whose epochs are longer.
    `quiet`: seconds between the first moment the page can be served and the start of the workers,
    unless a race is asked for: their imports would compete with the page for the cores.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    hosts: tuple[str, ...] = ()
    data: Path = field(default_factory=default_data)
    workers: int = field(default_factory=default_workers)
    # Nicer than the server: a race must not make the page stutter on a machine with few cores.
    worker: tuple[str, ...] = (sys.executable, "-m", "core.training.worker", "--nice", "5")
    quiet: float = 3.0
    patience: Patience = Patience()
    checkpoints_every: float = 10.0
    warm: bool = True
    body_limit: int = 64 * KIB
    frame_limit: int = 64 * KIB
    sockets_per_client: int = 8
    waiting_races: int = 2

    def __post_init__(self) -> None:
        """Refuse to be open to other machines without a token."""
        if self.token is None and self.host not in LOOPBACK:
            raise Refusal(
                f"Token: expected one for a server on {self.host}, which others can reach, "
                "got none; give one, or listen on 127.0.0.1."
            )
