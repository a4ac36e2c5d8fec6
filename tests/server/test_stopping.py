"""Stopping rules in the contract: declared in the catalogue, answered over HTTP and the socket."""

import json
from typing import Any
from xml.etree import ElementTree

from core.descent import Request, run
from tests.server.conftest import Server
from tests.server.jobs import descent
from tests.server.test_descents import unpack

TOLERANCES = {"absolute_improvement": 1e-3, "gradient_norm": 1e-9}


def test_the_catalogue_declares_rules_that_a_request_takes(server: Server) -> None:
    rules = server.http.get("/api/catalogue").json()["stopping"]
    assert [each["name"] for each in rules] == [
        "absolute_improvement", "relative_improvement", "gradient_norm", "step_size",
    ]  # fmt: skip
    for each in rules:
        ElementTree.fromstring(each["formula_mathml"])
        tolerance = each["tolerance"]
        assert tolerance["low"] < tolerance["default"] < tolerance["high"]
        for value in (tolerance["low"], tolerance["default"], tolerance["high"]):
            asked = descent(stopping={each["name"]: value})
            assert server.http.post("/api/descents", json=asked).status_code == 200


def test_both_answers_say_what_the_engine_found(server: Server) -> None:
    asked = descent(stopping=TOLERANCES)
    told = server.http.post("/api/descents", json=asked).json()["trajectories"]
    with server.socket("/ws/descents") as socket:
        socket.send(json.dumps({**asked, "sequence": 1}))
        header, _ = unpack(socket.recv(timeout=20))
    expected = run(Request.model_validate(asked)).trajectories
    for mine, live, each in zip(told, header["trajectories"], expected, strict=True):
        assert each.stops is not None
        spelt: dict[str, Any] = {
            rule: found and {"step": found.step, "value": found.value}
            for rule, found in each.stops.items()
        }
        assert mine["stops"] == live["stops"] == spelt
    assert expected[0].stops is not None
    assert expected[0].stops["absolute_improvement"] is not None
    assert expected[0].stops["gradient_norm"] is None


def test_nothing_is_sent_unless_asked_for(server: Server) -> None:
    told = server.http.post("/api/descents", json=descent()).json()["trajectories"]
    assert [each["stops"] for each in told] == [None, None]


def test_a_rule_that_is_not_known_is_refused(server: Server) -> None:
    answer = server.http.post("/api/descents", json=descent(stopping={"patience": 3}))
    assert answer.status_code == 422
    assert answer.json()["field"] == "stopping"
    assert "absolute_improvement" in answer.json()["detail"]
