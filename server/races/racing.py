"""One race under way: its shares on their workers, their events on the way into the log."""

import asyncio
import logging
import sqlite3
from collections.abc import Sequence

from server.races.executor import Event, Executor, Lost, Run
from server.races.log import Log
from server.races.merge import Merge
from server.races.store import FINAL
from server.settings import Patience

logger = logging.getLogger("thalweg")

PULSE = 0.05
"""Seconds between two writes: events that come closer together share a transaction."""

UNWRITTEN = (
    "The log of races could not be written ({error}), so the race was stopped. Make room on the "
    "disk and start it again."
)


class Racing:
    """A race from its first worker to its last event; `run` does it all, the rest asks."""

    def __init__(
        self, race: str, job: Event, shares: Sequence[Sequence[int]], log: Log, patience: Patience
    ):
        """Describe the race; nothing is placed yet."""
        self.id = race
        self.merge = Merge(shares)
        self._job = job
        self._shares = shares
        self._log = log
        self._patience = patience
        self._runs: dict[int, Run] = {}
        self._pumps: list[asyncio.Task[None]] = []
        self._heard: asyncio.Queue[tuple[int, Event]] = asyncio.Queue(1000)
        self._stopping = False

    async def run(self, executor: Executor) -> None:
        """Place the shares and write what they say, until the race is over."""
        self._pumps = [
            asyncio.create_task(self._pump(executor, share)) for share in range(len(self._shares))
        ]
        reaper: asyncio.Task[None] | None = None
        try:
            while self.merge.state not in FINAL:
                events = self._take(*await self._heard.get())
                while not self._heard.empty():
                    events += self._take(*self._heard.get_nowait())
                if events:
                    await self._log.append(self.id, events, self.merge.state)
                if self.merge.broken and reaper is None:
                    await self.send("stop")
                    reaper = asyncio.create_task(self._end_later())
                await asyncio.sleep(PULSE)
        except (OSError, sqlite3.Error):  # a race that cannot be written must not go on
            await self.end()
            raise
        finally:
            for task in (*self._pumps, *([reaper] if reaper else [])):
                task.cancel()

    async def send(self, command: str) -> None:
        """Pass a command to all workers; a stop also reaches shares that still wait for one."""
        self._stopping = self._stopping or command == "stop"
        for share, pump in enumerate(self._pumps):
            if share in self._runs:
                await self._runs[share].send(command)
            elif command == "stop":
                pump.cancel()

    async def end(self) -> None:
        """End the workers that are still at it by force."""
        await asyncio.gather(
            *(run.end("did not stop when asked and was ended") for run in self._runs.values())
        )

    async def _end_later(self) -> None:
        """Give shares that were asked to stop their time, then end them."""
        await asyncio.sleep(self._patience.acknowledge)
        await self.end()

    def _take(self, share: int, event: Event) -> list[Event]:
        if self._stopping and not self.merge.broken and event.get("outcome") == "died":
            event = {"type": "exit", "outcome": "stopped"}  # it died of being stopped
        return self.merge.hear(share, event)

    async def _pump(self, executor: Executor, share: int) -> None:
        """Place one share and hand on its events; its last is always an exit."""
        ending: Event = {"type": "exit", "outcome": "died", "message": "was lost"}
        try:
            run = await executor.run(self._job, self._shares[share])
            self._runs[share] = run
            async for event in run:
                await self._heard.put((share, event))
            return
        except Lost as lost:
            ending["message"] = f"could not be had: it {lost}"
        except asyncio.CancelledError:
            if not self._stopping:
                raise
            ending["outcome"] = "stopped"
        except Exception:  # an executor's own fault must end the race, not freeze it
            logger.exception("share %d of race %s", share + 1, self.id)
        await self._heard.put((share, ending))


async def last_words(log: Log, race: str, message: str, state: str) -> None:
    """Write the failed event that ends a race in `state`, or give the race up without it."""
    try:
        await log.append(race, [{"type": "failed", "message": message}], state)
    except (OSError, sqlite3.Error):
        logger.exception("the end of race %s could not be written", race)
        log.give_up(race)
