"""Bounds on bodies and frames, over a real connection."""

import json
import socket

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from tests.server.conftest import Server
from tests.server.jobs import descent

MEGABYTE = 1024 * 1024


def test_a_large_body_is_refused_with_a_sentence(server: Server) -> None:
    answer = server.http.post("/api/descents", content=b" " * MEGABYTE)
    assert answer.status_code == 413
    assert answer.json()["detail"].startswith("Body: expected at most 65536 bytes")


def test_a_large_chunked_body_is_refused_too(server: Server) -> None:
    answer = server.http.post("/api/descents", content=(b" " * 1024 for _ in range(1024)))
    assert "content-length" not in answer.request.headers
    assert answer.status_code == 413


def test_a_body_at_the_limit_passes(server: Server) -> None:
    body = json.dumps(descent()).ljust(64 * 1024).encode()
    assert server.http.post("/api/descents", content=body).status_code == 200
    assert server.http.post("/api/descents", content=body + b" ").status_code == 413


@pytest.mark.parametrize("length", ["99999999999999", "9" * 5000, "-1", "1e3", "12x"])
def test_a_lie_about_the_length_is_refused(server: Server, length: str) -> None:
    with socket.create_connection(("127.0.0.1", server.settings.port)) as raw:
        head = f"POST /api/descents HTTP/1.1\r\nHost: {server.host}\r\nContent-Length: {length}\r\n"
        raw.sendall(head.encode() + b"\r\nabc")
        answer = raw.recv(65536)
    assert answer.split()[1] in (b"413", b"400")
    assert server.http.get("/healthz").status_code == 200


def test_a_large_message_closes_its_socket_and_no_other(server: Server) -> None:
    with server.socket("/ws/descents") as other, server.socket("/ws/descents") as greedy:
        greedy.send("x" * MEGABYTE)
        with pytest.raises(ConnectionClosed) as closed:
            greedy.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009
        other.send(json.dumps({**descent(), "sequence": 1}))
        assert isinstance(other.recv(timeout=10), bytes)


def test_a_message_in_many_fragments_is_bounded_as_a_whole(server: Server) -> None:
    def everything(socket: ClientConnection) -> None:
        socket.send("x" * 1024 for _ in range(1024))
        socket.recv(timeout=10)

    with server.socket("/ws/descents") as greedy, pytest.raises(ConnectionClosed):
        everything(greedy)
