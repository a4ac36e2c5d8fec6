"""What a person wants of a running race, told from another thread and looked at between steps."""

import threading
from collections.abc import Callable


class Interrupted(Exception):  # noqa: N818 - no error: somebody asked for it
    """Raised inside long work to leave it where it stands."""


class Control:
    """Pause, resume and stop; any thread may call them, the training loop looks.

    `beat` is called from within the loop, paused or not, at least every second as long as the loop
    is alive, and once per step or more at its fastest.
    """

    def __init__(self, beat: Callable[[], None] = lambda: None) -> None:
        """Start with nothing asked."""
        self._beat = beat
        self._running = threading.Event()
        self._running.set()
        self._stopped = threading.Event()

    def pause(self) -> None:
        """Ask for a pause after the step at hand."""
        self._running.clear()

    def resume(self) -> None:
        """Ask to go on."""
        self._running.set()

    def stop(self) -> None:
        """Ask for the end after the step at hand; ends a pause, and cannot be taken back."""
        self._stopped.set()
        self._running.set()

    @property
    def stopped(self) -> bool:
        """Say whether a stop was asked for."""
        return self._stopped.is_set()

    @property
    def paused(self) -> bool:
        """Say whether a pause was asked for and not taken back."""
        return not self._running.is_set()

    def check(self) -> None:
        """Look up from work that may be cut short at any point: raise when anything was asked."""
        self._beat()
        if self.paused or self.stopped:
            raise Interrupted

    def check_stop(self) -> None:
        """Look up from work that a pause lets finish, such as a download."""
        self._beat()
        if self.stopped:
            raise Interrupted

    def wait(self) -> None:
        """Block as long as a pause is wanted."""
        while not self._running.wait(timeout=0.5):
            self._beat()
