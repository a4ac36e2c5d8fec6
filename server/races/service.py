"""Races as people see them: start, list, command; one at a time, the next ones in a short queue."""

import asyncio
import contextlib
import logging
import secrets
import sqlite3
from collections import deque
from typing import Any, Literal

import orjson

from core.optimizers import optimizer
from core.training import Job, assign
from server.errors import Unavailable
from server.races.examples import find
from server.races.executor import Executor
from server.races.log import Log
from server.races.racing import UNWRITTEN, Racing, last_words
from server.races.store import FINAL, Record
from server.settings import Settings

logger = logging.getLogger("thalweg")

Command = Literal["pause", "resume", "stop"]
FROM: dict[Command, str] = {"pause": "running", "resume": "paused"}
INTO: dict[Command, str] = {"pause": "paused", "resume": "running"}

RESTARTED = "The server ended while this race was under way. Start the race again."


class Races:
    """The service behind the race routes; `start` and `close` bracket its life."""

    def __init__(self, settings: Settings, log: Log, executor: Executor):
        """Use an open log and an executor that this service will start and close."""
        self._settings = settings
        self._log = log
        self._executor = executor
        self._waiting: deque[tuple[str, Job]] = deque()
        self._racing: Racing | None = None
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def device(self) -> str:
        """Say what races are computed on, for the page."""
        kind, count = self._executor.device, self._executor.workers
        workers = f"{count} worker" + ("" if count == 1 else "s")
        return f"{kind} · {workers}" if kind else f"{workers} starting"

    async def start(self) -> None:
        """Mark what an earlier server left unfinished, then take races, a moment later."""
        for record in await self._log.unfinished():
            await last_words(self._log, record.id, RESTARTED, "interrupted")
        self._task = asyncio.create_task(self._serve())

    async def close(self) -> None:
        """End the workers and mark what they leave unfinished."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._executor.close()
        for record in await self._log.unfinished():
            await last_words(self._log, record.id, RESTARTED, "interrupted")

    async def create(self, job: Job) -> dict[str, Any]:
        """Queue a race and describe it; raises Unavailable if too many wait already."""
        if len(self._waiting) >= self._settings.waiting_races:
            raise Unavailable(
                429,
                f"Race: expected at most {self._settings.waiting_races} waiting, got one more; "
                "wait for the running one to end, or stop one.",
            )
        race = secrets.token_hex(6)
        record = await self._log.create(race, job.model_dump(mode="json"))
        self._waiting.append((race, job))
        self._wake.set()
        return await self._described(record)

    async def describe(self, race: str) -> dict[str, Any]:
        """Describe a race in full; raises Unavailable (404) for an unknown one."""
        return await self._described(await self._known(race))

    async def recent(self) -> list[dict[str, Any]]:
        """List the newest races, newest first, in brief."""
        return [_brief(record) for record in await self._log.races()]

    async def command(self, race: str, command: Command) -> str:
        """Pause, resume or stop a race; return its state once the workers have acknowledged."""
        record = await self._known(race)
        wanted = FROM.get(command)
        if record.state in FINAL or (wanted is not None and record.state != wanted):
            raise Unavailable(
                409,
                f"{command}: expected a race that is {wanted or 'under way'}, "
                f"got one that is {record.state}; nothing was done.",
                field="command",
            )
        if self._racing is None or self._racing.id != race:
            return await self._withdraw(race, command)
        await self._racing.send(command)
        if await self._reaches(race, INTO.get(command), self._settings.patience.acknowledge):
            return await self._state(race)
        if command == "stop":
            await self._racing.end()
            if await self._reaches(race, None, self._settings.patience.grace + 1):
                return await self._state(race)
        raise Unavailable(
            503,
            f"{command}: expected the workers to acknowledge within "
            f"{self._settings.patience.acknowledge:g} s, got no answer; try again, or stop.",
            field="command",
        )

    async def _withdraw(self, race: str, command: Command) -> str:
        """Stop a race that still waits in the queue."""
        self._waiting = deque(pair for pair in self._waiting if pair[0] != race)
        await self._log.append(race, [{"type": "stopped", "step": {}}], "stopped")
        return "stopped"

    async def _reaches(self, race: str, state: str | None, seconds: float) -> bool:
        """Wait until a race is in `state` (None: over); False if it ends otherwise or in time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                after = await self._log.last(race)
                async with contextlib.aclosing(self._log.events(race, after)) as batches:
                    async for batch in batches:
                        if batch.state == state or batch.state in FINAL:
                            return True
        return False

    async def _state(self, race: str) -> str:
        return (await self._known(race)).state

    async def _known(self, race: str) -> Record:
        """Look a race up; raises Unavailable (404)."""
        record = await self._log.race(race)
        if record is None and (example := await asyncio.to_thread(find, race)) is not None:
            record = await self._log.keep(race, example)
        if record is None:
            raise Unavailable(
                404,
                f"Race: expected the id of a race in this server's log, got {race[:40]!r}; "
                "GET /api/races lists them.",
                field="id",
            )
        return record

    async def _described(self, record: Record) -> dict[str, Any]:
        request = orjson.loads(record.request)
        entrants = [
            {
                "entrant": entrant,
                "name": entry["name"],
                "title": optimizer(entry["name"]).title,
                "hyperparameters": {key: entry[key] for key in entry if key != "name"},
            }
            for entrant, entry in enumerate(request["optimizers"])
        ]
        last = await self._log.last(record.id)
        return {**_brief(record), "entrants": entrants, "last_seq": last}

    async def _serve(self) -> None:
        """Start the workers, then run the races one after another."""
        await asyncio.sleep(self._settings.workers_after)
        await self._executor.start()
        while True:
            while self._waiting:
                race, job = self._waiting.popleft()
                await self._race(race, job)
            self._wake.clear()
            await self._wake.wait()

    async def _race(self, race: str, job: Job) -> None:
        shares = assign(job, self._executor.workers)
        self._racing = Racing(
            race, job.model_dump(mode="json"), shares, self._log, self._settings.patience
        )
        try:
            await self._racing.run(self._executor)
        except (OSError, sqlite3.Error) as error:
            logger.exception("race %s", race)
            await last_words(self._log, race, UNWRITTEN.format(error=error), "failed")
        finally:
            self._racing = None


def _brief(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "number": record.number,
        "state": record.state,
        "created": record.created,
        "race": orjson.loads(record.request),
    }
