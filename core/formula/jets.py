"""Forward-mode derivatives on the graph: every node carries its value, gradient and Hessian.

A jet of a node u in n variables is (u, u_i, u_ij for i <= j). Rules act on whole jets, so the graph
grows linearly with the formula (no expression swell), and what two derivatives share is one node.
Source: A. Griewank, A. Walther, Evaluating Derivatives, 2nd ed., SIAM 2008, chapters 3 and 13.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations_with_replacement

from core.formula.functions import DERIVED
from core.formula.graph import Graph


@dataclass(frozen=True, slots=True)
class Jet:
    """Nodes of a value, its gradient (n,) and the upper triangle of its Hessian, row by row."""

    value: int
    first: tuple[int, ...]
    second: tuple[int, ...]

    @property
    def outputs(self) -> tuple[int, ...]:
        """All nodes in the order in which native code writes them: f, fx, fy, fxx, fxy, fyy."""
        return (self.value, *self.first, *self.second)


def differentiate(graph: Graph, root: int, variables: tuple[str, ...]) -> dict[int, Jet]:
    """The jets of `root` and of every node below it: the tangents of the computational graph.

    New nodes go into `graph`; those of the formula stay as they are. Raises NoValueError where a
    derivative would need a constant that does not exist.
    """
    pairs = tuple(combinations_with_replacement(range(len(variables)), 2))
    zero = graph.number(0)
    jets: dict[int, Jet] = {}
    for at in graph.reach([root]):
        node = graph.nodes[at]
        if node.kind == "variable":
            unit = tuple(graph.number(float(name == node.name)) for name in variables)
            jets[at] = Jet(at, unit, (zero,) * len(pairs))
        elif not node.arguments or node.value is not None:
            jets[at] = Jet(at, (zero,) * len(variables), (zero,) * len(pairs))
        else:
            operands = [jets[argument] for argument in node.arguments]
            jets[at] = _RULES.get(node.kind, _call)(graph, at, operands, pairs)
    return jets


Pairs = tuple[tuple[int, int], ...]
Rule = Callable[[Graph, int, list[Jet], Pairs], Jet]


def _linear(name: str) -> Rule:
    def rule(g: Graph, at: int, operands: list[Jet], pairs: Pairs) -> Jet:
        build = getattr(g, name)
        first = tuple(map(build, *(u.first for u in operands)))
        second = tuple(map(build, *(u.second for u in operands)))
        return Jet(at, first, second)

    return rule


def _product(g: Graph, at: int, operands: list[Jet], pairs: Pairs) -> Jet:
    u, v = operands
    first = tuple(
        g.add(g.mul(du, v.value), g.mul(u.value, dv))
        for du, dv in zip(u.first, v.first, strict=True)
    )
    second = []
    for k, (i, j) in enumerate(pairs):
        ends = g.add(g.mul(u.second[k], v.value), g.mul(u.value, v.second[k]))
        middle = g.add(g.mul(u.first[i], v.first[j]), g.mul(u.first[j], v.first[i]))
        second.append(g.add(ends, middle))
    return Jet(at, first, tuple(second))


def _quotient(g: Graph, at: int, operands: list[Jet], pairs: Pairs) -> Jet:
    # From u = q v: q_i = (u_i - q v_i)/v. Powers of v, which overflow early, never appear.
    u, v = operands
    first = tuple(
        g.div(g.sub(du, g.mul(at, dv)), v.value) for du, dv in zip(u.first, v.first, strict=True)
    )
    second = []
    for k, (i, j) in enumerate(pairs):
        middle = g.add(g.mul(first[i], v.first[j]), g.mul(first[j], v.first[i]))
        rest = g.sub(g.sub(u.second[k], g.mul(at, v.second[k])), middle)
        second.append(g.div(rest, v.value))
    return Jet(at, first, tuple(second))


def _power(g: Graph, at: int, operands: list[Jet], pairs: Pairs) -> Jet:
    base, exponent = operands
    if all(g.literal(d) == 0 for d in exponent.first):
        n, one = exponent.value, g.number(1)
        less = g.sub(n, one)
        slope = g.mul(n, g.power(base.value, less))
        bend = g.mul(g.mul(n, less), g.power(base.value, g.sub(less, one)))
        return _chain(g, at, base, slope, bend, pairs)
    # b^e = exp(e log b) wherever b > 0; elsewhere there is no derivative and the result is NaN.
    logarithm = g.call("log", base.value)
    if g.nodes[logarithm].value is None:
        log = _call(g, logarithm, [base], pairs)
    else:
        log = Jet(logarithm, base.first, base.second)  # a constant base: both are zero
    product = _product(g, g.mul(exponent.value, logarithm), [exponent, log], pairs)
    return _chain(g, at, product, at, at, pairs)


def _call(g: Graph, at: int, operands: list[Jet], pairs: Pairs) -> Jet:
    (u,) = operands
    function = DERIVED[g.nodes[at].kind]
    return _chain(g, at, u, function.first(g, u.value, at), function.second(g, u.value, at), pairs)


def _chain(g: Graph, at: int, u: Jet, slope: int, bend: int, pairs: Pairs) -> Jet:
    """The jet of g(u) with slope = g'(u) and bend = g''(u)."""
    first = tuple(g.mul(slope, du) for du in u.first)
    second = tuple(
        g.add(g.mul(bend, g.mul(u.first[i], u.first[j])), g.mul(slope, u.second[k]))
        for k, (i, j) in enumerate(pairs)
    )
    return Jet(at, first, second)


_RULES: dict[str, Rule] = {
    "add": _linear("add"),
    "sub": _linear("sub"),
    "neg": _linear("neg"),
    "mul": _product,
    "div": _quotient,
    "pow": _power,
}
