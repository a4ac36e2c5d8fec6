"""A formula as numbered elementary operations: what `tape` walks forward and backward.

Nodes are numbered by the iteration at which their inputs are there, and within it as the formula
names them (Figure 4.7 of the chapter). A sum is one node however many terms it has, and equal
operations are one node.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from core.formula.functions import CONSTANTS
from core.formula.syntax import Binary, Call, Minus, Name, Number, Tree, children
from core.refusal import Refusal

MOST_INPUTS = 8
MOST_NODES = 40


@dataclass(slots=True)
class Edge:
    """An argument of a node: which number it takes, and ∂node/∂argument there."""

    source: str
    partial: float = math.nan


@dataclass(slots=True)
class Node:
    """An input (iteration 0) or an elementary operation; `tree` is written in its arguments."""

    name: str
    iteration: int
    tree: Tree
    edges: list[Edge] = field(default_factory=list)
    primal: float = math.nan
    tangent: float = math.nan
    adjoint: float = math.nan


@dataclass(frozen=True, slots=True)
class Tape:
    """Inputs, then nodes a1, a2, ... in the order of evaluation; the last one is the value."""

    inputs: tuple[Node, ...]
    nodes: tuple[Node, ...]

    @property
    def all(self) -> dict[str, Node]:
        """Everything by name."""
        return {each.name: each for each in (*self.inputs, *self.nodes)}

    def uses(self, name: str) -> list[tuple[Node, Edge]]:
        """Who takes this number, and along which edge."""
        return [(each, edge) for each in self.nodes for edge in each.edges if edge.source == name]


Place = Callable[[Tree], tuple[Tree, list[Node]]]


def names(tree: Tree) -> list[str]:
    """The names that are inputs, in order of appearance."""
    if isinstance(tree, Name):
        return [] if tree.name in CONSTANTS else [tree.name]
    return list(dict.fromkeys(name for child in children(tree) for name in names(child)))


def unroll(tree: Tree) -> Tape:
    """Lay a formula out; nothing is evaluated yet. Raises Refusal if there is nothing to show."""
    known = names(tree)
    if not 1 <= len(known) <= MOST_INPUTS:
        raise Refusal(
            f"Expected a formula with 1 to {MOST_INPUTS} names to be its inputs, got {len(known)}. "
            f"{'Write a name, such as x.' if not known else 'Write numbers for some of them.'}",
            field="formula",
        )
    inputs = {name: Node(name, 0, Name(name)) for name in known}
    made: dict[Tree, Node] = {}  # by the operation written in nodes: equal ones are one node

    def place(tree: Tree) -> tuple[Tree, list[Node]]:
        """A tree as an argument: constants stay as they are, all else becomes one name."""
        if not names(tree):
            return tree, []
        node = inputs[tree.name] if isinstance(tree, Name) else operation(tree)
        return Name(node.name), [node]

    def operation(tree: Tree) -> Node:
        written, sources = _placed(_one(tree), place)
        if written not in made:
            iteration = 1 + max(each.iteration for each in sources)
            edges = [Edge(each.name) for each in {each.name: each for each in sources}.values()]
            # Not numbered yet: the name is unique, and longer than any that the parser accepts.
            made[written] = Node(f"node {len(made)} of the tape", iteration, written, edges)
            if len(made) > MOST_NODES:
                raise Refusal(
                    f"Expected a formula of at most {MOST_NODES} operations, got more. Shorten it.",
                    field="formula",
                )
        return made[written]

    if isinstance(tree, Name):
        raise Refusal(
            "Expected a formula with an operation in it, got a name alone. Write 2*x, for one.",
            field="formula",
        )
    operation(tree)
    ordered = sorted(made.values(), key=lambda each: each.iteration)  # stable: as they appear
    free = _numbering(known)
    new = {each.name: f"{free}{place}" for place, each in enumerate(ordered, 1)}
    for each in ordered:
        each.name = new[each.name]
        each.tree = _renamed(each.tree, new)
        for edge in each.edges:
            edge.source = new.get(edge.source, edge.source)
    return Tape(tuple(inputs.values()), tuple(ordered))


def _numbering(known: list[str]) -> str:
    """A letter for the nodes that no input begins with."""
    return next(
        letter for letter in "avwbcdghkmn" if not any(name.startswith(letter) for name in known)
    )


def _one(tree: Tree) -> list[tuple[int, Tree]] | Tree:
    """The terms of a sum with their signs, -2 t3 as the term (-2) t3; anything else as it is."""
    if not (isinstance(tree, Binary) and tree.operator in "+-"):
        return tree
    terms: list[tuple[int, Tree]] = []

    def collect(tree: Tree, sign: int) -> None:
        if isinstance(tree, Binary) and tree.operator in "+-":
            collect(tree.left, sign)
            collect(tree.right, sign if tree.operator == "+" else -sign)
        elif (
            sign < 0
            and isinstance(tree, Binary)
            and tree.operator == "*"
            and isinstance(tree.left, Number)
        ):
            terms.append((1, Binary("*", Minus(tree.left), tree.right)))
        else:
            terms.append((sign, tree))

    collect(tree, 1)
    return terms


def _placed(tree: list[tuple[int, Tree]] | Tree, place: Place) -> tuple[Tree, list[Node]]:
    """One operation written in its arguments, and the nodes among them."""
    sources: list[Node] = []

    def argument(tree: Tree) -> Tree:
        written, found = place(tree)
        sources.extend(found)
        return written

    if isinstance(tree, list):
        (sign, first), *rest = tree
        total: Tree = argument(first)
        if sign < 0:
            total = Minus(total)
        for sign, term in rest:
            total = Binary("+" if sign > 0 else "-", total, argument(term))
        return total, sources
    match tree:
        case Minus(of):
            return Minus(argument(of)), sources
        case Call(function, of):
            return Call(function, argument(of)), sources
        case Binary(operator, left, right):
            return Binary(operator, argument(left), argument(right)), sources
    raise TypeError(f"expected an operation, got {tree}")


def _renamed(tree: Tree, new: Mapping[str, str]) -> Tree:
    match tree:
        case Number():
            return tree
        case Name(name):
            return Name(new.get(name, name))
        case Minus(of):
            return Minus(_renamed(of, new))
        case Call(function, of):
            return Call(function, _renamed(of, new))
        case Binary(operator, left, right):
            return Binary(operator, _renamed(left, new), _renamed(right, new))
