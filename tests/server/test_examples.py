"""Recorded races: written from a server's log, entered into another's when first asked for."""

from pathlib import Path

import pytest

from server.races import service
from server.races.examples import FOLDER, find, record
from tests.server.conftest import Server, serve
from tests.server.jobs import fake_settings
from tests.server.watching import start, watch


def test_a_recorded_race_opens_on_a_server_that_never_ran_it(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    race = start(server, entrants=2, epochs=6)
    logged = watch(server, race)
    sentences = ["Recorded in a test.", "Adam comes first."]
    record(str(server.http.base_url).rstrip("/"), race, sentences, tmp_path)
    monkeypatch.setattr(service, "find", lambda name: find(name, tmp_path))
    fresh = serve(fake_settings(tmp_path / "data"))
    try:
        assert fresh.http.get("/api/races").json() == {"races": []}
        described = fresh.http.get(f"/api/races/{race}").json()
        assert described["state"] == "finished"
        events = watch(fresh, race)
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
        assert events[1] == {
            "seq": 2, "type": "recorded", "sentence": sentences[0], "findings": sentences[1:],
        }  # fmt: skip
        assert events[-1]["type"] == "finished"
        for entrant in range(2):
            for key in ("step", "loss"):
                ours, theirs = (
                    [
                        value
                        for event in told
                        if event["type"] == "steps" and event["entrant"] == entrant
                        for value in event[key]
                    ]
                    for told in (events, logged)
                )
                assert ours == theirs
        assert fresh.http.get("/api/races").json()["races"][0]["id"] == race
        assert watch(fresh, race) == events  # asked for twice, entered once
    finally:
        fresh.stop()


@pytest.mark.parametrize("race", ["000000000000", "../store", "x" * 12])
def test_what_is_no_example_is_not_found(race: str) -> None:
    assert find(race) is None


def test_every_recorded_race_that_comes_along_is_whole() -> None:
    for path in FOLDER.glob("*.jsonl.gz"):
        example = find(path.name.partition(".")[0])
        assert example is not None
        kinds = [event["type"] for event in example.events]
        assert kinds[:2] == ["queued", "recorded"]
        assert kinds[-1] == "finished"
        assert path.stat().st_size < 2_000_000
