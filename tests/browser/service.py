"""A real server in its own process, for tests that speak to it from outside."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_SECONDS = 60.0  # the first start after an install compiles the kernels
STOP_SECONDS = 15.0


@dataclass(frozen=True)
class Service:
    """A running server: where it listens, its process, and the file that holds what it said."""

    url: str
    process: subprocess.Popen[bytes]
    transcript: Path

    def said(self, since: int = 0) -> str:
        """What the server has written to stdout and stderr, from byte `since` on."""
        return self.transcript.read_bytes()[since:].decode(errors="replace")


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serve(data: Path, *arguments: str, port: int | None = None) -> Iterator[Service]:
    """Start `python -m server` over the folder `data`, yield it once healthy, end it by its pid.

    A test that restarts the server over the same log passes the same `data` and `port` again.
    """
    port = port or free_port()
    data.mkdir(parents=True, exist_ok=True)
    transcript = data / "server.log"
    command = [sys.executable, "-m", "server", "--port", str(port), "--data", str(data), *arguments]
    with transcript.open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
    service = Service(f"http://127.0.0.1:{port}", process, transcript)
    try:
        _await_health(service)
        yield service
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await_health(service: Service) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if service.process.poll() is not None:
            raise AssertionError(
                f"The server ended with code {service.process.returncode} before it answered. "
                f"It said:\n{service.said()}"
            )
        try:
            with urllib.request.urlopen(f"{service.url}/healthz", timeout=5) as reply:
                if reply.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            # Not listening yet: wait for its process to end, at most this long, and ask again.
            try:
                service.process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
    raise AssertionError(
        f"The server did not answer {service.url}/healthz within {START_SECONDS:g} seconds. "
        f"It said:\n{service.said()}"
    )
