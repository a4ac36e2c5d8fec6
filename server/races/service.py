"""Races as people see them: start, list, command; one at a time, the next ones in a short queue."""

import asyncio
import contextlib
import logging
import secrets
import sqlite3
from collections import deque
from typing import Any

import orjson

from core.optimizers import optimizer
from core.refusal import Refusal
from core.training import Job, assign
from server.errors import Unavailable
from server.races import checkpoints
from server.races.examples import find
from server.races.executor import Capacity, Executor
from server.races.ledger import Ledger, asked
from server.races.log import Log
from server.races.orders import Order, for_worker
from server.races.racing import UNWRITTEN, Keeping, Racing, last_words
from server.races.store import FINAL, Record
from server.settings import Settings

logger = logging.getLogger("thalweg")

FROM = {"pause": ("running",), "resume": ("paused",)}
SINGLE = ("running", "paused")
INTO = {"pause": "paused", "resume": "running"}

INTERRUPTIONS = 5
"""So many ends of the server in a row without a step of the race between, and it is not resumed."""
INTERRUPTED = "The server ended while this race was under way. It goes on from its checkpoints."
GIVEN_UP = (
    f"The server ended {INTERRUPTIONS} times while this race was under way, without a step of it "
    "between. Start the race again."
)


class Races:
    """The service behind the race routes; `start` and `close` bracket its life."""

    def __init__(self, settings: Settings, log: Log, executor: Executor):
        """Use an open log and an executor that this service will start and close."""
        self._settings = settings
        self._log = log
        self._executor = executor
        self._waiting: deque[tuple[str, Ledger]] = deque()
        self._racing: Racing | None = None
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def capacity(self) -> Capacity:
        """Say what the workers can take at this moment."""
        return self._executor.capacity

    def spare(self) -> dict[str, Any]:
        """Say how many workers there are, how many are free, and how many races wait for them."""
        now = self.capacity
        return {
            "device": now.device, "workers": now.workers, "free": now.free,
            "waiting": len(self._waiting), "waiting_at_most": self._settings.waiting_races,
        }  # fmt: skip

    @property
    def device(self) -> str:
        """Say what races are computed on, for the page."""
        kind, count = self.capacity.device, self.capacity.workers
        workers = f"{count} worker" + ("" if count == 1 else "s")
        return f"{kind} · {workers}" if kind else f"{workers} starting"

    async def start(self) -> None:
        """Take up what an earlier server left unfinished, then take races, a moment later."""
        unfinished = await self._log.unfinished()
        kept = [record.id for record in unfinished]
        await asyncio.to_thread(checkpoints.remove_others, self._settings.data, kept)
        for record in unfinished:
            await self._take_up(record)
        self._task = asyncio.create_task(self._serve())

    async def _take_up(self, record: Record) -> None:
        """Queue a race again; one that was under way says so in its log."""
        ledger = Ledger.of(await self._log.take_up(record.id))
        if record.state != "queued":
            event = {"type": "interrupted", "message": INTERRUPTED}
            ledger.enter(event)
            if ledger.stale >= INTERRUPTIONS:
                await last_words(self._log, record.id, GIVEN_UP)
                await self._clear(record.id)
                return
            try:
                await self._log.append(record.id, [event], "queued")
            except (OSError, sqlite3.Error) as error:
                await last_words(self._log, record.id, UNWRITTEN.format(error=error))
                return
        self._waiting.append((record.id, ledger))

    async def close(self) -> None:
        """End the workers; the next server takes up what they leave unfinished."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._executor.close()

    async def create(self, job: Job) -> dict[str, Any]:
        """Queue a race and describe it; raises Unavailable if too many wait already."""
        if job.forks:
            raise Refusal(
                "forks: expected none in a race that is to start, got some; fork once it runs.",
                field="forks",
            )
        if len(self._waiting) >= self._settings.waiting_races:
            raise Unavailable(
                429,
                f"Race: expected at most {self._settings.waiting_races} waiting, got one more; "
                "wait for the running one to end, or stop one.",
            )
        race = secrets.token_hex(6)
        request = job.model_dump(mode="json")
        record = await self._log.create(race, request)
        self._waiting.append((race, Ledger(request)))
        self._wake.set()
        return await self._described(record)

    async def describe(self, race: str) -> dict[str, Any]:
        """Describe a race in full; raises Unavailable (404) for an unknown one."""
        return await self._described(await self._known(race))

    async def recent(self) -> list[dict[str, Any]]:
        """List the newest races, newest first, in brief."""
        return [_brief(record) for record in await self._log.races()]

    async def command(self, race: str, order: Order) -> dict[str, Any]:
        """Carry a command out; give the race's state and what the workers acknowledged.

        `step` is where each entrant stands; for one entrant, `event` is what the log says of it.
        """
        record = await self._known(race)
        wanted = SINGLE if order.single else FROM.get(order.command)
        if record.state in FINAL or (wanted is not None and record.state not in wanted):
            raise Unavailable(
                409,
                f"{order.command}: expected a race that is "
                f"{' or '.join(wanted) if wanted else 'under way'}, "
                f"got one that is {record.state}; nothing was done.",
                field="command",
            )
        racing = self._racing if self._racing and self._racing.id == race else None
        if racing is None:
            return await self._withdraw(race)
        event: dict[str, Any] = {}
        if order.single:
            event = {"event": await racing.order(for_worker(order, racing.ledger))}
        else:
            await self._all(racing, order.command)
        state = (await self._known(race)).state
        return {"state": state, "step": racing.ledger.steps, **event}

    async def _all(self, racing: Racing, command: str) -> None:
        """Send a command to all workers and wait for them; raises Unavailable (503)."""
        patience = self._settings.patience
        after = await self._log.last(racing.id)
        await racing.send(command)
        if await self._reaches(racing.id, INTO.get(command), patience.acknowledge, after):
            return
        if command == "stop":
            await racing.end()
            if await self._reaches(racing.id, None, patience.grace + 1, after):
                return
        raise Unavailable(
            503,
            f"{command}: expected the workers to acknowledge within "
            f"{patience.acknowledge:g} s, got no answer; try again, or stop.",
            field="command",
        )

    async def _withdraw(self, race: str) -> dict[str, Any]:
        """Stop a race that still waits in the queue."""
        ledger = next((its for id_, its in self._waiting if id_ == race), None)
        self._waiting = deque(pair for pair in self._waiting if pair[0] != race)
        steps = ledger.steps if ledger and ledger.begun else {}
        await self._log.append(race, [{"type": "stopped", "step": steps}], "stopped")
        await self._clear(race)
        return {"state": "stopped", "step": steps}

    async def _reaches(self, race: str, state: str | None, seconds: float, after: int) -> bool:
        """Wait until a race is in `state` (None: over), reading from `after`; False: in no time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                async with contextlib.aclosing(self._log.events(race, after)) as batches:
                    async for batch in batches:
                        if batch.state == state or batch.state in FINAL:
                            return True
        return False

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
                "repeat": repeat,
                "name": entry["name"],
                "title": optimizer(entry["name"]).title,
                "hyperparameters": {key: entry[key] for key in entry if key != "name"},
            }
            for entrant, (entry, repeat) in enumerate(asked(request))
        ]
        last = await self._log.last(record.id)
        queue = await self._queue(record.id)
        return {**_brief(record), "entrants": entrants, "last_seq": last, "queue": queue}

    async def _queue(self, race: str) -> dict[str, Any] | None:
        """Say which place a race has in the queue, and what must end before it starts."""
        waiting = [id_ for id_, _ in self._waiting]
        if race not in waiting:
            return None
        place = waiting.index(race)
        ahead = [*([self._racing.id] if self._racing else []), *waiting[:place]]
        records = [await self._log.race(each) for each in ahead]
        told = [
            {"id": each.id, "number": each.number, "state": each.state} for each in records if each
        ]
        return {"place": place + 1, "of": len(waiting), "ahead": told}

    async def _serve(self) -> None:
        """Start the workers, then run the races one after another."""
        if not self._waiting:  # one that was interrupted goes on at once
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._settings.quiet):
                    await self._wake.wait()
        await self._executor.start()
        while True:
            while self._waiting:
                await self._race(*self._waiting.popleft())
            self._wake.clear()
            await self._wake.wait()

    async def _race(self, race: str, ledger: Ledger) -> None:
        folder = checkpoints.folder(self._settings.data, race)
        try:
            if not ledger.running:  # only its last word was missing
                await self._log.append(race, [{"type": "finished"}], "finished")
            else:
                shares = assign(Job.read(ledger.job), self.capacity.workers, ledger.running)
                keeping = Keeping(folder, self._settings.checkpoints_every)
                patience = self._settings.patience
                self._racing = Racing(race, ledger, shares, self._log, patience, keeping)
                await self._racing.run(self._executor)
        except (OSError, sqlite3.Error) as error:
            logger.exception("race %s", race)
            await last_words(self._log, race, UNWRITTEN.format(error=error))
        except Refusal as refused:  # it was asked of a server of another version
            await last_words(self._log, race, refused.sentence)
        finally:
            self._racing = None
        await self._clear(race)

    async def _clear(self, race: str) -> None:
        """Remove what only a race under way needs."""
        folder = checkpoints.folder(self._settings.data, race)
        await asyncio.to_thread(checkpoints.remove, folder)


def _brief(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "number": record.number,
        "state": record.state,
        "created": record.created,
        "race": orjson.loads(record.request),
    }
