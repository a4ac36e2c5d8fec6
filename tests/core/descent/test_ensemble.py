"""Ensembles of seeds: every one a run of its own, and quantiles that numpy finds as well."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core import descend
from core.descent import Ensemble, Trajectory
from core.descent.ensemble import quantiles
from core.descent.measures import measured
from core.refusal import Refusal
from tests.core.descent.requests import asked, ran

Array = NDArray[np.float64]
SHARES = [0.1, 0.5, 0.9]


def held(runs: list[Array]) -> Array:
    """All runs as long as the longest, the ended ones at their last row: (n, longest, k)."""
    longest = max(map(len, runs))
    return np.stack([np.pad(rows, ((0, longest - len(rows)), (0, 0)), "edge") for rows in runs])


def many(seeds: int = 9, **given: Any) -> tuple[Ensemble, list[Trajectory]]:
    """An ensemble, and the same runs asked for one by one."""
    found = descend(seed=5, seeds=seeds, **given).ensemble
    assert found is not None
    return found, [descend(seed=5 + i, **given) for i in range(seeds)]


@pytest.mark.parametrize(
    "given",
    [
        {"surface": "rosenbrock", "optimizer": "adam", "noise": 20.0, "steps": 120},
        {"surface": "linear_regression", "optimizer": "momentum", "batch_size": 3, "steps": 90},
        {"surface": "quadratic", "optimizer": "gradient_descent", "noise": 0.01, "steps": 400},
        {"surface": "rosenbrock", "optimizer": "adahessian", "probes": 1, "steps": 60},
    ],
    ids=lambda given: given["optimizer"],
)
def test_quantiles_are_those_of_the_single_runs(given: dict[str, Any]) -> None:
    found, single = many(**given)
    assert [len(rows) for rows in found.runs] == [len(each.rows) for each in single]
    for rows, each, end in zip(found.runs, single, found.endings, strict=True):
        np.testing.assert_array_equal(rows, each.rows)
        assert end == each.ending
    assert len(np.unique([rows[-1, 0] for rows in found.runs])) > 1, "every seed goes its own way"
    expected = np.quantile(held([each.rows for each in single]), SHARES, axis=0)
    np.testing.assert_allclose([found.low, found.median, found.high], expected, 1e-12)


def test_the_measure_is_told_by_quantiles_too() -> None:
    found = ran(noise=2.0, seeds=7, measure="distance", optimizers=[{"name": "adam", "lr": 0.2}])
    (only,) = found.trajectories
    assert only.ensemble is not None
    assert only.ensemble.measure is not None
    minima = found.surface.minima
    each = [measured("distance", rows[:, :2], minima)[:, None] for rows in only.ensemble.runs]
    expected = np.quantile(held(each), SHARES, axis=0)[:, :, 0].T
    np.testing.assert_allclose(only.ensemble.measure, expected, 1e-12)


def test_one_seed_is_no_ensemble_and_changes_nothing() -> None:
    plain, first = ran(noise=3.0), ran(noise=3.0, seeds=4)
    for one, other in zip(plain.trajectories, first.trajectories, strict=True):
        assert one.ensemble is None
        assert other.ensemble is not None
        np.testing.assert_array_equal(one.rows, other.rows)
        np.testing.assert_array_equal(one.rows, other.ensemble.runs[0])


def test_without_chance_all_seeds_are_one() -> None:
    (found, *_) = (each.ensemble for each in ran(seeds=3).trajectories)
    assert found is not None
    for rows in (found.low, found.median, found.high, *found.runs):
        np.testing.assert_allclose(rows, found.runs[0], 1e-15)


@pytest.mark.parametrize("draw", range(40))
def test_quantiles_of_drawn_runs(draw: int) -> None:
    """Ordered, blind to the order of the runs, within them, and equal to numpy's."""
    random = np.random.default_rng(draw)
    scale = 10.0 ** random.uniform(-200, 200)
    lengths = random.integers(1, 12, random.integers(1, 9))
    runs = [scale * random.standard_normal((length, 3)) for length in lengths]
    low, median, high = found = quantiles(runs)
    assert np.all((low <= median) & (median <= high))
    everything = held(runs)
    assert np.all((everything.min(axis=0) <= low) & (high <= everything.max(axis=0)))
    np.testing.assert_array_equal(found, quantiles(runs[::-1]))
    np.testing.assert_allclose(found, np.quantile(everything, SHARES, axis=0), 1e-12, 1e-12 * scale)


def test_a_run_that_ends_beyond_all_numbers_holds_its_last_finite_row() -> None:
    lost = np.array([[1.0, 1.0], [5.0, 2.0], [np.inf, np.nan]])
    rest = np.full((4, 2), 3.0)
    _, median, _ = quantiles([lost, rest])
    np.testing.assert_array_equal(median, [[2, 2], [4, 2.5], [4, 2.5], [4, 2.5]])


def test_where_a_run_goes_on_without_a_number_there_is_no_quantile() -> None:
    angle = np.array([[np.nan], [30.0], [40.0]])
    found = quantiles([angle, angle + 10])
    assert np.isnan(found[:, 0]).all()
    np.testing.assert_allclose(found[1, 1:, 0], [35, 45])


def test_the_tally_counts_every_ending_and_the_median_of_its_steps() -> None:
    points = {"surface": "least_squares_points", "optimizer": "gradient_descent", "lr": 0.1}
    found, single = many(**points, noise=1.0, tolerance=0.03, steps=150, seeds=16)
    ends = [each.ending for each in single]
    tally = {reason: (count, step) for reason, count, step in found.tally()}
    assert len(tally) > 1, "this test wants runs that end in different ways"
    assert sum(count for count, _ in tally.values()) == 16
    for reason, (count, step) in tally.items():
        steps = [each.step for each in ends if each.reason == reason]
        assert (count, step) == (len(steps), np.median(steps))


def test_refusals() -> None:
    with pytest.raises(Refusal, match=r"100,000 steps × 2 optimizers × 3 seeds = 600,000\. Take"):
        asked(steps=100_000, seeds=3)
    with pytest.raises(Refusal, match="Expected seeds up to 4294967295, got 3 from 4294967294 on"):
        asked(seed=2**32 - 2, seeds=3)
    for bad in (0, 65, 1.5):
        with pytest.raises(Refusal, match="seeds"):
            asked(seeds=bad)
