"""Races through the server, with fake workers: states, commands, continuation, deaths."""

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.server.conftest import Server, serve
from tests.server.jobs import fake_settings, job
from tests.server.watching import command, seqs, start, state, watch


def test_a_race_from_start_to_finish(server: Server) -> None:
    answer = server.http.post("/api/races", json=job(entrants=3, epochs=4))
    assert answer.status_code == 201
    created = answer.json()
    assert created["state"] == "queued"
    assert [each["entrant"] for each in created["entrants"]] == [0, 1, 2]
    assert created["entrants"][2]["hyperparameters"]["lr"] == 0.003
    assert created["entrants"][0]["title"] == "Adam"
    events = watch(server, created["id"])
    assert seqs(events) == list(range(1, len(events) + 1))
    assert [event["type"] for event in events[:2]] == ["queued", "started"]
    assert events[0]["race"] == created["race"]
    assert events[1]["workers"] == 2
    assert [each["entrant"] for each in events[1]["entrants"]] == [0, 1, 2]
    assert events[-1]["type"] == "finished"
    for entrant in range(3):
        own = [event for event in events if event.get("entrant") == entrant]
        assert [event["step"][0] for event in own[:-1]] == [1, 2, 3, 4]
        assert own[-1]["type"] == "done"
    assert state(server, created["id"]) == "finished"
    listed = server.http.get("/api/races").json()["races"]
    assert listed[0] == {
        "id": created["id"],
        "state": "finished",
        "created": created["created"],
        "number": created["number"],
        "race": created["race"],
    }


