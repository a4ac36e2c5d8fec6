"""Commands to single entrants through the server: acknowledged with the step, or refused."""

from typing import Any

import pytest

from core.training.job import MAX_ENTRANTS
from tests.server.conftest import Server
from tests.server.jobs import until
from tests.server.watching import command, start, state, watch


@pytest.fixture
def race(server: Server) -> Any:
    race = start(server, "endless")
    watch(server, race, stop_at="steps")
    yield race
    if state(server, race) not in ("stopped", "finished"):
        command(server, race, "stop")


def logged(server: Server, race: str, kind: str) -> list[dict[str, Any]]:
    events = server.http.get(f"/api/races/{race}/events").json()["events"]
    return [event for event in events if event["type"] == kind]


def test_one_entrant_leaves_and_the_last_one_ends_the_race(server: Server, race: str) -> None:
    answer = command(server, race, "stop", entrant=1)
    assert answer.status_code == 202
    body = answer.json()
    assert (body["command"], body["state"]) == ("stop", "running")
    assert body["event"]["type"] == "withdrawn"
    assert body["event"]["entrant"] == 1
    assert body["step"]["1"] == body["event"]["step"] > 0
    (event,) = logged(server, race, "withdrawn")
    assert {key: event[key] for key in event if key != "seq"} == body["event"]
    again = command(server, race, "stop", entrant=1)
    assert again.status_code == 422
    assert "still in the race (0, 2), got 1" in again.json()["detail"]
    assert again.json()["field"] == "entrant"


def test_a_hyperparameter_is_changed_and_the_log_has_its_mark(server: Server, race: str) -> None:
    answer = command(server, race, "set", entrant=0, hyperparameter="lr", value=0.5)
    assert answer.status_code == 202
    event = answer.json()["event"]
    assert (event["type"], event["hyperparameter"], event["value"]) == ("changed", "lr", 0.5)
    assert "order" not in event
    assert len(logged(server, race, "changed")) == 1
    fork = command(server, race, "fork", entrant=0)  # with what it has now
    assert fork.json()["event"]["optimizer"]["lr"] == 0.5


def test_a_fork_is_a_new_entrant_of_the_race(server: Server, race: str) -> None:
    answer = command(server, race, "fork", entrant=2, optimizer={"name": "momentum"})
    assert answer.status_code == 202
    event = answer.json()["event"]
    assert (event["type"], event["entrant"], event["parent"]) == ("forked", 3, 2)
    assert event["optimizer"]["momentum"] == 0.9  # as everywhere, what is left out is filled in
    second = command(server, race, "fork", entrant=2, optimizer={"lr": 0.25}).json()["event"]
    assert (second["entrant"], second["optimizer"]["name"]) == (4, "adam")
    assert second["optimizer"]["lr"] == 0.25
    events = watch(server, race, after=logged(server, race, "forked")[-1]["seq"], stop_at="steps")
    assert events
    assert command(server, race, "stop", entrant=3).json()["event"]["type"] == "withdrawn"


def test_a_paused_race_takes_orders_too(server: Server, race: str) -> None:
    command(server, race, "pause")
    answer = command(server, race, "set", entrant=1, hyperparameter="beta1", value=0.5)
    assert answer.json()["state"] == "paused"
    assert answer.json()["event"]["step"] == answer.json()["step"]["1"]


