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
        assert fresh.http.get("/api/races").json()["races"] == []
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


def test_the_papers_race_shows_what_its_findings_say() -> None:
    example = find("ff1332a3f4aa")
    assert example is not None
    findings = " ".join(example.events[1]["findings"])
    entrants = example.events[0]["race"]["optimizers"]
    best: dict[int, float] = {}
    lowest: dict[int, tuple[float, float]] = {}
    epochs: dict[int, list[float]] = {}
    for event in example.events:
        if event["type"] == "evaluation" and event["step"]:
            who, accuracy, loss = event["entrant"], event["accuracy"], event["loss"]
            best[who] = max(best.get(who, 0), accuracy)
            if loss is not None:
                lowest[who] = min(lowest.get(who, (9.0, 0.0)), (loss, event["epoch"]))
        if event["type"] == "epoch":
            epochs.setdefault(event["entrant"], []).append(event["seconds"])
    torchs = next(at for at, each in enumerate(entrants) if each.get("form") == 2)
    (lost,) = (event for event in example.events if event["type"] == "diverged")
    assert (lost["entrant"], lost["step"]) == (torchs, 127)
    for entrant in (0, 1, 2, 3, 4, 5, 7, 9):
        # Half to even or half up: 0.5725 may be told either way.
        assert any(f"{100 * best[entrant] + nudge:.1f} %" in findings for nudge in (-1e-6, 1e-6)), (
            entrants[entrant],
            best[entrant],
        )
    assert max(best, key=lambda each: best[each]) == 9
    assert [round(lowest[each][1]) for each in (0, 2, 3, 1)] == [7, 7, 14, 29]
    mean = {entrant: sum(took) / len(took) for entrant, took in epochs.items()}
    assert round(mean[4] / mean[0], 1) == 3.1
    assert round(mean[7] / mean[0], 1) == 5.1
    assert abs(mean[5] / mean[0] - 1) < 0.05