def test_events_continue_exactly_from_every_seq(server: Server) -> None:
    race = start(server, epochs=8)
    whole = watch(server, race)
    for after in range(len(whole) + 1):
        answer = server.http.get(f"/api/races/{race}/events?after={after}").json()
        assert answer == {"events": whole[after:], "state": "finished"}
    for after in (0, 1, len(whole) // 2, len(whole) - 1, len(whole)):
        assert watch(server, race, after) == whole[after:]


def test_two_watchers_and_one_that_keeps_reconnecting_see_the_same(server: Server) -> None:
    race = start(server, "endless")
    seen: list[list[dict[str, Any]]] = [[], []]
    watchers = [
        threading.Thread(target=lambda i=i: seen[i].extend(watch(server, race))) for i in (0, 1)
    ]
    for watcher in watchers:
        watcher.start()
    pieces: list[dict[str, Any]] = []
    for _ in range(8):
        pieces += watch(server, race, len(pieces), stop_at="steps")
    answer = command(server, race, "stop").json()
    assert (answer["command"], answer["state"]) == ("stop", "stopped")
    pieces += watch(server, race, len(pieces))
    for watcher in watchers:
        watcher.join(30)
    assert seqs(pieces) == list(range(1, len(pieces) + 1))
    assert seen[0] == seen[1] == pieces
    assert pieces[-1]["type"] == "stopped"


def test_pause_resume_stop_are_acknowledged(server: Server) -> None:
    race = start(server, "endless")
    watch(server, race, stop_at="steps")
    answer = command(server, race, "pause")
    assert answer.status_code == 202
    events = server.http.get(f"/api/races/{race}/events").json()["events"]
    assert events[-1]["type"] == "paused"
    assert set(events[-1]["step"]) == {"0", "1", "2"}
    assert answer.json() == {"command": "pause", "state": "paused", "step": events[-1]["step"]}
    assert command(server, race, "pause").status_code == 409
    assert server.http.get(f"/api/races/{race}/events").json()["events"] == events
    assert command(server, race, "resume").json()["state"] == "running"
    watch(server, race, after=len(events) + 1, stop_at="steps")
    assert command(server, race, "stop").json()["state"] == "stopped"
    last = server.http.get(f"/api/races/{race}/events").json()["events"][-1]
    assert last["type"] == "stopped"
    assert all(step > events[-1]["step"][entrant] for entrant, step in last["step"].items())
    again = command(server, race, "stop")
    assert again.status_code == 409
    assert "got one that is stopped" in again.json()["detail"]


def test_a_paused_race_can_be_stopped(server: Server) -> None:
    race = start(server, "endless")
    watch(server, race, stop_at="steps")
    command(server, race, "pause")
    assert command(server, race, "stop").json()["state"] == "stopped"


def test_races_wait_their_turn_and_the_queue_is_short(server: Server) -> None:
    running = start(server, "endless")
    watch(server, running, stop_at="started")
    waiting = [start(server), start(server)]
    refused = server.http.post("/api/races", json=job())
    assert refused.status_code == 429
    assert "expected at most 2 waiting" in refused.json()["detail"]
    assert [state(server, race) for race in waiting] == ["queued", "queued"]
    assert command(server, waiting[0], "pause").status_code == 409
    assert command(server, waiting[0], "stop").json()["state"] == "stopped"
    assert [event["type"] for event in watch(server, waiting[0])] == ["queued", "stopped"]
    command(server, running, "stop")
    assert watch(server, waiting[1])[-1]["type"] == "finished"


def test_a_race_that_still_loads_can_be_stopped(server: Server) -> None:
    race = start(server, "slow_start")
    # The order to stop reaches the workers, whichever side of their start it falls on.
    assert command(server, race, "stop").json()["state"] == "stopped"
    assert [event["type"] for event in watch(server, race)] == ["queued", "stopped"]


def test_a_curve_that_diverges_ends_its_entrant_and_not_the_race(server: Server) -> None:
    events = watch(server, start(server, "diverge"))
    assert sum(event["type"] == "diverged" for event in events) == 3
    assert events[-1]["type"] == "finished"


@pytest.mark.parametrize(
    ("behaviour", "part"),
    [
        ("killed", "probably because memory ran out"),
        ("torn", "SIGKILL"),
        ("segfault", "was killed by SIGSEGV"),
        ("exit3", "the disk is on fire"),
        ("failed", "The images are gone. Fetch them again."),
        ("fingerprint", "different weights or batches"),
        ("one_dies", "Worker 1 died 5 times without a step forward: at last it was killed"),
    ],
)
def test_a_failure_ends_the_race_with_a_sentence_and_the_next_one_runs(
    server: Server, behaviour: str, part: str
) -> None:
    race = start(server, behaviour)
    events = watch(server, race)
    assert seqs(events) == list(range(1, len(events) + 1))
    assert events[-1]["type"] == "failed"
    assert part in events[-1]["message"]
    assert state(server, race) == "failed"
    if behaviour == "torn":
        steps = [event["step"] for event in events if event["type"] == "steps"]
        assert [99] not in steps
    assert watch(server, start(server))[-1]["type"] == "finished"


def test_a_race_wakes_workers_that_leave_the_cores_to_the_page(tmp_path: Path) -> None:
    server = serve(fake_settings(tmp_path, quiet=3600.0))
    try:
        assert watch(server, start(server))[-1]["type"] == "finished"
    finally:
        server.stop()


def test_a_worker_that_does_not_heed_a_stop_is_ended(tmp_path: Path) -> None:
    settings = fake_settings(tmp_path)
    quick = replace(settings.patience, acknowledge=0.3, grace=0.5)
    server = serve(replace(settings, patience=quick))
    try:
        race = start(server, "deaf")
        watch(server, race, stop_at="steps")
        pause = command(server, race, "pause")
        assert pause.status_code == 503
        assert "expected the workers to acknowledge" in pause.json()["detail"]
        assert state(server, race) == "running"
        assert command(server, race, "stop").json()["state"] == "stopped"
        assert watch(server, race)[-1]["type"] == "stopped"
        assert watch(server, start(server))[-1]["type"] == "finished"
    finally:
        server.stop()


def test_a_full_disk_ends_the_race_and_not_the_server(
    own_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    race = start(own_server, "endless")
    watch(own_server, race, stop_at="steps")
    with monkeypatch.context() as planted:
        for name in ("append", "create"):
            planted.setattr(f"server.races.store.Store.{name}", full)
        events = watch(own_server, race)  # readers are let go
        assert seqs(events) == list(range(1, len(events) + 1))
        assert state(own_server, race) == "failed"
        refused = own_server.http.post("/api/races", json=job())
        assert refused.status_code == 503
        assert "make room on the disk" in refused.json()["detail"]
    assert watch(own_server, start(own_server))[-1]["type"] == "finished"
