"""A server process that can be killed and started again, and a watcher whose socket can be cut."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from tests.server.jobs import alive, children, until

Event = dict[str, Any]

PATIENCE = 180.0  # seconds; a loaded machine is slow
ROOT = Path(__file__).parents[2]
FINAL = ("finished", "stopped", "failed")


class House:
    """The server: one folder and one port over all its lives."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.pids: set[int] = set()  # of all processes that it ever had
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.serve", str(self.data), str(self.port)], cwd=ROOT
        )
        self.pids.add(self.process.pid)
        until(self._answers, PATIENCE)

    def workers(self) -> list[int]:
        """List the workers that live now."""
        found = children(self.process.pid)
        self.pids.update(found)
        return found

    def kill(self) -> None:
        """kill -9 the server, and see its workers follow it."""
        orphans = self.workers()
        self.process.kill()
        self.process.wait()
        until(lambda: not any(alive(pid) for pid in orphans), PATIENCE)

    def end(self) -> list[int]:
        """End the server properly; give the processes that are left all the same."""
        self.workers()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        return [pid for pid in self.pids if alive(pid)]

    def ask(self, path: str, body: object = None) -> Any:
        """Send a request; raises URLError where there is no answer or a refusal."""
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"http://127.0.0.1:{self.port}{path}", data)
        with urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def _answers(self) -> bool:
        with contextlib.suppress(URLError, ConnectionError, TimeoutError):
            return bool(self.ask("/healthz"))
        return False


class Watcher(threading.Thread):
    """Follows a race over sockets, coming back after the last event that it has, to the end."""

    def __init__(self, house: House, race: str) -> None:
        super().__init__(daemon=True)
        self._address = f"ws://127.0.0.1:{house.port}/ws/races/{race}"
        self._socket: ClientConnection | None = None
        self.events: list[Event] = []
        self.steps = 0  # seen of all entrants together
        self.connections = 0
        self.faults: list[str] = []
        self.start()

    @property
    def over(self) -> bool:
        """Whether the last event is here, or something is wrong already."""
        return bool(self.faults) or bool(self.events and self.events[-1]["type"] in FINAL)

    def run(self) -> None:
        end = time.monotonic() + 20 * PATIENCE
        while not self.over and time.monotonic() < end:
            with contextlib.suppress(OSError, WebSocketException, EOFError):
                address = f"{self._address}?after={len(self.events)}"
                with connect(address, open_timeout=20, close_timeout=1) as self._socket:
                    self.connections += 1
                    while not self.over:
                        self._take(json.loads(self._socket.recv(timeout=PATIENCE)))
            self._socket = None
            time.sleep(0.02)  # between two knocks at a server that may not be there

    def cut(self) -> bool:
        """Cut the socket without a word; False where there is none just now."""
        held = self._socket
        if held is None:
            return False
        with contextlib.suppress(OSError):
            held.socket.shutdown(socket.SHUT_RDWR)
        return True

    def _take(self, message: Any) -> None:
        for event in message["events"]:
            if event["seq"] != len(self.events) + 1:
                self.faults.append(f"event {event['seq']} came after {len(self.events)}")
                return
            self.events.append(event)
            if event["type"] == "steps":
                self.steps += len(event["step"])


def kill(pid: int) -> None:
    """kill -9 a process that may just have gone."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
