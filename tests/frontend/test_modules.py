"""The JavaScript tests, run by Node.js where a machine has it; a user does not need it."""

import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
def test_modules() -> None:
    files = sorted(map(str, FOLDER.glob("**/*.test.js")))
    assert files, f"{FOLDER} should hold tests of the modules (*.test.js), and holds none."
    run = subprocess.run(
        ["node", "--test", *files],
        cwd=FOLDER.parents[1],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
