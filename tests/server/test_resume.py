"""Races that go on: after their worker died, and after the server did."""

import os
from pathlib import Path
from typing import Any

import pytest

from server.races.service import INTERRUPTIONS
from tests.server.conftest import Server, serve
from tests.server.jobs import alive, children, fake_settings, until
from tests.server.watching import command, seqs, start, state, watch


def curve(events: list[dict[str, Any]], entrant: int) -> list[int]:
    mine = [event for event in events if event.get("entrant") == entrant]
    return [step for event in mine if event["type"] == "steps" for step in event["step"]]


@pytest.mark.parametrize("victims", [1, 2])
def test_a_worker_that_is_killed_is_replaced_and_nothing_is_told_twice(
    own_server: Server, victims: int
) -> None:
    race = start(own_server, "endless")
    events = watch(own_server, race, stop_at="steps")
    workers = own_server.services.races._executor.pids  # type: ignore[attr-defined]
    for pid in workers[:victims]:
        os.kill(pid, 9)
    while sum(event["type"] == "continued" for event in events) < victims:
        events += watch(own_server, race, len(events), stop_at="continued")
    events += watch(own_server, race, len(events), stop_at="steps")
    assert command(own_server, race, "stop").json()["state"] == "stopped"
    events += watch(own_server, race, len(events))
    assert seqs(events) == list(range(1, len(events) + 1))
    interrupted = [event for event in events if event["type"] == "interrupted"]
    assert len(interrupted) == victims
    assert "SIGKILL" in interrupted[0]["message"]
    for entrant in range(3):
        steps = curve(events, entrant)
        assert steps == list(range(1, len(steps) + 1))
    assert [event["type"] for event in events].count("started") == 1


def test_a_pause_holds_over_the_death_of_a_worker(own_server: Server) -> None:
    race = start(own_server, "endless")
    watch(own_server, race, stop_at="steps")
    command(own_server, race, "pause")
    before = watch(own_server, race, stop_at="paused")
    os.kill(own_server.services.races._executor.pids[0], 9)  # type: ignore[attr-defined]
    events = watch(own_server, race, len(before), stop_at="continued")
    assert not [event for event in events if event["type"] == "steps"]
    assert state(own_server, race) == "paused"
    assert command(own_server, race, "resume").json()["state"] == "running"
    watch(own_server, race, before[-1]["seq"] + len(events) + 1, stop_at="steps")
    command(own_server, race, "stop")


def test_a_race_goes_on_after_the_servers_end_and_no_process_is_left(tmp_path: Path) -> None:
    before = set(children(os.getpid()))
    server = serve(fake_settings(tmp_path))
    running, waiting = start(server, "endless"), start(server)
    watch(server, running, stop_at="steps")
    command(server, running, "fork", entrant=1)
    seen = watch(server, running, stop_at="forked")
    workers = set(children(os.getpid())) - before
    assert len(workers) == 2
    server.stop()
    until(lambda: not any(alive(pid) for pid in workers))
    left = tmp_path / "checkpoints" / "0123456789ab"  # of a race that is long over
    left.mkdir(parents=True)
    again = serve(fake_settings(tmp_path))
    try:
        assert not left.exists()
        events = watch(again, running, stop_at="continued")
        assert events[: len(seen)] == seen
        assert state(again, running) == "running"
        events += watch(again, running, len(events), stop_at="steps")
        assert command(again, running, "stop").json()["state"] == "stopped"
        events += watch(again, running, len(events))
        assert seqs(events) == list(range(1, len(events) + 1))
        (interrupted,) = [event for event in events if event["type"] == "interrupted"]
        assert interrupted["message"].startswith("The server ended while this race was under way.")
        for entrant in range(4):
            steps = curve(events, entrant)
            assert steps == sorted(set(steps))
        assert [event["type"] for event in events].count("started") == 1
        assert watch(again, waiting)[-1]["type"] == "finished"  # it kept its place in the queue
    finally:
        again.stop()


def test_a_paused_race_is_still_paused_after_a_restart(tmp_path: Path) -> None:
    server = serve(fake_settings(tmp_path))
    race = start(server, "endless")
    watch(server, race, stop_at="steps")
    command(server, race, "pause")
    before = watch(server, race, stop_at="paused")
    server.stop()
    again = serve(fake_settings(tmp_path))
    try:
        events = watch(again, race, len(before), stop_at="paused")
        kinds = [event["type"] for event in events]
        assert kinds[0] == "interrupted"
        assert kinds[-1] == "paused"
        assert command(again, race, "resume").json()["state"] == "running"
        watch(again, race, len(before) + len(events), stop_at="steps")
    finally:
        command(again, race, "stop")
        again.stop()


def test_a_race_that_never_gets_further_is_given_up_with_a_sentence(tmp_path: Path) -> None:
    server = serve(fake_settings(tmp_path))
    race = start(server, "hang")  # at its third step, whoever takes it up
    events = watch(server, race, stop_at="steps")
    while curve(events, 0)[-1:] != [3] or curve(events, 1)[-1:] != [3]:
        events += watch(server, race, len(events), stop_at="steps")
    for _ in range(INTERRUPTIONS - 1):
        server.stop()
        server = serve(fake_settings(tmp_path))
        events += watch(server, race, len(events), stop_at="continued")
    server.stop()
    server = serve(fake_settings(tmp_path))
    events += watch(server, race, len(events))
    assert events[-1]["type"] == "failed"
    assert events[-1]["message"].startswith(
        "The server ended 5 times while this race was under way"
    )
    assert state(server, race) == "failed"
    server.stop()


def test_a_race_whose_last_word_is_missing_is_finished(tmp_path: Path) -> None:
    import sqlite3

    server = serve(fake_settings(tmp_path))
    race = start(server)
    whole = watch(server, race)
    server.stop()
    with sqlite3.connect(tmp_path / "races.sqlite") as db:
        db.execute("DELETE FROM events WHERE race = ? AND seq = ?", (race, len(whole)))
        db.execute("UPDATE races SET state = 'running' WHERE id = ?", (race,))
    db.close()
    again = serve(fake_settings(tmp_path))
    try:
        events = watch(again, race)
        assert events[: len(whole) - 1] == whole[:-1]
        assert [event["type"] for event in events[len(whole) - 1 :]] == ["interrupted", "finished"]
    finally:
        again.stop()
