"""A real server on a port of its own, with fake workers; and a client for it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from websockets.sync.client import ClientConnection, connect

from server.__main__ import bound, config
from server.services import Services
from server.settings import Settings
from tests.server.jobs import fake_settings


@dataclass
class Server:
    """A running server and what is needed to speak with it."""

    settings: Settings
    running: uvicorn.Server
    thread: threading.Thread
    http: httpx2.Client

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.settings.port}"

    @property
    def services(self) -> Services:
        found: Services = self.running.config.app.state.services  # type: ignore[union-attr]
        return found

    def socket(self, path: str, **options: Any) -> ClientConnection:
        return connect(f"ws://{self.host}{path}", **options)

    def stop(self) -> None:
        self.http.close()
        self.running.should_exit = True
        self.thread.join(20)
        assert not self.thread.is_alive()


def serve(settings: Settings) -> Server:
    """Start a server in a thread; returns once it answers."""
    listener, settings = bound(settings)
    running = uvicorn.Server(config(settings))
    thread = threading.Thread(target=running.run, args=([listener],))
    thread.start()
    client = httpx2.Client(base_url=f"http://127.0.0.1:{settings.port}", timeout=30)
    server = Server(settings, running, thread, client)
    # The socket listens already: this request is answered as soon as the server accepts.
    assert client.get("/healthz").status_code in (200, 401)
    return server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that leave it as it was."""
    running = serve(fake_settings(tmp_path_factory.mktemp("data")))
    yield running
    running.stop()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, for tests that break or restart things."""
    running = serve(fake_settings(tmp_path))
    yield running
    running.stop()


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Server]:
    """A server that asks for a token."""
    running = serve(replace(fake_settings(tmp_path), token="a-token-for-these-tests"))
    yield running
    running.stop()
