"""Surfaces: what is declared is true, and the derivatives are those of the formula."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.formula import compile
from core.refusal import Refusal
from core.surfaces import SURFACES, Surface, surface
from tests.core.surfaces.every import KINKS, every, planes, settings_of


def test_the_names() -> None:
    names = (
        "rosenbrock long_valley beale quadratic booth matyas saddle monkey_saddle two_wells "
        "himmelblau three_hump_camel six_hump_camel styblinski_tang branin mccormick "
        "goldstein_price peaks rastrigin ackley least_squares_points linear_regression "
        "logistic_regression sigmoid_network_squared sigmoid_network_cross_entropy "
        "parabola newton_example newton_quartic"
    )
    assert [each.name for each in SURFACES] == names.split()
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
    assert expression.hints() == (KINKS[each.name][1:] if each.name in KINKS else ())


@every
def test_start_and_minima_lie_in_the_view(each: Surface) -> None:
    (left, right), (low, high) = each.view
    for x, y in [each.start, *each.minima_at({})]:
        assert left < x < right
        assert low < y < high


@planes
def test_the_view_is_wide_and_can_be_drawn_to_one_scale(each: Surface) -> None:
    (left, right), (low, high) = each.view
    assert 1.3 <= (right - left) / (high - low) <= 2.01


@planes
def test_the_start_is_not_dull(each: Surface) -> None:
    """Neither flat nor on an axis of symmetry, on which a method would stay for ever."""
    _, gradient, _ = compile(each.expression()).evaluate(*each.start)
    assert math.hypot(*gradient) > 0.1
    assert all(abs(component) > 0.01 for component in gradient)


@planes
@settings(max_examples=30, derandomize=True, deadline=None)
@given(across=st.floats(0, 1), up=st.floats(0, 1), corner=st.integers(0, 8))
def test_derivatives_agree_with_differences(
    each: Surface, across: float, up: float, corner: int
) -> None:
    native = compile(each.expression())
    (left, right), (low, high) = each.view
    x, y = left + across * (right - left), low + up * (high - low)
    assume(each.name not in KINKS or math.dist((x, y), KINKS[each.name][0]) > 0.1)
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


def test_the_tilt_says_which_well_is_deeper() -> None:
    wells = surface("two_wells")
    native = compile(wells.expression())
    for tilt in (-0.3, -0.01, 0.01, 0.3):
        left, right = (
            native.evaluate(*at, {"tilt": tilt})[0] for at in wells.minima_at({"tilt": tilt})
        )
        assert (left < right) == (tilt > 0)


def test_parameters_move_the_minimum() -> None:
    assert surface("rosenbrock").minima_at({"a": -0.5}) == [(-0.5, 0.25)]
    assert surface("rosenbrock").minima_at({}) == [(1.0, 1.0)]
