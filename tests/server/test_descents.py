"""Descents over HTTP and over the socket, good and bad."""

import json
import struct
from contextlib import ExitStack
from typing import Any

import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from core.descent import Request, run
from server.thinning import ROWS
from server.wire import COLUMNS, pack
from tests.server.conftest import Server
from tests.server.jobs import descent, until

GRID = {"columns": 40, "rows": 30, "view": [[-2, 2], [-1, 3]]}


def unpack(message: str | bytes) -> tuple[dict[str, Any], np.ndarray]:
    assert isinstance(message, bytes)
    (length,) = struct.unpack_from("<I", message)
    assert (4 + length) % 4 == 0
    return json.loads(message[4 : 4 + length]), np.frombuffer(message, "<f4", offset=4 + length)


def test_http_answers_with_every_step(server: Server) -> None:
    answer = server.http.post("/api/descents", json=descent(grid=GRID)).json()
    adam, plain = answer["trajectories"]
    assert adam["optimizer"] == "adam"
    assert len(adam["path"]) == len(adam["values"]) == len(adam["gradient_norms"]) == 51
    assert adam["path"][0] == [-1.2, 1]
    assert plain["evaluations"][:3] == [[0, 0, 0], [0, 1, 0], [0, 2, 0]]
    assert adam["ending"]["reason"] == "step_budget"
    assert plain["stability"]["limit"] == pytest.approx(2 / 1506.37, rel=1e-4)
    assert answer["surface"]["minima"] == [[1, 1]]
    assert answer["surface"]["minima_values"] == [0]
    assert len(answer["grid"]) == 30
    assert len(answer["grid"][0]) == 40


def test_http_never_writes_nan(server: Server) -> None:
    wild = [{"name": "gradient_descent", "lr": 1.0}]
    answer = server.http.post("/api/descents", json=descent(steps=300, optimizers=wild))
    assert answer.status_code == 200
    assert "NaN" not in answer.text
    assert "Infinity" not in answer.text
    assert answer.json()["trajectories"][0]["ending"]["reason"] == "diverged"


def test_socket_sends_what_the_engine_computes(server: Server) -> None:
    asked = descent(grid=GRID)
    with server.socket("/ws/descents") as socket:
        socket.send(json.dumps({**asked, "sequence": 41}))
        header, data = unpack(socket.recv(timeout=20))
    expected = run(Request.model_validate(asked))
    assert header["sequence"] == 41
    assert tuple(header["columns"]) == COLUMNS
    for entry, trajectory in zip(header["trajectories"], expected.trajectories, strict=True):
        rows = data[entry["offset"] : entry["offset"] + 7 * entry["rows"]].reshape(-1, 7)
        np.testing.assert_array_equal(rows, trajectory.rows.astype(np.float32))
        assert entry["ending"]["message"] == trajectory.ending.message
        assert entry["final"]["value"] == trajectory.values[-1]
    grid = header["grid"]
    assert (grid["rows"], grid["columns"], grid["x"], grid["y"]) == (30, 40, [-2, 2], [-1, 3])
    assert expected.grid is not None
    np.testing.assert_array_equal(
        data[grid["offset"] :].reshape(30, 40), expected.grid.astype(np.float32)
    )


@pytest.mark.parametrize("steps", [ROWS - 2, ROWS - 1, ROWS, ROWS + 1, 10_000, 99_999])
def test_long_paths_are_thinned_and_say_so(steps: int) -> None:
    asked = Request.model_validate(
        descent(steps=steps, optimizers=[{"name": "gradient_descent", "lr": 1e-5}])
    )
    done = run(asked)
    header, data = unpack(pack(1, asked, done))
    (entry,) = header["trajectories"]
    rows = data.reshape(-1, 7)
    assert len(rows) == entry["rows"] <= ROWS
    assert entry["last_step"] == steps
    counts = rows[:, COLUMNS.index("gradient_evaluations")]
    sent = [*range(0, steps, entry["stride"]), steps]
    np.testing.assert_array_equal(counts, np.array(sent, np.float32))


def test_what_float32_cannot_hold_is_nan_in_the_data_and_null_in_the_header() -> None:
    asked = Request.model_validate(
        descent(
            surface={"formula": "exp(x*x)*(1+y*y)"},
            start=[9.6, 0],  # e^92 is a float64 and no float32
            optimizers=[{"name": "gradient_descent", "lr": 0.001}],
            grid={"columns": 3, "rows": 2, "view": [[0, 9.6], [0, 1]]},
        )
    )
    header, data = unpack(pack(1, asked, run(asked)))
    assert header["start"]["value"] is None
    assert header["surface"]["minimum"] is None
    first = data[:7]
    assert first[0] == np.float32(9.6)
    assert np.isnan(first[2])
    assert not np.isinf(data).any()
    assert np.isnan(data[header["grid"]["offset"] + 2])


