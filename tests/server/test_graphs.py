"""The graph over HTTP: numbers as JSON, what has none as null, faults with their position."""

from xml.etree import ElementTree

import pytest

from tests.server.conftest import Server


def test_a_graph_is_described(server: Server) -> None:
    asked = {"formula": "log(x)*y", "values": {"x": -1}, "direction": "y"}
    answer = server.http.post("/api/graphs", json=asked)
    assert answer.status_code == 200
    found = answer.json()
    assert found["direction"] == "y"
    assert [each["name"] for each in found["inputs"]] == ["x", "y"]
    log, product = found["nodes"]
    assert log["primal"] is None
    assert log["uses"] == ["a2"]
    assert product["arguments"][0]["name"] == "a1"
    assert product["adjoint"] == 1
    for each in (*found["inputs"], *found["nodes"]):
        ElementTree.fromstring(each["mathml"])


@pytest.mark.parametrize(
    ("asked", "field", "position"),
    [
        ({"formula": "x +* y"}, "formula", 3),
        ({"formula": "x + 1", "direction": "q"}, "direction", None),
        ({"formula": "x + 1", "values": {"q": 1}}, "values.q", None),
        ({"formula": "7"}, "formula", None),
    ],
)
def test_a_fault_is_a_sentence(
    server: Server, asked: dict[str, object], field: str, position: int | None
) -> None:
    answer = server.http.post("/api/graphs", json=asked)
    assert answer.status_code == 422
    assert answer.json()["field"] == field
    assert answer.json()["position"] == position
    assert answer.json()["detail"].startswith("Expected")
