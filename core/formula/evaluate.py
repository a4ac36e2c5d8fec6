"""Values of graph nodes in plain Python: the table of primals, and constants of a declaration."""

import math
from collections.abc import Iterable, Mapping

from core.formula.graph import ARITHMETIC, Graph


def primals(graph: Graph, roots: Iterable[int], values: Mapping[str, float]) -> dict[int, float]:
    """The value of every node that `roots` need, in topological order.

    `values` gives variables and parameters by name. Where a function has no value the entry is NaN,
    as in native code, and an overflow is infinite.
    """
    found: dict[int, float] = {}
    for at in graph.reach(roots):
        node = graph.nodes[at]
        if node.value is not None:
            found[at] = node.value
        elif node.name:
            found[at] = float(values[node.name])
        else:
            found[at] = _apply(node.kind, [found[argument] for argument in node.arguments])
    return found


def _apply(kind: str, arguments: list[float]) -> float:
    try:
        return ARITHMETIC[kind](*arguments)
    except OverflowError:
        return math.inf
    except (ValueError, ZeroDivisionError):
        return math.nan
