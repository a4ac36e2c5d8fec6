"""The command line, in a process of its own: address, busy port, token, shutdown, real workers."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from core.refusal import Refusal
from server.__main__ import address, configured, main
from server.races.lock import FolderLock
from tests.server.conftest import Server
from tests.server.jobs import alive, children, descent, until

ROOT = Path(__file__).parents[2]


@contextmanager
def command(data: Path, *flags: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `python -m server` on a free port; yields the process and the address it printed."""
    line = [sys.executable, "-m", "server", "--port", "0", "--data", str(data), *flags]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first.startswith("Thalweg: http://")
        try:
            yield process, first.split()[1]
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(20)


def test_real_workers_race_and_everything_ends_in_two_seconds(tmp_path: Path) -> None:
    request = {"dataset": "shapes", "train_size": 256, "epochs": 1, "batch_size": 64}
    request["optimizers"] = [{"name": "adam"}, {"name": "gradient_descent"}]
    with command(tmp_path, "--workers", "1") as (process, url), ExitStack() as sockets:
        with httpx2.Client(base_url=url, timeout=60) as http:
            race = http.post("/api/races", json=request).json()["id"]
            events = []
            with connect(f"ws{url[4:]}ws/races/{race}?after=0") as watching:
                while not events or events[-1]["type"] not in ("finished", "failed"):
                    events += json.loads(watching.recv(timeout=120))["events"]
            assert events[-1] == {"seq": len(events), "type": "finished"}
            for entrant in (0, 1):
                own = [event for event in events if event.get("entrant") == entrant]
                steps = [n for event in own if event["type"] == "steps" for n in event["step"]]
                assert steps == [1, 2, 3, 4]
                assert own[-1]["type"] == "done"
            endless = http.post("/api/races", json={**request, "epochs": 200}).json()["id"]
            held = [sockets.enter_context(connect(f"ws{url[4:]}ws/descents")) for _ in range(4)]
            live = sockets.enter_context(connect(f"ws{url[4:]}ws/races/{endless}?after=0"))
            while "steps" not in live.recv(timeout=60):
                pass
        workers = children(process.pid)
        assert len(workers) == 1
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        assert time.monotonic() - began < 2
        until(lambda: not any(alive(pid) for pid in workers))
        with pytest.raises(ConnectionClosed) as closed:
            held[0].recv(timeout=5)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012


def test_workers_die_with_a_server_that_is_killed(tmp_path: Path) -> None:
    with command(tmp_path, "--workers", "2") as (process, _):
        until(lambda: len(children(process.pid)) == 2)
        workers = children(process.pid)
        until(lambda: all(is_worker(pid) for pid in workers))
        process.send_signal(signal.SIGKILL)
        process.wait()
        until(lambda: not any(alive(pid) for pid in workers))


def is_worker(pid: int) -> bool:
    """Tell whether a new process has become the worker yet."""
    return b"core.training.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()


def test_the_page_can_be_served_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from server.app import create_app;"
        "from server.settings import Settings; create_app(Settings(data=Path('x')));"
        "print([name for name in ('torch', 'sympy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_busy_port_ends_in_a_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port), "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert f"expected 127.0.0.1:{port} to be free" in said
    assert "choose another with --port" in said


def test_a_folder_in_use_ends_in_a_sentence_and_the_default_one_gives_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    lock = FolderLock(tmp_path / "thalweg")
    assert main(["--port", "0", "--data", str(tmp_path / "thalweg")]) == 1
    assert f"process {os.getpid()}) is writing" in capsys.readouterr().err
    assert configured(["--port", "8123"]).data == tmp_path / "thalweg" / "port-8123"
    lock.release()
    assert configured(["--port", "8123"]).data == tmp_path / "thalweg"


def test_only_loopback_needs_no_token(tmp_path: Path) -> None:
    data = ["--data", str(tmp_path)]
    assert configured(data).token is None
    assert configured(["--host", "::1", *data]).token is None
    open_settings = configured(["--host", "0.0.0.0", *data])
    assert open_settings.token is not None
    assert len(open_settings.token) >= 43
    assert address(open_settings, "here") == f"http://here:8000/?token={open_settings.token}"
    assert address(configured(data), "here") == "http://127.0.0.1:8000/"
    assert configured(["--host", "0.0.0.0", *data]).token != open_settings.token
    with pytest.raises(Refusal, match=r"expected one for a server on 0\.0\.0\.0"):
        replace(open_settings, token=None)
    with pytest.raises(Refusal, match="at least 16 characters"):
        configured(["--token", "short", *data])


@pytest.mark.parametrize(
    ("flags", "part"),
    [(["--port", "70000"], "from 0 to 65535"), (["--workers", "0"], "from 1 to 64")],
)
def test_flags_out_of_range_are_refused(flags: list[str], part: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=part):
        configured([*flags, "--data", str(tmp_path)])


def test_variables_stand_in_for_flags(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    values = {"HOST": "0.0.0.0", "PORT": "9000", "WORKERS": "3", "TOKEN": "x" * 20}
    for name, value in {**values, "DATA": str(tmp_path), "ALLOW_HOST": "a.example b:1"}.items():
        monkeypatch.setenv(f"THALWEG_{name}", value)
    found = configured([])
    assert (found.host, found.port, found.workers, found.token) == ("0.0.0.0", 9000, 3, "x" * 20)
    assert found.data == tmp_path
    assert found.hosts == ("a.example", "b:1")


def test_the_printed_address_lets_a_browser_in_and_nobody_else(guarded: Server) -> None:
    url = address(guarded.settings, "")
    base = url.partition("?")[0]
    with httpx2.Client(base_url=base, follow_redirects=True) as stranger:
        assert stranger.get("/").status_code == 401
        assert stranger.post("/api/descents", json=descent()).status_code == 401
    with httpx2.Client(base_url=base, follow_redirects=True) as browser:
        page = browser.get(url)
        assert page.status_code == 200
        assert "token" not in str(page.url)
        assert browser.post("/api/descents", json=descent()).status_code == 200
        cookie = f"thalweg_{guarded.settings.port}={guarded.settings.token}"
    with pytest.raises(InvalidStatus):
        connect(f"ws{base[4:]}ws/descents", legacy=True)
    with connect(f"ws{base[4:]}ws/descents", additional_headers={"cookie": cookie}) as socket_:
        socket_.send("{}")
        assert "detail" in json.loads(socket_.recv(timeout=10))
