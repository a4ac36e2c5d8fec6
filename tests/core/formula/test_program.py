"""A formula as plain steps: whoever walks them gets what native code gets."""

import math
from collections.abc import Mapping
from typing import Any

import pytest

from core.formula import compile, parse
from core.formula.program import Step, program
from core.refusal import Refusal

ONE: dict[str, Any] = {"exp": math.exp, "log": math.log, "sqrt": math.sqrt, "sin": math.sin}
TWO: dict[str, Any] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "pow": math.pow,
}


def walked(steps: list[Step], values: Mapping[str, float]) -> float:
    found: list[float] = []
    for kind, *rest in steps:
        match str(kind), rest:
            case "number", [value]:
                found.append(float(value))
            case "name", [name]:
                found.append(values[str(name)])
            case "neg", [a]:
                found.append(-found[int(a)])
            case one, [a]:
                found.append(ONE[one](found[int(a)]))
            case two, [a, b]:
                found.append(TWO[two](found[int(a)], found[int(b)]))
    return found[-1]


@pytest.mark.parametrize(
    "text",
    [
        "x*y + 3",
        "1/(1 + exp(-(y/(1 + exp(-x*k)))))",
        "(a - x)^2 + k*(y - x^2)^2",
        "-sqrt(x^2 + y^2 + 1) - pi",
        "sin(x)/(2 + y^4)",
        "7",
    ],
)
def test_the_steps_give_the_native_value(text: str) -> None:
    values = {"a": 0.75, "k": 3.5}
    expression = parse(text)
    native = compile(expression)
    given = {name: values[name] for name in expression.parameters}
    for x, y in ((0.5, -1.25), (-2.0, 3.0), (0.0, 0.0)):
        wanted = native.evaluate(x, y, given)[0]
        assert walked(program(text), {**values, "x": x, "y": y}) == pytest.approx(wanted, 1e-14)


def test_steps_name_only_steps_before_them() -> None:
    steps = program("(a - x)^2 + k*(y - x^2)^2")
    for at, (kind, *rest) in enumerate(steps):
        if kind not in ("number", "name"):
            assert all(isinstance(place, int) and place < at for place in rest)


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(Refusal, match="Expected"):
        program("x +* y")
