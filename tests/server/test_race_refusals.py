"""Races, commands and places in the log that do not exist: a sentence each, nothing logged."""

import json

import pytest
from websockets.exceptions import InvalidStatus

from tests.server.conftest import Server
from tests.server.jobs import job
from tests.server.watching import command, start, watch

UNKNOWN = "0123456789ab"


def test_an_unknown_race_is_a_sentence_everywhere(server: Server) -> None:
    answers = [
        server.http.get(f"/api/races/{UNKNOWN}"),
        server.http.get(f"/api/races/{UNKNOWN}/events"),
        command(server, UNKNOWN, "stop"),
        server.http.get("/api/races/%F0%9F%8F%94"),
        server.http.get(f"/api/races/{'x' * 5000}"),
    ]
    for answer in answers:
        assert answer.status_code == 404
        assert "expected the id of a race" in answer.json()["detail"]
    with pytest.raises(InvalidStatus) as refused:
        server.socket(f"/ws/races/{UNKNOWN}")
    assert refused.value.response.status_code == 404
    assert b"expected the id of a race" in (refused.value.response.body or b"")


@pytest.mark.parametrize("after", ["-1", "x", "1e3", "99999999", "9" * 40, "%E2%91%A0"])
def test_a_place_that_is_not_in_the_log_is_refused(server: Server, after: str) -> None:
    race = start(server)
    watch(server, race)
    answer = server.http.get(f"/api/races/{race}/events?after={after}")
    assert answer.status_code == 422
    assert answer.json()["field"] == "after"
    with pytest.raises(InvalidStatus) as refused:
        server.socket(f"/ws/races/{race}?after={after}")
    assert refused.value.response.status_code == 422


BAD: dict[str, tuple[str, str, str]] = {
    "unknown optimizer": ('"adam"', '"adamant"', "optimizers"),
    "learning rate beyond float64": ('"lr": 0.001', '"lr": 1e400', "optimizers.0.lr"),
    "nan": ('"lr": 0.001', '"lr": NaN', "optimizers.0.lr"),
    "negative epochs": ('"epochs": 5', '"epochs": -5', "epochs"),
    "a thousand million epochs": ('"epochs": 5', '"epochs": 1000000000', "epochs"),
    "unknown data set": ('"shapes"', '"../../etc"', "dataset"),
    "misspelt field": ('"epochs"', '"epoch"', "epoch"),
    "sixty-five entrants": (
        '"optimizers": [',
        '"optimizers": [' + 64 * '{"name": "adam"}, ',
        "optimizers",
    ),
    "no json": ('"epochs": 5', '"epochs": ', ""),
}


@pytest.mark.parametrize("bad", BAD)
def test_bad_races_are_refused_before_they_are_logged(server: Server, bad: str) -> None:
    before = server.http.get("/api/races").json()
    old, new, field = BAD[bad]
    text = json.dumps(job())
    assert old in text
    answer = server.http.post("/api/races", content=text.replace(old, new, 1))
    assert answer.status_code == 422
    assert (answer.json()["field"] or "").startswith(field)
    assert server.http.get("/api/races").json() == before


@pytest.mark.parametrize("body", ['{"command": "explode"}', "{}", "[]", "", '{"command": 5}'])
def test_bad_commands_are_refused(server: Server, body: str) -> None:
    race = start(server)
    answer = server.http.post(f"/api/races/{race}/commands", content=body)
    assert answer.status_code == 422
    assert "expected" in answer.json()["detail"].lower()
    watch(server, race)
