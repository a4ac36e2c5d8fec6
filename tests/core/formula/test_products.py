"""Products are multiplied in the order in which their factors are ready."""

import ctypes

import numpy as np
import pytest

from core.formula import compile, parse
from core.formula.graph import Graph
from core.formula.native import PROTOTYPE
from core.formula.products import products


def test_what_waits_for_no_variable_comes_first_and_the_deepest_last() -> None:
    expression = parse("sin(exp(x))*(x*(b*4))")
    graph: Graph = expression.graph
    (order,) = [each for each in products(graph, [expression.root]).values() if len(each) == 4]
    kinds = [graph.nodes[at].kind for at in order]
    assert sorted(kinds[:2]) == ["number", "parameter"]
    assert kinds[2:] == ["variable", "sin"]


def test_a_product_that_is_used_twice_is_kept_whole() -> None:
    expression = parse("a*(x*y) + sin(x*y)")
    orders = products(expression.graph, [expression.root]).values()
    assert sorted(len(each) for each in orders) == [2, 2]


@pytest.mark.parametrize(
    "text", ["x*y*sin(x)*3*(x + y)", "(a - x)^2 + b*(y - x^2)^2", "x*exp(y)*y*exp(x)*a/7"]
)
def test_every_function_gives_the_same_bits(text: str) -> None:
    native = compile(parse(text))
    p, seen = np.full(4, 1.7), []
    for address in native.addresses:
        o = np.zeros(6)
        pointer = ctypes.POINTER(ctypes.c_double)
        PROTOTYPE(int(address))(0.3, -1.1, 0, p.ctypes.data_as(pointer), o.ctypes.data_as(pointer))
        seen.append(o)
    value, gradient, hessian = seen
    assert value[0] == gradient[0] == hessian[0]
    assert gradient[1:3].tolist() == hessian[1:3].tolist()
