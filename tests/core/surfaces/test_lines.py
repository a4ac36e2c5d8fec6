"""Functions of one variable: what is declared of them, and that the line is never left."""

import numpy as np
import pytest

from core.formula import compile
from core.surfaces import Surface, surface
from core.surfaces.base import LINE
from tests.core.surfaces.every import lines, settings_of


@lines
def test_start_and_points_lie_on_the_line(each: Surface) -> None:
    assert each.view[1] == LINE
    assert not each.saddles
    assert {y for _, y in [each.start, *each.minima_at({})]} == {0.0}
    slope = compile(each.expression()).evaluate(*each.start)[1][0]
    assert abs(slope) > 0.1


@lines
def test_slope_and_curvature_agree_with_differences_and_y_is_not_read(each: Surface) -> None:
    native, h = compile(each.expression()), 1e-5
    for values in settings_of(each):
        for x in np.linspace(*each.view[0], 23).tolist():
            f, (slope, across), hessian = native.evaluate(x, 0.0, values)
            assert native.evaluate(x, 7.5, values) == (f, (slope, across), hessian)
            (left, lower, _), (right, upper, _) = (
                native.evaluate(x + side, 0.0, values) for side in (-h, h)
            )
            assert (right - left) / (2 * h) == pytest.approx(slope, rel=1e-6, abs=1e-6)
            bend = (upper[0] - lower[0]) / (2 * h)
            assert bend == pytest.approx(hessian[0][0], rel=1e-6, abs=1e-6)
            assert across == 0
            assert hessian == ((hessian[0][0], 0.0), (0.0, hessian[0][0]))


@lines
def test_no_minimum_of_the_view_is_missing(each: Surface) -> None:
    """Where the slope turns from falling to rising, and nowhere else."""
    native = compile(each.expression())
    at = np.linspace(*each.view[0], 1001)
    slopes = np.array([native.evaluate(x, 0.0)[1][0] for x in at.tolist()])
    (turns,) = np.nonzero((slopes[:-1] < 0) & (slopes[1:] >= 0))
    found = [(at[k], at[k + 1]) for k in turns]
    declared = sorted(x for x, _ in each.minima_at({}))
    assert len(found) == len(declared)
    assert all(low <= x <= high for (low, high), x in zip(found, declared, strict=True))


def test_the_parabola_is_lowest_where_its_parameters_say() -> None:
    values = {"a": 2.0, "b": -3.0, "c": 1.0}
    assert surface("parabola").minima_at(values) == [(1.5, 0.0)]
    native = compile(surface("parabola").expression())
    assert native.evaluate(1.5, 0.0, values)[0] == pytest.approx(1.0 - 3.0**2 / (2 * 2.0))
