"""Where races are computed: an executor places one share of a race on one worker.

A share is a subset of a race's entrants. This protocol is all that the race service knows; another
executor may place shares on other machines.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Any, Protocol

Event = dict[str, Any]


class Lost(Exception):  # noqa: N818 - it names what happened to the share
    """No worker can take the share; the message says why, as half a sentence."""


class Run(Protocol):
    """A share that was placed on a worker.

    Iterating gives the worker's events; the last is always
    {"type": "exit", "outcome": "finished" | "stopped" | "failed" | "died", "message"}.
    """

    def __aiter__(self) -> AsyncIterator[Event]:
        """Iterate over the events, once."""
        ...

    async def send(self, command: str) -> None:
        """Pass on "pause", "resume" or "stop"; the acknowledgement comes as an event."""
        ...

    async def end(self, cause: str) -> None:
        """End the worker for a stated cause, gently and then by force; an `exit` follows."""
        ...


class Executor(Protocol):
    """A pool of workers."""

    @property
    def workers(self) -> int:
        """How many shares can run at once."""
        ...

    @property
    def device(self) -> str | None:
        """What the workers compute on, such as "CPU"; None until one has said so."""
        ...

    async def start(self) -> None:
        """Begin to start the workers; does not wait for them."""
        ...

    async def run(self, job: Event, entrants: Sequence[int]) -> Run:
        """Place a share on a free worker, waiting for one; raises Lost if none can be had."""
        ...

    async def close(self) -> None:
        """End all workers; no process is left. A second call does nothing."""
        ...
