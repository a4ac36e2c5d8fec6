"""tests/GOLDEN.md says the truth: every optimizer stands in it and is as near as it says."""

import pytest

from tests.core.optimizers.golden_table import HEAD, TABLE, described, measured, names, read


def test_names_every_optimizer_in_its_order() -> None:
    assert list(read()) == names()
    assert TABLE.read_text("utf-8").startswith(HEAD)


@pytest.mark.parametrize("name", names())
def test_is_as_near_as_its_row_says(name: str) -> None:
    who, what, worst = read()[name]
    assert (who, what) == described(name)
    assert worst <= 1e-8, "so far apart are two different rules"
    # Ten times: another processor or library may round otherwise.
    assert measured(name) <= 10 * worst
