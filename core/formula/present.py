"""Graph to syntax tree, arranged for a reader: -4bx(y - x²), not b·(2·((y - x²)·(-(2·x)))).

A product is gathered into one fraction (number, constants, parameters, the rest; equal bases
joined), a sum into one row of such terms, like ones collected and a positive one in front. The
graph itself is not touched: this order is for eyes, not for the machine.
"""

from dataclasses import dataclass, field
from math import gcd, isfinite

from core.formula.graph import Graph
from core.formula.syntax import Binary, Call, Minus, Name, Number, Operator, Tree

LEAVES = {"constant": 0, "parameter": 1, "variable": 3}


def size(graph: Graph, root: int) -> int:
    """How many nodes `root` has when nothing is shared: what a reader would have to read."""
    sizes: dict[int, int] = {}
    for at in graph.reach([root]):
        sizes[at] = 1 + sum(sizes[argument] for argument in graph.nodes[at].arguments)
    return sizes[root]


def present(graph: Graph, root: int) -> Tree:
    """The readable tree of `root`, about as long as `size` says: ask that first."""
    return _Presenter(graph).whole(root)


@dataclass(slots=True)
class _Term:
    """top / bottom times the product of base^exponent; bases are nodes."""

    top: float = 1.0
    bottom: float = 1.0
    bases: dict[int, int] = field(default_factory=dict)

    @property
    def like(self) -> frozenset[tuple[int, int]]:
        """Equal for terms that differ in their number alone."""
        return frozenset(self.bases.items())

    def multiply(self, other: "_Term", exponent: int) -> None:
        """Multiply by other^exponent."""
        top, bottom = (other.top, other.bottom) if exponent > 0 else (other.bottom, other.top)
        self.top *= top ** abs(exponent)
        self.bottom *= bottom ** abs(exponent)
        for base, n in other.bases.items():
            self.bases[base] = self.bases.get(base, 0) + n * exponent

    def collect(self, other: "_Term") -> None:
        """Add a like term."""
        if self.bottom == other.bottom:
            self.top += other.top
        else:
            self.top = self.top * other.bottom + other.top * self.bottom
            self.bottom *= other.bottom
        self.reduce()

    def reduce(self) -> None:
        """Signs above, common factors away."""
        if self.bottom < 0:
            self.top, self.bottom = -self.top, -self.bottom
        if self.top.is_integer() and self.bottom.is_integer():
            common = gcd(int(self.top), int(self.bottom))
            self.top, self.bottom = self.top / common, self.bottom / common
        else:
            self.top, self.bottom = self.top / self.bottom, 1.0


class _Presenter:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        # A node is arranged once however often it occurs; without this, nesting costs 2^depth.
        self.sums: dict[int, list[_Term]] = {}
        self.trees: dict[int, Tree] = {}

    def whole(self, at: int) -> Tree:
        if at not in self.trees:
            self.trees[at] = self.row(self.sum(at))
        return self.trees[at]

    def sum(self, at: int) -> list[_Term]:
        """The terms of a node, like ones collected; never empty."""
        if at in self.sums:
            return self.sums[at]
        collected: dict[frozenset[tuple[int, int]], _Term] = {}
        for term in self.terms(at, 1):
            if term.like in collected:
                collected[term.like].collect(term)
            else:
                collected[term.like] = term
        self.sums[at] = [term for term in collected.values() if term.top] or [_Term(0.0)]
        return self.sums[at]

    def row(self, terms: list[_Term]) -> Tree:
        first = next((term for term in terms if term.top > 0), terms[0])
        tree = self.fraction(first)
        tree = Minus(tree) if first.top < 0 else tree
        for term in terms:
            if term is not first:
                operator: Operator = "-" if term.top < 0 else "+"
                tree = Binary(operator, tree, self.fraction(term))
        return tree

    def terms(self, at: int, sign: int) -> list[_Term]:
        node = self.graph.nodes[at]
        if node.kind in ("add", "sub"):
            left, right = node.arguments
            turn = sign if node.kind == "add" else -sign
            return self.terms(left, sign) + self.terms(right, turn)
        if node.kind == "neg":
            return self.terms(node.arguments[0], -sign)
        term = _Term(float(sign))
        self.gather(at, 1, term)
        self.unroot(term)
        term.bases = {base: n for base, n in term.bases.items() if n}
        term.reduce()
        return [term]

    def gather(self, at: int, exponent: int, into: _Term) -> None:
        """Multiply `into` by node^exponent."""
        node = self.graph.nodes[at]
        base, n = self.graph.powered(at)
        if base != at:
            self.gather(base, exponent * n, into)
        elif node.kind == "neg":
            into.top *= (-1.0) ** exponent
            self.gather(node.arguments[0], exponent, into)
        elif node.kind in ("mul", "div"):
            self.gather(node.arguments[0], exponent, into)
            self.gather(node.arguments[1], exponent if node.kind == "mul" else -exponent, into)
        elif node.kind == "number" and node.value and isfinite(abs(node.value) ** abs(exponent)):
            if exponent > 0:
                into.top *= node.value**exponent
            else:
                into.bottom *= node.value**-exponent
        elif node.kind in ("add", "sub") and len(terms := self.sum(at)) == 1:
            into.multiply(terms[0], exponent)
        else:
            into.bases[at] = into.bases.get(at, 0) + exponent

    def unroot(self, term: _Term) -> None:
        """Squares of square roots: the root has a value, so its square is what stands in it."""
        for at, n in list(term.bases.items()):
            if self.graph.nodes[at].kind == "sqrt" and abs(n) > 1:
                term.bases[at] = n % 2 if n > 0 else -(-n % 2)
                self.gather(self.graph.nodes[at].arguments[0], (n - term.bases[at]) // 2, term)

    def fraction(self, term: _Term) -> Tree:
        """A term without its sign."""
        above = self.product(abs(term.top), {b: n for b, n in term.bases.items() if n > 0})
        below = {b: -n for b, n in term.bases.items() if n < 0}
        if term.bottom == 1 and not below:
            return above
        return Binary("/", above, self.product(term.bottom, below))

    def product(self, factor: float, bases: dict[int, int]) -> Tree:
        ordered = sorted(bases, key=lambda at: (self.rank(at), at))
        trees = [self.factor(at, bases[at]) for at in ordered]
        if factor != 1 or not trees:
            trees.insert(0, number(factor))
        tree = trees[0]
        for other in trees[1:]:
            tree = Binary("*", tree, other)
        return tree

    def factor(self, at: int, n: int) -> Tree:
        tree = self.atom(at)
        return tree if n == 1 else Binary("^", tree, number(n))

    def atom(self, at: int) -> Tree:
        node = self.graph.nodes[at]
        if node.name:
            return Name(node.name)
        if node.kind == "number" and node.value is not None:
            return number(node.value)
        if node.kind in ("add", "sub"):
            return self.whole(at)
        if node.kind == "pow":
            base, exponent = node.arguments
            return Binary("^", self.whole(base), self.whole(exponent))
        return Call(node.kind, self.whole(node.arguments[0]))

    def rank(self, at: int) -> int:
        """Constants and parameters first, then letters, functions, brackets: n(n - 1)x sin(x)."""
        node = self.graph.nodes[at]
        if node.kind in LEAVES:
            return LEAVES[node.kind]
        if node.kind not in ("add", "sub"):
            return 4
        inside = self.graph.reach([at])
        return 5 if any(self.graph.nodes[each].kind == "variable" for each in inside) else 2


def number(value: float) -> Number:
    """A literal as a reader wants it: 0.3, not 0.30000000000000004."""
    return Number(value, f"{value:.10g}")
