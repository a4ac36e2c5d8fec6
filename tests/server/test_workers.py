"""Worker processes that die, hang or babble: the right cause, in words, and nobody left behind."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.races.executor import Lost
from server.races.local import ATTEMPTS, LocalExecutor
from server.settings import Settings
from tests.server.jobs import QUICK, alive, children, fake_settings, job, until

Story = Callable[[LocalExecutor], Awaitable[None]]


def play(story: Story, settings: Settings) -> None:
    """Run a story with an executor; afterwards no process of it may be left."""
    seen: set[int] = set()

    async def whole() -> None:
        executor = LocalExecutor(settings)
        await executor.start()
        try:
            await asyncio.wait_for(story(executor), 60)
        finally:
            seen.update(executor.pids)
            await executor.close()
            await executor.close()

    asyncio.run(whole())
    assert not [pid for pid in seen if alive(pid)]


async def collect(run: Any) -> list[dict[str, Any]]:
    return [event async for event in run]


def settings(tmp_path: Path, *flags: str, **changes: Any) -> Settings:
    return fake_settings(tmp_path, *flags, **{"workers": 1, **changes})


@pytest.mark.parametrize(
    ("behaviour", "cause"),
    [
        ("killed", "was killed by the system, probably because memory ran out (SIGKILL)"),
        ("torn", "was killed by the system"),
        ("segfault", "was killed by SIGSEGV"),
        ("exit3", "ended with exit code 3, saying: the disk is on fire"),
    ],
)
def test_a_death_is_told_with_its_cause_and_the_seat_filled_again(
    behaviour: str, cause: str, tmp_path: Path
) -> None:
    async def story(executor: LocalExecutor) -> None:
        run = await executor.run(job(behaviour), [0])
        first = executor.pids
        events = await collect(run)
        assert [event["type"] for event in events] == ["started", "steps", "steps", "steps", "exit"]
        assert events[-1]["outcome"] == "died"
        assert cause in events[-1]["message"]
        again = await collect(await executor.run(job("finish"), [0]))
        assert again[-1]["outcome"] == "finished"
        assert executor.pids != first

    play(story, settings(tmp_path))


def test_a_worker_that_hangs_is_ended_at_its_deadline(tmp_path: Path) -> None:
    async def story(executor: LocalExecutor) -> None:
        run = await executor.run(job("hang"), [0])
        began = time.monotonic()
        events = await collect(run)
        assert events[-1]["message"] == "gave no sign of life for 0.5 s and was ended"
        assert 0.5 <= time.monotonic() - began < 2.5

    play(story, settings(tmp_path, patience=replace(QUICK, step=0.5)))


def test_a_worker_that_is_stopped_by_a_signal_is_ended_too(tmp_path: Path) -> None:
    async def story(executor: LocalExecutor) -> None:
        run = await executor.run(job("endless"), [0])
        async for event in run:
            if event["type"] == "started":
                os.kill(executor.pids[0], signal.SIGSTOP)
        assert "no sign of life" in event["message"]

    play(story, settings(tmp_path, patience=replace(QUICK, step=0.5)))


def test_a_pause_suspends_the_deadline(tmp_path: Path) -> None:
    async def story(executor: LocalExecutor) -> None:
        run = await executor.run(job("endless"), [0])
        await run.send({"command": "pause"})
        types: list[str] = []
        async for event in run:
            types.append(event["type"])
            if types[-1] == "paused":
                await asyncio.sleep(1.0)  # twice the deadline
                await run.send({"command": "resume"})
            if types[-1] == "resumed":
                await run.send({"command": "stop"})
        assert "resumed" in types
        assert types[-2:] == ["stopped", "exit"]
        assert event["outcome"] == "stopped"

    play(story, settings(tmp_path, patience=replace(QUICK, step=0.5)))


def test_a_slow_reader_is_not_taken_for_a_hanging_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.races.local.BACKLOG", 4)

    async def story(executor: LocalExecutor) -> None:
        run = await executor.run(job("flood", epochs=200), [0])
        await asyncio.sleep(1.0)  # twice the deadline, while the worker waits for us
        events = await collect(run)
        assert events[-1]["outcome"] == "finished"
        assert sum(event["type"] == "steps" for event in events) == 200

    play(story, settings(tmp_path, patience=replace(QUICK, step=0.5)))


def test_lines_that_are_no_events_are_dropped(tmp_path: Path) -> None:
    async def story(executor: LocalExecutor) -> None:
        events = await collect(await executor.run(job("garbage"), [0]))
        assert [event["step"][0] for event in events if event["type"] == "steps"] == [1, 2, 3, 4, 5]
        assert events[-1]["outcome"] == "finished"

    play(story, settings(tmp_path))


def test_a_worker_that_cannot_start_is_given_up_with_its_reason(tmp_path: Path) -> None:
    async def story(executor: LocalExecutor) -> None:
        with pytest.raises(Lost, match="exit code 1, saying: no torch on this machine"):
            await executor.run(job(), [0])
        with pytest.raises(Lost):  # another race tries again
            await executor.run(job(), [0])

    assert ATTEMPTS > 1
    play(story, settings(tmp_path, "--stillborn"))


def test_a_command_that_does_not_exist_is_given_up(tmp_path: Path) -> None:
    async def story(executor: LocalExecutor) -> None:
        with pytest.raises(Lost, match="could not be started"):
            await executor.run(job(), [0])

    play(story, settings(tmp_path, worker=("/nonexistent/python",)))


def test_a_worker_that_never_gets_ready_is_ended(tmp_path: Path) -> None:
    async def story(executor: LocalExecutor) -> None:
        with pytest.raises(Lost, match=r"no sign of life for 0\.1 s"):
            await executor.run(job(), [0])

    play(story, settings(tmp_path, "--mute", patience=replace(QUICK, start=0.1)))


def test_closing_leaves_no_process_whatever_they_are_doing(tmp_path: Path) -> None:
    grandchildren: list[int] = []

    async def story(executor: LocalExecutor) -> None:
        runs = [await executor.run(job(kind), [0]) for kind in ("children", "hang", "deaf")]
        for run in runs:
            async for event in run:
                if event.get("step") == [3]:
                    break
        group = {os.getpgid(pid) for pid in executor.pids}
        until(lambda: len(members(group)) == 4)
        grandchildren.extend(members(group) - set(executor.pids))

    play(story, settings(tmp_path, workers=3))
    assert len(grandchildren) == 1
    assert not alive(grandchildren[0])


def members(groups: set[int]) -> set[int]:
    """List the live processes of some process groups."""
    found: set[int] = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[2]) in groups and fields[0] != "Z":
            found.add(int(stat.parent.name))
    return found


def test_closing_while_workers_are_being_born_leaves_none(tmp_path: Path) -> None:
    before = set(children(os.getpid()))
    for turns in range(6):

        async def story(executor: LocalExecutor, turns: int = turns) -> None:
            for _ in range(turns):
                await asyncio.sleep(0)

        play(story, settings(tmp_path, workers=3))
    assert set(children(os.getpid())) <= before
