"""Descents on threads: kernels release the interpreter's lock, so the event loop stays free."""

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from core.descent import Descent, Request, run
from core.descent.native import ALONG, GRID
from core.optimizers import OPTIMIZERS

T = TypeVar("T")


class Compute:
    """A pool of as many threads as there are cores."""

    def __init__(self) -> None:
        """Make the pool; threads are started when there is work."""
        self._pool = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="descent")
        self._closing = threading.Event()

    async def descend(self, request: Request, finish: Callable[[Descent], T]) -> T:
        """Run a request and `finish` its result, both on a thread of the pool; raises Refusal."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: finish(run(request)))

    async def run(self, call: Callable[[], T]) -> T:
        """Run other work of a millisecond or more, such as compiling a formula."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, call)

    def warm(self) -> None:
        """Load or compile all kernels, so that nobody waits for them; ends early on `close`."""
        for kernel in (*(each.kernel for each in OPTIMIZERS), GRID, ALONG):
            if self._closing.is_set():
                return
            _ = kernel.address

    def close(self) -> None:
        """Take no more work; what runs is bounded by the work budget of a request."""
        self._closing.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
