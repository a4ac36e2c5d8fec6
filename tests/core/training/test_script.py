"""An entrant's script, run by another Python, gives the race's own losses, digit for digit."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from core.training import Control, Job, train
from core.training.job import TRAINABLE
from core.training.script import repeatable, script
from server.races.curves import Curves, curves
from server.races.lineage import way
from tests.core.training.helpers import Event, curve, run

ROOT = Path(__file__).parents[3]
SIZE: dict[str, Any] = {"network": "mlp", "train_size": 256, "epochs": 4, "batch_size": 64}
COSINE = {"name": "cosine", "final": 0.1}
RACE: dict[str, Any] = {
    **SIZE,
    "optimizers": [
        {"name": "momentum"},
        {"name": "adam", "lr": 0.002},
        {"name": "lbfgs"},
        {"name": "gradient_descent", "lr": 0.1, "schedule": COSINE},
    ],
}

RUN = """
import runpy, sys
for path in sys.argv[1:]:
    print("script", path)
    runpy.run_path(path)
"""


def ran(texts: Sequence[str | None], folder: Path) -> list[tuple[list[int], list[float]]]:
    """Run scripts, one after the other; give the steps and losses that each prints."""
    paths = []
    for index, text in enumerate(texts):
        assert text is not None
        path = folder / f"{index}.py"
        path.write_text(text)
        paths.append(str(path))
    done = subprocess.run(
        [sys.executable, "-c", RUN, *paths],
        cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[tuple[list[int], list[float]]] = []
    for first, second in (line.split() for line in done.stdout.splitlines()):
        if first == "script":
            found.append(([], []))
        else:
            found[-1][0].append(int(first))
            found[-1][1].append(float(second))
    return found


def test_every_optimizer_of_torch_and_a_schedule_are_repeated(tmp_path: Path) -> None:
    plain = [kind for kind in TRAINABLE if repeatable(kind.model_validate(kind.training or {}))]
    entrants = [{"name": kind.model_fields["name"].default} for kind in plain]
    entrants.append(RACE["optimizers"][3])
    race = {**SIZE, "optimizers": entrants}
    assert len(entrants) > 8
    told = run(**race)
    scripts = [script(Job.read(race), each) for each in range(len(entrants))]
    assert ran(scripts, tmp_path) == [curve(told, each) for each in range(len(entrants))]


def test_an_entrant_whose_step_is_our_own_has_none() -> None:
    assert script(Job.read(RACE), 2) is None


ORDERS: tuple[Event, ...] = (
    {"command": "fork", "entrant": 2, "new": 7, "at": None, "optimizer": {"name": "momentum"}},
    {"command": "set", "entrant": 0, "hyperparameter": "lr", "value": 0.03},
    {"command": "fork", "entrant": 0, "new": 4, "at": None, "optimizer": {"name": "rmsprop"}},
    {
        "command": "fork", "entrant": 1, "new": 5, "at": None,
        "optimizer": {"name": "adam", "lr": 0.01, "schedule": COSINE},
    },
    {"command": "set", "entrant": 4, "hyperparameter": "alpha", "value": 0.5},
    {"command": "fork", "entrant": 4, "new": 6, "at": None, "optimizer": {"name": "rmsprop"}},
)  # fmt: skip


@pytest.fixture(scope="module")
def steered() -> tuple[list[Event], Curves]:
    """The race with orders on the way, each after a step of the entrant that it is about."""
    control, left = Control(), list(ORDERS)
    told: list[Event] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.training.race.SLICE", 0.0)  # a turn is a step
        for event in train(Job.read(RACE), control=control):
            told.append(event)
            if left and event["type"] == "steps" and event["entrant"] == left[0]["entrant"]:
                control.order({"id": str(len(left)), **left.pop(0)})
    assert not left
    asked = Job.read(RACE).model_dump(mode="json")
    return told, curves([{"type": "queued", "race": asked}, *told])


def test_changes_and_forks_are_repeated(
    steered: tuple[list[Event], Curves], tmp_path: Path
) -> None:
    told, found = steered
    scripts, expected = [], []
    for entrant in (0, 4, 5, 6):
        origin = found.entrants[entrant].origin
        begins = 0 if origin is None else origin["step"]
        scripts.append(script(Job.read(found.asked), entrant, way(found, entrant), begins))
        expected.append(curve(told, entrant))
        assert expected[-1][0][0] == begins + 1
    assert ran(scripts, tmp_path) == expected


def test_the_ways_have_the_turns_of_the_race(steered: tuple[list[Event], Curves]) -> None:
    _, found = steered
    fresh = {each: [leg.fresh for leg in way(found, each)] for each in (0, 4, 5, 6)}
    # Entrant 6: momentum, its change, RMSprop anew, its change, and a fork that keeps it all.
    assert fresh[0] == [True, False]
    assert fresh[4] == [True, False, True, False]
    assert fresh[5] == [True, False]
    assert fresh[6] == [True, False, True, False, False]
    assert script(Job.read(found.asked), 7, way(found, 7), 1) is None  # its parent's steps
