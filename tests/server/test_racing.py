"""One race under way, over an executor that does as it is told: the order of things that meet."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from server.races.executor import Capacity, Event
from server.races.ledger import Ledger
from server.races.log import Log
from server.races.merge import ATTEMPTS
from server.races.racing import Keeping, Racing
from server.settings import Patience

JOB: Event = {"optimizers": [{"name": "adam"}, {"name": "momentum"}]}


class Dying:
    """A share whose worker dies at once, or once it may."""

    def __init__(self, may: asyncio.Event | None) -> None:
        self._may = may

    async def __aiter__(self) -> AsyncIterator[Event]:
        if self._may:
            await self._may.wait()
        yield {"type": "exit", "outcome": "died", "message": "was killed"}

    async def send(self, order: Event) -> None:
        pass

    async def end(self, cause: str) -> None:
        pass


class Deadly:
    """All workers die; that of the first share for the first time with the second's second one."""

    capacity = Capacity(2, 2, "CPU")

    def __init__(self) -> None:
        self.placed: list[int] = []
        self._second = asyncio.Event()

    async def start(self) -> None:
        pass

    async def run(self, job: Event, entrants: Sequence[int], keep: Event | None = None) -> Dying:
        (entrant,) = entrants
        self.placed.append(entrant)
        if self.placed.count(1) == 2:
            self._second.set()
        return Dying(self._second if self.placed == [0] else None)

    async def close(self) -> None:
        pass


def test_a_share_that_dies_as_the_race_is_given_up_does_not_hold_it(tmp_path: Path) -> None:
    """Its next place and the stop of all are decided in the same moment."""

    async def story() -> tuple[str, list[int]]:
        log = await Log.open(tmp_path)
        record = await log.create("race", JOB)
        executor = Deadly()
        keeping = Keeping(tmp_path / "checkpoints", 10.0)
        racing = Racing(record.id, Ledger(JOB), [[0], [1]], log, Patience(), keeping)
        try:
            async with asyncio.timeout(30):
                await racing.run(executor)
        finally:
            await log.close()
        return racing.merge.state, executor.placed

    state, placed = asyncio.run(story())
    assert state == "failed"
    assert (placed.count(0), placed.count(1)) == (ATTEMPTS - 1, ATTEMPTS)
