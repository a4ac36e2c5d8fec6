"""What every executor must do, told by real training: one process and one thread are held to it.

Another executor joins with a line in PLACES; how its workers are made to die is all it must say.
"""

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.training import Job, train
from server.races.executor import Event, Executor, Run
from server.races.ledger import Ledger
from server.races.local import LocalExecutor
from tests.chaos.judge import losses
from tests.chaos.serve import COLD
from tests.server.jobs import fake_settings
from tests.server.thread_executor import ThreadExecutor

JOB: Event = {"dataset": "shapes", "train_size": 256, "batch_size": 32, "epochs": 3,
              "optimizers": [{"name": "adam"}, {"name": "momentum"}]}  # fmt: skip
LONG: Event = {**JOB, "epochs": 200}
PATIENCE = 150

Kill = Callable[[Any, Any], Awaitable[None]]


async def kill_process(executor: LocalExecutor, run: Run) -> None:
    os.kill(executor.pids[0], 9)


async def kill_thread(executor: ThreadExecutor, run: Run) -> None:
    await run.end("was killed")


def process(folder: Path) -> LocalExecutor:
    return LocalExecutor(fake_settings(folder, workers=1, worker=COLD))


def thread(folder: Path) -> ThreadExecutor:
    return ThreadExecutor()


PLACES: dict[str, tuple[Callable[[Path], Any], Kill]] = {
    "process": (process, kill_process),
    "thread": (thread, kill_thread),
}


class Place:
    """An executor in a loop of its own, for all tests of this file."""

    def __init__(self, name: str, folder: Path) -> None:
        self._runner = asyncio.Runner()
        make, self.kill = PLACES[name]
        self.executor: Executor = self.play(self._make(make, folder))

    async def _make(self, make: Callable[[Path], Any], folder: Path) -> Executor:
        executor: Executor = make(folder)
        await executor.start()
        return executor

    def play(self, story: Any) -> Any:
        """Run a story; it may take long on a loaded machine, and never for ever."""
        return self._runner.run(asyncio.wait_for(story, PATIENCE))

    def close(self) -> None:
        for _ in range(2):
            self.play(self.executor.close())
        self._runner.close()


@pytest.fixture(scope="module", params=PLACES)
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    made = Place(request.param, tmp_path_factory.mktemp("place"))
    yield made
    made.close()


async def collect(run: Run) -> list[Event]:
    return [event async for event in run]


async def until(events: Any, kind: str) -> list[Event]:
    """Read up to and including the first event of a type."""
    found: list[Event] = []
    while not found or found[-1]["type"] != kind:
        found.append(await anext(events))
    return found


def test_a_share_is_trained_as_anywhere_and_ends_with_one_exit(place: Place) -> None:
    async def story() -> None:
        events = await collect(await place.executor.run(JOB, [1]))
        assert [event["type"] for event in events].count("exit") == 1
        assert events[-1]["type"] == "exit"
        assert events[-1]["outcome"] == "finished"
        assert events[-2] == {"type": "finished"}
        assert {event["entrant"] for event in events if "entrant" in event} == {1}
        assert losses(events, 1) == losses(train(Job.read(JOB), [1]), 1)

    place.play(story())


def test_pause_resume_and_stop_are_told(place: Place) -> None:
    async def story() -> None:
        run = await place.executor.run(LONG, [0, 1])
        events = aiter(run)
        await until(events, "steps")
        await run.send({"command": "pause"})
        (*_, paused) = await until(events, "paused")
        assert set(paused["step"]) == {"0", "1"}
        await run.send({"command": "resume"})
        await until(events, "steps")
        await run.send({"command": "stop"})
        *_, stopped, end = await until(events, "exit")
        assert stopped["type"] == "stopped"
        assert all(stopped["step"][each] >= paused["step"][each] for each in "01")
        assert end["outcome"] == "stopped"

    place.play(story())


