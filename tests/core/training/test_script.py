"""An entrant's script, run by another Python, gives the race's own losses, digit for digit."""

import subprocess
import sys
from pathlib import Path

import pytest

from core.training import Job
from core.training.script import script
from tests.core.training.helpers import curve, run

ROOT = Path(__file__).parents[3]
RACE = {
    "train_size": 256,
    "epochs": 2,
    "optimizers": [{"name": "momentum"}, {"name": "adam", "lr": 0.002}, {"name": "lbfgs"}],
}


@pytest.mark.parametrize("entrant", [0, 1])
def test_gives_the_losses_of_the_race(entrant: int, tmp_path: Path) -> None:
    text = script(Job.read(RACE), entrant)
    assert text is not None
    path = tmp_path / "entrant.py"
    path.write_text(text)
    done = subprocess.run(
        [sys.executable, str(path)],
        cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    steps, losses = curve(run(**RACE), entrant)
    assert [int(step) for step, _ in lines] == steps
    assert [float(loss) for _, loss in lines] == losses


def test_an_entrant_whose_step_is_our_own_has_none() -> None:
    assert script(Job.read(RACE), 2) is None
