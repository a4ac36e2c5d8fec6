"""Minima and saddles: they are what they are declared to be, and none is missing."""

import math

import numpy as np
import pytest

from core.formula import Native, compile
from core.surfaces import Surface, surface
from core.surfaces.base import Point
from tests.core.surfaces.every import KINKS, every, planes, settings_of

# Where the Hessian cannot tell what a point is: all its entries vanish there.
DEGENERATE = {"monkey_saddle": (0.0, 0.0)}

# The lowest value and how many minima have it, as the literature gives them.
LOWEST = {
    "beale": (0, 1),
    "booth": (0, 1),
    "matyas": (0, 1),
    "himmelblau": (0, 4),
    "three_hump_camel": (0, 1),
    "six_hump_camel": (-1.031628453, 2),
    "styblinski_tang": (-2 * 39.16616570, 1),
    "branin": (0.397887358, 3),
    "mccormick": (-1.913222955, 1),
    "goldstein_price": (3, 1),
    "peaks": (-6.551133333, 1),
    "rastrigin": (0, 1),
    "ackley": (0, 1),
}


def around(native: Native, point: Point, radius: float) -> list[float]:
    """f on a circle, less f at its centre."""
    angles = np.linspace(0, 2 * math.pi, 60, endpoint=False)
    x, y = point
    ring = [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles.tolist()]
    return [native.evaluate(*each)[0] - native.evaluate(*point)[0] for each in ring]


@every
def test_minima_are_flat_and_curved_upwards(each: Surface) -> None:
    native = compile(each.expression())
    assert each.minima or each.saddles
    for values in settings_of(each):
        for point in each.minima_at(values):
            if each.name in KINKS and point == KINKS[each.name][0]:
                continue
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
            assert math.hypot(*gradient) <= 1e-13 * high
            if DEGENERATE.get(each.name) != point:
                assert low < 0 < high


def test_the_monkey_saddle_falls_three_times_on_the_way_around_it() -> None:
    native = compile(surface("monkey_saddle").expression())
    assert np.all(np.array(native.evaluate(0, 0)[2]) == 0)
    ring = np.sign(around(native, (0, 0), 0.1))
    assert np.count_nonzero(ring != np.roll(ring, 1)) == 6


def test_at_the_kink_of_ackley_f_is_lowest_and_has_no_gradient() -> None:
    native = compile(surface("ackley").expression())
    assert surface("ackley").minima_at({})[0] == (0, 0)
    f, gradient, _ = native.evaluate(0, 0)
    assert f == pytest.approx(0, abs=1e-14)
    assert all(math.isnan(part) for part in gradient)
    for radius in (1e-2, 1e-4, 1e-8):  # a cone: 20/(5 √2) = 2.83 of f to a unit of way
        assert around(native, (0, 0), radius) == pytest.approx([math.sqrt(8) * radius] * 60, 0.1)


@every
def test_nothing_in_the_view_is_lower_than_the_lowest_minimum(each: Surface) -> None:
    native = compile(each.expression())
    (left, right), (low, high) = each.view
    grid = [
        (x, y)
        for x in np.linspace(left, right, 61).tolist()
        for y in np.linspace(low, high, 31).tolist()
    ]
    for values in settings_of(each) if each.minima else []:
        depth = min(native.evaluate(*point, values)[0] for point in each.minima_at(values))
        assert depth <= min(native.evaluate(*point, values)[0] for point in grid) + 1e-12


@pytest.mark.parametrize("name", LOWEST)
def test_the_lowest_minima_are_as_deep_as_the_literature_says(name: str) -> None:
    native = compile(surface(name).expression())
    depths = [native.evaluate(*point)[0] for point in surface(name).minima_at({})]
    assert min(depths) == pytest.approx(LOWEST[name][0], abs=1e-8)
    assert sum(depth < min(depths) + 1e-12 for depth in depths) == LOWEST[name][1]


@planes
def test_no_minimum_or_saddle_of_the_view_is_missing(each: Surface) -> None:
    """Newton's method from a grid of starts finds the declared points and no others."""
    native = compile(each.expression())
    found: dict[str, set[Point]] = {"minimum": set(), "saddle": set()}
    (left, right), (low, high) = each.view
    for x in np.linspace(left, right, 34).tolist():
        for y in np.linspace(low, high, 22).tolist():
            end, kind = newton(native, x, y, reach=0.04 * (right - left))
            if kind in found:
                found[kind] |= shown(each, [end])
    kinks = {KINKS[each.name][0]} if each.name in KINKS else set()
    assert found["minimum"] == shown(each, each.minima_at({})) - kinks
    assert found["saddle"] == shown(each, each.saddles_at({}))


def shown(each: Surface, points: list[Point]) -> set[Point]:
    """The points in the view, rounded."""
    (left, right), (low, high) = each.view
    rounded = ((round(x, 6) + 0.0, round(y, 6) + 0.0) for x, y in points)
    return {(x, y) for x, y in rounded if left < x < right and low < y < high}


def newton(native: Native, x: float, y: float, reach: float) -> tuple[Point, str]:
    """Where Newton's method with steps of at most `reach` ends, and what is there."""
    for _ in range(40):
        _, (gx, gy), ((hxx, hxy), (_, hyy)) = native.evaluate(x, y)
        determinant = hxx * hyy - hxy * hxy
        if determinant == 0 or not math.isfinite(determinant):
            return (x, y), "nothing"
        dx = (hxy * gy - hyy * gx) / determinant
        dy = (hxy * gx - hxx * gy) / determinant
        length = math.hypot(dx, dy)
        if length < 1e-10:
            kind = "saddle" if determinant < 0 else "minimum" if hxx > 0 else "maximum"
            return (x, y), kind
        x, y = x + dx * min(1, reach / length), y + dy * min(1, reach / length)
    return (x, y), "nothing"
