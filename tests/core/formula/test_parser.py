"""What may be typed, what it means, and where a fault is said to be."""

import math

import pytest

from core.formula import parse
from core.formula.evaluate import primals
from core.refusal import Refusal


def value(text: str, **values: float) -> float:
    expression = parse(text)
    return primals(expression.graph, [expression.root], values)[expression.root]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-x^2", -9.0),
        ("(-x)^2", 9.0),
        ("2^3^2 + x", 515.0),
        ("2^-x", 0.125),
        ("2**3 * x", 24.0),
        ("12/x/2", 2.0),
        ("12/(x/2)", 8.0),
        ("10 - x - 2", 5.0),
        ("-x*-x", 9.0),
        ("+x - -x", 6.0),
        ("1e2 + .5 + 2. + 1.5e-1*x", 102.95),
        ("e^x - exp(x) + pi", math.pi),
        ("x−1·2×3÷2", 0.0),
        (" x\t+\n1 ", 4.0),
        ("2*(x + (1))", 8.0),
        ("sqrt(x^2)*abs(-x)", 9.0),
    ],
)
def test_precedence(text: str, expected: float) -> None:
    assert value(text, x=3.0) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "position", "sentence"),
    [
        (
            "2*(x + y)^(2 + sin(x - y ",
            25,
            "Expected “)”, got the end, at character 26. Close the bracket opened at character 19.",
        ),
        ("x + ", 4, "Expected a number, a name or “(” after “+”, got the end, at character 5."),
        ("x + * y", 4, "Expected a number, a name or “(” after “+”, got “*”, at character 5."),
        ("x + y)", 5, "Expected the end, got “)”, at character 6."),
        ("2x + 1", 1, "Expected an operator between “2” and “x”, at character 2. Write 2*x"),
        ("(x + y)(x - y)", 7, "Expected an operator between “)” and “(”, at character 8."),
        ("x + ()", 5, "Expected an expression between “(” and “)”, got nothing at character 6."),
        ("x + é", 4, "got “é” at character 5"),
        ("x + sin y", 8, "Expected “(” after sin, got “y”, at character 9. Write sin(x)."),
        ("x + sinn(y)", 4, "got “sinn” at character 5. Did you mean sin?"),
        ("x + ln(y)", 4, "got “ln” at character 5. Write log."),
        ("y = x^2", 2, "Expected one expression, got “=” at character 3."),
        ("|x|", 0, "Write the absolute value as abs(x)."),
        ("x + 1e13", 4, "Expected a number of at most 10^12, got 1e13 at character 5."),
        ("x + y^65", 6, "Expected an exponent between −64 and 64, got “65” at character 7."),
        ("x + log(2 - 3)", 4, "Expected a finite real number, got none from “log(2 - 3)”"),
        ("x/(2 - 2)", 2, "Expected a divisor other than zero, got “(2 - 2)” at character 3."),
        ("", 0, "Expected a formula, got an empty text."),
    ],
)
def test_a_fault_is_named_where_it_stands(text: str, position: int, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(text)
    assert refused.value.position == position
    assert sentence in refused.value.sentence


def test_other_names_become_parameters_in_order_of_appearance() -> None:
    expression = parse("beta*(x - alpha)^2 + y^2/beta + pi")
    assert expression.parameters == ("beta", "alpha")
    assert expression.values == (1.0, 1.0)


def test_given_parameters_keep_their_order_and_an_unknown_name_is_refused() -> None:
    assert parse("b*x + a*y", {"a": 2, "b": 3, "c": 4}).parameters == ("a", "b", "c")
    with pytest.raises(
        Refusal, match=r"got “kapa” at character 5\. Did you mean kappa\?"
    ) as refused:
        parse("x + kapa*y", {"kappa": 20})
    assert refused.value.position == 4


@pytest.mark.parametrize(
    "parameters",
    [
        {"sin": 1.0},
        {"x": 1.0},
        {"pi": 3.0},
        {"a": math.nan},
        {"<b>": 1.0},
        {"": 1.0},
        {"a" * 25: 1.0},
    ],
)
def test_parameters_that_cannot_be(parameters: dict[str, float]) -> None:
    with pytest.raises(Refusal, match=r"Expected .*, got ") as refused:
        parse("x", parameters)
    assert str(refused.value.field).startswith("parameters")
