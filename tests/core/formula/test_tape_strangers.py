"""Adjoints of every input against strangers: sympy at 40 digits, and central differences."""

import math

import mpmath
import pytest
import sympy
from hypothesis import HealthCheck, Phase, assume, given, settings

from core.formula.tape import tape
from core.refusal import Refusal
from tests.core.formula.generated import A, Case, X, Y, cases


def slopes(exact: sympy.Expr, at: dict[str, float]) -> dict[str, float] | None:
    """∂f by name at 40 digits; None where the point is no place to differentiate."""
    wanted = [exact.diff(symbol) for symbol in (X, Y, A)]
    with mpmath.workdps(40):
        try:
            found = sympy.lambdify((X, Y, A), wanted, "mpmath")(*map(mpmath.mpf, at.values()))
            real = [float(each) for each in map(mpmath.mpmathify, found)]
        except (ZeroDivisionError, ValueError, TypeError, OverflowError, NameError):
            return None  # a pole, a complex value, a delta at a kink
    return dict(zip(at, real, strict=True)) if all(map(math.isfinite, real)) else None


@settings(
    max_examples=80,
    derandomize=True,
    phases=[Phase.generate],  # shrinking would take minutes of sympy
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(cases)
def test_adjoints_of_generated_formulas_agree_with_sympy(case: Case) -> None:
    at = {"x": case.x, "y": case.y, "a": case.a}
    try:
        known = [each.name for each in tape(case.formula.text, {}).inputs]
    except Refusal:
        assume(False)
    found = tape(case.formula.text, {name: at[name] for name in known})
    sizes = [abs(size) for each in found.nodes for size in (each.primal, each.adjoint)]
    # Beyond this size rounding is magnified without end, as for the engine's derivatives.
    assume(all(map(math.isfinite, sizes)) and max(sizes) < 1e5)
    expected = slopes(case.formula.exact, at)
    assume(expected is not None)
    largest = max(1.0, *sizes, *(abs(each.adjoint) for each in found.inputs))
    for each in found.inputs:
        assert each.adjoint == pytest.approx(expected[each.name], rel=1e-9, abs=1e-11 * largest)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("sin(t1*t2) + exp(t2 + t3) - 2*t3", {"t1": 0.5, "t2": 2.0, "t3": 0.25}),
        ("x*x + x*y - (x - y)/z", {"x": 1.5, "y": -2.0, "z": 3.0}),
        ("(x + y) - (x - y) + x^z", {"x": 2.0, "y": 5.0, "z": -1.5}),
        ("log(1 + exp(u*v - w)) * tanh(u)", {"u": 0.7, "v": -1.2, "w": 0.4}),
        ("sqrt(p^2 + q^2 + r^2 + s^2)", {"p": 1.0, "q": -2.0, "r": 2.0, "s": 4.0}),
    ],
)
def test_adjoints_and_tangents_agree_with_central_differences(
    text: str, at: dict[str, float]
) -> None:
    step = 1e-5

    def value(moved: str, by: float) -> float:
        return tape(text, {**at, moved: at[moved] + by}).nodes[-1].primal

    for each in tape(text, at).inputs:
        slope = (value(each.name, step) - value(each.name, -step)) / (2 * step)
        assert each.adjoint == pytest.approx(slope, rel=1e-7, abs=1e-8)
        assert tape(text, at, each.name).nodes[-1].tangent == pytest.approx(
            slope, rel=1e-7, abs=1e-8
        )
