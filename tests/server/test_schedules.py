"""Schedules on the wire: in the catalogue, over HTTP and over the socket."""

import json
from xml.etree import ElementTree

import numpy as np
import pytest

from core.descent import Request, run
from server.thinning import ROWS
from server.wire import pack
from tests.server.conftest import Server
from tests.server.jobs import descent
from tests.server.test_descents import unpack

COSINE = {"name": "cosine", "final": 0.1}
PAIR = [
    {"name": "adam", "lr": 0.1, "schedule": COSINE},
    {"name": "adam", "lr": 0.1},
    {"name": "momentum", "lr": 1e-4, "schedule": {"name": "step", "every": 10, "gamma": 0.5}},
]


def test_the_catalogue_lists_schedules_and_who_takes_one(server: Server) -> None:
    catalogue = server.http.get("/api/catalogue").json()
    names = [each["name"] for each in catalogue["schedules"]]
    assert names == ["constant", "exponential", "step", "inverse_time", "cosine", "warmup"]
    for schedule in catalogue["schedules"]:
        assert schedule["title"]
        assert schedule["words"]
        ElementTree.fromstring(schedule["formula_mathml"])
        for each in schedule["parameters"]:
            assert each["low"] <= each["default"] <= each["high"]
            ElementTree.fromstring(each["symbol"])
    takes = {each["name"]: each["takes_schedule"] for each in catalogue["optimizers"]}
    assert takes["adam"]
    assert takes["gradient_descent"]
    assert not takes["lbfgs"]
    assert catalogue["limits"]["seed"] == 2**32 - 1
    assert catalogue["limits"]["noise"] == 1_000_000


def test_http_answers_with_the_rates(server: Server) -> None:
    answer = server.http.post("/api/descents", json=descent(optimizers=PAIR)).json()
    cosine, plain, step = answer["trajectories"]
    assert plain["rates"] is None
    assert len(cosine["rates"]) == len(cosine["path"])
    assert cosine["rates"][0] == 0.1
    assert step["rates"][9:11] == [1e-4, 5e-5]
    assert cosine["hyperparameters"] == plain["hyperparameters"]


def test_http_refuses_one_for_a_line_search(server: Server) -> None:
    wrong = descent(optimizers=[{"name": "lbfgs", "schedule": COSINE}])
    answer = server.http.post("/api/descents", json=wrong)
    assert answer.status_code == 422
    assert answer.json()["field"] == "optimizers.0.schedule"
    assert "a line search sets the length of its steps" in answer.json()["detail"]


def test_the_socket_sends_the_rates_behind_the_rows(server: Server) -> None:
    grid = {"columns": 5, "rows": 4, "view": [[-2, 2], [-1, 3]]}
    asked = descent(optimizers=PAIR, grid=grid)
    with server.socket("/ws/descents") as socket:
        socket.send(json.dumps({**asked, "sequence": 3}))
        header, data = unpack(socket.recv(timeout=20))
    expected = run(Request.model_validate(asked))
    for entry, trajectory in zip(header["trajectories"], expected.trajectories, strict=True):
        rows = data[entry["offset"] : entry["offset"] + 7 * entry["rows"]].reshape(-1, 7)
        np.testing.assert_array_equal(rows, trajectory.rows.astype(np.float32))
        if trajectory.rates is None:
            assert entry["rates"] is None
            continue
        sent = data[entry["rates"] : entry["rates"] + entry["rows"]]
        np.testing.assert_array_equal(sent, trajectory.rates.astype(np.float32))
    assert header["grid"]["offset"] + 20 == len(data)


@pytest.mark.parametrize("steps", [ROWS - 1, ROWS, 10_000])
def test_rates_are_thinned_with_their_rows(steps: int) -> None:
    rule = {"name": "gradient_descent", "lr": 1e-5, "schedule": COSINE}
    asked = Request.model_validate(descent(steps=steps, optimizers=[rule]))
    done = run(asked)
    header, data = unpack(pack(1, asked, done))
    (entry,) = header["trajectories"]
    rates = done.trajectories[0].rates
    assert rates is not None
    sent = [*range(0, steps, entry["stride"]), steps]
    np.testing.assert_array_equal(data[entry["rates"] :], rates[sent].astype(np.float32))


def test_noise_and_seed_are_followed(server: Server) -> None:
    def path(**changes: object) -> object:
        answer = server.http.post("/api/descents", json=descent(**changes)).json()
        return answer["trajectories"][0]["path"]

    assert path(noise=0.5, seed=1) == path(noise=0.5, seed=1)
    assert path(noise=0.5, seed=1) != path(noise=0.5, seed=2)
    assert path(noise=0.5, seed=1) != path()
    assert path(noise=0, seed=1) == path(seed=2)
