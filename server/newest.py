"""A slot that holds one thing, the newest: what was not taken in time is forgotten."""

import asyncio
from typing import Generic, TypeVar

T = TypeVar("T")


class Newest(Generic[T]):
    """Written by one task and read by another; never longer than one."""

    def __init__(self) -> None:
        """Begin empty."""
        self._held: list[T] = []
        self._filled = asyncio.Event()

    def put(self, thing: T) -> None:
        """Replace whatever waits."""
        self._held = [thing]
        self._filled.set()

    async def get(self) -> T:
        """Take what waits, or wait for it."""
        await self._filled.wait()
        self._filled.clear()
        return self._held.pop()
