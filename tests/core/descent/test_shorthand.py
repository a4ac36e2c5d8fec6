"""core.descend: a descent in one line."""

import numpy as np
import pytest

import core
from core.refusal import Refusal


def test_a_named_surface_with_its_own_defaults() -> None:
    run = core.descend("rosenbrock", "adam", start=(-1.2, 1), steps=1000, lr=0.2)
    assert run.ending.reason == "converged"
    np.testing.assert_allclose(run.path[-1], 1, atol=0.01)
    np.testing.assert_array_equal(core.descend("rosenbrock", "adam").rows, run.rows)


def test_a_formula() -> None:
    run = core.descend("(x - c)^2 + y^2", "newton", start=(0, 1), parameters={"c": 3})
    np.testing.assert_allclose(run.path[-1], [3, 0])


def test_other_fields_of_the_request() -> None:
    quiet, one, other = (
        core.descend("beale", "momentum", noise=noise, seed=seed).rows
        for noise, seed in ((0, 1), (0.1, 1), (0.1, 2))
    )
    assert not np.array_equal(quiet[1], one[1])
    assert not np.array_equal(one[1], other[1])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("rosenbrok", "adam"), "rosenbrok"),
        (("rosenbrock", "adm"), "adm"),
        (("x^2 + y^2", "adam"), "start"),
    ],
)
def test_refuses(arguments: tuple[str, str], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        core.descend(*arguments)
    with pytest.raises(Refusal, match="lrr"):
        core.descend("beale", "adam", lrr=1)
