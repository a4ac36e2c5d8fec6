"""Random formulas, each as a text for us and as an independent sympy expression.

A formula is grown as a little program: every step applies an operation to things already made, so
that formulas are of a fair size, use both coordinates and share subexpressions.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import sympy
from hypothesis import strategies as st

X, Y, A = sympy.symbols("x y a", real=True)
SYMPY = {
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "asin": sympy.asin,
    "acos": sympy.acos,
    "atan": sympy.atan,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "exp": sympy.exp,
    "log": sympy.log,
    "sqrt": sympy.sqrt,
    "abs": sympy.Abs,
}


@dataclass(frozen=True)
class Formula:
    text: str
    exact: Any  # sympy expression


Step = Callable[[Formula, Formula, int], Formula]  # two operands and a small integer


def _binary(sign: str, apply: Callable[[Any, Any], Any]) -> Step:
    return lambda u, v, n: Formula(f"({u.text}) {sign} ({v.text})", apply(u.exact, v.exact))


def _call(name: str) -> Step:
    return lambda u, v, n: Formula(f"{name}({u.text})", SYMPY[name](u.exact))


def _squashed(name: str) -> Step:
    """A function that grows or ends soon, of an argument between -1 and 1."""
    return lambda u, v, n: Formula(f"{name}(sin({u.text}))", SYMPY[name](sympy.sin(u.exact)))


def _power(u: Formula, v: Formula, n: int) -> Formula:
    return Formula(f"({u.text})^{n}", u.exact**n)


def _root(u: Formula, v: Formula, n: int) -> Formula:
    return Formula(f"(1 + ({u.text})^2)^({n}/3)", (1 + u.exact**2) ** sympy.Rational(n, 3))


def _tower(u: Formula, v: Formula, n: int) -> Formula:
    half = sympy.Rational(1, 2)
    return Formula(f"(0.5 + abs({u.text}))**({v.text})", (half + sympy.Abs(u.exact)) ** v.exact)


def _minus(u: Formula, v: Formula, n: int) -> Formula:
    return Formula(f"-({u.text})", -u.exact)


STEPS: list[Step] = [
    _binary("+", lambda u, v: u + v),
    _binary("-", lambda u, v: u - v),
    _binary("*", lambda u, v: u * v),
    _binary("/", lambda u, v: u / v),
    *(_call(name) for name in SYMPY),
    *(_squashed(name) for name in ("asin", "acos", "exp", "tan", "sinh")),
    _power,
    _root,
    _tower,
    _minus,
]


@dataclass(frozen=True)
class Case:
    formula: Formula
    x: float
    y: float
    a: float


def grown(chance: Random) -> Formula:
    quarters = chance.randint(1, 20)
    made = [
        Formula("pi", sympy.pi),
        Formula(str(quarters / 4), sympy.Rational(quarters, 4)),
        Formula("a", A),
        Formula("y", Y),
        Formula("x", X),
    ]
    made.append(chance.choice(STEPS[:4])(made[-1], made[-2], 2))
    for _ in range(chance.randint(3, 6)):
        u, v = chance.choice(made[-2:]), chance.choice(made)
        made.append(chance.choice(STEPS)(u, v, chance.randint(-4, 5)))
    return made[-1]


def case(seed: int) -> Case:
    """A formula and a point from one seed. Drawn piece by piece, hypothesis repeats small ones."""
    chance = Random(seed)
    formula = grown(chance)
    x, y = (chance.randint(-300, 300) / 128 + 1 / 1024 for _ in range(2))
    return Case(formula, x, y, chance.choice([0.5, 1.25, 3.0]))


cases = st.integers(0, 2**63).map(case)
