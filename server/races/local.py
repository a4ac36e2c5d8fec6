"""The executor of a single machine: resident, warm worker processes, replaced when they die."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence

from server.races.executor import Capacity, Event, Lost
from server.races.supervise import Child, Death
from server.settings import Settings, gpus

logger = logging.getLogger("thalweg")

ATTEMPTS = 5
"""So many workers in a row may die before they are ready; then the seat stays empty until the next
race asks for it."""

BACKLOG = 1000
"""Events a share may hold before its worker has to wait."""


class LocalRun:
    """A share on a local worker; see `executor.Run`."""

    def __init__(self, seat: "Seat"):
        """Open the share's stream of events."""
        self._seat = seat
        self._events: asyncio.Queue[Event] = asyncio.Queue(BACKLOG)

    async def put(self, event: Event) -> None:
        """Add an event, waiting while the reader is far behind."""
        await self._events.put(event)

    async def __aiter__(self) -> AsyncIterator[Event]:
        """Iterate over the events, up to and including `exit`."""
        while True:
            event = await self._events.get()
            yield event
            if event["type"] == "exit":
                return

    async def send(self, order: Event) -> None:
        """Pass an order on, as long as the worker still has this share."""
        if self._seat.run is self:
            await self._seat.child.send(order)

    async def end(self, cause: str) -> None:
        """End the worker, as long as it still has this share."""
        if self._seat.run is self:
            await self._seat.child.end(cause)


class Seat:
    """A place for one worker: starts it, hears it, starts the next one when it dies."""

    def __init__(self, number: int, settings: Settings, changed: asyncio.Condition):
        """Describe the seat; `changed` is notified when it becomes free or empty."""
        self._number = number
        self._command = settings.worker
        self._patience = settings.patience
        self._changed = changed
        self._revive = asyncio.Event()
        self._paused = self._closing = False
        self.device: str | None = None
        self.ready = False
        self.broken: Death | None = None
        self.run: LocalRun | None = None
        self.child = self._new_child()

    def _new_child(self) -> Child:
        cards = gpus()
        environment = {"CUDA_VISIBLE_DEVICES": str(self._number % cards)} if cards > 1 else {}
        return Child(self._command, self._heard, self._patience, environment)

    async def live(self) -> None:
        """Keep a worker in the seat, until it is closed."""
        failures = 0
        while not self._closing:
            self.child = self._new_child()
            self.child.expect(self._patience.start)
            death = await self.child.supervise()
            was_ready, self.ready = self.ready, False
            if self._closing:
                return
            logger.warning("worker %d %s", self._number + 1, death.cause)
            if self.run is not None:
                await self._leave({"outcome": "died", "message": death.cause})
            failures = 0 if was_ready else failures + 1
            if failures >= ATTEMPTS:
                self.broken = death
                self._revive.clear()
                await self._notify()
                await self._revive.wait()
                self.broken, failures = None, 0
            await asyncio.sleep(min(0.05 * 2**failures, 2.0))

    async def close(self) -> None:
        """Dismiss the worker, and put no other in its place."""
        self._closing = True
        await self.child.dismiss(self._patience.closing)

    def revive(self) -> None:
        """Try again to fill a seat that was given up."""
        self._revive.set()

    async def race(self, share: Event) -> LocalRun:
        """Give the share to the worker in the seat, which is free."""
        run = self.run = LocalRun(self)
        self._paused = False
        self.child.expect(self._patience.first)
        await self.child.send({"command": "race", **share})
        return run

    async def _heard(self, event: Event) -> None:
        """Take one event of the worker."""
        match event["type"]:
            case "ready":
                self.device = str(event.get("device", "CPU"))
                self.ready = True
                self.child.expect(None)
                await self._notify()
            case "heartbeat":
                pass
            case "idle":
                self.child.expect(None)
                if self.run is not None:
                    outcome = event.get("outcome", "failed")
                    await self._leave({"outcome": outcome, "message": event.get("message")})
            case kind:
                self._paused = kind == "paused" or (self._paused and kind != "resumed")
                self.child.expect(None if self._paused else self._patience.step)
                if self.run is not None:
                    await self.run.put(event)

    async def _leave(self, ending: Event) -> None:
        """Close the share's stream and free the seat."""
        run, self.run = self.run, None
        assert run is not None
        await run.put({"type": "exit", **ending})
        await self._notify()

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()


class LocalExecutor:
    """See `executor.Executor`."""

    def __init__(self, settings: Settings):
        """Describe the pool; `start` fills it."""
        self._changed = asyncio.Condition()
        self._patience = settings.patience
        self._seats = [Seat(i, settings, self._changed) for i in range(settings.workers)]
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def capacity(self) -> Capacity:
        """What it can take at this moment: seats that were given up do not count."""
        return Capacity(
            workers=sum(seat.broken is None for seat in self._seats) or 1,
            free=sum(seat.ready and seat.run is None for seat in self._seats),
            device=next((seat.device for seat in self._seats if seat.device), None),
        )

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers, for tests and for people who look."""
        return [pid for seat in self._seats if (pid := seat.child.pid) is not None]

    async def start(self) -> None:
        """Begin to fill the seats, each in a task of its own."""
        if not self._tasks:
            self._tasks = [asyncio.create_task(seat.live()) for seat in self._seats]

    async def run(self, job: Event, entrants: Sequence[int], keep: Event | None = None) -> LocalRun:
        """Place a share on a free worker."""
        share = {"job": job, "entrants": list(entrants), "keep": keep}
        for seat in self._seats:
            seat.revive()
        async with self._changed:
            while True:
                free = next((seat for seat in self._seats if seat.ready and not seat.run), None)
                if free is not None:
                    return await free.race(share)
                causes = [seat.broken.cause for seat in self._seats if seat.broken]
                if len(causes) == len(self._seats):
                    raise Lost(causes[0])
                await self._changed.wait()

    async def close(self) -> None:
        """End all workers together, then the tasks that kept them."""
        await asyncio.gather(*(seat.close() for seat in self._seats))
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._tasks = []