BAD: dict[str, tuple[str, str]] = {
    "unknown optimizer": ('"name": "adam"', '"name": "adamant"'),
    "learning rate beyond float64": ('"lr": 0.1', '"lr": 1e400'),
    "nan": ('"lr": 0.1', '"lr": NaN'),
    "negative steps": ('"steps": 50', '"steps": -50'),
    "a thousand million steps": ('"steps": 50', '"steps": 1000000000'),
    "unknown surface": ('"rosenbrock"', '"rosenbrook"'),
    "unknown parameter": ('"rosenbrock"', '"rosenbrock", "parameters": {"q": 1}'),
    "misspelt field": ('"steps"', '"stepps"'),
    "infinite start": ("[-1.2, 1]", "[-Infinity, 1]"),
    "no json": ('"steps": 50', '"steps": '),
    "surrogate": ('"rosenbrock"', '"\\ud800"'),
    "formula with code": ('"name": "rosenbrock"', '"formula": "__import__(\'os\')"'),
    "formula too long": ('"name": "rosenbrock"', f'"formula": "x{"+y" * 300}"'),
    "empty formula": ('"name": "rosenbrock"', '"formula": ""'),
}


@pytest.mark.parametrize("bad", BAD)
def test_bad_requests_are_refused_and_the_server_goes_on(server: Server, bad: str) -> None:
    text = json.dumps(descent())
    old, new = BAD[bad]
    assert old in text
    text = text.replace(old, new, 1)
    answer = server.http.post("/api/descents", content=text)
    assert answer.status_code == 422
    sentence = answer.json()["detail"]
    assert len(sentence) > 20
    with server.socket("/ws/descents") as socket:
        socket.send(f'{{"sequence": 7, {text[1:]}')
        reply = json.loads(socket.recv(timeout=20))
        assert reply["detail"][:20] == sentence[:20]
        assert reply["sequence"] == (None if bad in ("no json", "surrogate") else 7)
        socket.send(json.dumps({**descent(), "sequence": 8}))
        assert unpack(socket.recv(timeout=20))[0]["sequence"] == 8


@pytest.mark.parametrize(
    "message",
    [b"\x00\x01", b"\xff", "", "[]", "7", "\x00", "{}", '{"sequence": 1' + 40 * "0" + "}"],
)
def test_a_socket_survives_any_message(server: Server, message: str | bytes) -> None:
    with server.socket("/ws/descents") as socket:
        socket.send(message)
        assert "expected" in json.loads(socket.recv(timeout=20))["detail"].lower()
        socket.send(json.dumps({**descent(), "sequence": 1}))
        assert unpack(socket.recv(timeout=20))[0]["sequence"] == 1


def test_only_the_newest_question_is_answered(server: Server) -> None:
    heavy = descent(steps=50_000, optimizers=10 * [{"name": "adam", "lr": 0.0001}])
    last = 60
    with server.socket("/ws/descents") as socket:
        for sequence in range(1, last + 1):
            socket.send(json.dumps({**heavy, "sequence": sequence}))
        answered: list[int] = []
        while not answered or answered[-1] != last:
            answered.append(unpack(socket.recv(timeout=60))[0]["sequence"])
    assert answered == sorted(set(answered))
    assert len(answered) < last / 2


def test_a_fault_of_our_own_costs_one_answer(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(request: object) -> None:
        raise ZeroDivisionError("a planted fault")

    with server.socket("/ws/descents") as socket:
        with monkeypatch.context() as planted:
            planted.setattr("server.compute.run", broken)
            answer = server.http.post("/api/descents", json=descent())
            assert answer.status_code == 500
            assert "a fault of its own" in answer.json()["detail"]
            assert "default-src 'self'" in answer.headers["content-security-policy"]
            socket.send(json.dumps({**descent(), "sequence": 1}))
            assert "a fault of its own" in json.loads(socket.recv(timeout=20))["detail"]
        socket.send(json.dumps({**descent(), "sequence": 2}))
        assert unpack(socket.recv(timeout=20))[0]["sequence"] == 2


def test_a_foreign_origin_gets_no_socket(server: Server) -> None:
    with pytest.raises(InvalidStatus) as refused:
        server.socket("/ws/descents", origin="http://evil.example")
    assert refused.value.response.status_code == 403
    assert refused.value.response.body is not None
    assert b"Origin: expected" in refused.value.response.body
    with server.socket("/ws/descents", origin=f"http://{server.host}") as own:
        own.send("{}")
        assert json.loads(own.recv(timeout=10))["detail"]


def test_each_address_holds_so_many_sockets(own_server: Server) -> None:
    def ask(socket: ClientConnection) -> str:
        socket.send("{}")
        return str(json.loads(socket.recv(timeout=10))["detail"])

    with ExitStack() as held:
        for _ in range(8):
            ask(held.enter_context(own_server.socket("/ws/descents")))
        with own_server.socket("/ws/descents") as ninth:
            assert "expected at most 8" in json.loads(ninth.recv(timeout=10))["detail"]
            with pytest.raises(ConnectionClosed) as closed:
                ninth.recv(timeout=10)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1013
    until(lambda: own_server.services.places.held == 0)
    with own_server.socket("/ws/descents") as socket:
        assert "expected at most 8" not in ask(socket)
