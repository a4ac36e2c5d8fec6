"""A formula as plain steps, for a reader that has no parser: the page evaluates it by them.

Each step is [kind, ...]: ["number", value], ["name", name], or an operation of
`core.formula.graph.ARITHMETIC` with the places of its arguments among the steps before it. The last
step is the formula's value.
"""

from core.formula.lower import lower
from core.formula.parser import syntax_tree
from core.formula.unroll import names

Step = list[str | float | int]


def program(text: str) -> list[Step]:
    """Lay a formula in any names out as steps; raises Refusal for one that cannot be read."""
    tree = syntax_tree(text)
    graph, root = lower(tree, text, names(tree))
    order = graph.reach([root])
    place = {node: k for k, node in enumerate(order)}
    steps: list[Step] = []
    for node in (graph.nodes[at] for at in order):
        if node.value is not None:
            steps.append(["number", node.value])
        elif node.name:
            steps.append(["name", node.name])
        else:
            steps.append([node.kind, *(place[a] for a in node.arguments)])
    return steps
