"""Forward and backward through a formula's graph: primals, tangents, adjoints, by number.

Chapter "Optimization Algorithms", section 4.4. Forward: primals and tangents (4.29); backward:
adjoints, each the sum over the nodes that use it of partial times adjoint (4.31). The partials of
one operation come from the same derivatives as the engine's; the sweeps are this module's own.
"""

import math
from collections.abc import Mapping

from core.formula.evaluate import primals
from core.formula.graph import NoValueError
from core.formula.jets import differentiate
from core.formula.lower import lower
from core.formula.parser import syntax_tree
from core.formula.syntax import Tree
from core.formula.unroll import Tape, names, unroll
from core.refusal import Refusal


def tape(text: str, values: Mapping[str, float], direction: str | None = None) -> Tape:
    """Walk a formula at `values` (1 where a name has none), with tangents for one input.

    `direction` None takes the first input. Where something has no value it is NaN, as are all that
    use it. Raises Refusal for a formula that cannot be read, is too long to show, or has no input.
    """
    tree = syntax_tree(text)
    lower(tree, text, names(tree))  # refuses constants without a value, with their place
    found = unroll(tree)
    known = [each.name for each in found.inputs]
    for name in (*values, *([direction] if direction else [])):
        if name not in known:
            raise Refusal(
                f"Expected one of the formula's names {', '.join(known)}, got “{name}”. "
                "Use one of those.",
                field="direction" if name == direction else f"values.{name}",
            )
    _forward(found, values, direction or known[0])
    _backward(found)
    return found


def _forward(found: Tape, values: Mapping[str, float], direction: str) -> None:
    """Primals, the partials on the edges, and tangents (4.29)."""
    known = found.all
    for each in found.inputs:
        each.primal = float(values.get(each.name, 1.0))
        each.tangent = float(each.name == direction)
    for node in found.nodes:
        arguments = {edge.source: known[edge.source].primal for edge in node.edges}
        node.primal, partials = _local(node.tree, arguments)
        node.tangent = 0.0
        for edge in node.edges:
            edge.partial = partials[edge.source]
            node.tangent += edge.partial * known[edge.source].tangent


def _local(tree: Tree, arguments: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    """Value and partial derivatives of one elementary operation."""
    names = tuple(arguments)
    try:
        graph, root = lower(tree, "", names)
        jet = differentiate(graph, root, names)[root]
    except (Refusal, NoValueError):
        return math.nan, dict.fromkeys(names, math.nan)
    values = primals(graph, (jet.value, *jet.first), arguments)
    return values[jet.value], {name: values[at] for name, at in zip(names, jet.first, strict=True)}


def _backward(found: Tape) -> None:
    """Adjoints from the last node on (4.31), the gradient among the inputs' (4.32)."""
    found.nodes[-1].adjoint = 1.0
    for node in (*reversed(found.nodes[:-1]), *found.inputs):
        node.adjoint = sum(edge.partial * user.adjoint for user, edge in found.uses(node.name))
