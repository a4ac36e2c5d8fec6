"""Where races are computed: an executor places one share of a race on one worker.

A share is a subset of a race's entrants. This protocol is all that the race service knows; another
executor may place shares on other machines. `tests/server/conformance.py` is what it must do.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Event = dict[str, Any]


class Lost(Exception):  # noqa: N818 - it names what happened to the share
    """No worker can take the share; the message says why, as half a sentence."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many shares can run at once, for how many more there is a worker ready, and on what.

    `device` is None until a worker has said so.
    """

    workers: int
    free: int
    device: str | None


class Run(Protocol):
    """A share that was placed on a worker.

    Iterating gives the worker's events; the last is always
    {"type": "exit", "outcome": "finished" | "stopped" | "failed" | "died", "message"}.
    """

    def __aiter__(self) -> AsyncIterator[Event]:
        """Iterate over the events, once."""
        ...

    async def send(self, order: Event) -> None:
        """Pass on {"command": "pause", "resume" or "stop"}, or an order to one entrant.

        The acknowledgement comes as an event; a share that is over hears nothing.
        """
        ...

    async def end(self, cause: str) -> None:
        """End the worker for a stated cause, gently and then by force; an `exit` follows."""
        ...


class Executor(Protocol):
    """A pool of workers."""

    @property
    def capacity(self) -> Capacity:
        """What it can take at this moment."""
        ...

    async def start(self) -> None:
        """Begin to start the workers; does not wait for them."""
        ...

    async def run(self, job: Event, entrants: Sequence[int], keep: Event | None = None) -> Run:
        """Place a share on a free worker, waiting for one; raises Lost if none can be had.

        `keep` is what core.training.Keeper reads: where its checkpoints lie, and where it stands.
        """
        ...

    async def close(self) -> None:
        """End all workers; no process is left. A second call does nothing."""
        ...