@pytest.mark.parametrize(
    ("order", "field", "part"),
    [
        ({"command": "set", "entrant": 0}, "hyperparameter", "expected hyperparameter, got none"),
        ({"command": "pause", "entrant": 0}, "entrant", "expected no entrant, got one"),
        ({"command": "stop", "value": 1}, "value", "expected no value"),
        ({"command": "stop", "entrant": -1}, "entrant", "at least 0"),
        ({"command": "stop", "entrant": 3}, "entrant", "got 3"),
        (
            {"command": "set", "entrant": 0, "hyperparameter": "lrr", "value": 1},
            "hyperparameter",
            "did you mean lr?",
        ),
        (
            {"command": "set", "entrant": 0, "hyperparameter": "lr", "value": -1},
            "value",
            "lr of adam: expected a number from",
        ),
        (
            {"command": "fork", "entrant": 0, "at": 7},
            "at",
            "(none is kept yet), got 7",
        ),
        (
            {"command": "fork", "entrant": 0, "optimizer": {"name": "newton"}},
            "optimizer.name",
            "expected an optimizer that trains networks",
        ),
        (
            {"command": "fork", "entrant": 0, "optimizer": {"lr": -1}},
            "optimizer.lr",
            "expected a number from",
        ),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    server: Server, race: str, order: dict[str, Any], field: str, part: str
) -> None:
    answer = server.http.post(f"/api/races/{race}/commands", json=order)
    assert answer.status_code == 422
    assert answer.json()["field"] == field
    assert part.lower() in answer.json()["detail"].lower()
    for kind in ("changed", "forked", "withdrawn"):
        assert not logged(server, race, kind)


def test_what_the_worker_refuses_is_its_sentence(server: Server, race: str) -> None:
    answer = command(server, race, "set", entrant=0, hyperparameter="lr", value=0.666)
    assert answer.status_code == 409
    assert answer.json()["detail"] == "Choose another number."


def test_whose_worker_is_done_cannot_be_forked_and_the_sentence_says_so(
    server: Server, race: str
) -> None:
    assert command(server, race, "stop", entrant=1).status_code == 202
    until(lambda: command(server, race, "fork", entrant=1).status_code == 409)
    answer = command(server, race, "fork", entrant=1)
    assert answer.json()["field"] == "entrant"
    assert "got 1, whose worker" in answer.json()["detail"]
    assert not logged(server, race, "forked")


def test_a_fork_beyond_the_most_entrants_is_refused(server: Server) -> None:
    race = start(server, "endless", entrants=MAX_ENTRANTS - 1)
    watch(server, race, stop_at="steps")
    assert command(server, race, "fork", entrant=0).status_code == 202
    answer = command(server, race, "fork", entrant=0)
    assert answer.status_code == 422
    assert f"at most {MAX_ENTRANTS} items" in answer.json()["detail"]
    command(server, race, "stop")


def test_a_race_that_is_over_takes_no_orders(server: Server) -> None:
    race = start(server)
    watch(server, race)
    answer = command(server, race, "stop", entrant=0)
    assert answer.status_code == 409
    assert (
        "expected a race that is running or paused, got one that is finished"
        in (answer.json()["detail"])
    )


def test_the_capacity_is_shown(server: Server, race: str) -> None:
    shown = server.http.get("/api/races").json()["capacity"]
    assert shown == server.http.get("/healthz").json()["capacity"]
    assert (shown["workers"], shown["free"], shown["waiting"]) == (2, 0, 0)
    queued = start(server)
    assert server.http.get("/healthz").json()["capacity"]["waiting"] == 1
    command(server, queued, "stop")


def test_a_queued_race_says_its_place_and_what_it_waits_for(server: Server, race: str) -> None:
    def queue(which: str) -> Any:
        return server.http.get(f"/api/races/{which}").json()["queue"]

    first, second = start(server), start(server)
    number = server.http.get(f"/api/races/{race}").json()["number"]
    assert queue(race) is None
    running = {"id": race, "number": number, "state": "running"}
    assert queue(first) == {"place": 1, "of": 2, "ahead": [running]}
    command(server, race, "pause")
    waiting = {"id": first, "number": number + 1, "state": "queued"}
    paused = {**running, "state": "paused"}
    assert queue(second) == {"place": 2, "of": 2, "ahead": [paused, waiting]}
    command(server, first, "stop")
    assert queue(first) is None
    assert queue(second) == {"place": 1, "of": 1, "ahead": [paused]}
    command(server, second, "stop")
    command(server, race, "resume")
