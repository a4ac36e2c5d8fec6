"""Rates on a quadratic: the closed forms against matrices, and against what the kernels do."""

from itertools import product
from math import inf, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.optimizers import OPTIMIZERS, Optimizer
from core.optimizers.two_term import spectral_radius
from tests.core.optimizers.paths import make, path

TUNED = ("gradient_descent", "momentum", "nesterov", "newton")
CURVATURES = [(1.0, 1.0), (1.0, 4.0), (0.5, 50.0), (1e-3, 1.0)]


def contraction(method: Optimizer, curvature: float) -> float:
    found = method.contraction(curvature)
    assert found is not None
    return found


@given(st.floats(-3, 3), st.floats(-2, 2))
def test_the_spectral_radius_is_that_of_the_companion_matrix(trace: float, product: float) -> None:
    roots = np.linalg.eigvals(np.array([[trace, -product], [1.0, 0.0]]))
    # Double roots are known to half the digits only.
    assert spectral_radius(trace, product) == pytest.approx(np.abs(roots).max(), rel=1e-7, abs=1e-7)


MEASURED: list[tuple[str, dict[str, Any]]] = [
    ("gradient_descent", {"lr": 0.05}),
    ("gradient_descent", {"lr": 0.3}),  # beyond the limit along λ = 8: it grows
    ("momentum", {"lr": 0.05, "momentum": 0.9}),  # swings both ways
    ("momentum", {"lr": 0.01, "momentum": 0.3}),  # swings in neither
    ("momentum", {"lr": 0.2, "momentum": 0.5, "dampening": 0.5}),
    ("momentum", {"lr": 0.1, "momentum": 0.0, "dampening": 0.5}),  # torch: nothing to damp
    ("nesterov", {"lr": 0.05, "momentum": 0.9}),
    ("nesterov", {"lr": 0.15, "momentum": 0.4}),
    ("newton", {"lr": 0.7}),
    ("newton", {"lr": 1.3}),
]


@pytest.mark.parametrize(("name", "values"), MEASURED)
def measured(error: np.ndarray) -> float:
    """The factor per step between two windows, each wide enough to hold a swing's crest."""
    size = np.abs(error)
    n = int(np.argmin(size > 1e-280)) or len(size)  # beyond that doubles lose their digits
    width, first, last = min(40, n // 8), n // 4, 3 * n // 4
    crests = size[first : first + width].max(), size[last : last + width].max()
    return float((crests[1] / crests[0]) ** (1 / (last - first)))


@pytest.mark.parametrize(("name", "values"), MEASURED)
@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("curvature", [1.0, 8.0, -0.5])
def test_is_the_rate_that_the_engine_shows(
    name: str, values: dict[str, Any], axis: int, curvature: float
) -> None:
    method = make(name, **values)
    # The start lies on an eigenvector, so that the other direction stays exactly 0.
    formula = f"({curvature})*{'xy'[axis]}^2/2 + 3*{'yx'[axis]}^2/2"
    run = path(method, formula, ((1.0, 0.0), (0.0, 1.0))[axis], 400)
    assert len(run.path) > 16
    expected = contraction(method, curvature)
    assert measured(run.path[:, axis]) == pytest.approx(expected, rel=5e-3)


@pytest.mark.parametrize("name", TUNED)
@pytest.mark.parametrize(("low", "high"), CURVATURES)
def test_nothing_nearby_is_quicker_than_the_optimum(name: str, low: float, high: float) -> None:
    best = make(name).optimum(low, high)
    assert best is not None
    tuned = make(name).model_copy(update=best)
    least = max(contraction(tuned, low), contraction(tuned, high))
    for factors in product((0.9, 0.99, 1.0, 1.01, 1.1), repeat=len(best)):
        moved = {key: value * f for (key, value), f in zip(best.items(), factors, strict=True)}
        other = tuned.model_copy(update=moved)
        assert max(contraction(other, low), contraction(other, high)) >= least - 1e-7


@pytest.mark.parametrize(("low", "high"), CURVATURES)
def test_the_optimal_factors_are_those_of_the_books(low: float, high: float) -> None:
    kappa = high / low
    expected = {
        "gradient_descent": (kappa - 1) / (kappa + 1),
        "momentum": (sqrt(kappa) - 1) / (sqrt(kappa) + 1),
        "nesterov": 1 - 2 / sqrt(3 * kappa + 1),
        "newton": 0.0,
    }
    for name, factor in expected.items():
        best = make(name).optimum(low, high)
        assert best is not None
        tuned = make(name).model_copy(update=best)
        for curvature in (low, high):
            assert contraction(tuned, curvature) <= factor + 1e-7
        found = max(contraction(tuned, low), contraction(tuned, high))
        assert found == pytest.approx(factor, abs=1e-7)


@settings(deadline=None)
@given(st.sampled_from(TUNED[:3]), st.floats(0.01, 0.99), st.floats(0.01, 100))
def test_the_limit_of_stability_is_where_the_error_ceases_to_shrink(
    name: str, momentum: float, curvature: float
) -> None:
    method = make(name) if name == "gradient_descent" else make(name, momentum=momentum)
    stability = method.stability_limit(curvature)
    assert stability is not None
    for factor, grows in ((0.999, False), (1.001, True)):
        moved = method.model_copy(update={"lr": factor * stability.limit})
        assert (contraction(moved, curvature) > 1) is grows


def test_dampening_shares_the_optimum_of_the_undamped_form() -> None:
    best = make("momentum", dampening=0.5).optimum(1.0, 9.0)
    assert best is not None
    tuned = make("momentum", dampening=0.5).model_copy(update=best)
    assert contraction(tuned, 9.0) == pytest.approx(0.5, abs=1e-7)
    round_ = make("momentum", dampening=0.5).optimum(4.0, 4.0)
    assert round_ == {"lr": 0.25, "momentum": 0.0}


def test_who_knows_no_closed_form_says_so() -> None:
    for kind in OPTIMIZERS:
        name = kind.model_fields["name"].default
        method = make(name)
        knows = name in TUNED
        assert (method.contraction(2.0) is not None) is knows
        assert (method.optimum(1.0, 2.0) is not None) is knows
    assert make("newton").contraction(0.0) is None
    assert contraction(make("gradient_descent"), inf) == inf
