"""The first picture of every surface is right: nothing diverges, nothing leaves the view."""

import numpy as np
import pytest

from core.descent import Trajectory, defaults, run
from core.descent.request import Request
from core.descent.tune import LONGEST, MARGIN
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


@pytest.mark.parametrize("surface", SURFACES, ids=lambda each: each.name)
def test_no_default_diverges_or_leaves_the_view(surface: Surface) -> None:
    view = np.array(surface.view)
    width = view[:, 1] - view[:, 0]
    for each in by_default(surface):
        saddle = "hessian" in each.optimizer.needs and each.ending.reason == "stalled"
        assert each.ending.reason in ("converged", "step_budget") or saddle, each.ending.message
        centre = view.mean(axis=1)
        assert np.all(np.abs(each.path - centre) <= (0.5 + MARGIN) * width), each.optimizer
        assert each.values[-1] < each.values[0]
        if each.optimizer.family in ("gradient", "scaled", "adam"):
            steps = np.linalg.norm(np.diff(each.path, axis=0), axis=1)
            assert steps.max() <= LONGEST * np.linalg.norm(width), each.optimizer


@pytest.mark.parametrize("surface", SURFACES, ids=lambda each: each.name)
def test_what_is_shown_first_differs_and_arrives_or_nearly(surface: Surface) -> None:
    shown = defaults(surface.name).shown
    runs = {each.optimizer.name: each for each in by_default(surface)}
    assert set(shown) <= set(NAMES)
    assert "converged" in {runs[name].ending.reason for name in shown}
    ends = {runs[name].ending.step for name in shown}
    assert len(ends) > 1


def test_on_the_saddle_everyone_shown_gets_away() -> None:
    saddle = next(each for each in SURFACES if each.name == "saddle")
    for each in by_default(saddle):
        if each.optimizer.name != "newton":  # which is drawn to it, as theory says
            assert each.ending.reason == "converged", each.ending.message
            assert abs(each.path[-1, 0]) > 0.9


def test_defaults_are_complete_and_valid() -> None:
    for surface in [*(each.name for each in SURFACES), None]:
        own = defaults(surface)
        for name in NAMES:
            method = own.optimizer(name)
            assert method.hyperparameters() == own.hyperparameters[name]
