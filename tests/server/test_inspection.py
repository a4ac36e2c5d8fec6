"""Gradient, Hessian and step of one trajectory, over the socket and over HTTP."""

import json

import numpy as np
import pytest

from core.descent import Request, run
from server.inspection import SENT, table
from server.wire import ROWS, pack
from tests.server.conftest import Server
from tests.server.jobs import descent
from tests.server.test_descents import GRID, unpack

COLUMNS = ["gx", "gy", "hxx", "hxy", "hyy", "dx", "dy", "fresh_x", "fresh_y"]


def test_the_socket_sends_row_by_row_what_the_engine_sees(server: Server) -> None:
    asked = descent(grid=GRID, inspect=1)
    with server.socket("/ws/descents") as socket:
        socket.send(json.dumps({**asked, "sequence": 3}))
        header, data = unpack(socket.recv(timeout=20))
    inspection = run(Request.model_validate(asked)).trajectories[1].inspection
    assert inspection is not None
    told = header["inspection"]
    assert (told["trajectory"], told["columns"]) == (1, COLUMNS)
    assert told["rows"] == header["trajectories"][1]["rows"]
    assert told["stability"] == {"limit": 2.0, "label": "2/λmax"}
    rows = data[told["offset"] :].reshape(told["rows"], len(COLUMNS))
    np.testing.assert_array_equal(rows, table(inspection).astype(np.float32))
    assert np.isnan(rows[-1, 5:]).all()
    assert np.isfinite(rows[:-1, :7]).all()
    grid = header["grid"]
    cells = data[grid["offset"] : grid["offset"] + 30 * 40]
    assert np.isfinite(cells).all()


def test_nothing_more_is_sent_to_whoever_does_not_ask(server: Server) -> None:
    asked = Request.model_validate(descent())
    header, data = unpack(pack(1, asked, run(asked)))
    assert "inspection" not in header
    assert len(data) == sum(7 * each["rows"] for each in header["trajectories"])
    assert "inspection" not in server.http.post("/api/descents", json=descent()).json()


def test_http_spells_out_every_row(server: Server) -> None:
    answer = server.http.post("/api/descents", json=descent(inspect=0)).json()
    told = answer["inspection"]
    assert told["trajectory"] == 0
    assert told["columns"] == COLUMNS
    assert told["stability"] is None
    assert len(told["rows"]) == 51
    assert told["rows"][-1][5:] == [None] * 4
    path, norms = answer["trajectories"][0]["path"], answer["trajectories"][0]["gradient_norms"]
    for step, row in enumerate(told["rows"][:-1]):
        gx, gy, _, _, _, dx, dy, _, _ = row
        assert np.hypot(gx, gy) == pytest.approx(norms[step], rel=1e-12)
        assert [path[step][0] + dx, path[step][1] + dy] == pytest.approx(path[step + 1], rel=1e-12)


@pytest.mark.parametrize("steps", [ROWS - 1, ROWS, 10_000])
def test_a_thinned_path_is_inspected_at_the_same_rows(steps: int) -> None:
    plain = [{"name": "gradient_descent", "lr": 1e-5}]
    asked = Request.model_validate(descent(steps=steps, optimizers=plain, inspect=0))
    done = run(asked)
    header, data = unpack(pack(1, asked, done))
    told, entry = header["inspection"], header["trajectories"][0]
    assert told["rows"] == entry["rows"]
    rows = data[told["offset"] :].reshape(told["rows"], len(SENT))
    inspection = done.trajectories[0].inspection
    assert inspection is not None
    sent = [*range(0, steps, entry["stride"]), steps]
    np.testing.assert_array_equal(rows, table(inspection)[sent].astype(np.float32))


def test_late_steps_keep_their_direction_on_the_wire() -> None:
    """Float32 iterates could not tell it: the steps are a hundred millionth of the point."""
    asked = Request.model_validate(
        descent(
            surface={"formula": "(x - 1)**2 + (y - 1)**2"},
            start=[1.001, 1.0005],
            optimizers=[{"name": "gradient_descent", "lr": 1e-5}],
            tolerance=1e-6,
            inspect=0,
        )
    )
    header, data = unpack(pack(1, asked, run(asked)))
    rows = data[header["inspection"]["offset"] :].reshape(-1, len(SENT)).astype(float)[:-1]
    np.testing.assert_allclose(rows[:, 5], -1e-5 * rows[:, 0], rtol=1e-6)
    np.testing.assert_allclose(rows[:, 6], -1e-5 * rows[:, 1], rtol=1e-6)


@pytest.mark.parametrize("index", [2, -1, "0.5", None])
def test_an_index_that_names_nobody_is_refused_with_a_sentence(
    server: Server, index: object
) -> None:
    asked = descent(inspect=index)
    answer = server.http.post("/api/descents", json=asked)
    with server.socket("/ws/descents") as socket:
        socket.send(json.dumps({**asked, "sequence": 5}))
        reply = socket.recv(timeout=20)
    if index is None:
        assert answer.status_code == 200
        assert "inspection" not in unpack(reply)[0]
        return
    assert answer.status_code == 422
    assert answer.json()["field"] == "inspect"
    told = json.loads(reply)
    assert (told["sequence"], told["field"]) == (5, "inspect")
    assert "xpected" in told["detail"]
    assert "inspect" in told["detail"]
