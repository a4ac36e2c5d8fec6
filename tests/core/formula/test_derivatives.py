"""Value, gradient and Hessian in native code, against sympy at 40 digits."""

import math

import mpmath
import pytest
import sympy
from hypothesis import HealthCheck, Phase, assume, given, settings

from core.formula import compile, parse
from core.formula.evaluate import primals
from core.refusal import Refusal
from tests.core.formula.generated import A, Case, X, Y, cases


def reference(exact: sympy.Expr, x: float, y: float, a: float) -> list[float] | None:
    """f, fx, fy, fxx, fxy, fyy at 40 digits; None where the point is no place to differentiate."""
    fx, fy = exact.diff(X), exact.diff(Y)
    wanted = [exact, fx, fy, fx.diff(X), fx.diff(Y), fy.diff(Y)]
    with mpmath.workdps(40):
        try:
            found = sympy.lambdify((X, Y, A), wanted, "mpmath")(*map(mpmath.mpf, (x, y, a)))
            real = [float(each) for each in map(mpmath.mpmathify, found)]
        except (ZeroDivisionError, ValueError, TypeError, OverflowError, NameError):
            return None  # a pole, a complex value, a delta at a kink
    return real if all(map(math.isfinite, real)) else None


@settings(
    max_examples=120,
    derandomize=True,
    phases=[Phase.generate],  # shrinking would take minutes of sympy
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(cases)
def test_generated_formulas_agree_with_sympy(case: Case) -> None:
    formula, x, y, a = case.formula, case.x, case.y, case.a
    try:
        expression = parse(formula.text, {"a": a})
    except Refusal:
        assume(False)
    values = {"x": x, "y": y, "a": a}
    nodes = primals(expression.graph, expression.jet.outputs, values).values()
    # Beyond this size rounding is magnified without end: sin(1e12) has four right digits at best.
    largest = max(1.0, *(abs(node) for node in nodes))
    assume(all(map(math.isfinite, nodes)) and largest < 1e5)
    expected = reference(formula.exact, x, y, a)
    assume(expected is not None)
    f, gradient, (row, (_, fyy)) = compile(expression).evaluate(x, y, {"a": a})
    # Sums may cancel: what was added up sets the last digit that can be right.
    assert [f, *gradient, *row, fyy] == pytest.approx(expected, rel=1e-9, abs=1e-12 * largest)


@pytest.mark.parametrize(
    ("text", "x", "y"),
    [
        ("tanh(x*y)", 30.0, 1.0),  # 1 - tanh² would have cancelled to zero
        ("asin(x)*y", 1 - 1e-9, 2.0),
        ("log(1 + x^2 + y^2)/(1 + exp(-x))", -30.0, 2.0),
        ("(x^2 + y - 11)^64", 4.0, 3.0),
        ("x^y", 0.25, -3.0),
        ("2^x*e^y", 3.5, -1.0),
        ("(x*y)^(-1/3)", 2.0, 5.0),
        ("exp(-(x^2 + y^2)/2)/(2*pi)", 6.0, -5.0),
    ],
)
def test_hard_points_keep_their_digits(text: str, x: float, y: float) -> None:
    names = {"x": X, "y": Y, "e": sympy.E, "pi": sympy.pi}
    exact = sympy.sympify(text, locals=names)  # our own text
    expected = reference(exact, x, y, 1.0)
    f, gradient, (row, (_, fyy)) = compile(parse(text)).evaluate(x, y)
    assert [f, *gradient, *row, fyy] == pytest.approx(expected, rel=1e-7)


def test_the_slope_of_abs_is_zero_at_its_kink() -> None:
    f, gradient, hessian = compile(parse("abs(x) + abs(y - 2)")).evaluate(0.0, 5.0)
    assert (f, gradient, hessian) == (3.0, (0.0, 1.0), ((0.0, 0.0), (0.0, 0.0)))


def test_outside_the_domain_the_value_is_no_number() -> None:
    for text in ("log(x)", "sqrt(x)", "asin(x - 5)", "x^y"):
        f, _, _ = compile(parse(text)).evaluate(-2.0, 0.5)
        assert math.isnan(f)
