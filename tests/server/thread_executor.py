"""An executor without processes: `train` on a thread, held to the same rule as the real one."""

import asyncio
import contextlib
import json
import threading
from collections.abc import AsyncIterator, Sequence

from core.refusal import Refusal
from core.training import Control, Job, train
from core.training.keeper import Keeper
from server.races.executor import Capacity, Event


class Crash(BaseException):
    """Planted where a process would be killed."""


class ThreadRun:
    """See `server.races.executor.Run`."""

    def __init__(self) -> None:
        self.crashed = ""
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._control = Control(self._beat)
        self._over = False

    def train(self, share: Event) -> None:
        """Run the share to its end, on the thread that calls."""
        ending: Event = {"type": "exit", "outcome": "failed", "message": None}
        try:
            keeper = Keeper.told(share["keep"])
            for event in train(Job.read(share["job"]), share["entrants"], self._control, keeper):
                self._say(event)
                ending["outcome"] = event["type"]
        except Refusal as refused:
            ending |= {"outcome": "failed", "message": refused.sentence}
        except Crash:
            ending |= {"outcome": "died", "message": self.crashed}
        except Exception as error:
            ending |= {"outcome": "failed", "message": f"{type(error).__name__}: {error}"}
        self._say(ending)

    async def __aiter__(self) -> AsyncIterator[Event]:
        while True:
            event = await self._events.get()
            yield event
            if event["type"] == "exit":
                return

    async def send(self, order: Event) -> None:
        match order["command"]:
            case "pause":
                self._control.pause()
            case "resume":
                self._control.resume()
            case "stop" if "id" not in order:
                self._control.stop()
            case _:
                self._control.order(order)

    async def end(self, cause: str) -> None:
        self.crashed = self.crashed or cause

    def _beat(self) -> None:
        if self.crashed:
            raise Crash

    def _say(self, event: Event) -> None:
        plain = json.loads(json.dumps(event, allow_nan=False))  # as a pipe would
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens
            self._loop.call_soon_threadsafe(self._events.put_nowait, plain)


class ThreadExecutor:
    """See `server.races.executor.Executor`; one share at a time."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(1)
        self._runs: dict[ThreadRun, threading.Thread] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def capacity(self) -> Capacity:
        return Capacity(1, 0 if self._free.locked() else 1, "CPU")

    async def start(self) -> None:
        """There is nothing to start."""

    async def run(
        self, job: Event, entrants: Sequence[int], keep: Event | None = None
    ) -> ThreadRun:
        await self._free.acquire()
        run = ThreadRun()
        share = {"job": job, "entrants": list(entrants), "keep": keep}
        thread = threading.Thread(target=run.train, args=(share,), daemon=True)
        self._runs[run] = thread
        thread.start()
        task = asyncio.create_task(self._release(run, thread))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return run

    async def _release(self, run: ThreadRun, thread: threading.Thread) -> None:
        await asyncio.to_thread(thread.join)
        del self._runs[run]
        self._free.release()

    async def close(self) -> None:
        for run, thread in list(self._runs.items()):
            await run.end("was ended")
            await asyncio.to_thread(thread.join)
        for task in list(self._tasks):
            await task
