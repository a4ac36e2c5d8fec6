"""The worker's side of the pipe: JSON lines out, and two guards against outliving the server."""

import ctypes
import faulthandler
import json
import os
import signal
import sys
import time
from typing import Any

HEARTBEAT = 1.0  # seconds of silence after which the training loop says that it is alive
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Lines:
    """JSON lines on the stdout that the process was born with; only the main thread writes."""

    def __init__(self, handle: int) -> None:
        """Take the file descriptor that the server reads."""
        self._handle = handle
        self._last = 0.0

    def send(self, event: dict[str, Any]) -> None:
        """Write one event; a server that is gone ends the process.

        Numbers that are not finite are a fault of ours and raise: JSON has no word for them.
        """
        line = json.dumps(event, allow_nan=False, separators=(",", ":")).encode() + b"\n"
        try:
            while line:
                line = line[os.write(self._handle, line) :]
        except BrokenPipeError:
            os._exit(0)
        self._last = time.monotonic()

    def beat(self) -> None:
        """Say that the loop is alive, unless something was said within the last second."""
        if time.monotonic() - self._last >= HEARTBEAT:
            self.send({"type": "heartbeat"})


def take_stdout() -> Lines:
    """Keep stdout for events; whatever else is printed from now on goes to stderr."""
    handle = os.dup(1)
    os.dup2(2, 1)
    return Lines(handle)


def guard() -> None:
    """Die with the parent, leave a trace on a crash, and leave Ctrl-C to the parent.

    The kernel's signal (Linux) ends a process even inside a long native call, where a thread that
    waits for the end of stdin would not run. It is sent when the *thread* that started the worker
    ends, so the parent starts workers from a thread that lives as long as itself.
    """
    faulthandler.enable(sys.stderr)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it died before the kernel knew
            os._exit(0)
