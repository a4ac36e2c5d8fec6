"""The order in which the factors of a product are multiplied: those that are ready first.

A descent waits for each gradient before it can take the next step, so what counts is the longest
chain of operations from x and y to the result. In 4*(b*(x*w)) with w computed from x, that chain is
w, x*w, b*x*w, 4*b*x*w; in ((4*b)*x)*w it is w alone and one product.
"""

from collections import Counter
from collections.abc import Iterable

from core.formula.graph import Graph


def products(graph: Graph, roots: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """For each product that `roots` need, its factors in the order of multiplication.

    A product inside a product is dissolved where nothing else uses it, so that nothing is computed
    twice.
    """
    nodes = graph.reach(roots)
    uses = Counter(argument for at in nodes for argument in graph.nodes[at].arguments)
    uses.update(roots)
    depth: dict[int, int] = {}  # about as many operations from x or y; 0 for what needs neither
    found: dict[int, tuple[int, ...]] = {}
    for at in nodes:  # operands first
        node = graph.nodes[at]
        deepest = max((depth[argument] for argument in node.arguments), default=0)
        depth[at] = 1 if node.kind == "variable" else deepest + (deepest > 0)
        if node.kind == "mul":
            factors = [
                factor
                for argument in node.arguments
                for factor in (found.get(argument) if uses[argument] == 1 else None) or (argument,)
            ]
            found[at] = tuple(sorted(factors, key=depth.__getitem__))
    return found
