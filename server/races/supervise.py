"""One child process, from birth to reaping: lines in and out, signs of life, cause of death.

The child speaks JSON lines on stdout and hears them on stdin. Start it from the event loop's thread
only: on Linux a worker asks to be killed when the *thread* that started it ends.
"""

import asyncio
import contextlib
import logging
import os
import signal
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from server.settings import ROOT, Patience

logger = logging.getLogger("thalweg")

Event = dict[str, Any]
LINE = 1024 * 1024
"""Longest line accepted, in bytes; a longer one means that the other side is not our worker."""


@dataclass(frozen=True, slots=True)
class Death:
    """How a child ended: `cause` is half a sentence, "was killed by SIGSEGV", for people."""

    cause: str
    returncode: int


class Child:
    """A worker process. `supervise()` owns it; everything else asks.

    `heard` is awaited for every event; while it waits the child is not read, and blocks once the
    pipe is full, so nothing piles up here. `expect(seconds)` sets how long the child may be silent
    (None: as long as it likes).
    """

    def __init__(
        self,
        command: Sequence[str],
        heard: Callable[[Event], Awaitable[None]],
        patience: Patience,
        environment: Mapping[str, str] | None = None,
    ):
        """Describe the child; nothing is started yet."""
        self._command = command
        self._heard = heard
        self._patience = patience
        self._environment = {**os.environ, **(environment or {})}
        self._process: asyncio.subprocess.Process | None = None
        self._errors: deque[str] = deque(maxlen=20)
        self._allowed: float | None = None
        self._last_sign = 0.0
        self._hearing = False
        self._end: str | None = None

    @property
    def pid(self) -> int | None:
        """The process id once there is a process."""
        return self._process.pid if self._process else None

    def expect(self, seconds: float | None) -> None:
        """Expect the next sign of life within `seconds` from now on."""
        self._allowed = seconds
        self._last_sign = asyncio.get_running_loop().time()

    async def send(self, command: Event) -> None:
        """Give the child a command; one that is gone hears nothing, and its death tells."""
        if self._process is None or self._process.stdin is None:
            return
        with contextlib.suppress(ConnectionError, RuntimeError):
            self._process.stdin.write(orjson.dumps(command) + b"\n")
            await self._process.stdin.drain()

    async def supervise(self) -> Death:
        """Start the child and stay with it; returns when it and its whole group are gone."""
        try:
            process = await self._start()
        except OSError as error:
            return Death(f"could not be started ({error.strerror})", -1)
        assert process.stdout is not None
        assert process.stderr is not None
        errors = asyncio.create_task(self._collect_errors(process.stderr))
        watch = asyncio.create_task(self._watch())
        try:
            await self._listen(process.stdout)
            # Its last words are spoken; one that lingers all the same is ended.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._patience.grace):
                    await process.wait()
        finally:
            watch.cancel()
            self._signal_group(signal.SIGKILL)
            await process.wait()
            # What it complained of is complete now, unless a process outside its group holds on.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await errors
        return Death(self._cause(process.returncode or 0), process.returncode or 0)

    async def _start(self) -> asyncio.subprocess.Process:
        """Start the process; one that is born while we are cancelled is killed at once."""
        birth = asyncio.ensure_future(
            asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                cwd=ROOT,
                env=self._environment,
                limit=LINE,
                start_new_session=True,  # its own group: signals reach its children, Ctrl-C not it
            )
        )
        try:
            self._process = await asyncio.shield(birth)
        except asyncio.CancelledError:
            self._process = await birth
            self._signal_group(signal.SIGKILL)
            await self._process.wait()
            raise
        return self._process

    async def end(self, cause: str) -> None:
        """End the child for a stated cause: SIGTERM, a grace, SIGKILL to the whole group."""
        if self._process is None or self._process.returncode is not None:
            return
        self._end = self._end or cause
        self._signal_group(signal.SIGTERM)
        await self._kill_after(self._patience.grace)

    async def dismiss(self, grace: float) -> None:
        """Let the child go at the server's end: close its stdin, wait, then kill its group."""
        if self._process is None or self._process.returncode is not None:
            return
        self._end = "was dismissed"
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._kill_after(grace)

    async def _kill_after(self, grace: float) -> None:
        """Give the child its grace; then kill it and its group."""
        assert self._process is not None
        try:
            # Not wait_for: in Python 3.11 that loses a cancellation which meets the result.
            async with asyncio.timeout(grace):
                await self._process.wait()
        except TimeoutError:
            self._signal_group(signal.SIGKILL)

    async def _listen(self, stdout: asyncio.StreamReader) -> None:
        while True:
            try:
                line = await stdout.readline()
            except ValueError:
                self._end = f"sent a line of more than {LINE} bytes"
                return
            if not line.endswith(b"\n"):  # the end; a torn last line is no event
                return
            event = _parse(line)
            if event is None:
                logger.warning("a worker sent a line that is no event: %r", line[:200])
                continue
            self._hearing = True  # the time that the reader takes is not the child's silence
            await self._heard(event)
            self._hearing = False
            self._last_sign = asyncio.get_running_loop().time()

    async def _collect_errors(self, stderr: asyncio.StreamReader) -> None:
        while piece := await stderr.read(4096):
            self._errors.extend(piece.decode(errors="replace").splitlines())

    async def _watch(self) -> None:
        """Kill a child that is silent for longer than it may be; a stopped one heeds no SIGTERM."""
        loop = asyncio.get_running_loop()
        while True:
            allowed = None if self._hearing else self._allowed
            left = 0.2 if allowed is None else self._last_sign + allowed - loop.time()
            if left <= 0:
                self._end = f"gave no sign of life for {allowed:g} s and was ended"
                self._signal_group(signal.SIGKILL)
                return
            await asyncio.sleep(min(left, 0.2))

    def _signal_group(self, number: signal.Signals) -> None:
        """Signal the child and whatever it started."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    def _cause(self, returncode: int) -> str:
        """Say in words why the child is dead."""
        if self._end is not None:
            return self._end
        last = next((line.strip() for line in reversed(self._errors) if line.strip()), "")
        said = f", saying: {last[:300]}" if last else ""
        if returncode == -signal.SIGKILL:
            return f"was killed by the system, probably because memory ran out (SIGKILL){said}"
        if returncode < 0:
            return f"was killed by {signal.Signals(-returncode).name}{said}"
        return f"ended with exit code {returncode}{said}"


def _parse(line: bytes) -> Event | None:
    """Read one line as an event: a JSON object with a `type`."""
    try:
        event = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return event if isinstance(event, dict) and isinstance(event.get("type"), str) else None
