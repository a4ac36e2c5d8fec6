"""The computational graph of a formula: hash-consed, simplified as it is built.

A node is an integer. Equal subexpressions are the same integer, so common subexpressions are shared
by construction, and operands always come before the node that uses them: ascending numbers are a
topological order. Every node without variables and parameters knows its value; a constant that has
none (overflow, the logarithm of a negative number) raises NoValueError where it arises.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.formula import limits
from core.formula.functions import CONSTANTS, DERIVED
from core.refusal import Refusal

COMMUTATIVE = ("add", "mul")
JOINED = 4096  # nested integer powers are joined up to this exponent


class NoValueError(ArithmeticError):
    """A constant part of the graph is no finite real number."""


@dataclass(frozen=True, slots=True)
class Node:
    """One elementary operation.

    `kind` is number, constant, parameter, variable, add, sub, mul, div, neg, pow or the name of a
    function. `arguments` are nodes, `name` is that of a leaf, `value` the number it always has.
    """

    kind: str
    arguments: tuple[int, ...] = ()
    name: str = ""
    value: float | None = None


ARITHMETIC: dict[str, Callable[..., float]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
    "pow": math.pow,
    **{name: function.value for name, function in DERIVED.items()},
}


class Graph:
    """Grows by its leaves (`number` ... `variable`) and operations (`add` ... `call`)."""

    def __init__(self) -> None:
        """An empty graph."""
        self.nodes: list[Node] = []
        self._known: dict[tuple[object, ...], int] = {}

    def number(self, value: float) -> int:
        """A literal."""
        if not math.isfinite(value):
            raise NoValueError
        return self._intern(Node("number", value=float(value) + 0.0))  # -0.0 becomes 0.0

    def constant(self, name: str) -> int:
        """`pi` or `e`, kept by name so that derivatives can be read."""
        return self._intern(Node("constant", name=name, value=CONSTANTS[name]))

    def parameter(self, name: str) -> int:
        """A named number that moves without recompiling."""
        return self._intern(Node("parameter", name=name))

    def variable(self, name: str) -> int:
        """A coordinate, with respect to which derivatives are taken."""
        return self._intern(Node("variable", name=name))

    def literal(self, node: int) -> float | None:
        """The value of a literal, None for anything else."""
        found = self.nodes[node]
        return found.value if found.kind == "number" else None

    def reach(self, roots: Iterable[int]) -> list[int]:
        """All nodes that `roots` need, operands first."""
        needed: set[int] = set()
        waiting = list(roots)
        while waiting:
            node = waiting.pop()
            if node not in needed:
                needed.add(node)
                waiting.extend(self.nodes[node].arguments)
        return sorted(needed)

    def add(self, a: int, b: int) -> int:
        """a + b; like terms are collected, negative ones subtracted."""
        if self.literal(a) == 0:
            return b
        if self.literal(b) == 0:
            return a
        (ca, ta), (cb, tb) = self.scaled(a), self.scaled(b)
        if ta == tb:
            return self._times(ca + cb, ta)
        if cb < 0:
            return self._fold("sub", a, self._times(-cb, tb))
        if ca < 0:
            return self._fold("sub", b, self._times(-ca, ta))
        return self._fold("add", a, b)

    def sub(self, a: int, b: int) -> int:
        """a - b; like terms are collected."""
        if self.literal(b) == 0:
            return a
        if self.literal(a) == 0:
            return self.neg(b)
        (ca, ta), (cb, tb) = self.scaled(a), self.scaled(b)
        if ta == tb:
            return self._times(ca - cb, ta)
        if cb < 0:
            return self.add(a, self._times(-cb, tb))
        return self._fold("sub", a, b)

    def neg(self, a: int) -> int:
        """-a, pushed into numbers, coefficients and differences."""
        factor, rest = self.scaled(a)
        return self._times(-factor, rest)

    def mul(self, a: int, b: int) -> int:
        """a b, with the number in front and powers of one base joined."""
        (ca, ta), (cb, tb) = self.scaled(a), self.scaled(b)
        if ca == 0 or cb == 0:
            return self.number(0)
        if self.literal(ta) == 1 or self.literal(tb) == 1:
            return self._times(ca * cb, tb if self.literal(ta) == 1 else ta)
        (base, m), (other, n) = self.powered(ta), self.powered(tb)
        if base == other and m * n > 0:
            return self._times(ca * cb, self.power(base, self.number(m + n)))
        return self._times(ca * cb, self._fold("mul", ta, tb))

    def div(self, a: int, b: int) -> int:
        """a / b, signs in front; the quotient of two numbers is taken only if it is whole."""
        if self.nodes[b].value == 0:
            raise NoValueError
        if self.literal(b) == 1 or self.literal(a) == 0:
            return a
        (ca, ta), (cb, tb) = self.scaled(a), self.scaled(b)
        if ta == tb and self.literal(ta) is None:
            return self.div(self.number(ca), self.number(cb))
        if ca * cb < 0:
            return self.neg(self.div(self._times(abs(ca), ta), self._times(abs(cb), tb)))
        if ca < 0:
            return self.div(self._times(-ca, ta), self._times(-cb, tb))
        if self.literal(b) is not None:
            if (ca / cb).is_integer():
                return self._times(ca / cb, ta)
            node = self.nodes[a]
            if node.kind in ("add", "sub"):
                parts = [self.scaled(part) for part in node.arguments]
                if all((c / cb).is_integer() for c, _ in parts):  # (2u + 4v)/2 = u + 2v
                    left, right = (self._times(c / cb, t) for c, t in parts)
                    return self.add(left, right) if node.kind == "add" else self.sub(left, right)
        return self._fold("div", a, b)

    def power(self, base: int, exponent: int) -> int:
        """base ^ exponent; nested integer powers are joined, ^(1/2) is sqrt, e^u is exp."""
        n = self.literal(exponent)
        if n == 0:
            return self.number(1)
        if n == 1:
            return base
        if n == -1:
            return self.div(self.number(1), base)
        if self.nodes[exponent].value == 0.5:
            return self.call("sqrt", base)
        node = self.nodes[base]
        if node.kind == "constant" and node.name == "e":
            return self.call("exp", exponent)
        if n is not None and n.is_integer():
            inner, m = self.powered(base)
            if m != 1 and 0 < m * n <= JOINED:
                return self.power(inner, self.number(m * n))
            if node.kind == "neg" and n % 2 == 0:
                return self.power(node.arguments[0], exponent)
        return self._fold("pow", base, exponent)

    def call(self, function: str, a: int) -> int:
        """A function of one argument."""
        return self._fold(function, a)

    def scaled(self, a: int) -> tuple[float, int]:
        """`a` as number times rest. Constants other than literals are left whole."""
        node = self.nodes[a]
        if node.kind == "number" and node.value is not None:
            return node.value, self.number(1)
        if node.value is None and node.kind == "neg":
            return -1.0, node.arguments[0]
        if node.value is None and node.kind == "mul":
            factor = self.literal(node.arguments[0])
            if factor is not None:
                return factor, node.arguments[1]
        return 1.0, a

    def powered(self, a: int) -> tuple[int, int]:
        """`a` as base and integer exponent."""
        node = self.nodes[a]
        if node.kind == "pow":
            n = self.literal(node.arguments[1])
            if n is not None and n.is_integer():
                return node.arguments[0], int(n)
        return a, 1

    def _times(self, factor: float, rest: int) -> int:
        """factor * rest, where `rest` carries no factor of its own."""
        literal = self.literal(rest)
        if factor == 0 or literal is not None:
            return self.number(factor * (literal or 0.0))
        if factor == 1:
            return rest
        node = self.nodes[rest]
        if factor == -1:
            if node.kind == "sub":
                return self._fold("sub", *reversed(node.arguments))
            return self._fold("neg", rest)
        if node.kind == "div" and (numerator := self.literal(node.arguments[0])) is not None:
            return self.div(self.number(factor * numerator), node.arguments[1])
        return self._fold("mul", self.number(factor), rest)

    def _fold(self, kind: str, *arguments: int) -> int:
        """Intern an operation. On constants it knows its value; a whole one becomes a literal."""
        values = [self.nodes[a].value for a in arguments]
        if any(value is None for value in values):
            return self._intern(Node(kind, arguments))
        try:
            value = ARITHMETIC[kind](*values)
        except (ValueError, OverflowError, ZeroDivisionError):
            raise NoValueError from None
        if not math.isfinite(value):
            raise NoValueError
        literals = all(self.literal(a) is not None for a in arguments)
        if literals and (kind in ("add", "sub", "mul", "neg") or value.is_integer()):
            return self.number(value)
        return self._intern(Node(kind, arguments, value=value))

    def _intern(self, node: Node) -> int:
        # IEEE sums and products commute exactly, so a + b and b + a may share one node.
        commutes = node.kind in COMMUTATIVE
        order = tuple(sorted(node.arguments)) if commutes else node.arguments
        key = (node.kind, order, node.name, node.value)
        if key not in self._known:
            if len(self.nodes) >= limits.GRAPH_NODES_BUILT:
                raise too_large(len(self.nodes))
            self._known[key] = len(self.nodes)
            self.nodes.append(node)
        return self._known[key]


def too_large(nodes: int) -> Refusal:
    """The refusal of a formula whose derivatives swell."""
    return Refusal(
        f"Expected a formula whose value, gradient and Hessian need at most "
        f"{limits.GRAPH_NODES:,} operations, got {nodes:,} or more. Shorten the formula."
    )
