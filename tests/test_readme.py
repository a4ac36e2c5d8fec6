"""What the README promises in Python runs as it stands there."""

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def test_the_readme_s_python_runs_without_a_warning() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), flags=re.DOTALL)
    program = example.replace("epochs=2", "epochs=1, train_size=256")  # the same calls, sooner done
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr
    entrants = {line.split()[0] for line in done.stdout.splitlines()}
    assert entrants == {"0", "1"}
