"""Ensembles over HTTP and over the socket: what travels is what the engine computes."""

import json
from typing import Any

import numpy as np
import pytest

from core.descent import Request, run
from server.ensembles import POINTS
from server.thinning import ROWS
from server.wire import pack
from tests.server.conftest import Server
from tests.server.jobs import descent
from tests.server.test_descents import unpack

NOISY: dict[str, Any] = {"noise": 3.0, "seeds": 6, "seed": 2}


def test_http_spells_an_ensemble_out(server: Server) -> None:
    asked = descent(**NOISY, measure="distance")
    answer = server.http.post("/api/descents", json=asked).json()
    expected = run(Request.read(asked))
    for told, trajectory in zip(answer["trajectories"], expected.trajectories, strict=True):
        found, known = told["ensemble"], trajectory.ensemble
        assert known is not None
        assert found["seeds"] == [2, 3, 4, 5, 6, 7]
        assert [each["reason"] for each in found["endings"]] == [e.reason for e in known.endings]
        assert sum(each["count"] for each in found["tally"]) == 6
        np.testing.assert_array_equal(found["median"]["path"], known.median[:, :2])
        np.testing.assert_array_equal(found["low"]["values"], known.low[:, 2])
        np.testing.assert_array_equal(found["high"]["gradient_norms"], known.high[:, 3])
        assert known.measure is not None
        np.testing.assert_array_equal(found["median"]["measure"], known.measure[:, 1])


def test_one_seed_says_none(server: Server) -> None:
    answer = server.http.post("/api/descents", json=descent(noise=3.0)).json()
    assert [each["ensemble"] for each in answer["trajectories"]] == [None, None]


def test_the_socket_sends_the_same(server: Server) -> None:
    asked = descent(**NOISY, measure="step_length")
    with server.socket("/ws/descents") as socket:
        socket.send(json.dumps({**asked, "sequence": 1}))
        header, data = unpack(socket.recv(timeout=20))
    for entry, trajectory in zip(
        header["trajectories"], run(Request.read(asked)).trajectories, strict=True
    ):
        found, known = entry["ensemble"], trajectory.ensemble
        assert known is not None
        assert (found["seeds"], found["stride"], found["last_step"]) == (6, 1, 50)
        for name in ("low", "median", "high"):
            rows = data[found[name] : found[name] + 7 * found["rows"]].reshape(-1, 7)
            np.testing.assert_array_equal(rows, getattr(known, name).astype(np.float32))
        assert known.measure is not None
        high = data[found["measure"]["high"] :][: found["rows"]]
        np.testing.assert_array_equal(high, known.measure[:, 2].astype(np.float32))
        at = found["paths"]["offset"]
        for rows, count in zip(known.runs, found["paths"]["rows"], strict=True):
            path = data[at : at + 2 * count].reshape(-1, 2)
            np.testing.assert_array_equal(path, rows[:, :2].astype(np.float32))
            at += 2 * count


@pytest.mark.parametrize(("steps", "seeds"), [(1000, 2), (1000, 64), (7000, 64), (99_999, 5)])
def test_single_runs_are_thinned_to_a_bound_and_say_so(steps: int, seeds: int) -> None:
    slow = [{"name": "gradient_descent", "lr": 1e-5}]
    asked = Request.read(descent(steps=steps, seeds=seeds, noise=1.0, optimizers=slow))
    done = run(asked)
    header, data = unpack(pack(1, asked, done))
    found, known = header["trajectories"][0]["ensemble"], done.trajectories[0].ensemble
    assert known is not None
    assert found["rows"] <= ROWS
    paths = found["paths"]
    assert sum(paths["rows"]) <= POINTS
    assert (paths["stride"] == 1) == (seeds * (steps + 1) <= POINTS)
    at = paths["offset"]
    for rows, count, last in zip(known.runs, paths["rows"], paths["last_steps"], strict=True):
        path = data[at : at + 2 * count].reshape(-1, 2)
        assert last == len(rows) - 1
        np.testing.assert_array_equal(path[-1], rows[-1, :2].astype(np.float32))
        np.testing.assert_array_equal(path[1], rows[paths["stride"], :2].astype(np.float32))
        at += 2 * count


def test_too_much_work_is_a_sentence(server: Server) -> None:
    answer = server.http.post("/api/descents", json=descent(steps=20_000, seeds=64))
    assert answer.status_code == 422
    assert "64 seeds = 2,560,000" in answer.json()["detail"]
