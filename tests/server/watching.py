"""What tests do with races through a server: start, command, watch."""

import json
from typing import Any

from websockets.exceptions import ConnectionClosedOK

from tests.server.conftest import Server
from tests.server.jobs import job


def start(server: Server, behaviour: str = "finish", **options: Any) -> str:
    answer = server.http.post("/api/races", json=job(behaviour, **options))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def command(server: Server, race: str, word: str, **facts: Any) -> Any:
    return server.http.post(f"/api/races/{race}/commands", json={"command": word, **facts})


def state(server: Server, race: str) -> str:
    return str(server.http.get(f"/api/races/{race}").json()["state"])


def watch(
    server: Server, race: str, after: int = 0, stop_at: str | None = None
) -> list[dict[str, Any]]:
    """Follow a race to its end, or to the first event of a type."""
    events: list[dict[str, Any]] = []
    with server.socket(f"/ws/races/{race}?after={after}") as socket:
        while True:
            try:
                message = json.loads(socket.recv(timeout=30))
            except ConnectionClosedOK:  # code 1000
                return events
            assert len(message["events"]) <= 500
            events += message["events"]
            if stop_at in [event["type"] for event in message["events"]]:
                return events


def seqs(events: list[dict[str, Any]]) -> list[int]:
    return [event["seq"] for event in events]
