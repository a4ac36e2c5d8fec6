"""The functions a formula may use, each declared once.

A declaration gives the value in Python (for constants and for tables of primals), the first and the
second derivative as builders on the graph, and the symbol under which LLVM finds the native code.
In a builder `u` is the node of the argument and `f` the node of the function itself, so that a
derivative reuses what is already there.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.formula.graph import Graph

Builder = Callable[["Graph", int, int], int]  # (graph, u, f) -> node


@dataclass(frozen=True, slots=True)
class Function:
    """One elementary function g with the builders of g'(u) and g''(u)."""

    name: str
    value: Callable[[float], float]
    first: Builder
    second: Builder
    native: str


def _one_plus_square(g: "Graph", u: int) -> int:
    return g.add(g.number(1), g.power(u, g.number(2)))


def _sech2(g: "Graph", u: int) -> int:
    # 1/cosh² and not 1 - tanh²: the difference cancels to zero long before the derivative does.
    return g.div(g.number(1), g.power(g.call("cosh", u), g.number(2)))


def _root(g: "Graph", u: int) -> int:
    # sqrt((1 - u)(1 + u)) keeps its digits near |u| = 1, where 1 - u² loses them.
    one = g.number(1)
    return g.call("sqrt", g.mul(g.sub(one, u), g.add(one, u)))


def _tan2(g: "Graph", u: int, f: int) -> int:
    return g.mul(g.number(2), g.mul(f, _one_plus_square(g, f)))


def _asin1(g: "Graph", u: int, f: int) -> int:
    return g.div(g.number(1), _root(g, u))


def _asin2(g: "Graph", u: int, f: int) -> int:
    return g.div(u, g.power(_root(g, u), g.number(3)))


def _atan1(g: "Graph", u: int, f: int) -> int:
    return g.div(g.number(1), _one_plus_square(g, u))


def _atan2(g: "Graph", u: int, f: int) -> int:
    return g.neg(g.div(g.mul(g.number(2), u), g.power(_one_plus_square(g, u), g.number(2))))


def _tanh2(g: "Graph", u: int, f: int) -> int:
    return g.neg(g.mul(g.number(2), g.mul(f, _sech2(g, u))))


def _log2(g: "Graph", u: int, f: int) -> int:
    return g.neg(g.div(g.number(1), g.power(u, g.number(2))))


def _sqrt1(g: "Graph", u: int, f: int) -> int:
    return g.div(g.number(1), g.mul(g.number(2), f))


def _sqrt2(g: "Graph", u: int, f: int) -> int:
    return g.neg(g.div(g.number(1), g.mul(g.number(4), g.mul(u, f))))


def _same(g: "Graph", u: int, f: int) -> int:
    return f


def _minus(g: "Graph", u: int, f: int) -> int:
    return g.neg(f)


def _zero(g: "Graph", u: int, f: int) -> int:
    return g.number(0)


def _sign(u: float) -> float:
    return math.copysign(1.0, u) if u else 0.0


_DECLARED = (
    Function("sin", math.sin, lambda g, u, f: g.call("cos", u), _minus, "llvm.sin.f64"),
    Function("cos", math.cos, lambda g, u, f: g.neg(g.call("sin", u)), _minus, "llvm.cos.f64"),
    Function("tan", math.tan, lambda g, u, f: _one_plus_square(g, f), _tan2, "tan"),
    Function("asin", math.asin, _asin1, _asin2, "asin"),
    Function(
        "acos",
        math.acos,
        lambda g, u, f: g.neg(_asin1(g, u, f)),
        lambda g, u, f: g.neg(_asin2(g, u, f)),
        "acos",
    ),
    Function("atan", math.atan, _atan1, _atan2, "atan"),
    Function("sinh", math.sinh, lambda g, u, f: g.call("cosh", u), _same, "sinh"),
    Function("cosh", math.cosh, lambda g, u, f: g.call("sinh", u), _same, "cosh"),
    Function("tanh", math.tanh, lambda g, u, f: _sech2(g, u), _tanh2, "tanh"),
    Function("exp", math.exp, _same, _same, "llvm.exp.f64"),
    Function("log", math.log, lambda g, u, f: g.div(g.number(1), u), _log2, "llvm.log.f64"),
    Function("sqrt", math.sqrt, _sqrt1, _sqrt2, "llvm.sqrt.f64"),
    Function("abs", math.fabs, lambda g, u, f: g.call("sign", u), _zero, "llvm.fabs.f64"),
)

# The derivative of abs, 0 at the kink. It cannot be typed, it only arises.
SIGN = Function("sign", _sign, _zero, _zero, "thalweg.sign")

FUNCTIONS = {function.name: function for function in _DECLARED}
DERIVED = {**FUNCTIONS, SIGN.name: SIGN}
CONSTANTS = {"pi": math.pi, "e": math.e}

# What people type elsewhere, and what it is called here.
ELSEWHERE = {
    "ln": "log",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "fabs": "abs",
    "Abs": "abs",
}
