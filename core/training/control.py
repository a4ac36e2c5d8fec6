"""What a person wants of a running race, told from another thread and looked at between steps."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

Order = dict[str, Any]


class Interrupted(Exception):  # noqa: N818 - no error: somebody asked for it
    """Raised inside long work to leave it where it stands."""


class Control:
    """Pause, resume, stop, and orders for single entrants; any thread may call, the loop looks.

    `beat` is called from within the loop, paused or not, at least every second as long as the loop
    is alive, and once per step or more at its fastest.
    """

    def __init__(self, beat: Callable[[], None] = lambda: None) -> None:
        """Start with nothing asked."""
        self._beat = beat
        self._paused = False
        self._stopped = False
        self._orders: deque[Order] = deque()
        self._asked = threading.Event()

    def pause(self) -> None:
        """Ask for a pause after the step at hand."""
        self._paused = True
        self._asked.set()

    def resume(self) -> None:
        """Ask to go on."""
        self._paused = False
        self._asked.set()

    def stop(self) -> None:
        """Ask for the end after the step at hand; ends a pause, and cannot be taken back."""
        self._stopped = True
        self._asked.set()

    def order(self, order: Order) -> None:
        """Ask something of one entrant (see race.py), to be done between two of its steps."""
        self._orders.append(order)
        self._asked.set()

    @property
    def stopped(self) -> bool:
        """Say whether a stop was asked for."""
        return self._stopped

    @property
    def paused(self) -> bool:
        """Say whether a pause was asked for, and not taken back or overtaken by a stop."""
        return self._paused and not self._stopped

    def next_order(self) -> Order | None:
        """Take the oldest order that waits."""
        return self._orders.popleft() if self._orders else None

    def check(self) -> None:
        """Look up from work that may be cut short at any point: raise when anything was asked."""
        self._beat()
        if self.paused or self._stopped or self._orders:
            raise Interrupted

    def check_stop(self) -> None:
        """Look up from work that a pause lets finish, such as a download."""
        self._beat()
        if self._stopped:
            raise Interrupted

    def wait(self) -> None:
        """Block as long as a pause is wanted and no order waits."""
        while self.paused and not self._orders:
            self._asked.clear()
            # What is asked from here on sets the flag again, and what was asked before shows here.
            if self.paused and not self._orders:
                self._asked.wait(timeout=0.5)
            self._beat()
