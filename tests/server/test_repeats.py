"""Repeats on the wire: entrants by number, orders to one of them, files that say the seed."""

import csv
import io
import random
from typing import Any

import numpy as np
import pytest

from server.races import repeats
from server.races.curves import curves
from server.races.report_repeats import report_repeats
from tests.server.conftest import Server
from tests.server.jobs import job
from tests.server.watching import command, watch


def started(server: Server, behaviour: str = "finish") -> str:
    asked = {**job(behaviour, entrants=2), "repeats": 3}
    answer = server.http.post("/api/races", json=asked)
    assert answer.status_code == 201
    race: str = answer.json()["id"]
    return race


def test_entrants_are_numbered_repeat_by_repeat(server: Server) -> None:
    race = started(server)
    events = watch(server, race)
    described = server.http.get(f"/api/races/{race}").json()
    assert described["race"]["repeats"] == 3
    assert "forks" not in described["race"]
    entrants = described["entrants"]
    assert [each["entrant"] for each in entrants] == list(range(6))
    assert [each["repeat"] for each in entrants] == [0, 0, 1, 1, 2, 2]
    assert [each["hyperparameters"]["lr"] for each in entrants] == [0.001, 0.002] * 3
    assert {event["entrant"] for event in events if event["type"] == "done"} == set(range(6))


def test_files_say_the_repeat_and_its_seed(server: Server) -> None:
    race = started(server)
    watch(server, race)
    text = server.http.get(f"/api/races/{race}/export.csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    seed = job()["seed"]
    told = {(row["entrant"], row["repeat"], row["seed"]) for row in rows}
    assert told == {(str(i), str(i // 2), str(seed + i // 2)) for i in range(6)}
    assert "median" in server.http.get(f"/api/races/{race}/export.html").text
    table = server.http.get(f"/api/races/{race}/export.json").json()
    assert [each["seed"] for each in table["entrants"]] == [seed + i // 2 for i in range(6)]
    answer = server.http.get(f"/api/races/{race}/entrants/5/script.py")
    assert f"adam-seed-{seed + 2}.py" in answer.headers["content-disposition"]
    assert f"'seed': {seed + 2}, 'repeats': 1" in answer.text


def test_the_report_has_medians_with_bands_and_counts_what_diverged() -> None:
    adam, momentum = ([0.1, 0.3, 0.6], [0.1, 0.4, 0.5], [0.1, 0.2]), ([0.2], [0.2], [0.2, 0.3, 0.4])
    events: list[Any] = [
        {"type": "queued", "race": {"optimizers": [{"name": "adam"}, {"name": "momentum"}],
                                    "repeats": 3, "seed": 7}},
    ]  # fmt: skip
    for index, lanes in enumerate((adam, momentum)):
        for repeat, values in enumerate(lanes):
            who = {"entrant": index + 2 * repeat}
            for step, value in enumerate(values, 1):
                seen = {"step": step, "epoch": step, "loss": 1 - value, "accuracy": value}
                events.append({"type": "evaluation", **who, **seen})
            kind = "done" if len(values) == 3 else "diverged"
            events.append({"type": kind, **who, "step": len(values)})
    found = curves(events)
    one, other = repeats.grouped(found)
    assert [curve.seed for curve in one] == [7, 8, 9]
    line = repeats.line(one, "accuracy")
    assert (line.epochs, line.middle) == ([1, 2, 3], [0.1, 0.3, 0.5])  # the third one is worst
    assert (line.low, line.high) == ([0.1, 0.2, 0.5], [0.1, 0.4, 0.6])
    assert repeats.line(other, "loss").epochs == [1]  # then two of three are lost
    assert repeats.best(one) == pytest.approx((0.5, 0.05))
    assert repeats.best(other) is None
    text = report_repeats(found, "race 1")
    assert "seed 7: 60.00%; seed 8: 50.00%; seed 9: diverged" in text
    assert "<td>± 5.00 points</td>" in text
    assert "<td>2 of 3</td>" in text
    assert "from the lowest to the highest" in text


def test_bands_are_those_of_numpy() -> None:
    draw = random.Random(3)
    for repeats_ in range(5, 11):
        values = [draw.random() for _ in range(repeats_)]
        expected = np.quantile(values, [0.1, 0.9])
        assert repeats.band(values, repeats_) == pytest.approx(tuple(expected))


def test_an_order_to_one_repeat_leaves_the_others_alone(server: Server) -> None:
    race = started(server, "endless")
    watch(server, race, stop_at="steps")
    told: dict[str, Any] = command(server, race, "fork", entrant=3).json()
    assert told["event"]["entrant"] == 6
    assert told["event"]["optimizer"]["lr"] == 0.002  # its parent's
    assert command(server, race, "stop", entrant=3).json()["event"]["type"] == "withdrawn"
    assert command(server, race, "stop").json()["state"] == "stopped"
    withdrawn = [event for event in watch(server, race) if event["type"] == "withdrawn"]
    assert [event["entrant"] for event in withdrawn] == [3]


def test_too_many_entrants_and_forks_from_the_outset_are_refused(server: Server) -> None:
    many = server.http.post("/api/races", json={**job(entrants=7), "repeats": 10})
    assert (many.status_code, many.json()["field"]) == (422, "repeats")
    assert "7 optimizers × 10 repeats = 70" in many.json()["detail"]
    forks = server.http.post("/api/races", json={**job(), "forks": [0]})
    assert (forks.status_code, forks.json()["field"]) == (422, "forks")
    assert "fork once it runs" in forks.json()["detail"]
