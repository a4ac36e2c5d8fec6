"""The graph: shared, simplified, and small after differentiation."""

import math

import pytest

from core.formula import limits, parse
from core.formula.evaluate import primals
from core.formula.graph import Graph, NoValueError
from core.formula.jets import differentiate
from core.refusal import Refusal


def outputs(text: str) -> list[str]:
    """Value, gradient and Hessian in a plain notation."""
    expression = parse(text)
    return [written(expression.graph, node) for node in expression.jet.outputs]


def written(graph: Graph, at: int) -> str:
    node = graph.nodes[at]
    if node.kind == "number":
        return f"{node.value:g}"
    if not node.arguments:
        return node.name
    return f"{node.kind}({', '.join(written(graph, a) for a in node.arguments)})"


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("x + 0", "x"),
        ("0 + x", "x"),
        ("x - 0", "x"),
        ("0 - x", "neg(x)"),
        ("x*1", "x"),
        ("x*0", "0"),
        ("x*-1", "neg(x)"),
        ("x/1", "x"),
        ("0/x", "0"),
        ("x/x", "1"),
        ("x - x", "0"),
        ("x + x", "mul(2, x)"),
        ("2*x + 3*x", "mul(5, x)"),
        ("x - 3*x", "mul(-2, x)"),
        ("x*x", "pow(x, 2)"),
        ("x*x^3", "pow(x, 4)"),
        ("(x^2)^3", "pow(x, 6)"),
        ("x^1", "x"),
        ("x^0", "1"),
        ("x^-1", "div(1, x)"),
        ("x^0.5", "sqrt(x)"),
        ("x^(1/2)", "sqrt(x)"),
        ("e^x", "exp(x)"),
        ("(-x)^2", "pow(x, 2)"),
        ("--x", "x"),
        ("x + -y", "sub(x, y)"),
        ("x - -y", "add(x, y)"),
        ("-(x - y)", "sub(y, x)"),
        ("2*3*x", "mul(6, x)"),
        ("x*2*y*3", "mul(6, mul(x, y))"),
        ("-x*-y", "mul(x, y)"),
        ("6*x/3", "mul(2, x)"),
        ("(2*x + 4*y)/2", "add(x, mul(2, y))"),
        ("x/-y", "neg(div(x, y))"),
        ("sqrt(4) + x", "add(2, x)"),
        ("x + 1/3", "add(x, div(1, 3))"),  # kept: a third is no short number
        ("2*pi*x", "mul(mul(2, pi), x)"),  # kept by name; native code sees one number
    ],
)
def test_simplification(text: str, simple: str) -> None:
    assert outputs(text)[0] == simple


def test_derivatives_come_out_simple() -> None:
    assert outputs("x^3/3 + x*y")[1:] == ["add(pow(x, 2), y)", "x", "mul(2, x)", "1", "0"]
    assert outputs("a*x + 7")[1:] == ["a", "0", "0", "0", "0"]


def test_equal_subexpressions_are_one_node() -> None:
    expression = parse("sin(x*y + 1)^2 + exp(sin(1 + y*x))*cos(y*x + 1)")
    kinds = [expression.graph.nodes[at].kind for at in expression.graph.reach([expression.root])]
    assert kinds.count("sin") == 1
    assert kinds.count("mul") == 2  # x*y once, the product of the second term once


def test_value_gradient_and_hessian_share_their_parts() -> None:
    """The cosine of a Rastrigin value is the one in its Hessian; exp serves all six outputs."""
    expression = parse("exp(-(x^2 + y^2)/2)*cos(3*x)")
    nodes = expression.graph.nodes
    kinds = [nodes[at].kind for at in expression.graph.reach(expression.jet.outputs)]
    assert (kinds.count("exp"), kinds.count("cos"), kinds.count("sin")) == (1, 1, 1)


def test_growth_is_linear_in_the_formula() -> None:
    def size(terms: int) -> int:
        text = "*".join(f"(1 + sin(x*{k}.5 + y))" for k in range(terms))
        expression = parse(text)
        return len(expression.graph.reach(expression.jet.outputs))

    assert size(12) - size(8) == pytest.approx(size(8) - size(4), rel=0.02)


def test_a_formula_whose_derivatives_swell_is_refused() -> None:
    text = "/".join(f"acos(y + {k}*x)^(x*y)" for k in range(18))
    with pytest.raises(Refusal, match=f"at most {limits.GRAPH_NODES:,} operations"):
        parse(text)


def test_a_constant_without_a_value_is_found_when_built() -> None:
    graph = Graph()
    with pytest.raises(NoValueError):
        graph.call("log", graph.number(-1))
    with pytest.raises(NoValueError):
        graph.number(math.inf)


def test_the_chapters_example_of_three_variables() -> None:
    """C = sin(t1 t2) + exp(t2 + t3) - 2 t3 at (pi/6, 2, 5): primals and tangents for j = 2."""
    variables = ("t1", "t2", "t3")
    expression = parse("sin(t1*t2) + exp(t2 + t3) - 2*t3", {}, variables)
    graph, at = expression.graph, {"t1": math.pi / 6, "t2": 2.0, "t3": 5.0}
    jets = differentiate(graph, expression.root, variables)
    values = primals(graph, [node for jet in jets.values() for node in jet.outputs], at)
    table = {
        written(graph, node): (values[node], values[jet.first[1]]) for node, jet in jets.items()
    }
    e7 = math.exp(7)
    expected = {
        "mul(t1, t2)": (math.pi / 3, math.pi / 6),
        "add(t2, t3)": (7.0, 1.0),
        "mul(2, t3)": (10.0, 0.0),
        "sin(mul(t1, t2))": (math.sqrt(3) / 2, math.pi / 12),
        "exp(add(t2, t3))": (e7, e7),
    }
    for name, pair in expected.items():
        assert table[name] == pytest.approx(pair, rel=1e-14)
    gradient = [values[node] for node in expression.jet.first]
    assert values[expression.root] == pytest.approx(math.sqrt(3) / 2 + e7 - 10)
    assert gradient == pytest.approx([1.0, math.pi / 12 + e7, e7 - 2])
    assert len(expression.hessian_mathml()) == 6
