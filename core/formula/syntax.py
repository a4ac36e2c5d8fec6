"""The syntax tree of a formula: what was typed, with where it stood.

`start` and `end` are character positions from 0, `text[start:end]` is the node's own source.
Trees that are built for display (derivatives) carry 0, 0. Positions do not count in a comparison:
the two sides of x*x are equal.
"""

from dataclasses import dataclass, field
from typing import Literal

Operator = Literal["+", "-", "*", "/", "^"]


@dataclass(frozen=True, slots=True)
class Number:
    """A literal. `text` is what a reader sees, `value` what the engine uses."""

    value: float
    text: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, a parameter, or one of the constants `pi` and `e`."""

    name: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Minus:
    """Unary minus. Unary plus leaves no node."""

    of: "Tree"
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands; `at` is the position of the operator itself."""

    operator: Operator
    left: "Tree"
    right: "Tree"
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of one argument."""

    function: str
    of: "Tree"
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


Tree = Number | Name | Minus | Binary | Call


def children(tree: Tree) -> tuple[Tree, ...]:
    """The operands, left to right."""
    match tree:
        case Number() | Name():
            return ()
        case Minus(of) | Call(_, of):
            return (of,)
        case Binary(_, left, right):
            return (left, right)
