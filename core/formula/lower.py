"""Syntax tree to graph, with every refusal tied to the place in the text that caused it."""

from collections.abc import Sequence

from core.formula import limits
from core.formula.functions import CONSTANTS
from core.formula.graph import Graph, NoValueError
from core.formula.syntax import Binary, Call, Minus, Name, Number, Tree
from core.refusal import Refusal

METHODS = {"+": "add", "-": "sub", "*": "mul", "/": "div"}


def lower(tree: Tree, text: str, variables: Sequence[str]) -> tuple[Graph, int]:
    """The graph of `tree` and its root. Names that are not `variables` are parameters."""
    graph = Graph()

    def node(tree: Tree) -> int:
        try:
            return build(tree)
        except NoValueError:
            raise _no_value(tree, text) from None

    def build(tree: Tree) -> int:
        match tree:
            case Number(value):
                return graph.number(value)
            case Name(name):
                if name in variables:
                    return graph.variable(name)
                return graph.constant(name) if name in CONSTANTS else graph.parameter(name)
            case Minus(of):
                return graph.neg(node(of))
            case Call(function, of):
                return graph.call(function, node(of))
            case Binary("^", left, right):
                base, exponent = node(left), node(right)
                _check_exponent(graph.nodes[exponent].value, right, text)
                return graph.power(base, exponent)
            case Binary(operator, left, right):
                built: int = getattr(graph, METHODS[operator])(node(left), node(right))
                return built

    return graph, node(tree)


def _check_exponent(value: float | None, tree: Tree, text: str) -> None:
    if value is not None and abs(value) > limits.EXPONENT:
        raise Refusal(
            f"Expected an exponent between −{limits.EXPONENT} and {limits.EXPONENT}, got "
            f"{_source(tree, text)} at character {tree.start + 1}. Write a smaller one.",
            position=tree.start,
        )


def _no_value(tree: Tree, text: str) -> Refusal:
    if isinstance(tree, Binary) and tree.operator == "/":
        return Refusal(
            f"Expected a divisor other than zero, got {_source(tree.right, text)} at character "
            f"{tree.right.start + 1}. Change it.",
            position=tree.right.start,
        )
    return Refusal(
        f"Expected a finite real number, got none from {_source(tree, text)} at character "
        f"{tree.start + 1}. Change that part.",
        position=tree.start,
    )


def _source(tree: Tree, text: str) -> str:
    shown = text[tree.start : tree.end]
    return f"“{shown}”" if len(shown) <= 24 else f"“{shown[:23]}…”"
