"""The log: contiguous, durable, and continued exactly from anywhere."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from core.refusal import Refusal
from server.races import log as module
from server.races.lock import FolderLock
from server.races.log import Log

ROOT = Path(__file__).parents[2]


def run(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(story, 60))


async def everything(log: Log, race: str, after: int) -> list[dict[str, Any]]:
    """Read until the race is over."""
    return [json.loads(text) async for batch in log.events(race, after) for text in batch.events]


async def write(log: Log, race: str, count: int, final: bool = True) -> None:
    await log.append(race, [{"type": "started"}], "running")
    for value in range(count):
        await log.append(race, [{"type": "steps", "value": value}])
    if final:
        await log.append(race, [{"type": "finished"}], "finished")


def test_continuation_from_every_seq_live_and_later(tmp_path: Path) -> None:
    async def story() -> None:
        log = await Log.open(tmp_path)
        await log.create("a", {"epochs": 1})
        reading = [asyncio.create_task(everything(log, "a", after)) for after in (0, 0, 1)]
        await write(log, "a", 40)
        whole = await everything(log, "a", 0)
        assert [event["seq"] for event in whole] == list(range(1, 44))
        assert whole[0] == {"seq": 1, "type": "queued", "race": {"epochs": 1}}
        assert await reading[0] == await reading[1] == whole
        assert await reading[2] == whole[1:]
        for after in range(44):
            assert await everything(log, "a", after) == whole[after:]
        await log.close()

    run(story())


def test_readers_that_join_while_it_is_written_miss_nothing(tmp_path: Path) -> None:
    async def story() -> None:
        log = await Log.open(tmp_path)
        await log.create("a", {})
        readers: list[tuple[int, asyncio.Task[list[dict[str, Any]]]]] = []
        await log.append("a", [{"type": "started"}], "running")
        for value in range(60):
            after = await log.last("a")
            readers.append((after, asyncio.create_task(everything(log, "a", after))))
            await log.append("a", [{"value": value}, {"value": value}])
        await log.append("a", [{"type": "finished"}], "finished")
        for after, reader in readers:
            got = [event["seq"] for event in await reader]
            assert got == list(range(after + 1, 124))
        await log.close()

    run(story())


def test_batches_are_bounded_and_memory_reaches_back_only_so_far(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TAIL", 64)

    async def story() -> None:
        log = await Log.open(tmp_path)
        await log.create("a", {})
        await log.append("a", [{"value": value} for value in range(1200)], "running")
        for value in range(200):
            await log.append("a", [{"value": value}])
        assert len(log._live["a"].tail) <= 2 * 64
        sizes: list[int] = []
        after = 0
        async for batch in log.events("a", 0):
            assert json.loads(batch.events[0])["seq"] == after + 1
            after += len(batch.events)
            sizes.append(len(batch.events))
            if after == 1401:
                break
        assert max(sizes) == 500
        await log.close()

    run(story())


def test_an_empty_first_batch_tells_the_state(tmp_path: Path) -> None:
    async def story() -> None:
        log = await Log.open(tmp_path)
        await log.create("a", {})
        async for batch in log.events("a", 1):
            assert batch.json() == '{"events":[],"state":"queued"}'
            break
        await log.append("a", [{"type": "stopped"}], "stopped")
        batches = [batch async for batch in log.events("a", 2)]
        assert [(batch.events, batch.state, batch.final) for batch in batches] == [
            ([], "stopped", True)
        ]
        await log.close()

    run(story())


def test_a_writer_that_is_cancelled_leaves_no_gap(tmp_path: Path) -> None:
    async def story() -> None:
        log = await Log.open(tmp_path)
        await log.create("a", {})
        reader = asyncio.create_task(everything(log, "a", 0))
        for value in range(50):
            writing = asyncio.create_task(log.append("a", [{"value": value}]))
            for _ in range(value % 5):
                await asyncio.sleep(0)
            writing.cancel()
        await log.append("a", [{"type": "finished"}], "finished")
        seqs = [event["seq"] for event in await reader]
        assert seqs == list(range(1, len(seqs) + 1))
        assert seqs[-1] == await log.last("a")
        await log.close()

    run(story())


def test_it_is_all_there_after_reopening(tmp_path: Path) -> None:
    async def story() -> None:
        log = await Log.open(tmp_path)
        await log.create("a", {})
        await log.create("b", {})
        await write(log, "a", 5, final=False)
        await log.close()
        log = await Log.open(tmp_path)
        assert [record.id for record in await log.unfinished()] == ["a", "b"]
        await log.append("a", [{"type": "failed", "message": "x"}], "interrupted")
        seqs = [event["seq"] for event in await everything(log, "a", 0)]
        assert seqs == list(range(1, 9))
        assert [record.id for record in await log.races()] == ["b", "a"]
        with pytest.raises(ValueError, match="not over"):
            await log.append("a", [{"type": "more"}])
        await log.close()

    run(story())


def test_a_second_server_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    async def story() -> None:
        log = await Log.open(tmp_path)
        with pytest.raises(Refusal, match=rf"process {os.getpid()}\) is writing; stop that one"):
            await Log.open(tmp_path)
        await log.close()
        await (await Log.open(tmp_path)).close()

    run(story())


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Refusal, match="expected one that can be written"):
        FolderLock(tmp_path / "file" / "data")


WRITER = """
import asyncio, sys
from pathlib import Path
from server.races.log import Log

async def story():
    log = await Log.open(Path(sys.argv[1]))
    await log.create("a", {})
    value = 0
    while True:
        await log.append("a", [{"value": value}, {"value": value}])
        print(await log.last("a"), flush=True)
        value += 1

asyncio.run(story())
"""


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        for _ in range(300):
            acknowledged = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().split("\n")[:-1]
    acknowledged = int(rest[-1]) if rest else acknowledged

    async def story() -> None:
        log = await Log.open(tmp_path)  # the lock went with its process
        last = await log.last("a")
        assert last >= acknowledged
        await log.append("a", [{"type": "failed"}], "interrupted")
        events = await everything(log, "a", 0)
        assert [event["seq"] for event in events] == list(range(1, last + 2))
        await log.close()

    run(story())
