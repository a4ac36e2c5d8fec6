"""Limits of stability and rates on a quadratic, in both answers."""

import json
from typing import Any

import pytest

from tests.server.conftest import Server
from tests.server.jobs import descent
from tests.server.test_descents import unpack

METHODS = [{"name": "gradient_descent"}, {"name": "momentum"}, {"name": "adam"}]


def both(server: Server, **changes: Any) -> list[list[dict[str, Any]]]:
    asked = descent(optimizers=METHODS, **changes)
    told = server.http.post("/api/descents", json=asked).json()["trajectories"]
    with server.socket("/ws/descents") as socket:
        socket.send(json.dumps({**asked, "sequence": 1}))
        header, _ = unpack(socket.recv(timeout=20))
    return [told, header["trajectories"]]


def test_a_quadratic_says_its_rates_and_optimum(server: Server) -> None:
    for plain, heavy, adam in both(server, surface={"formula": "(x^2 + 9*y^2)/2"}):
        assert plain["quadratic"]["curvatures"] == [1, 9]
        assert plain["quadratic"]["optimum"] == pytest.approx({"lr": 0.2})
        assert plain["quadratic"]["best"] == pytest.approx(0.8)
        assert heavy["quadratic"]["optimum"] == pytest.approx({"lr": 0.25, "momentum": 0.25})
        assert plain["stability"]["limit"] == pytest.approx(2 / 9)
        assert adam["quadratic"] is adam["at_minimum"] is adam["stability"] is None


def test_elsewhere_the_limit_at_the_minimum_stands_beside_that_at_the_start(server: Server) -> None:
    for plain, heavy, _ in both(server):  # Rosenbrock: the Hessian at (1, 1) is (802, −400, 200)
        assert plain["quadratic"] is heavy["quadratic"] is None
        assert plain["at_minimum"] == {"limit": pytest.approx(2 / 1001.6006), "label": "2/λmax"}
        assert plain["at_minimum"]["limit"] > plain["stability"]["limit"]
