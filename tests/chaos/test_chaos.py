"""A short storm over real training; `python -m tests.chaos` is the long one."""

import sys
from pathlib import Path

import pytest

from tests.chaos.storm import Storm


@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform != "linux", reason="it looks for processes in /proc")
def test_a_race_under_kills_is_the_race_without_them(tmp_path: Path) -> None:
    wanted = {"worker": 2, "server": 2, "socket": 3}
    storm = Storm(tmp_path, wanted, seed=0, epochs=16)
    storm.run()
    assert storm.faults == []
    assert storm.done["interrupted"] > 0
    assert all(storm.done[what] >= many for what, many in wanted.items())
