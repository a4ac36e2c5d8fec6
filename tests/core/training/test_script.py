"""An entrant's script, run by another Python, gives the race's own losses, digit for digit."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.training import Control, Job, train
from core.training.script import script
from server.races.curves import Curves, curves
from server.races.lineage import way
from tests.core.training.helpers import Event, curve, run

ROOT = Path(__file__).parents[3]
RACE: dict[str, Any] = {
    "train_size": 256,
    "epochs": 4,
    "optimizers": [
        {"name": "momentum"},
        {"name": "adam", "lr": 0.002},
        {"name": "lbfgs"},
        {"name": "gradient_descent", "lr": 0.1, "schedule": {"name": "cosine", "final": 0.1}},
    ],
}


def ran(text: str | None, folder: Path) -> tuple[list[int], list[float]]:
    """Run a script; give the steps and losses that it prints."""
    assert text is not None
    path = folder / "entrant.py"
    path.write_text(text)
    done = subprocess.run(
        [sys.executable, str(path)],
        cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    return [int(step) for step, _ in lines], [float(loss) for _, loss in lines]


@pytest.fixture(scope="module")
def plain() -> list[Event]:
    return run(**RACE)


@pytest.mark.parametrize("entrant", [0, 1, 3])
def test_gives_the_losses_of_the_race(plain: list[Event], entrant: int, tmp_path: Path) -> None:
    assert ran(script(Job.read(RACE), entrant), tmp_path) == curve(plain, entrant)


def test_an_entrant_whose_step_is_our_own_has_none() -> None:
    assert script(Job.read(RACE), 2) is None


ORDERS: tuple[Event, ...] = (
    {"command": "fork", "entrant": 2, "new": 7, "at": None, "optimizer": {"name": "momentum"}},
    {"command": "set", "entrant": 0, "hyperparameter": "lr", "value": 0.03},
    {"command": "fork", "entrant": 0, "new": 4, "at": None, "optimizer": {"name": "adam"}},
    {
        "command": "fork", "entrant": 1, "new": 5, "at": None,
        "optimizer": {"name": "adam", "lr": 0.01, "schedule": {"name": "cosine", "final": 0.5}},
    },
    {"command": "set", "entrant": 4, "hyperparameter": "beta1", "value": 0.5},
    {"command": "fork", "entrant": 4, "new": 6, "at": None, "optimizer": {"name": "adam"}},
)  # fmt: skip


@pytest.fixture(scope="module")
def steered(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Event], Curves]:
    """The race with orders on the way, one after each event of every entrant's own steps."""
    control, left = Control(), list(ORDERS)
    told: list[Event] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.training.race.SLICE", 0.0)  # a turn is a step
        for event in train(Job.read(RACE), control=control):
            told.append(event)
            ready = left and event["type"] == "steps" and event["entrant"] == left[0]["entrant"]
            if ready:
                control.order({"id": str(len(left)), **left.pop(0)})
    assert not left
    asked = Job.read(RACE).model_dump(mode="json")
    return told, curves([{"type": "queued", "race": asked}, *told])


@pytest.mark.parametrize("entrant", [0, 4, 5, 6])
def test_changes_and_forks_are_repeated(
    steered: tuple[list[Event], Curves], entrant: int, tmp_path: Path
) -> None:
    told, found = steered
    origin = found.entrants[entrant].origin
    begins = 0 if origin is None else origin["step"]
    legs = way(found, entrant)
    steps, losses = curve(told, entrant)
    assert steps[0] == begins + 1
    assert len(legs) > 1
    assert ran(script(Job.read(found.asked), entrant, legs, begins), tmp_path) == (steps, losses)


def test_the_ways_have_the_turns_of_the_race(steered: tuple[list[Event], Curves]) -> None:
    _, found = steered
    fresh = {each: [leg.fresh for leg in way(found, each)] for each in (0, 4, 5, 6)}
    # Entrant 6: momentum, its change, Adam anew, Adam's change, and a fork that keeps it all.
    assert fresh[0] == [True, False]
    assert fresh[4] == [True, False, True, False]
    assert fresh[5] == [True, False]
    assert fresh[6] == [True, False, True, False, False]
    assert script(Job.read(found.asked), 7, way(found, 7), 1) is None  # its parent's steps
