"""One race under way: its shares on their workers, their events on the way into the log."""

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from server.errors import Unavailable
from server.races import checkpoints
from server.races.executor import Event, Executor, Lost, Run
from server.races.ledger import Ledger
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
LEFT = (
    "entrant: expected one whose worker is at work, got {entrant}, whose worker has not begun, is "
    "being replaced or is done with all its entrants; wait a moment, or choose one that trains."
)
UNHEARD = (
    "{command}: expected the entrant's worker to acknowledge, got no answer; "
    "see how the race stands, and ask again."
)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where a race's checkpoints lie, and seconds between two of an entrant."""

    folder: Path
    every: float


class Racing:
    """A race from its first worker to its last event; `run` does it all, the rest asks.

    `shares` are lists of entrants, one for each worker; a fork joins its parent's list.
    """

    def __init__(
        self,
        race: str,
        ledger: Ledger,
        shares: Sequence[list[int]],
        log: Log,
        patience: Patience,
        keeping: Keeping,
    ):
        """Describe the race; nothing is placed yet."""
        self.id = race
        self.ledger = ledger
        self.merge = Merge(shares, ledger)
        self._shares = shares
        self._log = log
        self._patience = patience
        self._keeping = keeping
        self._runs: dict[int, Run] = {}
        self._pumps: dict[int, asyncio.Task[None]] = {}
        self._queued: set[int] = set()  # shares that wait for a worker
        self._heard: asyncio.Queue[tuple[int, Event]] = asyncio.Queue(1000)
        self._asked: dict[int, tuple[int, asyncio.Future[Event]]] = {}  # by id: share, answer
        self._orders = 0
        self._one = asyncio.Lock()  # two forks at once would be given one number
        self._stopping = False
        self._pausing = ledger.paused

    async def run(self, executor: Executor) -> None:
        """Place the shares and write what they say, until the race is over."""
        for share in range(len(self._shares)):
            self._place(executor, share)
        reaper: asyncio.Task[None] | None = None
        try:
            while self.merge.state not in FINAL:
                answers: list[tuple[int, Event]] = []
                events = self._take(*await self._heard.get(), answers)
                while not self._heard.empty():
                    events += self._take(*self._heard.get_nowait(), answers)
                if events:
                    await self._log.append(self.id, events, self.merge.state)
                    await self._prune(events)
                self._answer(answers)
                for share in self.merge.again:
                    self._place(executor, share)
                self.merge.again.clear()
                if self.merge.broken and reaper is None:
                    await self.send("stop")
                    reaper = asyncio.create_task(self._end_later())
                await asyncio.sleep(PULSE)
        except (OSError, sqlite3.Error):  # a race that cannot be written must not go on
            await self.end()
            raise
        finally:
            for task in (*self._pumps.values(), *([reaper] if reaper else [])):
                task.cancel()
            self._answer([(id_, {"type": "gone"}) for id_ in self._asked])

    async def send(self, command: str) -> None:
        """Pass a command to all workers; a stop also reaches shares that still wait for one."""
        self._stopping = self._stopping or command == "stop"
        self._pausing = command == "pause" if command != "stop" else self._pausing
        for share, pump in self._pumps.items():
            if share in self._runs:
                await self._runs[share].send({"command": command})
            elif command == "stop" and share in self._queued:
                pump.cancel()  # one that has not begun would end without a word; it looks by itself

    async def order(self, order: Event) -> Event:
        """Have an order to one entrant carried out; give the event that tells of it, as logged.

        Raises Unavailable: 409 if the worker refuses, 503 if it does not answer.
        """
        async with self._one:
            share = next((i for i, its in enumerate(self._shares) if order["entrant"] in its), -1)
            run = self._runs.get(share)
            if run is None:
                sentence = LEFT.format(entrant=order["entrant"])
                raise Unavailable(409, sentence, field="entrant")
            told: Event = {"type": "gone"}
            self._orders += 1
            number = self._orders
            answer: asyncio.Future[Event] = asyncio.get_running_loop().create_future()
            self._asked[number] = (share, answer)
            try:
                async with asyncio.timeout(self._patience.acknowledge):
                    await run.send({**order, "id": number})
                    told = await answer
            except TimeoutError:
                told = {"type": "gone"}
            finally:
                del self._asked[number]
        if told["type"] == "gone":
            raise Unavailable(503, UNHEARD.format(command=order["command"]), field="command")
        if told["type"] == "refused":
            raise Unavailable(409, told["message"], field="command")
        return told

    async def end(self) -> None:
        """End the workers that are still at it by force."""
        await asyncio.gather(
            *(run.end("did not stop when asked and was ended") for run in self._runs.values())
        )

    async def _end_later(self) -> None:
        """Give shares that were asked to stop their time, then end them."""
        await asyncio.sleep(self._patience.acknowledge)
        await self.end()

    def _take(self, share: int, event: Event, answers: list[tuple[int, Event]]) -> list[Event]:
        """Take one event of a share; `answers` gathers what to tell those who asked."""
        if self._stopping and event.get("outcome") == "died":
            event = {"type": "exit", "outcome": "stopped"}  # it died of being stopped
        asked = event.pop("order", None)
        if asked is not None:
            answers.append((asked, event))
        if event["type"] == "refused":
            return []
        if event["type"] == "exit":
            gone = [id_ for id_, (its, _) in self._asked.items() if its == share]
            answers += [(id_, {"type": "gone"}) for id_ in gone]
            self._runs.pop(share, None)
        if event["type"] == "forked":
            self._shares[share].append(event["entrant"])
        return self.merge.hear(share, event)

    def _answer(self, answers: list[tuple[int, Event]]) -> None:
        """Tell those who asked, after it was written."""
        for id_, event in answers:
            if id_ in self._asked and not self._asked[id_][1].done():
                self._asked[id_][1].set_result(event)

    async def _prune(self, events: list[Event]) -> None:
        """Remove checkpoints that newer ones in the log have made needless."""
        entrants = {event["entrant"] for event in events if event["type"] == "checkpoint"}
        if entrants:
            kept = {each: self.ledger.accounts[each].checkpoints for each in entrants}
            await asyncio.to_thread(checkpoints.prune, self._keeping.folder, kept)

    def _place(self, executor: Executor, share: int) -> None:
        self._pumps[share] = asyncio.create_task(self._pump(executor, share))

    async def _pump(self, executor: Executor, share: int) -> None:
        """Place one share and hand on its events; its last is always an exit."""
        ending: Event = {"type": "exit", "outcome": "lost", "message": "was lost"}
        entrants = [each for each in self._shares[share] if each in self.ledger.running]
        keep = {
            "folder": str(self._keeping.folder),
            "every": self._keeping.every,
            "standing": self.ledger.standing(entrants),
        }
        try:
            if self._stopping:
                raise asyncio.CancelledError
            self._queued.add(share)
            try:
                run = await executor.run(self.ledger.job, entrants, keep)
            finally:
                self._queued.discard(share)
            self._runs[share] = run
            if self._pausing:
                await run.send({"command": "pause"})
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


async def last_words(log: Log, race: str, message: str) -> None:
    """Write the failed event that ends a race, or give the race up without it."""
    try:
        await log.append(race, [{"type": "failed", "message": message}], "failed")
    except (OSError, sqlite3.Error):
        logger.exception("the end of race %s could not be written", race)
        with contextlib.suppress(KeyError):
            log.give_up(race)
