"""The first picture of every surface is right: nothing diverges, nothing leaves the view."""

import numpy as np
import pytest

from core.descent import Trajectory, defaults, run
from core.descent.request import Request
from core.descent.tune import LONGEST, rows_in_view
from core.optimizers import NAMES
from core.surfaces import SURFACES, Surface


def by_default(surface: Surface) -> tuple[Trajectory, ...]:
    own = defaults(surface.name)
    rules = [{"name": name, **own.hyperparameters[name]} for name in NAMES]
    request = {
        "surface": {"name": surface.name},
        "start": surface.start,
        "steps": own.steps,
        "optimizers": rules,
    }
    return run(Request.read(request)).trajectories


BOUNDED = [each for each in SURFACES if each.minima]


@pytest.mark.parametrize("surface", BOUNDED, ids=lambda each: each.name)
def test_no_default_diverges_or_leaves_the_view(surface: Surface) -> None:
    for each in by_default(surface):
        saddle = each.optimizer.name == "newton" and each.ending.reason == "stalled"
        assert each.ending.reason in ("converged", "step_budget") or saddle, each.ending.message
        assert rows_in_view(each, surface) == len(each.path), each.optimizer
        assert each.values[-1] < each.values[0]
        assert smooth(each, surface), each.optimizer


def smooth(each: Trajectory, surface: Surface) -> bool:
    if each.optimizer.family in ("line_search", "conjugate", "newton"):
        return True  # their steps do not follow from a learning rate
    seen = each.path[: rows_in_view(each, surface) + 1]
    diagonal = np.linalg.norm([hi - lo for lo, hi in surface.view])
    return bool(np.linalg.norm(np.diff(seen, axis=0), axis=1).max() <= LONGEST * diagonal)


@pytest.mark.parametrize("surface", BOUNDED, ids=lambda each: each.name)
def test_what_is_shown_first_differs_and_arrives_or_nearly(surface: Surface) -> None:
    shown = defaults(surface.name).shown
    runs = {each.optimizer.name: each for each in by_default(surface)}
    assert set(shown) <= set(NAMES)
    assert "converged" in {runs[name].ending.reason for name in shown}
    ends = {runs[name].ending.step for name in shown}
    assert len(ends) > 1


def test_everyone_leaves_the_saddle_downhill_but_newton_who_seeks_it() -> None:
    saddle = next(each for each in SURFACES if each.name == "saddle")
    for each in by_default(saddle):
        if each.optimizer.name == "newton":
            assert each.ending.reason == "stalled"
            assert "saddle" in each.ending.message
        else:
            assert each.ending.reason in ("left_view", "step_budget"), each.ending.message
            assert rows_in_view(each, saddle) < len(each.path), each.optimizer
            assert each.values[-1] < 0
            assert smooth(each, saddle), each.optimizer


def test_defaults_are_complete_and_valid() -> None:
    for surface in [*(each.name for each in SURFACES), None]:
        own = defaults(surface)
        for name in NAMES:
            method = own.optimizer(name)
            assert method.hyperparameters() == own.hyperparameters[name]
