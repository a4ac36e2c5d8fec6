"""The log of races: an event is written, then published; readers continue exactly where they were.

SQLite is the one source of truth. Reading is "rows after seq, else wait", so that there is no
second history that could disagree: a reader that was away, that is slow or that came late takes the
same path. A slow reader gets larger batches, never a queue of its own.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import orjson

from server.answers import encode
from server.races.examples import Example
from server.races.lock import FolderLock
from server.races.store import FINAL, Record, Store

BATCH = 500
"""Most events in one batch."""

TAIL = 4096
"""So many of a live race's newest events are answered from memory: hundreds of watchers must not
mean hundreds of queries for the same rows."""

Event = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive events as JSON texts, and the race's state; `final`: no event will follow."""

    events: Sequence[str]
    state: str
    final: bool

    def json(self) -> str:
        """Encode as `{"events": [...], "state": ...}`."""
        return f'{{"events":[{",".join(self.events)}],"state":"{self.state}"}}'


@dataclass
class _Live:
    """A race that still grows: its state, the seq of its last event, the newest events' texts."""

    state: str
    last: int
    tail: list[str] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def read(self, after: int) -> list[str] | None:
        """Take the events after `after` from memory; None if they reach further back."""
        start = len(self.tail) - (self.last - after)
        return self.tail[start : start + BATCH] if start >= 0 else None


class Log:
    """Opened with `await Log.open(folder)`; all methods belong to the event loop's thread."""

    def __init__(self, lock: FolderLock, thread: ThreadPoolExecutor, store: Store):
        """Use `Log.open`."""
        self._lock = lock
        self._thread = thread
        self._store = store
        self._live: dict[str, _Live] = {}
        self._writing = asyncio.Lock()

    @classmethod
    async def open(cls, folder: Path) -> "Log":
        """Open the log of a data folder; raises Refusal if another server holds it."""
        lock = FolderLock(folder)
        thread = ThreadPoolExecutor(1, thread_name_prefix="log")
        loop = asyncio.get_running_loop()
        try:
            store = await loop.run_in_executor(thread, Store, folder / "races.sqlite")
        except BaseException:
            thread.shutdown()
            lock.release()
            raise
        return cls(lock, thread, store)

    async def close(self) -> None:
        """Finish what is being written and let go of the folder."""
        await self._run(self._store.close)
        self._thread.shutdown()
        self._lock.release()

    async def create(self, race: str, request: Event) -> Record:
        """Enter a race in state `queued`, with the event that says so."""
        event = encode({"seq": 1, "type": "queued", "race": request}).decode()
        record = await self._run(self._store.create, race, encode(request).decode(), event)
        self._live[race] = _Live(record.state, 1, [event])
        return record

    async def keep(self, race: str, example: Example) -> Record:
        """Enter a race that was run elsewhere, finished as it is; once, whoever asks first."""
        async with self._writing:
            known = await self._run(self._store.race, race)
            if known is not None:
                return known
            events = [{"seq": seq, **event} for seq, event in enumerate(example.events, 1)]
            request = encode(example.events[0]["race"]).decode()
            texts = [encode(event).decode() for event in events]
            return await self._run(self._store.keep, race, example.created, request, texts)

    async def append(self, race: str, events: Sequence[Event], state: str | None = None) -> None:
        """Write events, numbered on from the last, and a new state; then wake the readers.

        Shielded: a caller that is cancelled meanwhile leaves the events both written and published,
        or neither.
        """
        await asyncio.shield(asyncio.ensure_future(self._append(race, events, state)))

    async def _append(self, race: str, events: Sequence[Event], state: str | None) -> None:
        async with self._writing:
            live = self._live.get(race)
            if live is None:
                record = await self._run(self._store.race, race)
                if record is None or record.final:
                    raise ValueError(f"expected a race that is not over, got {race}")
                live = self._live[race] = _Live(
                    record.state, await self._run(self._store.last, race)
                )
            texts = [
                encode({"seq": live.last + 1 + i, **event}).decode()
                for i, event in enumerate(events)
            ]
            await self._run(self._store.append, race, live.last + 1, texts, state)
            live.tail += texts
            live.last += len(texts)
            live.state = state or live.state
            if len(live.tail) > 2 * TAIL:
                del live.tail[:-TAIL]
            if live.state in FINAL:
                del self._live[race]
            live.changed.set()
            live.changed = asyncio.Event()

    async def take_up(self, race: str) -> list[Event]:
        """Give all events of an unfinished race of an earlier server; from now on it may grow."""
        record = await self._run(self._store.race, race)
        if record is None or record.final:
            raise ValueError(f"expected a race that is not over, got {race}")
        last = await self._run(self._store.last, race)
        self._live[race] = _Live(record.state, last)
        texts = await self._run(self._store.events, race, 0, last)
        return await asyncio.to_thread(lambda: [orjson.loads(text) for text in texts])

    def give_up(self, race: str) -> None:
        """Count a race as failed as long as this server runs, where that cannot be written.

        Its readers are let go; the next server finds it unfinished, and says so in the log.
        """
        live = self._live[race]
        live.state = "failed"
        live.changed.set()

    async def race(self, race: str) -> Record | None:
        """Look a race up."""
        record = await self._run(self._store.race, race)
        live = self._live.get(race)
        return replace(record, state=live.state) if record and live else record

    async def races(self, limit: int = 50) -> list[Record]:
        """List the newest races, newest first."""
        return await self._run(self._store.races, limit)

    async def unfinished(self) -> list[Record]:
        """List races without a final state, oldest first."""
        return await self._run(self._store.unfinished)

    async def last(self, race: str) -> int:
        """Return the seq of a race's last event; 0 for an unknown race."""
        live = self._live.get(race)
        return live.last if live else await self._run(self._store.last, race)

    async def events(self, race: str, after: int) -> AsyncGenerator[Batch, None]:
        """Yield every event after seq `after`, each once and in order, until the race is over.

        The first batch comes at once, even when it is empty; further ones as events are published.
        """
        first = True
        while True:
            # The signal is taken before the rows: what is published in between sets it.
            live = self._live.get(race)
            changed = live.changed if live else None
            batch = await self._read(race, after, live)
            if batch.events or first or batch.final:
                yield batch
            if batch.final:
                return
            after += len(batch.events)
            first = False
            if not batch.events and changed is not None:
                await changed.wait()

    async def _read(self, race: str, after: int, live: _Live | None) -> Batch:
        if live is not None:
            state, last = live.state, live.last
            texts = live.read(after)
            if texts is None:
                texts = await self._run(self._store.events, race, after, BATCH)
            return Batch(texts, state, state in FINAL and after + len(texts) >= last)
        record = await self._run(self._store.race, race)
        if record is None:
            raise ValueError(f"expected a race in the log, got {race}")
        texts = await self._run(self._store.events, race, after, BATCH)
        over = record.final and after + len(texts) >= await self._run(self._store.last, race)
        return Batch(texts, record.state, over)

    async def _run(self, call: Callable[..., T], *arguments: Any) -> T:
        """Run one call on the log's own thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, partial(call, *arguments))