def test_orders_to_one_entrant_are_answered_by_their_number(place: Place) -> None:
    async def story() -> None:
        run = await place.executor.run(LONG, [0, 1])
        events = aiter(run)
        await until(events, "steps")
        about = {"entrant": 0, "hyperparameter": "lr"}
        await run.send({"command": "set", "id": 7, "value": 0.5, **about})
        assert (await until(events, "changed"))[-1]["order"] == 7
        await run.send({"command": "set", "id": 8, "value": -1, **about})
        assert (await until(events, "refused"))[-1]["order"] == 8
        fork = {"command": "fork", "id": 9, "entrant": 1, "at": None, "new": 2}
        await run.send({**fork, "optimizer": {"name": "adam"}})
        assert (await until(events, "forked"))[-1]["entrant"] == 2
        for entrant in range(3):
            await run.send({"command": "stop", "id": 10 + entrant, "entrant": entrant})
            assert (await until(events, "withdrawn"))[-1]["entrant"] == entrant
        assert (await until(events, "exit"))[-1]["outcome"] == "finished"

    place.play(story())


def test_a_share_waits_while_all_are_busy_and_one_that_gives_up_takes_no_place(
    place: Place,
) -> None:
    async def story() -> None:
        first = await place.executor.run(LONG, [0])
        assert place.executor.capacity.free == 0
        assert place.executor.capacity.workers == 1
        given_up = asyncio.create_task(place.executor.run(JOB, [0]))  # type: ignore[arg-type]
        waiting = asyncio.create_task(place.executor.run(JOB, [1]))  # type: ignore[arg-type]
        events = aiter(first)
        await until(events, "steps")
        assert not given_up.done()
        assert not waiting.done()
        given_up.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await given_up
        await first.send({"command": "stop"})
        await until(events, "exit")
        assert (await collect(await waiting))[-1]["outcome"] == "finished"
        assert place.executor.capacity.device is not None

    place.play(story())


def test_a_job_that_cannot_be_run_fails_with_its_sentence(place: Place) -> None:
    async def story() -> None:
        (end,) = await collect(await place.executor.run({**JOB, "dataset": "imagenet"}, [0]))
        assert (end["type"], end["outcome"]) == ("exit", "failed")
        assert end["message"].startswith("Expected a data set")

    place.play(story())


def test_a_worker_that_dies_says_so_and_another_goes_on_where_it_was(
    place: Place, tmp_path: Path
) -> None:
    def keep(ledger: Ledger) -> Event:
        return {"folder": str(tmp_path), "every": 0.0, "standing": ledger.standing([0])}

    async def story() -> None:
        job = {**JOB, "epochs": 20}
        ledger = Ledger(job)
        run = await place.executor.run(job, [0], keep(ledger))
        told: list[Event] = []
        async for event in run:
            told += [new] if (new := ledger.enter(event)) else []
            if ledger.accounts[0].step >= 40 and event["type"] == "checkpoint":
                await place.kill(place.executor, run)
        assert (event["type"], event["outcome"]) == ("exit", "died")
        assert event["message"]
        again = await place.executor.run(job, [0], keep(ledger))
        events = await collect(again)
        assert events[0]["from"]["0"] in ledger.accounts[0].checkpoints
        told += [new for event in events if (new := ledger.enter(event))]
        assert losses(told, 0) == losses(train(Job.read(job), [0]), 0)

    place.play(story())


def test_a_worker_that_is_ended_gives_the_cause_and_hears_nothing_more(place: Place) -> None:
    async def story() -> None:
        run = await place.executor.run(LONG, [0])
        events = aiter(run)
        await until(events, "steps")
        await run.end("took too long")
        end = (await until(events, "exit"))[-1]
        assert (end["outcome"], end["message"]) == ("died", "took too long")
        await run.send({"command": "stop"})  # it reaches nobody, the next share least of all
        assert (await collect(await place.executor.run(JOB, [0])))[-1]["outcome"] == "finished"

    place.play(story())


@pytest.mark.parametrize("name", PLACES)
def test_closing_with_a_share_under_way_leaves_nothing(name: str, tmp_path: Path) -> None:
    place = Place(name, tmp_path)

    async def story() -> None:
        await until(aiter(await place.executor.run(LONG, [0])), "steps")

    place.play(story())
    place.close()
