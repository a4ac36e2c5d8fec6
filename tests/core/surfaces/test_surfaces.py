"""Surfaces: what is declared is true, and the derivatives are those of the formula."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.formula import compile
from core.refusal import Refusal
from core.surfaces import SURFACES, Surface, surface

every = pytest.mark.parametrize("each", SURFACES, ids=lambda each: each.name)


def settings_of(each: Surface) -> list[dict[str, float]]:
    """Every corner of the parameters' ranges, and the defaults."""
    corners = product(*((p.low, p.default, p.high) for p in each.parameters))
    return [dict(zip((p.name for p in each.parameters), c, strict=True)) for c in corners]


def test_the_names() -> None:
    names = ["rosenbrock", "beale", "saddle", "quadratic", "himmelblau", "long_valley"]
    assert [each.name for each in SURFACES] == names
    assert surface("beale").title == "Beale"
    with pytest.raises(Refusal, match=r"Expected one of the surfaces rosenbrock, .*, got “bale”"):
        surface("bale")


@every
def test_the_declaration_is_whole(each: Surface) -> None:
    expression = each.expression()
    assert expression.parameters == tuple(p.name for p in each.parameters)
    assert expression.values == tuple(p.default for p in each.parameters)
    assert all(p.low < p.high and p.low <= p.default <= p.high for p in each.parameters)
    assert each.sentence.endswith((".", "?"))
    assert each.reference
    assert expression.hints() == ()


@every
def test_start_and_minima_lie_in_the_view(each: Surface) -> None:
    (left, right), (low, high) = each.view
    for x, y in [each.start, *each.minima_at({})]:
        assert left < x < right
        assert low < y < high


@every
def test_the_view_is_wide_and_can_be_drawn_to_one_scale(each: Surface) -> None:
    (left, right), (low, high) = each.view
    assert 1.3 <= (right - left) / (high - low) <= 2.01


@every
def test_the_start_is_not_dull(each: Surface) -> None:
    """Neither flat nor on an axis of symmetry, on which a method would stay for ever."""
    _, gradient, _ = compile(each.expression()).evaluate(*each.start)
    assert math.hypot(*gradient) > 0.1
    assert all(abs(component) > 0.01 for component in gradient)


@every
def test_minima_are_flat_and_curved_upwards(each: Surface) -> None:
    native = compile(each.expression())
    assert each.minima or each.saddles
    for values in settings_of(each):
        points = each.minima_at(values)
        lowest = [native.evaluate(*point, values)[0] for point in points]
        assert max(lowest, default=0.0) - min(lowest, default=0.0) < 1e-20
        for point in points:
            _, gradient, hessian = native.evaluate(*point, values)
            eigenvalues = np.linalg.eigvalsh(hessian)
            assert math.hypot(*gradient) < 1e-13 * max(1.0, eigenvalues[1])
            assert eigenvalues[0] > 1e-9 * eigenvalues[1]


@every
def test_saddles_are_flat_and_curved_both_ways(each: Surface) -> None:
    native = compile(each.expression())
    for values in settings_of(each):
        for point in each.saddles_at(values):
            _, gradient, hessian = native.evaluate(*point, values)
            low, high = np.linalg.eigvalsh(hessian)
            assert math.hypot(*gradient) < 1e-13 * high
            assert low < 0 < high


@every
@settings(max_examples=30, derandomize=True, deadline=None)
@given(across=st.floats(0, 1), up=st.floats(0, 1), corner=st.integers(0, 8))
def test_derivatives_agree_with_differences(
    each: Surface, across: float, up: float, corner: int
) -> None:
    native = compile(each.expression())
    (left, right), (low, high) = each.view
    x, y = left + across * (right - left), low + up * (high - low)
    corners = settings_of(each)
    values = corners[corner % len(corners)]
    _, gradient, hessian = native.evaluate(x, y, values)
    h = 1e-5

    def central(part: int) -> list[np.ndarray]:
        """Differences of the value (part 0) or of the gradient (part 1), along x and along y."""
        ends = [((x + h, y), (x - h, y)), ((x, y + h), (x, y - h))]
        pairs = [[np.array(native.evaluate(*p, values)[part]) for p in pair] for pair in ends]
        return [(ahead - behind) / (2 * h) for ahead, behind in pairs]

    scale = 1 + abs(native.evaluate(x, y, values)[0]) + np.abs(hessian).max()
    assert np.array(central(0)) == pytest.approx(np.array(gradient), abs=1e-7 * scale)
    assert np.array(central(1)) == pytest.approx(np.array(hessian), abs=1e-7 * scale)


def test_the_condition_number_of_the_quadratic_is_kappa() -> None:
    native = compile(surface("quadratic").expression())
    for kappa, angle in [(20.0, 0.3), (1000.0, -1.2), (1.0, 0.0)]:
        _, _, hessian = native.evaluate(1.0, -2.0, {"kappa": kappa, "angle": angle})
        eigenvalues, vectors = np.linalg.eigh(hessian)
        assert eigenvalues == pytest.approx([1.0, kappa])
        if kappa > 1:
            assert abs(vectors[:, 0] @ [math.cos(angle), math.sin(angle)]) == pytest.approx(1.0)


def test_parameters_move_the_minimum() -> None:
    assert surface("rosenbrock").minima_at({"a": -0.5}) == [(-0.5, 0.25)]
    assert surface("rosenbrock").minima_at({}) == [(1.0, 1.0)]
