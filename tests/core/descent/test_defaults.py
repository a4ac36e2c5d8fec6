"""The first picture of every surface is right: nothing diverges, nothing leaves the view."""

import numpy as np
import pytest

from core.descent import Trajectory, defaults, run
from core.descent.defaults import tuned
from core.descent.request import Request
from core.descent.tune import LONGEST, diagonal, reached, rows_in_view
from core.optimizers import NAMES, optimizer
from core.surfaces import SURFACES, Surface

# Nothing in their lattice keeps these in the picture: their line searches leap, or (Newton on the
# network's plateaus) their steps do.
UNFIT = {
    ("monkey_saddle", "exact_line_search"),
    ("branin", "damped_newton"),
    ("rastrigin", "damped_newton"),
    ("sigmoid_network_squared", "newton"),
    ("sigmoid_network_cross_entropy", "newton"),
}


def by_default(surface: Surface) -> tuple[Trajectory, ...]:
    own = defaults(surface.name)
    rules = [
        {"name": name, **own.hyperparameters[name]}
        for name in NAMES
        if (surface.name, name) not in UNFIT and len(surface.variables) in optimizer(name).variables
    ]
    request = {
        "surface": {"name": surface.name},
        "start": surface.start,
        "steps": own.steps,
        "optimizers": rules,
    }
    return run(Request.read(request)).trajectories


BOUNDED = [each for each in SURFACES if each.minima]
SADDLES = [each for each in SURFACES if not each.minima]


@pytest.mark.parametrize("surface", BOUNDED, ids=lambda each: each.name)
def test_no_default_diverges_or_leaves_the_view(surface: Surface) -> None:
    for each in by_default(surface):
        stalled = each.ending.reason == "stalled"
        sought = stalled and each.optimizer.name == "newton"  # a saddle, or even a maximum
        kink = stalled and reached(each, surface) is not None
        assert each.ending.reason in ("converged", "step_budget") or sought or kink, each.ending
        assert rows_in_view(each, surface) == len(each.path), each.optimizer
        assert each.values[-1] < each.values[0] or sought
        assert smooth(each, surface), each.optimizer


def smooth(each: Trajectory, surface: Surface) -> bool:
    if each.optimizer.family in ("line_search", "conjugate", "newton"):
        return True  # their steps do not follow from a learning rate
    seen = each.path[: rows_in_view(each, surface) + 1]
    return bool(np.linalg.norm(np.diff(seen, axis=0), axis=1).max() <= LONGEST * diagonal(surface))


@pytest.mark.parametrize("surface", BOUNDED, ids=lambda each: each.name)
def test_who_converges_has_come_to_a_declared_minimum(surface: Surface) -> None:
    for each in by_default(surface):
        if each.ending.reason == "converged":
            assert reached(each, surface) is not None, each.ending.message


@pytest.mark.parametrize("surface", BOUNDED, ids=lambda each: each.name)
def test_what_is_shown_first_differs_and_arrives_or_nearly(surface: Surface) -> None:
    shown = defaults(surface.name).shown
    runs = {each.optimizer.name: each for each in by_default(surface)}
    assert set(shown) <= set(NAMES)
    assert "converged" in {runs[name].ending.reason for name in shown}
    ends = {runs[name].ending.step for name in shown}
    assert len(ends) > 1


@pytest.mark.parametrize("surface", SADDLES, ids=lambda each: each.name)
def test_everyone_leaves_a_saddle_downhill_but_newton_who_seeks_it(surface: Surface) -> None:
    for each in by_default(surface):
        if each.optimizer.name == "newton":
            assert each.ending.reason == "stalled"
            assert "saddle" in each.ending.message
        else:
            assert each.ending.reason in ("left_view", "step_budget"), each.ending.message
            assert rows_in_view(each, surface) < len(each.path), each.optimizer
            assert each.values[-1] < 0
            assert smooth(each, surface), each.optimizer


def test_of_those_shown_momentum_alone_rolls_into_the_deeper_of_two_wells() -> None:
    wells = next(each for each in SURFACES if each.name == "two_wells")
    deep, shallow = wells.minima_at({})
    for each in by_default(wells):
        if each.optimizer.name in defaults("two_wells").shown:
            rolled = each.optimizer.name == "momentum"
            assert reached(each, wells) == (deep if rolled else shallow), each.ending.message


def test_those_that_fit_no_picture_are_these_and_are_not_shown() -> None:
    found = {(place, name) for place, by in tuned().items() for name in by if by[name] is None}
    assert found == UNFIT
    assert all(name not in defaults(place).shown for place, name in found)


def test_defaults_are_complete_and_valid() -> None:
    for surface in [*(each.name for each in SURFACES), None]:
        own = defaults(surface)
        for name in NAMES:
            method = own.optimizer(name)
            assert method.hyperparameters() == own.hyperparameters[name]
