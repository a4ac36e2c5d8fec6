"""A parsed formula: its tree as typed, its graph, and what can be read off them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from core.formula import limits
from core.formula.functions import CONSTANTS, FUNCTIONS
from core.formula.glyphs import derivative
from core.formula.graph import Graph, NoValueError, too_large
from core.formula.hints import hints
from core.formula.jets import Jet, differentiate
from core.formula.lower import lower
from core.formula.mathml import mathml
from core.formula.parser import nearest, syntax_tree
from core.formula.present import present, size
from core.formula.syntax import Name, Tree, children
from core.refusal import Refusal


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A formula in `variables` with named `parameters`.

    `graph` holds the formula's own nodes (all that `root` reaches) and those of its derivatives;
    `jet` names the nodes of value, gradient and Hessian. `values` are the parameters' values given
    to `parse`, 1 where none was.
    """

    text: str
    variables: tuple[str, ...]
    parameters: tuple[str, ...]
    values: tuple[float, ...]
    tree: Tree
    graph: Graph
    root: int
    jet: Jet

    def vector(self, parameters: Mapping[str, float] | Sequence[float] = ()) -> NDArray[np.float64]:
        """Parameter values as native code reads them: (max(1, n),), in the order of `parameters`.

        By name (missing ones keep the value they were parsed with) or all of them in order.
        """
        if isinstance(parameters, Mapping):
            known = dict(zip(self.parameters, self.values, strict=True))
            ordered = [parameters.get(name, known[name]) for name in self.parameters]
        else:
            ordered = list(parameters) or list(self.values)
        if len(ordered) != len(self.parameters):
            raise Refusal(
                f"Expected {len(self.parameters)} parameter values, got {len(ordered)}. "
                f"Give one for each of {', '.join(self.parameters) or 'none'}."
            )
        return np.array(ordered or [0.0], np.float64)

    def mathml(self, symbols: Mapping[str, str] | None = None) -> str:
        """The formula as typed, one `<math>` element; `symbols` renames parameters for display."""
        return mathml(self.tree, symbols)

    def gradient_mathml(self, symbols: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """The first derivatives, in the order of the variables."""
        return tuple(
            self._derivative(at, (name,), symbols)
            for at, name in zip(self.jet.first, self.variables, strict=True)
        )

    def hessian_mathml(self, symbols: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """The upper triangle of the Hessian, row by row: xx, xy, yy."""
        pairs = combinations_with_replacement(self.variables, 2)
        return tuple(
            self._derivative(at, pair, symbols)
            for at, pair in zip(self.jet.second, pairs, strict=True)
        )

    def hints(self) -> tuple[str, ...]:
        """Sentences on where the formula has no value or no derivative."""
        return hints(self.tree, self.text, self.variables, self.parameters)

    def _derivative(
        self, at: int, order: tuple[str, ...], symbols: Mapping[str, str] | None
    ) -> str:
        operations = size(self.graph, at)
        if operations > limits.SHOWN_NODES:
            return derivative(order, operations)
        return mathml(present(self.graph, at), symbols)

    def structure(self) -> tuple[object, ...]:
        """What the native code depends on: equal for formulas that differ in spelling alone."""
        order = self.graph.reach(self.jet.outputs)
        place = {at: k for k, at in enumerate(order)}
        slots = {name: k for k, name in enumerate((*self.variables, *self.parameters))}
        nodes = tuple(
            (node.kind, *(place[a] for a in node.arguments), slots.get(node.name), node.value)
            for node in (self.graph.nodes[at] for at in order)
        )
        return nodes, tuple(place[at] for at in self.jet.outputs)


def parse(
    text: str,
    parameters: Mapping[str, float] | None = None,
    variables: Sequence[str] = ("x", "y"),
) -> Expression:
    """Text to Expression, or a Refusal with the position of the fault (from 0).

    Without `parameters` every name that is no variable becomes one, in order of appearance, with
    value 1; with them, an unknown name is refused.
    """
    tree = syntax_tree(text)
    if parameters is None:
        names = tuple(dict.fromkeys(n.name for n in _names(tree) if _is_free(n.name, variables)))
        if len(names) > limits.PARAMETERS:
            raise Refusal(
                f"Expected at most {limits.PARAMETERS} parameters, got {len(names)}: "
                f"{', '.join(names[:3])}, … Write numbers for some of them."
            )
        parameters = dict.fromkeys(names, 1.0)
    else:
        _check_parameters(parameters, variables)
        _check_names(tree, parameters, variables)
    graph, root = lower(tree, text, variables)
    try:
        jet = differentiate(graph, root, tuple(variables))
    except NoValueError:
        raise Refusal(
            "Expected derivatives within the range of numbers, got constants beyond it or a "
            "division by zero. Use smaller constants."
        ) from None
    if (size := len(graph.reach(jet.outputs))) > limits.GRAPH_NODES:
        raise too_large(size)
    values = tuple(float(value) for value in parameters.values())
    return Expression(text, tuple(variables), tuple(parameters), values, tree, graph, root, jet)


def _is_free(name: str, variables: Sequence[str]) -> bool:
    return name not in variables and name not in CONSTANTS


def _names(tree: Tree) -> list[Name]:
    """All names, left to right."""
    if isinstance(tree, Name):
        return [tree]
    return [name for child in children(tree) for name in _names(child)]


def _check_parameters(parameters: Mapping[str, float], variables: Sequence[str]) -> None:
    if len(parameters) > limits.PARAMETERS:
        raise Refusal(
            f"Expected at most {limits.PARAMETERS} parameters, got {len(parameters)}. "
            "Write numbers for some of them.",
            field="parameters",
        )
    for name, value in parameters.items():
        if name in variables or name in CONSTANTS or name in FUNCTIONS:
            raise Refusal(
                f"Expected a parameter name that is not taken, got “{name}”. Choose another name.",
                field=f"parameters.{name}",
            )
        if not np.isfinite(value):
            raise Refusal(
                f"Expected a finite number for {name}, got {value}. Give one.",
                field=f"parameters.{name}",
            )


def _check_names(tree: Tree, parameters: Mapping[str, float], variables: Sequence[str]) -> None:
    known = [*variables, *parameters, *CONSTANTS]
    for name in _names(tree):
        if name.name not in known:
            raise Refusal(
                f"Expected one of the names {', '.join(known)}, got “{name.name}” at character "
                f"{name.start + 1}.{nearest(name.name, known) or ' Use one of those.'}",
                position=name.start,
            )
